"""Toponyms in JSON Lines, resolved without extraction: what `python -m tracker geocode` reads and writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from tracker.geocoding.gazetteer import Gazetteer
from tracker.models import Place, Span, Toponym, Unresolved


class LineError(ValueError):
    """A line that cannot be resolved; the message names the field and what it must be, and the line where it is known."""


def resolve_lines(lines: Iterable[Mapping[str, Any]], gazetteer: Gazetteer | None = None) -> Iterator[dict[str, Any]]:
    """Each line ``{id, text, published, toponyms: [{start, end, text}]}`` with its toponyms placed.

    A toponym gains lat, lon (degrees WGS84), name, country, precision, radius_km, match, confidence and place_id; one that
    is refused gains ``reason`` and no coordinates. Raises ``LineError`` for a line without text or with offsets outside it.

    >>> line = {"id": "1", "text": "Two ships left Rota for Crete.", "toponyms": [{"start": 24, "end": 29, "text": "Crete"}]}
    >>> next(resolve_lines([line]))["toponyms"][0]["country"]
    'GR'
    """
    gazetteer = gazetteer or Gazetteer.default()
    for number, line in enumerate(lines, 1):
        try:
            yield resolve_line(line, gazetteer)
        except LineError as error:
            raise LineError(f"line {number}: {error}") from None


def resolve_line(line: Mapping[str, Any], gazetteer: Gazetteer, published: date | None = None) -> dict[str, Any]:
    """One line with its toponyms placed, all weighed together; ``published`` is the day where the line bears none."""
    text, toponyms = _read(line)
    answers = gazetteer.resolve(text, toponyms, read_day(line.get("published")) or published, str(line.get("source") or ""))
    shown = [dict(said) | describe(found) for said, found in zip(line["toponyms"], answers, strict=True)]
    return dict(line) | {"toponyms": shown}


def describe(found: Place | Unresolved) -> dict[str, Any]:
    """An answer as plain JSON values."""
    if isinstance(found, Unresolved):
        return {"lat": None, "lon": None, "reason": found.reason}
    fields = ("lat", "lon", "name", "country", "precision", "radius_km", "match", "confidence", "place_id")
    return {field: getattr(found, field) for field in fields} | {"alternatives": list(found.alternatives)}


def tell(found: Place, country: str) -> str:
    """An answer for a person, in a few lines; ``country`` is the name of the place's country.

    >>> gazetteer = Gazetteer.default()
    >>> vilnius = gazetteer.geocode("Vilnius").raw
    >>> print(tell(Place(**vilnius), "Lithuania").splitlines()[0])
    Vilnius, Lithuania (LT)
    """
    where = f", {country} ({found.country})" if country and country != found.name else f" ({found.country})" if found.country else ""
    lines = [
        found.name + where,
        f"  {found.precision}, within {found.radius_km:,.0f} km of {found.lat:.4f}, {found.lon:.4f}",
        f"  match {found.match}, confidence {found.confidence:.2f}, {found.place_id}",
    ]
    if found.alternatives:
        lines.append("  also: " + "; ".join(found.alternatives))
    return "\n".join(lines)


def _read(line: Mapping[str, Any]) -> tuple[str, list[Toponym]]:
    text, said = line.get("text"), line.get("toponyms")
    if not isinstance(text, str) or not isinstance(said, list):
        raise LineError("it needs `text` (a string) and `toponyms` (a list of start, end, text)")
    toponyms = []
    for item in said:
        try:
            start, end = int(item["start"]), int(item["end"])
        except (KeyError, TypeError, ValueError, OverflowError):
            raise LineError(f"a toponym needs `start` and `end`, whole numbers of characters; found {item!r}") from None
        if not 0 <= start < end <= len(text):
            raise LineError(f"characters {start} to {end} lie outside the text, which has {len(text)}")
        toponyms.append(
            Toponym(text[start:end], str(item.get("text") or text[start:end]), Span(start, end), str(item.get("country") or ""))
        )
    return text, toponyms


def read_day(value: object) -> date | None:
    """The day of an ISO 8601 text or of English words; the first of a month or a year that stands alone; None for no date.

    >>> read_day("2022-02-02T10:00"), read_day("2 February 2022"), read_day("2022-02"), read_day("soon")
    (datetime.date(2022, 2, 2), datetime.date(2022, 2, 2), datetime.date(2022, 2, 1), None)
    """
    text = str(value or "").strip()[:40]
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y-%m", "%Y"):
        try:
            return datetime.strptime(text[:10] if form == "%Y-%m-%d" else text, form).date()
        except ValueError:
            continue
    return None
