"""Frame in, figure out: the map, the timeline and the evidence card. Nothing here knows of streamlit."""
