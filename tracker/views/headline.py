"""The headline: the finding of the rows in view, with persons counted once."""

from __future__ import annotations

import html

import streamlit as st

from tracker.figures.selection import Selection
from tracker.figures.summary import write_headline


def show_headline(selection: Selection) -> None:
    """Writes it over the page."""
    head, under = write_headline(selection)
    st.html(f'<div class="tm-head" role="heading" aria-level="1">{html.escape(head)}<small>{html.escape(under)}</small></div>')
