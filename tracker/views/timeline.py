"""The timeline under the map: dragging a window over it sets the dates of the filter, a click on a bar shows its rows."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from tracker.figures.histogram import BAR, BRUSH, choose_bins, count_bars, draw_timeline, read_bar, read_window
from tracker.figures.selection import Selection, select
from tracker.views import selection as chosen


def show_timeline(selection: Selection, theme: str) -> None:
    """Bars of all rows that pass the other filters, so that the window can be moved on; undated rows have a bar of their own."""
    choice = selection.choice
    whole = select(selection.cube, choice.without_dates()) if choice.since or choice.until else selection
    bars = count_bars(whole)
    if bars["begin"].notna().any():
        # The window that the chart begins with changes only when the dates were set elsewhere: else dragging would rebuild it.
        window = choice.window
        if window != st.session_state.get("dragged") and st.session_state.get("seed", (None, None)) != window:
            st.session_state["seed"] = window
            st.session_state["brush"] = st.session_state.get("brush", 0) + 1
        chart = draw_timeline(bars, st.session_state.get("seed", (None, None)), theme)
        key = f"timeline-{st.session_state.get('brush', 0)}"
        st.vega_lite_chart(
            chart,
            on_select=lambda: _take(key),
            selection_mode=[BRUSH, BAR],
            key=key,
            width="stretch",
            alt="Rows over time, stacked by status",
        )
        _show_steps(whole)
    st.caption(tell_undated(whole))


def _show_steps(whole: Selection) -> None:
    """The window a step earlier or later: for who does not drag, and where nothing may move by itself."""
    bins, (since, until) = choose_bins(whole), whole_window()
    if bins is None or not (since or until):
        return
    first, last = since or bins.begins[0], until or bins.begins[-1] - timedelta(days=1)
    length = (last - first) + timedelta(days=1)
    with st.container(horizontal=True, gap="small", key="steps"):
        st.button("\u2039 earlier", on_click=_move, args=(first - length, last - length, since is None), key="earlier", type="tertiary")
        st.button("later \u203a", on_click=_move, args=(first + length, last + length, since is None), key="later", type="tertiary")


def whole_window() -> tuple[date | None, date | None]:
    """The days of the filter as they stand."""
    return st.session_state.get("since"), st.session_state.get("until")


def _move(first: date, last: date, is_open: bool) -> None:
    st.session_state["since"], st.session_state["until"] = None if is_open else first, last


def tell_undated(whole: Selection) -> str:
    """What the bars stand on, and the number of rows that no date holds."""
    by = whole.cube.days[whole.choice.basis].dated_by[whole.rows]
    reported, undated = int((by == 1).sum()), int((by == 0).sum())
    if not len(whole):
        return "No row to place in time."
    told = (
        ["Rows by their first day and status; drag over the bars to choose a window, click one for its rows."] if undated < len(by) else []
    )
    if whole.choice.basis == "movement" and reported:
        told.append(f"{reported:,} of {len(whole):,} rows name no day and stand on the day of their report.")
    if undated:
        choice = st.session_state
        where = "left out by the dates chosen" if choice.get("since") or choice.get("until") else "in the bar at the right"
        told.append(f"{undated:,} row{'s' if undated > 1 else ''} without any date {where}.")
    return " ".join(told)


def _take(key: str) -> None:
    picked = st.session_state[key].selection
    window = read_window(picked)
    since, until = window or (None, None)
    bar = read_bar(picked)
    if bar and bar != st.session_state.get("bar"):
        chosen.choose_stack("bar", bar, by="timeline")
    st.session_state["bar"] = bar
    if (since, until) != st.session_state.get("dragged", (None, None)):
        st.session_state["since"], st.session_state["until"] = since, until
        st.session_state["dragged"] = (since, until)
