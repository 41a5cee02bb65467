"""A frame as arrays of small numbers, made once, so that a filter over a million rows is arithmetic and not text work.

Each column that a reader can filter or group by becomes a `Facet`: a list of values and one code a row. Selecting is a
boolean array, counting is ``numpy.bincount``. The frame itself is only asked for the few rows that are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracker.figures.choice import BASES, CERTAINTIES, KINDS, SIZES, STATUSES
from tracker.figures.palette import LOOKS
from tracker.figures.records import Record, find_days, join_pieces, list_records, read_list
from tracker.models import MOVEMENTS

Ints = NDArray[Any]
Mask = NDArray[np.bool_]

#: What the map does with a row.
PARTS = ("arc", "mark", "covered", "unplaced")
NARROW = ("site", "city", "admin2")
#: The facets that are counted together, each with few values: one pass over the rows tells them all.
MIXED = ("kind", "status", "look", "size", "certainty", "part")
#: The columns in which words are sought. Sentences are nearly all different; of the others each value is looked at once.
SENTENCE, TEXTS = "evidence", ("title", "actor_name", "unit", "personnel", "origin", "destination", "speaker", "via")
#: Days that lie outside every window: what undated rows have.
NEVER_FIRST, NEVER_LAST = np.iinfo(np.int32).max, np.iinfo(np.int32).min


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a column and, for each row, the number of its value."""

    values: tuple[str, ...]
    codes: Ints

    def keep(self, wanted: tuple[str, ...]) -> Mask:
        """The rows that have one of the wanted values."""
        chosen = np.isin(np.array(self.values, dtype=object), list(wanted))
        kept: Mask = chosen[self.codes]
        return kept


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of each row (days since 1970) and whose day it is: 0 none, 1 the report's, 2 the movement's."""

    first: Ints
    last: Ints
    dated_by: Ints


@dataclass(slots=True)
class Cube:
    """The arrays of one frame; all have one entry a row, in the frame's order."""

    frame: pd.DataFrame
    facets: dict[str, Facet]
    days: dict[str, Days]
    known: Ints
    persons: Ints
    weight: Ints
    low: Ints
    high: Ints
    is_open: Mask
    part: Ints
    flow: Ints
    flows: Ints
    further: dict[str, tuple[Ints, Ints]]
    #: One number for a row's values of all ``MIXED`` facets, and how many values each has.
    mix: Ints
    sizes: tuple[int, ...]
    #: The place that a counted row adds persons to, or, after all places, the one that it takes them from; 0 for no place.
    shift: Ints
    texts: dict[str, Facet]
    found_words: dict[str, Mask] = field(default_factory=dict)
    seen_places: dict[str, Record | None] = field(default_factory=dict)
    legs: pd.DataFrame | None = None
    #: Counts and headline of the whole table, which every first visit asks for.
    whole: dict[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.persons)

    @property
    def places(self) -> tuple[str, ...]:
        """Country codes, and names of places in no one country; origin and destination share their numbers."""
        return self.facets["origin"].values

    def take(self, rows: Ints | list[int], columns: Sequence[str] = ()) -> pd.DataFrame:
        """The rows of the frame at these positions; only some columns where they are named, since each costs its time."""
        frame = self.frame[list(columns)] if columns else self.frame
        return frame.iloc[rows]

    def find(self, deployment_id: str) -> Record | None:
        """The row of an id as a record; None where there is none."""
        if not deployment_id:
            return None
        at = np.flatnonzero(self.frame["deployment_id"].eq(deployment_id).to_numpy(dtype=bool))
        return list_records(self.take(at[:1]))[0] if len(at) else None


def build_cube(frame: pd.DataFrame) -> Cube:
    """The arrays of a deployment table: a few seconds for a million rows, then milliseconds a question."""
    frame = frame.assign(**{name: join_pieces(frame[name]) for name in frame.columns})
    facets = _list_facets(frame)
    moves = np.isin(facets["kind"].codes, [i for i, kind in enumerate(KINDS) if kind in MOVEMENTS])
    persons = frame["counted_persons"].fillna(0).to_numpy(dtype=np.int64)
    count = frame["count"].fillna(0).to_numpy(dtype=np.int64)
    looks = facets["look"].codes
    part = _split(frame, moves, persons, looks)
    flow, flows = _number_flows(facets, part)
    elsewhere = np.where(persons > 0, count - persons, 0)
    mix, sizes = _mix({**facets, "part": Facet(PARTS, part)})
    return Cube(
        frame=frame,
        facets=facets,
        days={basis: _days(frame, basis) for basis in BASES},
        known=_day_numbers(frame["published"], NEVER_FIRST),
        persons=persons,
        weight=np.where(persons > 0, persons, count),
        low=np.maximum(frame["count_low"].fillna(0).to_numpy(dtype=np.int64) - elsewhere, 0),
        high=np.maximum(frame["count_high"].fillna(frame["count"]).fillna(0).to_numpy(dtype=np.int64) - elsewhere, 0),
        is_open=frame["count_high"].isna().to_numpy(dtype=bool),
        part=part,
        flow=flow,
        flows=flows,
        further={end: _further(frame, end, facets["origin"].values) for end in ("origin", "destination")},
        mix=mix,
        sizes=sizes,
        shift=_shift(facets, persons),
        texts={name: _read_texts(frame[name]) for name in TEXTS},
    )


def _mix(facets: dict[str, Facet]) -> tuple[Ints, tuple[int, ...]]:
    sizes = tuple(len(facets[name].values) for name in MIXED)
    codes = tuple(facets[name].codes.astype(np.int32) for name in MIXED)
    return np.ravel_multi_index(codes, sizes).astype(np.int32), sizes


def _shift(facets: dict[str, Facet], persons: Ints) -> Ints:
    leaves = facets["kind"].codes == tuple(KINDS).index("withdraw")
    # The number of no place is 0 among those that gain and the number of places among those that lose.
    place = np.where(leaves, facets["origin"].codes + len(facets["origin"].values), facets["destination"].codes)
    return np.where(persons > 0, place, 0).astype(np.int32)


def _read_texts(column: pd.Series) -> Facet:
    codes, values = _factorize(column)
    return Facet(tuple(value.casefold() for value in values), codes.astype(np.int32))


def _factorize(column: pd.Series) -> tuple[Ints, list[str]]:
    codes, values = pd.factorize(column.astype("string").fillna(""))
    return codes, [str(value) for value in values]


def _fixed(column: pd.Series, values: tuple[str, ...], other: int = 0) -> Facet:
    """A facet whose values are known beforehand; what is none of them takes the number ``other``."""
    codes, found = _factorize(column)
    number = np.array([values.index(value) if value in values else other for value in found] or [0], dtype=np.int8)
    return Facet(values, number[codes])


def _list_facets(frame: pd.DataFrame) -> dict[str, Facet]:
    kind = _fixed(frame["kind"], tuple(KINDS))
    status = _fixed(frame["status"], STATUSES, STATUSES.index("stationed"))
    look = np.where(kind.codes == tuple(KINDS).index("alert"), LOOKS.index("alert"), status.codes)
    look = np.where(kind.codes == tuple(KINDS).index("presence"), LOOKS.index("presence"), look)
    look = np.where(look == STATUSES.index("stationed"), np.where(kind.codes < 4, 0, look), look).astype(np.int8)
    force, forces = _factorize(frame["actor"])
    source, sources = _factorize(frame["source"].mask(frame["source"] == "", "source not named"))
    origin, destination = _places(frame)
    size = np.searchsorted(list(SIZES.values()), frame["count"].fillna(0).to_numpy(dtype=np.int64), side="right") - 1
    return {
        "force": Facet(tuple(forces), force.astype(np.int32)),
        "kind": kind,
        "status": status,
        "look": Facet(LOOKS, look),
        "source": Facet(tuple(sources), source.astype(np.int32)),
        "size": Facet(tuple(SIZES), np.clip(size, 0, len(SIZES) - 1).astype(np.int8)),
        "certainty": Facet(CERTAINTIES, _certainty(frame, kind.codes < 4)),
        "origin": origin,
        "destination": destination,
    }


def list_places(frame: pd.DataFrame, end: str) -> pd.Series:
    """Country code of an end; the name of a resolved place that lies in no one country; empty where nothing is known."""
    known = frame[f"{end}_lat"].notna()
    return frame[f"{end}_country"].mask(known & (frame[f"{end}_country"] == ""), frame[end])


def _places(frame: pd.DataFrame) -> tuple[Facet, Facet]:
    """Both ends over one list of places; the empty text (nothing known) has the number 0."""
    ends = [_factorize(list_places(frame, end)) for end in ("origin", "destination")]
    more = {
        str(place.get("country") or place.get("name") or "")
        for end in ("origins_more", "destinations_more")
        for cell in frame.loc[frame[end] != "", end]
        for place in read_list(cell)
        if isinstance(place, dict)
    }
    values = ("", *sorted(({value for _, found in ends for value in found} | more) - {""}))
    number = {value: i for i, value in enumerate(values)}
    facets = [Facet(values, np.array([number[v] for v in found] or [0], dtype=np.int32)[codes]) for codes, found in ends]
    return facets[0], facets[1]


def _further(frame: pd.DataFrame, end: str, places: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Row and place number of the further ends."""
    number = {value: i for i, value in enumerate(places)}
    column = frame[f"{end}s_more"]
    pairs = [
        (row, number.get(str(place.get("country") or place.get("name") or ""), 0))
        for row in np.flatnonzero((column != "").to_numpy(dtype=bool))
        for place in read_list(column.iloc[row])
        if isinstance(place, dict)
    ]
    return np.array([row for row, _ in pairs], dtype=np.int64), np.array([place for _, place in pairs], dtype=np.int64)


def _certainty(frame: pd.DataFrame, moves: Mask) -> Ints:
    known, narrow, implied = {}, {}, {}
    for end in ("origin", "destination"):
        known[end] = frame[f"{end}_lat"].notna().to_numpy(dtype=bool)
        narrow[end] = frame[f"{end}_precision"].isin(NARROW).to_numpy(dtype=bool)
        implied[end] = (frame[f"{end}_basis"] == "implied").to_numpy(dtype=bool) & known[end]
    both = known["origin"] & known["destination"]
    placed = np.where(moves, both, known["origin"] | known["destination"])
    precise = (narrow["origin"] | ~known["origin"]) & (narrow["destination"] | ~known["destination"])
    level = np.where(precise, 0, 1)
    level = np.where(implied["origin"] | implied["destination"], 2, level)
    return np.where(placed, level, 3).astype(np.int8)


def _split(frame: pd.DataFrame, moves: Mask, persons: Ints, looks: Ints) -> Ints:
    """What the map does with each row, as a number into ``PARTS``.

    A movement that adds nobody to totals although it is told as real (a whole counted by its parts, a repeat, a running
    total) is covered by other rows and draws nothing of its own.
    """
    start, end = (frame[f"{name}_lat"].notna().to_numpy(dtype=bool) & frame[f"{name}_lon"].notna().to_numpy(dtype=bool)
                  for name in ("origin", "destination"))  # fmt: skip
    real = looks <= LOOKS.index("planned")
    covered = moves & real & (persons == 0)
    part = np.full(len(frame), PARTS.index("unplaced"), dtype=np.int8)
    part[moves & start & end] = PARTS.index("arc")
    part[~moves & (start | end)] = PARTS.index("mark")
    part[covered] = PARTS.index("covered")
    return part


def _number_flows(facets: dict[str, Facet], part: Ints) -> tuple[Ints, Ints]:
    """For each arc the number of its flow, else the last number; and the flows as rows (origin, destination, look, leaves)."""
    leaves = (facets["kind"].codes == tuple(KINDS).index("withdraw")).astype(np.int64)
    places, looks = len(facets["origin"].values), len(LOOKS)
    pair = facets["origin"].codes.astype(np.int64) * places + facets["destination"].codes
    key = (pair * looks + facets["look"].codes) * 2 + leaves
    key[part != PARTS.index("arc")] = -1
    found, flow = np.unique(key, return_inverse=True)
    kept = found[found >= 0]
    flow = np.where(key < 0, len(kept), flow - (len(found) - len(kept)))
    pairs, rest = np.divmod(kept, looks * 2)
    table = np.stack([pairs // places, pairs % places, rest // 2, rest % 2], axis=1) if len(kept) else np.empty((0, 4), dtype=np.int64)
    return flow.astype(np.int32), table


def _day_numbers(days: pd.Series, never: int) -> Ints:
    numbers = days.to_numpy(dtype="datetime64[D]").astype(np.int64)
    return np.where(days.isna().to_numpy(dtype=bool), never, numbers).astype(np.int32)


def _days(frame: pd.DataFrame, basis: str) -> Days:
    found = find_days(frame, basis)
    dated_by = found["dated_by"].map({"": 0, "report": 1, "movement": 2}).to_numpy(dtype=np.int8)
    return Days(_day_numbers(found["first"], NEVER_FIRST), _day_numbers(found["last"], NEVER_LAST), dated_by)
