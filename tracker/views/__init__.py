"""The parts of the page. Each module shows one part; only this package and ``dashboard.py`` know of streamlit."""
