"""Rows of the table as plain Python values, and what the figures ask of them; and their days."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pyarrow

Record = dict[str, Any]
#: The columns that a shape on the map is made of; the others would double the time of a picture.
DRAWN = (
    "deployment_id", "actor", "actor_name", "count", "count_low", "count_high", "approximate", "additional", "personnel", "kind", "status",
    "starts", "ends", "published", "counted_persons", "destinations_more", "origins_more",
    *(f"{end}{part}" for end in ("origin", "destination")
      for part in ("", "_country", "_lat", "_lon", "_precision", "_radius_km", "_basis")),
)  # fmt: skip


def list_records(frame: pd.DataFrame, wanted: Iterable[str] = ()) -> list[Record]:
    """The rows as dictionaries with None for what is empty, ``date`` for days, and int, float, bool, str for the rest.

    ``wanted`` names the columns that are asked for; without it all are.
    """
    columns: dict[str, list[Any]] = {}
    for name in wanted or frame.columns:
        values = frame[name]
        if pd.api.types.is_datetime64_any_dtype(values.dtype):
            columns[name] = [None if pd.isna(v) else v.date() for v in values]
        else:
            columns[name] = [None if v is pd.NA or v is None or (isinstance(v, float) and math.isnan(v)) else v for v in values.tolist()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)] if columns else []


def join_pieces(column: pd.Series) -> pd.Series:
    """A column of texts in one piece: what was read or joined is in many, and taking a thousand rows of a million then takes
    sixty milliseconds instead of four."""
    if not isinstance(column.dtype, pd.StringDtype):
        return column
    texts = pyarrow.array(column.array)
    return pd.Series(
        texts.combine_chunks() if isinstance(texts, pyarrow.ChunkedArray) else texts, column.index, column.dtype, name=column.name
    )


def find_days(frame: pd.DataFrame, basis: str = "movement") -> pd.DataFrame:
    """``first``, ``last`` and ``dated_by`` of every row, on the frame's index.

    ``basis="movement"``: the movement's days, and the report's day where the article names none. ``basis="report"``: the
    report's day. ``dated_by`` is "movement", "report", or "" for a row without any date.
    """
    first, last = frame["starts"].fillna(frame["ends"]), frame["ends"].fillna(frame["starts"])
    if basis == "report":
        first = last = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
    moved = first.notna()
    first, last = first.fillna(frame["published"]), last.fillna(frame["published"])
    dated_by = pd.Series("", index=frame.index).mask(first.notna(), "report").mask(moved, "movement")
    return pd.DataFrame({"first": first, "last": last, "dated_by": dated_by})


def read_list(cell: object) -> list[Any]:
    """A JSON list out of a cell (``marks``, ``destinations_more``); an empty list where the cell holds none.

    >>> read_list('[["number", 3, 9]]'), read_list(""), read_list("not JSON")
    ([['number', 3, 9]], [], [])
    """
    if not isinstance(cell, str) or not cell:
        return []
    try:
        value = json.loads(cell)
    except ValueError:
        return []
    return value if isinstance(value, list) else []


def weigh(row: Mapping[str, Any]) -> int:
    """Persons that stand for a row where it is shown: what it adds to totals, else the number as reported."""
    return int(row.get("counted_persons") or row.get("count") or 0)
