"""The timeline under the map: dragging a window over it sets the dates of the filter."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from tracker.figures.histogram import BRUSH, count_bars, draw_timeline, read_window
from tracker.figures.records import find_days
from tracker.views.filters import Choice, choose_rows


def show_timeline(everything: pd.DataFrame, choice: Choice, theme: str) -> None:
    """Bars of all rows that pass the other filters, so that the window can be moved on; undated rows are told."""
    frame = choose_rows(everything, replace(choice, since=None, until=None))
    bars = count_bars(frame, choice.basis)
    if not bars.empty:
        # The window that the chart begins with changes only when the dates were set elsewhere: else dragging would rebuild it.
        if (choice.since, choice.until) != st.session_state.get("dragged"):
            if st.session_state.get("seed") != (choice.since, choice.until):
                st.session_state["seed"] = (choice.since, choice.until)
                st.session_state["brush"] = st.session_state.get("brush", 0) + 1
        chart = draw_timeline(bars, st.session_state.get("seed", (None, None)), theme)
        key = f"timeline-{st.session_state.get('brush', 0)}"
        st.altair_chart(
            chart,
            on_select=lambda: _take_window(key),
            selection_mode=BRUSH,
            key=key,
            width="stretch",
            alt="Rows over time, stacked by status",
        )
    st.caption(tell_undated(frame, choice))


def tell_undated(frame: pd.DataFrame, choice: Choice) -> str:
    """What the bars stand on, and the number of rows that no date holds."""
    by = find_days(frame, choice.basis)["dated_by"]
    reported, undated = int((by == "report").sum()), int((by == "").sum())
    if frame.empty:
        return "No row to place in time."
    told = ["Rows by their first day and status; drag over the bars to choose a window."] if undated < len(frame) else []
    if choice.basis == "movement" and reported:
        told.append(f"{reported} of {len(frame)} rows name no day and stand on the day of their report.")
    if undated:
        where = "left out by the dates chosen" if choice.since or choice.until else "in the table only"
        told.append(f"{undated} row{'s' if undated > 1 else ''} without any date {where}.")
    return " ".join(told)


def _take_window(key: str) -> None:
    window = read_window(st.session_state[key].selection)
    since, until = window or (None, None)
    st.session_state["since"], st.session_state["until"] = since, until
    st.session_state["dragged"] = (since, until)
