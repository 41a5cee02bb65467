"""Toponyms in JSON Lines, resolved without extraction: what `python -m tracker geocode` reads and writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from tracker.geocoding.gazetteer import Gazetteer
from tracker.models import Place, Span, Toponym, Unresolved


class LineError(ValueError):
    """A line that cannot be resolved; the message names the line, the field and the cure."""


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
        text, toponyms = _read(line, number)
        answers = gazetteer.resolve(text, toponyms, _day(line.get("published")), str(line.get("source") or ""))
        shown = [dict(said) | describe(found) for said, found in zip(line["toponyms"], answers, strict=True)]
        yield dict(line) | {"toponyms": shown}


def describe(found: Place | Unresolved) -> dict[str, Any]:
    """An answer as plain JSON values."""
    if isinstance(found, Unresolved):
        return {"lat": None, "lon": None, "reason": found.reason}
    fields = ("lat", "lon", "name", "country", "precision", "radius_km", "match", "confidence", "place_id")
    return {field: getattr(found, field) for field in fields} | {"alternatives": list(found.alternatives)}


def _read(line: Mapping[str, Any], number: int) -> tuple[str, list[Toponym]]:
    text, said = line.get("text"), line.get("toponyms")
    if not isinstance(text, str) or not isinstance(said, list):
        raise LineError(f"line {number}: it needs `text` (a string) and `toponyms` (a list of start, end, text)")
    toponyms = []
    for item in said:
        try:
            start, end = int(item["start"]), int(item["end"])
        except (KeyError, TypeError, ValueError):
            raise LineError(f"line {number}: a toponym needs `start` and `end`, whole numbers of characters; found {item!r}") from None
        if not 0 <= start < end <= len(text):
            raise LineError(f"line {number}: characters {start} to {end} lie outside the text, which has {len(text)}")
        toponyms.append(
            Toponym(text[start:end], str(item.get("text") or text[start:end]), Span(start, end), str(item.get("country") or ""))
        )
    return text, toponyms


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
