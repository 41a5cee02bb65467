"""Hand-made gold beside what the tracker finds: reading the corpora, pairing records with rows, comparing places.

Nothing here knows how the extraction works; it reads the deployment table, as any user would.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tracker import pipeline
from tracker.geodesy import distance_km
from tracker.models import MOVEMENTS, Article

FOLDER = Path(__file__).resolve().parent.parent / "corpus"
KNOWN = FOLDER / "known_failures.csv"

#: How far off a found place may lie, in kilometres, by the precision of the gold place.
NEAR = {"site": 60, "city": 60, "admin1": 350, "region": 700}

Case = dict[str, Any]
Row = dict[str, Any]


@lru_cache(maxsize=4)
def cases(name: str) -> tuple[Case, ...]:
    """The cases of one corpus file, in order."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


@lru_cache(maxsize=1)
def known_failures() -> dict[tuple[str, str], str]:
    """(case, check) -> why it fails today."""
    with KNOWN.open(encoding="utf-8", newline="") as handle:
        return {(row["id"], row["check"]): f"{row['cause']}: {row['reason']}" for row in csv.DictReader(handle)}


def parameters(name: str, checks: Iterable[str]) -> list[Any]:
    """Every case of a corpus with every check; the known failures are strict, so that a repair is noticed."""
    known = known_failures()
    return [
        pytest.param(
            case, check, id=f"{case['id']}-{check}", marks=[pytest.mark.xfail(reason=known[key], strict=True)] if key in known else []
        )
        for case in cases(name)
        for check in checks
        for key in [(case["id"], check)]
    ]


def rows(case: Case) -> list[Row]:
    """The table's rows for one case, extracted once a test run."""
    return _rows(case["id"], case["text"], case["published"])


@lru_cache(maxsize=1000)
def _rows(case_id: str, text: str, published: str) -> list[Row]:
    frame = pipeline.track(Article(text, id=case_id, published=date.fromisoformat(published)))
    return [
        {key: None if value != value else value for key, value in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]


def pairs(case: Case) -> list[tuple[Case, list[Row]]]:
    """Each record with the rows on its number, or on another mention of it (``alt``)."""
    return [(record, [row for row in rows(case) if _record_of(case, row) is record]) for record in case["records"]]


def strays(case: Case) -> list[Row]:
    """Rows on words that no record speaks of."""
    return [row for row in rows(case) if _record_of(case, row) is None]


def _record_of(case: Case, row: Row) -> Case | None:
    """The record with most of the row's quote under its own number, else under an alternative mention."""
    own = max(case["records"], key=lambda r: _shared(row, (r["start"], r["end"])), default=None)
    if own is not None and _shared(row, (own["start"], own["end"])) > 0:
        return own
    return next((r for r in case["records"] if any(_shared(row, tuple(span)) > 0 for span in r.get("alt", ()))), None)


def _shared(row: Row, span: tuple[int, int]) -> int:
    return min(row["quote_end"], span[1]) - max(row["quote_start"], span[0])


def moves(record: Case) -> bool:
    """Whether somebody changes place."""
    return record["kind"] in MOVEMENTS


def stance(status: str | None) -> str:
    """What totals care for: denied, possible, or reported as a fact or a firm plan."""
    return status if status in {"denied", "possible"} else "told"


def end_problem(record: Case, row: Row, end: str) -> str:
    """Why an end of a row is not the gold's; "" where it is. An implied home counts as not stated."""
    gold, more = record[end], record.get("also_to" if end == "destination" else "also_from", [])
    name, basis = row[end], row[f"{end}_basis"]
    if gold is None:
        home = basis == "implied" and row[f"{end}_country"] in {"", None, row["actor"]}
        return "" if not name or home else f"{end}: the text states none, found {name!r}"
    if not name or basis == "implied":
        return f"{end}: {gold['name']} not found"
    if not any(same_place(place, row, end) for place in [gold, *more]):
        return f"{end}: {gold['name']} expected, found {name!r} ({row[f'{end}_country']}, {row[f'{end}_precision']})"
    return ""


def same_place(gold: Case, row: Row, end: str) -> bool:
    """Whether a found place is the gold one: a country by its code, all else by where it lies."""
    country, precision, lat, lon = (row[f"{end}_{field}"] for field in ("country", "precision", "lat", "lon"))
    if gold["precision"] == "country":
        return country == gold["country"] and precision == "country"
    if precision == "country" or lat is None:
        return False
    if gold["country"] and country and country != gold["country"]:
        return False
    return distance_km(gold["lat"], gold["lon"], lat, lon) <= NEAR[gold["precision"]]


def found_or_not(case: Case, number: bool = True) -> Iterator[str]:
    """What is wrong with the set of rows: missing, twice, too many, another number."""
    for record, found in pairs(case):
        if record["optional"]:
            continue
        if len(found) != 1:
            yield f"{record['quote']!r}: one row expected, {len(found)} found"
        elif number and (bounds := (found[0]["count_low"], found[0]["count_high"])) != (record["low"], record["high"]):
            yield f"{record['quote']!r}: {record['low']} to {record['high']} expected, {bounds[0]} to {bounds[1]} found"
    yield from (f"{row['quote']!r}: no row expected" for row in strays(case))
