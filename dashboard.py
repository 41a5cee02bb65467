"""The page, from top to bottom. Run it with `streamlit run dashboard.py`."""

from pathlib import Path

import streamlit as st

from tracker.figures.viewport import DESK
from tracker.views.add_articles import show_add_articles
from tracker.views.arc_map import show_map
from tracker.views.evidence import show_evidence
from tracker.views.filters import choose_rows, show_filters
from tracker.views.headline import show_headline
from tracker.views.method import show_method
from tracker.views.movements import show_movements, show_unplaced
from tracker.views.rows import load_rows
from tracker.views.style import apply_style, find_theme
from tracker.views.timeline import show_timeline

ICON = Path(__file__).parent / "static" / "icon.svg"

st.set_page_config(page_title="Troop movements", page_icon=str(ICON), layout="wide")
theme = find_theme()
apply_style(theme)
everything = load_rows()

map_tab, add_tab, method_tab = st.tabs(["Map", "Add articles", "Method & limits"], key="tab")
with map_tab:
    headline = st.container()
    choice = show_filters(everything)
    rows = choose_rows(everything, choice)
    with headline:
        show_headline(rows, choice.basis)

    with st.container(key="stage"):
        left, right = st.columns([7, 3])
        with left:
            drawn = show_map(rows, everything, theme)
        with right:
            show_evidence(rows, everything, theme, height=DESK[1] + 50)
        left, right = st.columns([7, 3])
        with left:
            show_timeline(everything, choice, theme)
        with right:
            show_unplaced(drawn.unplaced, height=180)
    show_movements(rows, choice.basis)
with add_tab:
    show_add_articles()
with method_tab:
    show_method()
