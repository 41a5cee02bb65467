"""Rows of the deployment table in the store: written, read back as a frame, and compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker import table
from tracker.store.acts import Act, Row, decide
from tracker.store.schema import CHANGE, CLAIM, SOURCE
from tracker.table import COLUMNS, DAY, NAMES

#: What an extractor's version alone changes, and what people's acts change: neither makes a row another one.
_NOT_COMPARED = {"extractor", "review", "reviewed_by", "reviewed_at"}
_DAYS = [column.name for column in COLUMNS if column.dtype == DAY]
#: Below these a row waits for a look.
LOW_CONFIDENCE = 0.6
LOW_PLACE = 0.5
#: SQLite takes 32,766 values a statement.
MOST_VALUES = 500


@dataclass(slots=True)
class Changes:
    """What an extraction found otherwise than the one before: rows that are new, gone, or say something else."""

    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    altered: dict[str, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.altered)

    def add(self, other: Changes) -> None:
        """Takes in another article's changes."""
        self.new += other.new
        self.gone += other.gone
        self.altered |= other.altered
        self.same += other.same


def now() -> str:
    """This moment in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def as_rows(frame: pd.DataFrame) -> list[Row]:
    """A deployment table as plain values, ready for a database or JSON."""
    plain = table.conform(frame)
    for name in _DAYS:
        plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    objects = plain.astype(object)
    return [{str(k): v for k, v in row.items()} for row in objects.where(plain.notna(), None).to_dict("records")]


def as_rows_each(frames: Sequence[pd.DataFrame]) -> list[list[Row]]:
    """Many tables as plain values; at one go, since the columns of a table cost more than its rows."""
    filled = [frame for frame in frames if len(frame)]
    everything = iter(as_rows(pd.concat(filled, ignore_index=True)) if filled else [])
    return [[next(everything) for _ in range(len(frame))] for frame in frames]


def as_frame(rows: Sequence[Sequence[Any]], names: Sequence[str] = NAMES) -> pd.DataFrame:
    """Rows as a database gives them -> a deployment table with its dtypes; columns that were not asked for are left out."""
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(names))
    return table.conform(frame)[list(names)]


def window_of(row: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """First and last day of a row: the movement's, or else the report's, as the page dates it."""
    first, last = row["starts"] or row["ends"], row["ends"] or row["starts"]
    return (first or row["published"], last or row["published"])


def is_doubtful(row: Mapping[str, Any]) -> bool:
    """Whether a row waits for a look: less sure than most, or a place that is spelt strangely or may be another of its name."""
    if row["confidence"] is not None and row["confidence"] < LOW_CONFIDENCE:
        return True
    sure = [row[f"{end}_confidence"] for end in ("origin", "destination")]
    return "fuzzy" in (row["origin_match"], row["destination_match"]) or any(one is not None and one < LOW_PLACE for one in sure)


def insert(connection: Connection, new: Sequence[tuple[int, Sequence[Row], bool]], run_id: int, revision: int) -> None:
    """New rows as the extractor read them, those of each text with its number, and whether it nearly repeats another."""
    lines = [_line(row, "", source_id, run_id, revision, repeats) for source_id, found, repeats in new for row in found]
    if lines:
        connection.execute(CLAIM.insert(), lines)


def _line(row: Row, extracted: str, source_id: int, run_id: int, revision: int, repeats: bool) -> dict[str, Any]:
    first, last = window_of(row)
    kept = {"source_id": source_id, "run_id": run_id, "live": True, "revision": revision, "extracted": extracted}
    return {**row, **kept, "first_day": first, "last_day": last, "doubtful": repeats or is_doubtful(row)}


def of_source(connection: Connection, source_id: int) -> list[Row]:
    """The live rows of an article as the extractor last read them, without people's acts."""
    mine = sa.select(CLAIM).where(CLAIM.c.source_id == source_id, CLAIM.c.live == sa.true()).order_by(CLAIM.c.quote_start, CLAIM.c.id)
    return [
        {name: line[name] for name in NAMES} | (json.loads(line["extracted"]) if line["extracted"] else {})
        for line in connection.execute(mine).mappings()
    ]


def compare(before: Iterable[Row], after: Iterable[Row]) -> Changes:
    """What is new, gone and altered between two readings of one article."""
    old, new = ({row["deployment_id"]: row for row in rows} for rows in (before, after))
    found = Changes([key for key in new if key not in old], [key for key in old if key not in new])
    for key in new.keys() & old.keys():
        fields = {
            name: (old[key][name], new[key][name]) for name in NAMES if name not in _NOT_COMPARED and old[key][name] != new[key][name]
        }
        if fields:
            found.altered[key] = fields
        else:
            found.same += 1
    return found


def rewrite(
    connection: Connection, source_id: int, digest: str, readings: Sequence[Row], acts: Sequence[Act], run_id: int | None, revision: int
) -> None:
    """The rows of an article as an extractor now reads them, under people's acts. Rows that are gone are kept, but not live.

    ``run_id`` is None where nothing was read again and only the acts are new.
    """
    repeats = connection.execute(sa.select(SOURCE.c.twin_id).where(SOURCE.c.id == source_id)).scalar() is not None
    kept_columns = (CLAIM.c.id, CLAIM.c.run_id, CLAIM.c.live, CLAIM.c.deployment_id)
    there = connection.execute(sa.select(*kept_columns).where(CLAIM.c.source_id == source_id))
    stored = {line.deployment_id: line for line in there}
    for raw, row in zip(readings, decide(readings, acts, digest), strict=True):
        extracted = {name: raw[name] for name in NAMES if raw[name] != row[name]}
        kept = stored.pop(row["deployment_id"], None)
        run = run_id or (kept.run_id if kept else 0)
        line = _line(row, json.dumps(extracted) if extracted else "", source_id, run, revision, repeats)
        if kept is None:
            connection.execute(CLAIM.insert(), line)
        else:
            connection.execute(CLAIM.update().where(CLAIM.c.id == kept.id), line)
    for kept in stored.values():
        if kept.live:
            connection.execute(CLAIM.update().where(CLAIM.c.id == kept.id), {"live": False, "revision": revision})


def note(connection: Connection, changes: Changes, run_id: int) -> None:
    """Writes down what a run found otherwise, so that a row's history can be told."""
    at = now()
    told: list[tuple[str, str, Mapping[str, Any]]] = [
        *((key, "new", {}) for key in changes.new),
        *((key, "gone", {}) for key in changes.gone),
        *((key, "altered", fields) for key, fields in changes.altered.items()),
    ]
    if told:
        lines = [
            {"run_id": run_id, "deployment_id": key, "what": what, "fields": json.dumps(fields), "at": at} for key, what, fields in told
        ]
        connection.execute(CHANGE.insert(), lines)


def select(
    since: date | None = None,
    until: date | None = None,
    basis: str = "movement",
    after: int | None = None,
    ids: Sequence[str] | None = None,
    names: Sequence[str] = NAMES,
) -> sa.Select[Any]:
    """The statement that reads live rows. ``basis`` says whose day counts: the movement's or the report's."""
    statement = sa.select(*(CLAIM.c[name] for name in names)).where(CLAIM.c.live == sa.true())
    if since or until:
        statement = statement.where(CLAIM.c.id.in_(_window(since, until, basis)))
    if after is not None:
        statement = statement.where(CLAIM.c.revision > after)
    if ids is not None:
        statement = statement.where(CLAIM.c.deployment_id.in_(list(ids)))
    return statement.order_by(CLAIM.c.id)


def _window(since: date | None, until: date | None, basis: str) -> sa.Select[Any] | sa.CompoundSelect[Any]:
    """The numbers of the rows in a window, each kind by an index of its own.

    Asked whether two spans overlap, a database reads half of all days. Few rows last longer than a day, so those that begin
    in the window and those that began before it and go on are asked for apart.
    """
    first, last = (CLAIM.c.published, CLAIM.c.published) if basis == "report" else (CLAIM.c.first_day, CLAIM.c.last_day)
    begins = sa.select(CLAIM.c.id)
    if since:
        begins = begins.where(first >= since.isoformat())
    if until:
        begins = begins.where(first <= until.isoformat())
    if not since or basis == "report":
        return begins
    lasting = sa.select(CLAIM.c.id).where(last > first, last >= since.isoformat(), first < since.isoformat())
    return sa.union_all(begins, lasting)
