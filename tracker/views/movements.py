"""The tables: movements, rows that are not on the map, and the download of what is in view."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from tracker import table
from tracker.figures.evidence import choose_link
from tracker.figures.records import find_days, list_records, weigh
from tracker.figures.wording import UNKNOWN, name_force, say_count, say_place
from tracker.views import selection
from tracker.views.filters import KINDS


def arrange_rows(frame: pd.DataFrame, basis: str = "movement") -> pd.DataFrame:
    """The rows as people read them: names instead of codes, words instead of empty cells; newest day first."""
    days = find_days(frame, basis)
    records = list_records(frame)
    shown = pd.DataFrame(
        {
            "deployment_id": frame["deployment_id"].to_numpy(),
            "Day": days["first"].to_numpy(),
            "Day of": days["dated_by"].replace("", "no date").to_numpy(),
            "Troops": [say_count(row) for row in records],
            "Counted": frame["counted_persons"].fillna(0).astype("int64").to_numpy(),
            "Force": [name_force(row) for row in records],
            "Kind": [KINDS.get(row["kind"], row["kind"]) for row in records],
            "Status": [row["status"] or "stationed" for row in records],
            "From": [_end(row, "origin") for row in records],
            "To": [_end(row, "destination") for row in records],
            "Source": [row["source"] or row["title"] for row in records],
            "Article": [choose_link(row) or None for row in records],
            "Sentence": [row["evidence"] for row in records],
        }
    )
    return shown.sort_values("Day", ascending=False, na_position="last", kind="stable").reset_index(drop=True)


def _end(row: dict[str, object], end: str) -> str:
    place = say_place(row, end)
    return f"{place} (implied)" if place and row[f"{end}_basis"] == "implied" else place or UNKNOWN


def show_movements(frame: pd.DataFrame, basis: str) -> None:
    """The table of all rows in view; a click on a row shows its evidence."""
    shown = arrange_rows(frame, basis)
    ids = shown.pop("deployment_id").tolist()
    key = selection.name_widget("table", ids)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"#### {len(frame):,} row{'s' if len(frame) != 1 else ''}")
        st.download_button(
            "Download CSV",
            lambda: table.to_csv(frame),
            file_name="troop_movements.csv",
            mime="text/csv",
            on_click="ignore",
            disabled=frame.empty,
            key="download",
        )
    st.dataframe(
        shown,
        hide_index=True,
        height=min(420, 38 + 35 * max(1, len(shown))),
        key=key,
        on_select=lambda: _choose("table", key, ids),
        selection_mode="single-row",
        alt="Table of movements",
        column_config={
            "Day": st.column_config.DateColumn(format="D MMM YYYY", width=100),
            "Day of": st.column_config.TextColumn(
                width=92,
                help="\u201creport\u201d: the article names no day of the movement, so the row stands on the day of the report.",
            ),
            "Troops": st.column_config.TextColumn(width=125, alignment="right"),
            "Counted": st.column_config.NumberColumn(
                format="localized",
                width=84,
                help="What the row adds to totals: 0 where its persons are counted in another row, or do not move.",
            ),
            "Kind": st.column_config.TextColumn(width=116),
            "Status": st.column_config.TextColumn(width=96),
            "Article": st.column_config.LinkColumn(display_text="open", width=70),
            "Sentence": st.column_config.TextColumn(width="large"),
        },
    )


def show_unplaced(frame: pd.DataFrame, height: int) -> None:
    """The rows that have no place on a map, with their persons: what is unknown is told, not drawn."""
    ordered = frame.assign(persons=[weigh(row) for row in list_records(frame[["count", "counted_persons"]])]).sort_values(
        "persons", ascending=False, kind="stable"
    )
    counted = int(frame["counted_persons"].fillna(0).sum())
    st.markdown(f"**Not on the map** \u00b7 {len(frame)} row{'s' if len(frame) != 1 else ''}, {counted:,} counted persons")
    if frame.empty:
        st.caption("Every row in view has its place.")
        return
    records = list_records(ordered)
    shown = pd.DataFrame(
        {
            "Troops": [say_count(row) for row in records],
            "Force": [name_force(row) for row in records],
            "From": [_end(row, "origin") for row in records],
            "To": [_end(row, "destination") for row in records],
        }
    )
    ids = ordered["deployment_id"].tolist()
    key = selection.name_widget("unplaced", ids)
    st.dataframe(
        shown,
        hide_index=True,
        height=height,
        key=key,
        on_select=lambda: _choose("unplaced", key, ids),
        selection_mode="single-row",
        alt="Rows without a known place at both ends",
    )


def _choose(widget: str, key: str, ids: list[str]) -> None:
    picked = st.session_state[key].selection.rows
    selection.choose(ids[picked[0]] if picked and picked[0] < len(ids) else "", by=widget)
