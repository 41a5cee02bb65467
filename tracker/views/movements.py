"""The tables: movements in view, and rows that are not on the map."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from tracker.figures.choice import KINDS, digest_choice
from tracker.figures.cube import Ints
from tracker.figures.evidence import choose_link
from tracker.figures.records import find_days, list_records
from tracker.figures.selection import Selection, find_largest, find_part
from tracker.figures.wording import UNKNOWN, name_force, say_count, say_place
from tracker.views import selection as chosen
from tracker.views.downloads import show_downloads

#: More rows than this a page does not hold; the downloads have all.
MOST_ROWS, MOST_UNPLACED = 1_000, 200
#: The columns that the tables are written from: a thousand rows of all 63 take twice as long.
TOLD = (
    "actor", "actor_name", "additional", "approximate", "count", "count_high", "count_low", "destination", "destination_basis",
    "destination_country", "evidence", "kind", "ledger", "origin", "origin_basis", "origin_country", "source", "status", "title", "url",
)  # fmt: skip
#: And those that stand in no text: who it is, its days, what it counts.
TAKEN = (*TOLD, "deployment_id", "starts", "ends", "published", "counted_persons")


def find_newest(selection: Selection, most: int = MOST_ROWS) -> Ints:
    """Positions of the newest rows in view, undated ones last."""
    days = selection.cube.days[selection.choice.basis]
    key = np.where(days.dated_by[selection.rows] > 0, days.first[selection.rows], -(10**6)).astype(np.int64)
    rows = selection.rows
    if len(rows) > most:
        kept = np.argpartition(-key, most)[:most]
        rows, key = rows[kept], key[kept]
    newest: Ints = rows[np.lexsort((rows, -key))]
    return newest


def arrange_rows(frame: pd.DataFrame, basis: str = "movement") -> pd.DataFrame:
    """The rows as people read them: names instead of codes, words instead of empty cells; newest day first."""
    days = find_days(frame, basis)
    records = list_records(frame, TOLD)
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
            "Why counted": [row["ledger"] for row in records],
            "Source": [row["source"] or row["title"] for row in records],
            "Article": [choose_link(row) or None for row in records],
            "Sentence": [row["evidence"] for row in records],
        }
    )
    return shown.sort_values("Day", ascending=False, na_position="last", kind="stable").reset_index(drop=True)


def _end(row: dict[str, object], end: str) -> str:
    place = say_place(row, end)
    return f"{place} (implied)" if place and row[f"{end}_basis"] == "implied" else place or UNKNOWN


def show_movements(selection: Selection) -> None:
    """The table of the rows in view; a click on a row shows its evidence."""
    shown = arrange_rows(selection.cube.take(find_newest(selection), TAKEN), selection.choice.basis)
    ids = shown.pop("deployment_id").tolist()
    key = chosen.name_widget("table", f"{digest_choice(selection.choice)}|{len(selection)}")
    with st.container(horizontal=True, vertical_alignment="center", key="take-away"):
        st.markdown(f"## {len(selection):,} row{'s' if len(selection) != 1 else ''}")
        show_downloads(selection)
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
            "Why counted": st.column_config.TextColumn(width=160),
            "Article": st.column_config.LinkColumn(display_text="open", width=70),
            "Sentence": st.column_config.TextColumn(width="large"),
        },
    )
    if len(selection) > len(shown):
        st.caption(f"The {len(shown):,} newest of {len(selection):,} rows; the downloads have them all.")


def arrange_unplaced(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the tray, in words."""
    records = list_records(frame, TOLD)
    return pd.DataFrame(
        {
            "Troops": [say_count(row) for row in records],
            "Force": [name_force(row) for row in records],
            "From": [_end(row, "origin") for row in records],
            "To": [_end(row, "destination") for row in records],
        }
    )


def show_unplaced(selection: Selection, height: int) -> None:
    """The rows that have no place on a map, with their persons: what is unknown is told, not drawn."""
    cube = selection.cube
    every = find_part(selection, "unplaced")
    counted = int(cube.persons[every].sum())
    st.markdown(f"**Not on the map** \u00b7 {len(every):,} row{'s' if len(every) != 1 else ''}, {counted:,} counted persons")
    if not len(every):
        st.caption("Every row in view has its place.")
        return
    frame = cube.take(find_largest(cube, every, MOST_UNPLACED), TAKEN)
    ids = frame["deployment_id"].tolist()
    key = chosen.name_widget("unplaced", f"{digest_choice(selection.choice)}|{len(selection)}")
    st.dataframe(
        arrange_unplaced(frame),
        hide_index=True,
        height=height,
        key=key,
        on_select=lambda: _choose("unplaced", key, ids),
        selection_mode="single-row",
        alt="Rows without a known place at both ends",
    )


def _choose(widget: str, key: str, ids: list[str]) -> None:
    picked = st.session_state[key].selection.rows
    chosen.choose(ids[picked[0]] if picked and picked[0] < len(ids) else "", by=widget)
