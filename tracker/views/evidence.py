"""The evidence card beside the map."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tracker.figures.evidence import choose_link, write_card, write_facts
from tracker.figures.records import list_records
from tracker.views import selection


def show_evidence(frame: pd.DataFrame, everything: pd.DataFrame, theme: str, height: int) -> None:
    """The sentence behind the chosen row; its height is fixed, so that choosing moves nothing on the page."""
    row = selection.find_chosen(frame)
    with st.container(height=height, border=True, key="evidence"):
        if row is None:
            st.caption("No row is in view. Clear a filter to see the evidence of its rows.")
            return
        if row["deployment_id"] != selection.chosen_id():
            st.caption("The largest in view. Click an arc or a row to read another.")
        st.html(write_card(row, theme))
        link = choose_link(row)
        if link:
            st.link_button("Open the article", link)
        wholes = everything[everything["deployment_id"] == row["part_of"]] if row["part_of"] else everything.head(0)
        st.html(write_facts(row, list_records(wholes)[0] if len(wholes) else None))
