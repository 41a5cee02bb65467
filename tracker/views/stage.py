"""The map with the evidence beside it: the part of the page that a click on the map draws anew, and nothing else."""

from __future__ import annotations

import streamlit as st

from tracker.figures.selection import Selection
from tracker.figures.viewport import DESK
from tracker.views import selection as chosen
from tracker.views.arc_map import show_map
from tracker.views.evidence import show_evidence


@st.fragment
def show_stage(selection: Selection, theme: str) -> None:
    """Map and card of the rows in view. What a click there changes elsewhere is drawn with the whole page."""
    if chosen.take_request():
        st.rerun(scope="app")
    left, right = st.columns([7, 3])
    # The card first: after a click the sentence is there before the map is drawn anew.
    with right:
        show_evidence(selection, theme, height=DESK[1] + 110)
    with left:
        show_map(selection, theme)
