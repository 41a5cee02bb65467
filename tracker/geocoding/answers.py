"""Entries made into answers: precision, shifted points, names, alternatives, confidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from tracker.geocoding import dated, rank
from tracker.geocoding.index import ADMIN1, COUNTRY, FORMER, KINDS, MAIN, REGION, SEA, Entry, Index
from tracker.geocoding.names import normalise
from tracker.geocoding.phrases import Phrase
from tracker.geodesy import distance_km, shift
from tracker.models import Place, Precision

PRECISIONS: dict[str, Precision] = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "admin2",
    "city": "city",
    "town": "city",
    "base": "site",
    "airport": "site",
    "region": "region",
    "sea": "sea",
}
Match = Literal["exact", "alias", "fuzzy", "online"]

#: A named area no wider than this is as good as a dot.
SITE_KM = 8.0

#: One that is no wider than this is a part of a country even where two states meet in it: the Galwan valley.
VALLEY_KM = 100.0

#: Namesakes nearer than this are the same spot for a map of the world: a town and its district.
SAME_SPOT_KM = 60.0


def describe(index: Index, entry: Entry, beside: str = "") -> str:
    """Name and country of an entry, for people: "Tripoli, Lebanon"; with its state where it lies in the country ``beside``."""
    country = index.country(entry.country)
    if entry.kind == COUNTRY or country is None:
        return entry.name
    state = index.states.get(f"{entry.country}.{entry.admin1}", "") if entry.country == beside and entry.kind != ADMIN1 else ""
    return ", ".join(part for part in (entry.name, state if state != entry.name else "", country.name) if part)


def precision_of(entry: Entry) -> Precision:
    """How finely an entry tells where: a small region or one inside a state is a part of it, and a very small one a site."""
    if entry.kind == REGION and "border" in entry.name.lower():
        return "border"
    if entry.kind == REGION and entry.radius_km <= SITE_KM:
        return "site"
    if entry.kind == REGION and (entry.country or entry.radius_km <= VALLEY_KM):
        return "subregion"
    return PRECISIONS[KINDS[entry.kind]]


def doubt_of(entry: Entry, name: str, published: date | None) -> float:
    """How far out of its time a former name of an entry is on a day, 0 to 1; 0 for every other name."""
    if entry.sort != FORMER or entry.kind in (REGION, SEA):
        return 0.0
    return dated.doubt(entry.extra, normalise(name), published)


def answer(
    index: Index, phrase: Phrase, ranked: Sequence[tuple[float, Entry]], match: Match | None = None, published: date | None = None
) -> Place:
    """The place that the best entry of ``ranked`` (best first) stands for, with what the phrase's compass word does to it.

    A former name long out of its time on the day of the article halves the confidence, at most.
    """
    weights = rank.read_weights()
    top, best = ranked[0]
    rivals = [(s, e) for s, e in ranked[1:] if distance_km(best.lat, best.lon, e.lat, e.lon) > SAME_SPOT_KM]
    margin = min(10.0, top - rivals[0][0]) if rivals else 10.0
    found: Match = match or ("exact" if best.sort == MAIN else "alias")
    sure = rank.confidence(margin, weights) * (0.5 if found == "fuzzy" else 1.0)
    sure *= 1 - 0.5 * doubt_of(best, phrase.core, published)
    lat, lon, radius, precision, name = best.lat, best.lon, best.radius_km, precision_of(best), best.name
    if phrase.compass is not None and precision not in ("city", "site"):
        east, north = phrase.compass
        lat, lon = shift(lat, lon, east * best.half_x * 0.5, north * best.half_y * 0.5)
        precision = precision if precision in ("region", "sea") else "subregion"
        name = f"{phrase.word} {best.name}".strip()
        radius = max(20.0, radius * 0.6)
    return Place(
        name=name,
        country=best.country,
        lat=round(lat, 4),
        lon=round(lon, 4),
        precision=precision,
        radius_km=round(radius, 1),
        match=found,
        place_id=best.place_id,
        confidence=round(sure, 3),
        margin=round(margin, 3),
        alternatives=tuple(dict.fromkeys(describe(index, e, best.country) for _, e in rivals))[:3],
    )
