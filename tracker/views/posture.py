"""The tab that sums movements up: which countries gain and lose persons, over time and between whom."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tracker.figures.choice import digest_choice
from tracker.figures.flows import Flow, list_flows
from tracker.figures.posture_charts import CELL, count_pairs, draw_balance, draw_matrix, draw_net, legs_of, trace_net
from tracker.figures.selection import Selection
from tracker.figures.wording import name_country
from tracker.posture import net_by_place
from tracker.views import selection as chosen
from tracker.views.evidence import show_evidence

MOST_LINES, MOST_FLOW_ROWS = 5, 60
NOTE = (
    "Each soldier once (`counted_persons`). A rotation changes no country's number; what is denied counts nowhere, what is possible has a "
    "column of its own. A movement with one known end changes that end alone, so the sums of what comes and goes differ. The band is what "
    "the words leave open. These are changes that were reported, not the strength of anybody's forces."
)


def show_posture(selection: Selection, theme: str) -> None:
    """The whole tab, for the rows in view."""
    legs = legs_of(selection)
    net = net_by_place(legs)
    if net.empty:
        st.info("No counted movement with a known place is in view.")
        return
    left, right = st.columns([7, 3])
    with left:
        st.markdown("## Net persons by country")
        _show_traces(selection, legs, net, theme)
        over, under = st.columns([5, 6])
        with over:
            st.markdown("## What comes and goes")
            st.altair_chart(draw_balance(net, theme), width="stretch", key="balance", alt="Persons who come and go, by country")
        with under:
            st.markdown("## By status")
            _show_net(net)
        flows = [flow for flow in list_flows(selection) if flow.look not in ("denied", "possible")]
        over, under = st.columns(2)
        with over:
            st.markdown("## Largest flows")
            _show_flows(selection, flows)
        with under:
            st.markdown("## From whom to whom")
            _show_matrix(count_pairs(flows), theme)
        st.caption(NOTE)
    with right:
        show_evidence(selection, theme, height=900)


def _show_traces(selection: Selection, legs: pd.DataFrame, net: pd.DataFrame, theme: str) -> None:
    offered = net["place"].head(60).tolist()
    picked = st.multiselect(
        "Countries over time",
        offered,
        default=offered[: MOST_LINES - 1],
        format_func=name_country,
        max_selections=MOST_LINES,
        select_all=False,
        key=f"traced-{hash(tuple(offered))}",
    )
    traces = trace_net(selection, legs, picked)
    if traces.empty:
        st.caption("No dated movement of the countries chosen.")
        return
    st.altair_chart(draw_net(traces, theme), width="stretch", key="net", alt="Net persons over time with their band")
    undated = int((selection.cube.days[selection.choice.basis].dated_by[selection.rows] == 0).sum())
    if undated:
        st.caption(f"{undated:,} row{'s' if undated > 1 else ''} without any date: in the sums below, not on these lines.")


def _show_net(net: pd.DataFrame) -> None:
    shown = pd.DataFrame(
        {
            "Country": [name_country(place) for place in net["place"]],
            "Net": net["net"],
            "Low": net["net_low"],
            "High": net["net_high"],
            "Completed": net["completed"],
            "Ongoing": net["ongoing"],
            "Planned": net["planned"],
            "Only possible": net["possible"],
        }
    )
    columns: dict[str, Any] = {
        name: st.column_config.NumberColumn(format="localized", width=72) for name in shown.columns if name != "Country"
    }
    st.dataframe(shown, hide_index=True, height=380, column_config=columns, alt="Net persons by country and status")


def _show_flows(selection: Selection, flows: list[Flow]) -> None:
    shown = pd.DataFrame(
        {
            "From": [name_country(flow.origin) for flow in flows[:MOST_FLOW_ROWS]],
            "To": [name_country(flow.destination) for flow in flows[:MOST_FLOW_ROWS]],
            "Persons": [flow.persons for flow in flows[:MOST_FLOW_ROWS]],
            "Status": [flow.look + (", withdrawal" if flow.leaves else "") for flow in flows[:MOST_FLOW_ROWS]],
            "Rows": [flow.rows for flow in flows[:MOST_FLOW_ROWS]],
        }
    )
    keys = [flow.key for flow in flows[:MOST_FLOW_ROWS]]
    key = chosen.name_widget("flows", f"{digest_choice(selection.choice)}|{len(selection)}")
    most = max([flow.persons for flow in flows[:1]], default=1)
    st.dataframe(
        shown,
        hide_index=True,
        height=400,
        key=key,
        on_select=lambda: _choose_flow(key, keys),
        selection_mode="single-row",
        alt="Largest flows between two countries",
        column_config={
            "Persons": st.column_config.ProgressColumn(format="localized", min_value=0, max_value=max(1, most), width=150),
            "Rows": st.column_config.NumberColumn(format="localized", width=60),
        },
    )


def _choose_flow(key: str, keys: list[str]) -> None:
    picked = st.session_state[key].selection.rows
    if picked and picked[0] < len(keys):
        chosen.choose_stack("flow", (keys[picked[0]],), by="flows")


def _show_matrix(pairs: pd.DataFrame, theme: str) -> None:
    if pairs.empty:
        st.caption("No counted movement with two known ends is in view.")
        return
    key = f"matrix-{st.session_state.get('turn-matrix', 0)}"
    st.altair_chart(
        draw_matrix(pairs, theme),
        width="stretch",
        key=key,
        on_select=lambda: _choose_pair(key),
        selection_mode=[CELL],
        alt="Persons by origin and destination",
    )


def _choose_pair(key: str) -> None:
    picked = st.session_state[key].selection.get(CELL) or []
    if picked and "origin" in picked[0]:
        chosen.choose_stack("pair", (str(picked[0]["origin"]), str(picked[0]["destination"])), by="matrix")
