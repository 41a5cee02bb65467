"""Datelines: where a report was sent from ("MANILA, June 3 (Reuters) -"). It is no part of the sentence that follows."""

from __future__ import annotations

import re

from tracker.extraction.sentences import Word
from tracker.extraction.toponyms import PlaceMention
from tracker.models import PlaceNames, Span, Toponym

LINES = 4  # at whose beginning a dateline may stand: below a headline, a byline, a day

_DATELINE = re.compile(
    r"(?P<city>[A-Z][A-Z.'\u2019-]{2,20}(?: [A-Z][A-Z.'\u2019-]{1,20}){0,3}|[A-Z][a-z'\u2019]{2,20}(?:[ -][A-Z][a-z'\u2019]{1,20}){0,2})"
    r"(?:, [A-Z][\w.'\u2019]{1,20}(?: [A-Z][\w.'\u2019]{1,20}){0,2})?"
    r"(?:,? \(?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?\)?)?"
    r"(?: ?\([^()\n]{2,30}\))?"
    r" ?(?:--|[-\u2013\u2014:]) "
)


def find(text: str, names: PlaceNames) -> tuple[Span, PlaceMention] | None:
    """The span of the dateline with all that belongs to it, and its city; None without one, or where the gazetteer knows no such city.

    >>> from tracker.geocoding import Gazetteer
    >>> span, place = find("MANILA (Reuters) - The first 200 soldiers left.", Gazetteer.default())
    >>> span, place.toponym.name
    (Span(start=0, end=19), 'MANILA')
    """
    start = 0
    for _ in range(LINES):
        match = _DATELINE.match(text, start)
        place = _place(match, names) if match else None
        if match and place is not None:
            return Span(start, match.end()), place
        newline = text.find("\n", start)
        if newline < 0:
            break
        start = newline + 1
    return None


def _place(match: re.Match[str], names: PlaceNames) -> PlaceMention | None:
    city = match["city"]
    if match.group().rstrip().endswith(":") and not city.isupper():
        return None  # "Kabul: three ministers ..." is a headline
    for name in (city, city.title()):
        kinds = names.kinds(name)
        if kinds & {"city", "town", "base", "country", "admin1"}:
            span = Span(match.start("city"), match.end("city"))
            word = Word(-1, span.start, span.end, city, city.lower(), city.lower(), "PROPN", "NNP", "ROOT", -1)
            country = names.country(name)
            return PlaceMention(Toponym(city, name, span, country), word, word, frozenset(kinds), country, "", "coreference")
    return None
