"""The map, its legend, and the choice of a row by a click."""

from __future__ import annotations

import html
from typing import Any

import streamlit as st

from tracker.figures.arc_map import STYLES, Picture, compose_picture, describe_map, draw_map
from tracker.figures.choice import digest_choice
from tracker.figures.cube import Cube
from tracker.figures.flows import name_flow
from tracker.figures.palette import COLOURS, MEANINGS
from tracker.figures.selection import Selection, narrow
from tracker.figures.shapes import scale_width
from tracker.figures.viewport import DESK, EVERYWHERE, PHONE, REGIONS
from tracker.views import selection as chosen
from tracker.views.player import show_player

LOOK_HELP = "A part of the world from close up, with what begins or ends there; the other parts of the page stay as they are."
SHOW_HELP = "flows: one arc for all movements between two countries. movements: one arc each. automatic: movements when few are in view."


def show_map(selection: Selection, theme: str) -> Picture:
    """Draws the rows; a click on an arc or a mark chooses its rows. Returns what was drawn."""
    size = PHONE if chosen.is_phone() else DESK
    # On a phone the map comes first, and what it means and how it is changed under it.
    first = st.container(key="map") if chosen.is_phone() else None
    with st.container(horizontal=True, vertical_alignment="center", key="mapbar", gap="medium"):
        style = st.segmented_control(
            "Show", STYLES, key="show", bind="query-params", required=True, default=STYLES[0], label_visibility="collapsed", help=SHOW_HELP
        )
        region = st.selectbox(
            "Look at", (EVERYWHERE, *REGIONS), key="look", bind="query-params", label_visibility="collapsed", width=150, help=LOOK_HELP
        )
        disputes = st.toggle("Disputed areas", value=True, key="disputed", bind="query-params")
        playing = st.toggle("Play over time", key="play")
    region = region or EVERYWHERE
    shown = narrow(selection, region) if region in REGIONS else selection
    picture = compose_picture(shown, theme, style or STYLES[0], chosen.chosen_id())
    with st.container(key="legend"):
        show_legend(theme, picture)
    with first or st.container(key="map"):
        if playing:
            show_player(selection, picture, theme, size, region)
        else:
            _show_deck(shown, picture, draw_map(picture, theme, _find_lifted(shown, picture), size, disputes, region), size[1], region)
    notes = list_notes(picture)
    if region in REGIONS:
        notes.append(f"The map shows the {len(shown):,} of {len(selection):,} rows that begin or end in this part of the world.")
    if notes:
        st.caption(" ".join(notes))
    return picture


def _show_deck(shown: Selection, picture: Picture, deck: Any, height: int, region: str) -> None:
    key = chosen.name_widget("deck", f"{digest_choice(shown.choice)}|{picture.style}|{region}|{len(shown)}")
    st.pydeck_chart(
        deck,
        height=height,
        on_select=lambda: _choose(key),
        selection_mode="single-object",
        key=key,
        alt=describe_map(picture, len(shown)),
    )


def _find_lifted(selection: Selection, picture: Picture) -> str:
    """The id of the arc that stands for what is chosen: the row's own, or the flow that it is part of."""
    stack = chosen.chosen_stack()
    if stack and stack.kind == "flow":
        return stack.value[0]
    if picture.style == "movements" or not chosen.chosen_id():
        return chosen.chosen_id()
    return _flow_of(selection.cube, chosen.chosen_id()) or chosen.chosen_id()


def _flow_of(cube: Cube, deployment_id: str) -> str:
    at = int(cube.frame["deployment_id"].eq(deployment_id).to_numpy(dtype=bool).argmax()) if len(cube) else 0
    if not len(cube) or cube.flow[at] >= len(cube.flows) or cube.frame["deployment_id"].iloc[at] != deployment_id:
        return ""
    return name_flow(cube, int(cube.flow[at]))


def list_notes(picture: Picture) -> list[str]:
    """What the map leaves out, and why."""
    notes = []
    what = "flows" if picture.style == "flows" else "movements"
    if picture.shown < picture.of:
        notes.append(f"The map shows the {picture.shown:,} largest of {picture.of:,} {what}; filter to see the others.")
    elif picture.style == "flows":
        notes.append("One arc is all that goes one way between two countries with one status; discs are at the middle of a country.")
    if picture.covered:
        rows = "1 row draws nothing of its" if picture.covered == 1 else f"{picture.covered:,} rows draw nothing of their"
        notes.append(f"{rows} own: a total, a repeat or a running count of persons who stand in other rows.")
    return notes


def show_legend(theme: str, picture: Picture) -> None:
    """All looks in words and colour; the same for every filter, so that nothing under it moves."""
    items = "".join(
        f'<span class="tm-key" title="{html.escape(MEANINGS[look])}"><i class="tm-line tm-{look}" style="--tm-look:{colour}"></i>'
        f"{look}</span>"
        for look, colour in COLOURS[theme].items()
    )
    hollow = '<span class="tm-key"><i class="tm-line tm-hollow"></i>withdrawal: hollow</span>'
    sizes = "".join(
        f'<span class="tm-key"><i class="tm-width" style="height:{scale_width(persons, picture.per_root):.0f}px"></i>{persons:,}</span>'
        for persons in _choose_examples(picture)
    )
    hint = "from pale to solid" + ("" if picture.style == "flows" else " \u00b7 soft disc: only the country or region is known")
    st.html(f'<div class="tm-keys">{items}{hollow}{sizes}<span class="tm-key tm-hint">{hint}</span></div>')


def _choose_examples(picture: Picture) -> tuple[int, ...]:
    """Two round numbers of persons whose widths differ on this map."""
    return (1_000, 10_000) if picture.per_root >= 0.06 else (10_000, 100_000) if picture.per_root >= 0.02 else (100_000, 1_000_000)


def _choose(key: str) -> None:
    objects: dict[str, list[dict[str, object]]] = st.session_state[key].selection.get("objects", {})
    picked = next((items[0] for items in objects.values() if items), {})
    found = str(picked.get("id", ""))
    if ">" in found:
        chosen.choose_stack("flow", (found,), by="deck")
    else:
        chosen.choose(found, by="deck")
