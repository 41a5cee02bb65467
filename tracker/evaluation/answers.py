"""Rows of a deployment table, as far as they are scored."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tracker import table
from tracker.models import MOVEMENTS, Span


@dataclass(frozen=True, slots=True)
class Found:
    """A place of a row; no coordinates where the gazetteer refused it."""

    name: str
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row. An end that only repeats the actor's home is None: the article does not state it."""

    id: str
    quote: Span
    low: int | None
    high: int | None
    actor: str = ""
    kind: str = "deploy"
    status: str = ""
    origin: Found | None = None
    destination: Found | None = None
    more: int = 0
    starts: str = ""
    ends: str = ""
    part_of: str = ""
    counted: int = 0
    words: str = ""

    @property
    def moves(self) -> bool:
        """Whether somebody changes place."""
        return self.kind in MOVEMENTS

    def place(self, end: str) -> Found | None:
        """The row's ``origin`` or ``destination``."""
        return self.origin if end == "origin" else self.destination


def answers_of(frames: Iterable[pd.DataFrame]) -> dict[str, list[Answer]]:
    """The rows of deployment tables by article, in their order. Raises ``TableError`` for a row that cannot be scored.

    >>> answers_of([table.empty()])
    {}
    """
    found: dict[str, list[Answer]] = defaultdict(list)
    for number, row in enumerate((row for frame in frames if len(frame) for row in _rows(frame)), start=1):
        if row["quote_start"] is None or row["quote_end"] is None:
            raise table.TableError(f"row {number}: quote_start or quote_end is empty; without them no row can be scored")
        found[str(row["article_id"])].append(_answer(number, row))
    return dict(found)


def _rows(frame: pd.DataFrame) -> Iterator[Mapping[Any, Any]]:
    whole = table.conform(frame).astype(object)
    return iter(whole.where(whole.notna(), None).to_dict("records"))


def _answer(number: int, row: Mapping[Any, Any]) -> Answer:
    starts, ends = (row[day].date().isoformat() if row[day] else "" for day in ("starts", "ends"))
    return Answer(
        id=row["deployment_id"],
        quote=Span(int(row["quote_start"]), int(row["quote_end"])),
        low=row["count_low"],
        high=row["count_high"],
        actor=row["actor"],
        kind=row["kind"],
        status=row["status"],
        origin=_place(row, "origin"),
        destination=_place(row, "destination"),
        more=_further(number, row["destinations_more"]),
        starts=starts,
        ends=ends or starts,
        part_of=row["part_of"],
        counted=row["counted_persons"] or 0,
        words=row["quote"],
    )


def _place(row: Mapping[Any, Any], end: str) -> Found | None:
    country = row[f"{end}_country"].upper()
    home = row[f"{end}_basis"] == "implied" and country != "" and country == row["actor"].upper()
    if not row[end] or (home and (end == "origin" or row["kind"] in {"withdraw", "rotate"})):
        return None
    return Found(row[end], country, row[f"{end}_lat"], row[f"{end}_lon"], row[f"{end}_precision"])


def _further(number: int, cell: str) -> int:
    """How many further destinations the row has."""
    try:
        places = json.loads(cell or "[]")
    except ValueError:
        places = None
    if not isinstance(places, list):
        raise table.TableError(f"row {number}: destinations_more is no JSON list; mend the cell or empty it")
    return len(places)
