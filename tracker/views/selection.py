"""The chosen row: one for map, charts, tables and evidence, kept in the session and in the address.

A click may ask for several rows at once (a flow, a bar, a cell of the matrix): that is a stack, through which the
evidence card leafs.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import streamlit as st

from tracker.figures.cube import Ints
from tracker.figures.flows import find_flow_rows
from tracker.figures.histogram import find_bar_rows
from tracker.figures.records import Record, list_records
from tracker.figures.selection import Selection
from tracker.figures.wording import name_country

PARAMETER = "row"
WIDGETS = ("deck", "table", "unplaced", "flows", "matrix")


class Stack(NamedTuple):
    """Rows behind one click: what was clicked ("flow", "bar", "pair") and which one."""

    kind: str
    value: tuple[str, ...]


def chosen_id() -> str:
    """The deployment_id of the chosen row, or an empty text; on the first run the address may name one."""
    if PARAMETER not in st.session_state:
        st.session_state[PARAMETER] = st.query_params.get(PARAMETER, "")
    return str(st.session_state[PARAMETER])


def chosen_stack() -> Stack | None:
    """The stack that was clicked last, if no single row was chosen since."""
    stack: Stack | None = st.session_state.get("stack")
    return stack


def name_widget(widget: str, digest: str) -> str:
    """The key of a widget that can choose a row: a new one when a row was chosen elsewhere, or when its rows change while
    it has a selection.

    A widget's own selection can only be forgotten with its key; a kept one would light up whatever row now has its number.
    Without a selection the key stays, and with it the view of the map and the reader's place in the table.
    """
    if st.session_state.get(f"digest-{widget}") not in (None, digest) and _has_selection(widget):
        _forget(widget)
    st.session_state[f"digest-{widget}"] = digest
    key = f"{widget}-{st.session_state.get(f'turn-{widget}', 0)}"
    st.session_state[f"key-{widget}"] = key
    return key


def _forget(widget: str) -> None:
    st.session_state[f"turn-{widget}"] = st.session_state.get(f"turn-{widget}", 0) + 1


def _has_selection(widget: str) -> bool:
    key = st.session_state.get(f"key-{widget}")
    if not key or key not in st.session_state:
        return False
    return any(st.session_state[key]["selection"].values())


def choose(deployment_id: str, by: str) -> None:
    """Makes a row the chosen one, as the widget ``by`` asks; an empty text chooses none."""
    _remember(deployment_id)
    st.session_state["stack"] = None
    _forget_others(by)


def choose_stack(kind: str, value: tuple[str, ...], by: str) -> None:
    """Makes the rows of a flow, bar or pair the chosen ones."""
    st.session_state["stack"], st.session_state["stack-at"] = Stack(kind, value), 0
    _remember("")
    _forget_others(by)


def turn_stack(step: int) -> None:
    """Leafs to the next or the one before."""
    st.session_state["stack-at"] = st.session_state.get("stack-at", 0) + step


def _remember(deployment_id: str) -> None:
    st.session_state[PARAMETER] = deployment_id
    if deployment_id:
        st.query_params[PARAMETER] = deployment_id
    else:
        st.query_params.pop(PARAMETER, None)


def _forget_others(by: str) -> None:
    for widget in WIDGETS:
        if widget != by and _has_selection(widget):
            _forget(widget)
            ask_for_page()


def ask_for_page() -> None:
    """Says in a callback that something has changed outside of the part of the page that runs next."""
    st.session_state["page-due"] = True


def take_request() -> bool:
    """Whether the whole page was asked for; asked once, it is answered."""
    return bool(st.session_state.pop("page-due", False))


def list_stack(selection: Selection, stack: Stack) -> list[int]:
    """Positions of the rows of a stack in view, largest first."""
    if stack.kind == "flow":
        return find_flow_rows(selection, stack.value[0])
    if stack.kind == "bar":
        return find_bar_rows(selection, *stack.value)
    places = selection.cube.places
    if not set(stack.value) <= set(places):
        return []
    origin, destination = (places.index(place) for place in stack.value)
    facets = selection.cube.facets
    ends = [facets[end].codes[selection.rows] for end in ("origin", "destination")]
    rows: Ints = selection.rows[(ends[0] == origin) & (ends[1] == destination)]
    return sorted(rows.tolist(), key=lambda row: -int(selection.cube.weight[row]))


def name_stack(stack: Stack) -> str:
    """A stack in words."""
    if stack.kind == "bar":
        return f"{stack.value[1]}, {stack.value[0]}"
    ends = stack.value[0].split(">")[:2] if stack.kind == "flow" else list(stack.value)
    return f" {chr(0x2192)} ".join(name_country(end) for end in ends)


class Shown(NamedTuple):
    """What the evidence card shows: a row, why it, and the place in a stack (of how many)."""

    row: Record
    reason: str
    at: int = 0
    of: int = 0


def find_shown(selection: Selection) -> Shown | None:
    """The row whose evidence is shown: the chosen one, wherever it is; else the largest in view; None with nothing to show."""
    cube, stack = selection.cube, chosen_stack()
    if stack:
        rows = list_stack(selection, stack)
        if rows:
            at = min(max(0, st.session_state.get("stack-at", 0)), len(rows) - 1)
            st.session_state["stack-at"] = at
            row = list_records(cube.take(rows[at : at + 1]))[0]
            _remember(row["deployment_id"])
            return Shown(row, name_stack(stack), at, len(rows))
    found = cube.find(chosen_id())
    if found is not None:
        inside = bool(len(selection)) and found["deployment_id"] in _ids_near(selection, found)
        return Shown(found, "" if inside else "This row is outside the filters in use.")
    if not len(selection):
        return None
    weights = cube.persons[selection.rows] * 10**7 + cube.weight[selection.rows].clip(max=10**7 - 1)
    largest = selection.rows[[int(weights.argmax())]]
    return Shown(list_records(cube.take(largest))[0], "The largest in view. Click an arc, a bar or a row to read another.")


def _ids_near(selection: Selection, row: dict[str, Any]) -> set[str]:
    """The id of the row where it is in view."""
    if len(selection) == len(selection.cube):
        return {row["deployment_id"]}
    at = int(selection.cube.frame["deployment_id"].eq(row["deployment_id"]).to_numpy(dtype=bool).argmax())
    place = int(selection.rows.searchsorted(at))
    return {row["deployment_id"]} if place < len(selection) and int(selection.rows[place]) == at else set()


def is_phone() -> bool:
    """Whether the browser says that it is a phone's; only then is the map made for a narrow screen."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
