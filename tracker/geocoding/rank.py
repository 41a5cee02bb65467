"""How well a place answers a toponym: a pure function of what the article says about it. The weights are data."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tracker.geocoding.index import ADMIN1, AIRPORT, ALIAS, BASE, CITY, COUNTRY, DATABASE, DERIVED, KINDS, REGION, SEA, TOWN, Entry

Weights = Mapping[str, float]

#: The weight that each sort of name costs; the main name costs nothing.
SORTS = ("", "alias", "former", "derived", "short")


class Clues(NamedTuple):
    """What speaks for one candidate. Shares and nearness run from 0 to 1; ``fits`` is 1, 0 or -1 (the noun asks for another kind).

    ``peers`` is the share of the article's other places that are states of the same country; ``twin`` is 1 for a state that
    has a large city of its own name; ``doubt`` is 1 for a former name long out of its time.
    """

    country_share: float = 0.0
    admin1_share: float = 0.0
    nearness: float = 0.0
    qualified: float = 0.0
    fits: float = 0.0
    peers: float = 0.0
    twin: float = 0.0
    doubt: float = 0.0


@lru_cache(maxsize=4)
def read_weights(path: Path = DATABASE.parent / "rank_weights.json") -> dict[str, float]:
    """The weights by name; every one that ``score`` asks for must be in the file."""
    return {key: float(value) for key, value in json.loads(path.read_text(encoding="utf-8")).items()}


def score(entry: Entry, clues: Clues, weights: Weights) -> float:
    """The higher, the likelier that ``entry`` is meant. Differences of 1 and more are safe, below 0.5 a guess.

    >>> plain = dict.fromkeys(read_weights(), 0.0) | {"population": 1.0}
    >>> paris = Entry(1, 3, "1", "Paris", "FR", "", "", 48.9, 2.4, 1_000_000, 15, 0, 0, True, "", 0)
    >>> round(score(paris, Clues(), plain), 2)
    6.0
    """
    total = weights["population"] * math.log10(entry.population + 1) if entry.kind not in (BASE, AIRPORT) else weights["population"] * 5
    total += weights[KINDS[entry.kind]] if not (entry.known and entry.kind == TOWN) else weights["city"]
    asked_for = clues.fits >= 1 and entry.sort == DERIVED
    if entry.kind not in (REGION, SEA, BASE) and not (entry.capital and entry.sort == ALIAS) and not asked_for:
        # Every name of a capital is well known, and the hand-kept tables hold only names that are in use.
        total -= weights[SORTS[entry.sort]] if entry.sort else 0.0
        # What a small town is also called is hardly ever what the news means.
        total -= weights["small_alias"] * (entry.sort != 0 and entry.kind in (CITY, TOWN) and entry.population < 100_000)
    total += weights["capital"] * entry.capital + weights["known"] * entry.known - weights["doubt"] * clues.doubt
    total += weights["country_share"] * clues.country_share + weights["country_named"] * (clues.country_share > 0)
    total += weights["admin1_share"] * clues.admin1_share
    if entry.kind == ADMIN1:
        total += weights["peers"] * clues.peers - weights["twin"] * clues.twin * (clues.fits < 1)
    if entry.kind not in (COUNTRY, ADMIN1):
        total += weights["nearness"] * clues.nearness
    return total + weights["qualified"] * clues.qualified + weights["fits"] * clues.fits


def confidence(margin: float, weights: Weights) -> float:
    """Chance that the best candidate is right, from its lead over the next, 0 to 1."""
    return 1 / (1 + math.exp(-(weights["confidence_base"] + weights["confidence_slope"] * min(margin, 4.0))))


def order(scored: Sequence[tuple[float, Entry]]) -> list[tuple[float, Entry]]:
    """Best first; ties go to the entry that is filed first, so that answers never depend on chance."""
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].id))
