"""The evidence card beside the map."""

from __future__ import annotations

import html

import streamlit as st

from tracker.figures.evidence import choose_link, write_card, write_citation, write_facts, write_verdicts
from tracker.figures.records import Record
from tracker.figures.selection import Selection
from tracker.views import selection as chosen
from tracker.views.rows import explain_article, find_article


def show_evidence(selection: Selection, theme: str, height: int) -> None:
    """The sentence behind the chosen row; its height is fixed, so that choosing moves nothing on the page."""
    shown = chosen.find_shown(selection)
    if shown is None:
        # Nothing to scroll, so no empty card as high as the map.
        with st.container(border=True, key="evidence"):
            st.caption("No row is in view. Clear a filter to see the evidence of its rows.")
        return
    with st.container(height=height, border=True, key="evidence"):
        _show_reason(shown)
        row = shown.row
        st.html(write_card(row, theme))
        link = choose_link(row)
        if link:
            st.link_button("Open the article", link)
        whole = selection.cube.find(row["part_of"]) if row["part_of"] else None
        st.html(write_facts(row, whole))
        _show_numbers(row)
        with st.expander("Cite or share this row"):
            st.caption("Citation")
            st.code(write_citation(row), language=None, wrap_lines=True)
            st.caption("Address of this row")
            st.code(_address_of(row), language=None, wrap_lines=True)


def _show_reason(shown: chosen.Shown) -> None:
    if shown.of < 2:
        if shown.reason:
            st.caption(html.escape(shown.reason))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="pager"):
        st.button("\u2039", on_click=chosen.turn_stack, args=(-1,), disabled=shown.at == 0, key="back", help="The larger one before")
        st.caption(f"{html.escape(shown.reason)}: {shown.at + 1:,} of {shown.of:,}")
        st.button(
            "\u203a", on_click=chosen.turn_stack, args=(1,), disabled=shown.at == shown.of - 1, key="next", help="The next smaller one"
        )


@st.fragment
def _show_numbers(row: Record) -> None:
    """Every number of the article, read again when the reader asks for it; opening it runs nothing else of the page."""
    # A popover and no expander: that would open below the rim of the card, where nobody sees it.
    box = st.popover("Every number of the article", on_change="rerun", key="numbers")
    if not box.open:
        return
    with box:
        article = find_article(row["article_id"], row["evidence"], row["deployment_id"])
        if article is None:
            st.caption("The article's text is not kept with this table. `python -m tracker explain` tells it from the article's file.")
            return
        st.html(write_verdicts(explain_article(article), row["deployment_id"]))


def _address_of(row: Record) -> str:
    base = (st.context.url or "http://127.0.0.1:8501/").split("?")[0].split("#")[0]
    return f"{base}?row={row['deployment_id']}"
