"""Names that a place bore for a time: "Fort Liberty" was Fort Bragg's from June 2023 to March 2025."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tracker.geocoding.names import normalise

#: People go on using a name for a while after it is taken away, and a little before it is given.
GRACE_DAYS = 365
#: After so many years beyond the grace, a name is as doubtful as it will ever be.
YEARS_TO_DOUBT = 5.0


def doubt(former_names: str, key: str, published: date | None) -> float:
    """How far an article of that day lies outside the time of the former name ``key`` (normalised): 0 within it, at most 1.

    ``former_names`` is a cell ``Name@from..until|...`` with dates as precise as they are known (2023, 2023-06, 2023-06-02), an
    open side left empty. Without a day, without dates or for a name that is not in the cell, nothing is doubted.

    >>> bragg = "Fort Liberty@2023-06-02..2025-03-07"
    >>> doubt(bragg, "fort liberty", date(2024, 5, 1)), doubt(bragg, "fort liberty", date(2033, 5, 1))
    (0.0, 1.0)
    """
    span = _spans(former_names).get(key)
    if published is None or span is None:
        return 0.0
    since, until = span
    late = (published - until).days if until else 0
    early = (since - published).days if since else 0
    years = (max(late, early, 0) - GRACE_DAYS) / 365.25
    return min(1.0, max(0.0, years / YEARS_TO_DOUBT))


@lru_cache(maxsize=500)
def _spans(former_names: str) -> dict[str, tuple[date | None, date | None]]:
    spans = {}
    for part in former_names.split("|"):
        name, _, dates = part.partition("@")
        since, dots, until = dates.partition("..")
        if dots:
            spans[normalise(name)] = (_day(since, "-01-01"), _day(until, "-12-31"))
    return spans


def _day(text: str, rest: str) -> date | None:
    """The first or last day of a year, a month or a day; a month counts as ending on its 28th, for no more is known."""
    whole = text + (rest if len(text) == 4 else f"-{'01' if rest == '-01-01' else '28'}" if len(text) == 7 else "")
    try:
        return date.fromisoformat(whole)
    except ValueError:
        return None
