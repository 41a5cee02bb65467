"""Misspelt names of large places: one letter off, never more, and always marked so that a person looks at it."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from tracker.geocoding.index import ADMIN1, CITY, COUNTRY, REGION, Entry, Index
from tracker.geocoding.names import normalise

LEAST_POPULATION = 100_000
LEAST_LETTERS = 6
KINDS = (COUNTRY, ADMIN1, CITY, REGION)


@lru_cache(maxsize=2)
def _spellings(index: Index) -> dict[tuple[str, int], list[str]]:
    """Names of countries, states and large cities by first letter and length."""
    table: dict[tuple[str, int], list[str]] = {}
    for (name,) in index.connection.execute("SELECT name FROM spelling"):
        table.setdefault((name[0], len(name)), []).append(name)
    return table


@lru_cache(maxsize=5_000)
def find(index: Index, name: str, country: str = "") -> Entry | None:
    """The one large place whose name is a single slip away (a letter more, less, changed or two swapped); None where two are."""
    key = normalise(name)
    if len(key) < LEAST_LETTERS or not key[0].isalpha():
        return None
    table = _spellings(index)
    close = {n for size in (-1, 0, 1) for n in table.get((key[0], len(key) + size), ()) if OSA.distance(key, n, score_cutoff=1) <= 1}
    found = [
        e
        for n in sorted(close)
        for e in index.named(n)
        if e.sort == 0 and e.kind in KINDS and (e.kind != CITY or e.population >= LEAST_POPULATION)
    ]
    found = [e for e in found if not country or e.country == country]
    if not found or len({normalise(e.name) for e in found}) > 1:
        return None
    # A state and its capital share the name: without a noun, the city is meant.
    return min(found, key=lambda e: (e.kind != COUNTRY, e.kind != CITY, -e.population))
