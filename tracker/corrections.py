"""What may be said about a row: each field as a person writes it -> the columns that it sets, or what is wrong with it.

A correction passes the same gates as an extraction: kinds and statuses are those of the table, numbers are whole, and a place is
asked of the gazetteer by its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

from tracker import vocabulary
from tracker.geocoding import Gazetteer
from tracker.models import Kind, Place, Status, Toponym
from tracker.table import list_places, place_columns

#: No army is larger; a larger number is a slip of the keyboard.
MOST_PERSONS = 10_000_000

#: What a person corrects by its name; what belongs to it (bounds, code, coordinates) follows.
FIELDS = (
    "count", "count_low", "count_high", "approximate", "additional", "aggregate", "personnel", "unit", "kind", "status", "actor",
    "origin", "destination", "origins_more", "destinations_more",
    "starts", "ends", "speaker", "via", "part_of", "published", "source", "title", "url",
)  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
STATUSES: tuple[str, ...] = get_args(Status)
_POINT = re.compile(r"\s*(-?\d{1,2}(?:\.\d{1,8})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,8})?)\s*")

Columns = dict[str, Any]
Seen = Mapping[str, Any]


class ReviewError(ValueError):
    """A correction that says nothing possible: the field, what is wrong, and what may be said."""


def check(row: Seen, fields: Mapping[str, str], others: Mapping[str, Seen]) -> Columns:
    """The new values of all columns that a correction touches; ``others`` are the rows of the article by id. Raises ``ReviewError``.

    >>> check({"published": None, "status": "planned", "kind": "deploy"}, {"count": "1,200"}, {})
    {'count': 1200, 'count_low': 1200, 'count_high': 1200}
    """
    told: dict[str, Any] = {}
    for name, text in fields.items():
        if name not in FIELDS:
            raise ReviewError(f"{name}: cannot be corrected; correct one of {', '.join(FIELDS)}")
        told |= _CHECKS.get(name, _text)(name, " ".join(str(text).split()), row)
    if "count" in told and not {"count_low", "count_high"} & fields.keys():
        told |= {"count_low": told["count"], "count_high": told["count"]}
    new = {**row, **told}
    _cohere(new, told)
    if told.get("part_of"):
        _check_whole(told["part_of"], row, others)
    return told


def _cohere(new: Seen, told: Columns) -> None:
    """What fields must be together."""
    if "kind" in told and told["kind"] == "presence":
        told["status"] = ""
    elif ("kind" in told or "status" in told) and new["kind"] != "presence" and not new["status"]:
        raise ReviewError(f"status: a row of kind {new['kind']} needs one; say it too, one of {', '.join(filter(None, STATUSES))}")
    elif told.get("status") and new["kind"] == "presence":
        raise ReviewError("status: who is merely present has none; correct the kind too")
    low, high = new.get("count_low"), new.get("count_high")
    if {"count", "count_low", "count_high"} & told.keys() and low is not None and high is not None and low > high:
        raise ReviewError(f"count_low: {low:,} is more than count_high, {high:,}")
    starts, ends = new.get("starts"), new.get("ends")
    if {"starts", "ends"} & told.keys() and starts and ends and starts > ends:
        raise ReviewError(f"starts: {starts} lies after ends, {ends}")


def _check_whole(whole: str, row: Seen, others: Mapping[str, Seen]) -> None:
    if whole not in others or whole == row["deployment_id"]:
        raise ReviewError(f"part_of: {whole} is no other row of the same article; give the deployment_id of the row that includes this one")
    above = whole
    for _ in others:
        above = others[above]["part_of"] if above in others else ""
        if above == row["deployment_id"]:
            raise ReviewError(f"part_of: {whole} is itself a part of this row; correct that one first")


def _text(name: str, text: str, row: Seen) -> Columns:
    return {name: text[:2000]}


def _number(name: str, text: str, row: Seen) -> Columns:
    digits = re.sub(r"[\s,'\u00a0\u202f]", "", text)
    if not digits and name != "count":
        return {name: None}
    if not digits.isascii() or not digits.isdigit() or not 0 < int(digits[:12]) <= MOST_PERSONS:
        raise ReviewError(f"{name}: {text!r} is no number of persons; write a whole number up to {MOST_PERSONS:,}")
    return {name: int(digits)}


def _flag(name: str, text: str, row: Seen) -> Columns:
    known = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if text.lower() not in known:
        raise ReviewError(f"{name}: {text!r} is neither yes nor no")
    return {name: known[text.lower()]}


def _day(name: str, text: str, row: Seen) -> Columns:
    if not text:
        return {name: None}
    try:
        return {name: date.fromisoformat(text).isoformat()}
    except ValueError:
        raise ReviewError(f"{name}: {text!r} is no date; write YYYY-MM-DD, such as 2022-02-02, or nothing") from None


def _choice(allowed: tuple[str, ...]) -> Callable[[str, str, Seen], Columns]:
    def chosen(name: str, text: str, row: Seen) -> Columns:
        if text.lower() not in allowed:
            raise ReviewError(f"{name}: {text!r} is none of {', '.join(filter(None, allowed))}")
        return {name: text.lower()}

    return chosen


def _actor(name: str, text: str, row: Seen) -> Columns:
    gazetteer = Gazetteer.default()
    code = text if gazetteer.country_name(text) else gazetteer.country(text)
    if code:
        return {"actor": code, "actor_name": gazetteer.country_name(code)}
    known = vocabulary.load().organisations.get(text, (text[:200], ""))[0]
    return {"actor": known, "actor_name": known}


def _place(name: str, text: str, row: Seen) -> Columns:
    """A place by its name, by ``latitude, longitude``, or unknown where nothing is given."""
    if not text:
        texts, numbers = ("text", "country", "precision", "basis", "match", "place_id"), ("lat", "lon", "radius_km", "confidence")
        return {name: "", **{f"{name}_{part}": "" for part in texts}, **{f"{name}_{part}": None for part in numbers}}
    place = _find_point(name, text, row) or _find_named(name, text, row)
    return {**place_columns(name, place), f"{name}_text": row.get(f"{name}_text") or "", f"{name}_basis": "stated"}


def _places(name: str, text: str, row: Seen) -> Columns:
    """The further places of a row, their names parted by semicolons, as the table lists them."""
    return {name: list_places(_find_named(name, one.strip(), row) for one in text.split(";") if one.strip())}


def _find_point(name: str, text: str, row: Seen) -> Place | None:
    point = _POINT.fullmatch(text)
    if point is None:
        return None
    lat, lon = float(point[1]), float(point[2])
    if abs(lat) > 90 or abs(lon) > 180 or lat == lon == 0:
        raise ReviewError(f"{name}: {text!r} is no point that anybody means; write latitude, longitude in degrees")
    return Place(row.get(name) or text, row.get(f"{name}_country") or "", lat, lon, "site", 1.0)


def _find_named(name: str, text: str, row: Seen) -> Place:
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    [found] = Gazetteer.default().resolve("", [Toponym(text, text)], published, lenient=True)
    if not isinstance(found, Place):
        cure = "write it with its country (Tripoli, Lebanon), or as latitude, longitude"
        raise ReviewError(f"{name}: {text!r} cannot be placed ({found.reason}); {cure}")
    return found


_CHECKS: dict[str, Callable[[str, str, Seen], Columns]] = {
    **dict.fromkeys(("count", "count_low", "count_high"), _number),
    **dict.fromkeys(("approximate", "additional", "aggregate"), _flag),
    **dict.fromkeys(("starts", "ends", "published"), _day),
    "kind": _choice(KINDS),
    "status": _choice(STATUSES),
    "actor": _actor,
    **dict.fromkeys(("origins_more", "destinations_more"), _places),
    "origin": _place,
    "destination": _place,
}
