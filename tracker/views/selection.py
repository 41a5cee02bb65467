"""The chosen row: one for map, tables and evidence, kept in the session and in the address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from tracker.figures.records import Record, list_records

PARAMETER = "row"
WIDGETS = ("deck", "table", "unplaced")


def chosen_id() -> str:
    """The deployment_id of the chosen row, or an empty text; on the first run the address may name one."""
    if PARAMETER not in st.session_state:
        st.session_state[PARAMETER] = st.query_params.get(PARAMETER, "")
    return str(st.session_state[PARAMETER])


def name_widget(widget: str, ids: Iterable[str]) -> str:
    """The key of a widget that can choose a row: a new one when its rows change, or when a row was chosen elsewhere.

    A widget's own selection can only be forgotten with its key; a kept one would light up whatever row now has its number.
    """
    digest = hashlib.sha256("|".join(ids).encode()).hexdigest()[:10]
    key = f"{widget}-{digest}-{st.session_state.get(f'turn-{widget}', 0)}"
    st.session_state[f"key-{widget}"] = key
    return key


def choose(deployment_id: str, by: str) -> None:
    """Makes a row the chosen one, as the widget ``by`` asks; an empty text chooses none."""
    st.session_state[PARAMETER] = deployment_id
    if deployment_id:
        st.query_params[PARAMETER] = deployment_id
    else:
        st.query_params.pop(PARAMETER, None)
    for widget in WIDGETS:
        if widget != by and _has_selection(widget):
            st.session_state[f"turn-{widget}"] = st.session_state.get(f"turn-{widget}", 0) + 1


def _has_selection(widget: str) -> bool:
    key = st.session_state.get(f"key-{widget}")
    if not key or key not in st.session_state:
        return False
    return any(st.session_state[key]["selection"].values())


def find_chosen(frame: pd.DataFrame) -> Record | None:
    """The chosen row as a record where it is in ``frame``; without a choice the largest one; None in an empty frame."""
    if frame.empty:
        return None
    row = frame[frame["deployment_id"] == chosen_id()]
    if row.empty:
        row = frame.sort_values(["counted_persons", "count"], ascending=False, kind="stable").head(1)
    return list_records(row)[0]


def is_phone() -> bool:
    """Whether the browser says that it is a phone's; only then is the map made for a narrow screen."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
