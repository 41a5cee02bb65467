"""The page, from top to bottom. Run it with `streamlit run dashboard.py`."""

from pathlib import Path

import streamlit as st

from tracker.views.add_articles import show_add_articles
from tracker.views.filters import show_filters
from tracker.views.headline import show_headline
from tracker.views.method import show_method
from tracker.views.movements import show_movements, show_unplaced
from tracker.views.posture import show_posture
from tracker.views.review import show_review
from tracker.views.rows import load_cube
from tracker.views.selection import take_request
from tracker.views.stage import show_stage
from tracker.views.style import apply_style, find_theme
from tracker.views.timeline import show_timeline

ICON = Path(__file__).parent / "static" / "icon.svg"

st.set_page_config(page_title="Troop movements", page_icon=str(ICON), layout="wide")
theme = find_theme()
apply_style(theme)
take_request()  # a run of the whole page answers it
headline = st.container()
rows = show_filters(load_cube())
with headline:
    show_headline(rows)

TABS = ["Map", "Posture", "Add articles", "Review", "Method & limits"]
map_tab, posture_tab, add_tab, review_tab, method_tab = st.tabs(TABS, key="tab", bind="query-params")
if posture_tab.open:
    with posture_tab:
        show_posture(rows, theme)
elif review_tab.open:
    with review_tab:
        show_review(theme)
else:
    with map_tab:
        with st.container(key="stage"):
            show_stage(rows, theme)
            left, right = st.columns([7, 3])
            with left:
                show_timeline(rows, theme)
            with right:
                show_unplaced(rows, height=180)
        show_movements(rows)
with add_tab:
    show_add_articles()
with method_tab:
    show_method()
