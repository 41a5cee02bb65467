"""The map, its legend, and the choice of a row by a click."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from tracker.figures.arc_map import MOST_ARCS, describe_map, draw_map
from tracker.figures.palette import COLOURS, MEANINGS
from tracker.figures.records import MapRows, split_for_map
from tracker.figures.viewport import DESK, PHONE
from tracker.views import selection

HINT = "width: persons \u00b7 pale start, solid end \u00b7 soft disc: only the country or region is known"


def show_map(frame: pd.DataFrame, everything: pd.DataFrame, theme: str) -> MapRows:
    """Draws the rows; a click on an arc or a mark chooses its row. Returns what could be drawn and what not."""
    rows = split_for_map(frame, everything)
    size = PHONE if selection.is_phone() else DESK
    show_legend(theme)
    with st.container(key="map"):
        deck = draw_map(rows, theme, selection.chosen_id(), size)
        key = selection.name_widget("deck", frame["deployment_id"])
        st.pydeck_chart(
            deck, height=size[1], on_select=lambda: _choose(key), selection_mode="single-object", key=key, alt=describe_map(frame, rows)
        )
    notes = []
    if len(rows.arcs) > MOST_ARCS:
        notes.append(f"The map shows the {MOST_ARCS:,} largest of {len(rows.arcs):,} movements; filter to see the others.")
    if len(rows.covered):
        notes.append(
            "One total is drawn by its parts." if len(rows.covered) == 1 else f"{len(rows.covered)} totals are drawn by their parts."
        )
    if notes:
        st.caption(" ".join(notes))
    return rows


def show_legend(theme: str) -> None:
    """All looks in words and colour; the same for every filter, so that nothing under it moves."""
    items = "".join(
        f'<span class="tm-key" title="{html.escape(MEANINGS[look])}"><i class="tm-line tm-{look}" style="--tm-look:{colour}"></i>'
        f"{look}</span>"
        for look, colour in COLOURS[theme].items()
    )
    st.html(f'<div class="tm-keys">{items}<span class="tm-key tm-hint">{HINT}</span></div>')


def _choose(key: str) -> None:
    objects: dict[str, list[dict[str, object]]] = st.session_state[key].selection.get("objects", {})
    picked = next((items[0] for items in objects.values() if items), {})
    selection.choose(str(picked.get("id", "")), by="deck")
