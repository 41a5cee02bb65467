"""Borders: "the Iran-Iraq border" is the middle of the two states' common line; "Ukraine's border" needs the article to say which.

Where nothing says which neighbour is meant, the answer is all of the state's border: its middle with the radius of the whole
state, country-wide and so never a dot. To pick the longest border instead would be a guess that looks like knowledge, and to
refuse would lose the state, which the text does name.
"""

from __future__ import annotations

import math
import re

from tracker.geocoding.answers import answer
from tracker.geocoding.evidence import Evidence, read_countries
from tracker.geocoding.index import ADMIN1, ALIAS, BASE, CITY, COUNTRY, DERIVED, REGION, Entry, Index
from tracker.geocoding.names import is_written_as_name, normalise, strip_article
from tracker.geocoding.phrases import Phrase
from tracker.geodesy import bearing_degrees, distance_km
from tracker.models import Place, Unresolved

_JOINED = re.compile(r"[-‐-―/]")
_CROSSING = re.compile(r"^(?P<town>.+?) (?:border|frontier) (?:crossing|post|point|checkpoint|station)s?$", re.I)


def resolve(index: Index, phrase: Phrase, country: str, evidence: Evidence, context: list[Entry]) -> Place | Unresolved:
    """The border that a phrase names: middle point, precision ``border``, country of the side that is meant where it is known."""
    words = _JOINED.sub(" ", phrase.core)
    named = list(dict.fromkeys(read_countries(words, index).order))
    smaller = _smaller(index, words)
    if smaller and len(named) < 2:
        return _edge(index, phrase, smaller, named, country)
    if country and country not in named and len(named) < 2:
        named.append(country)
    if not named:
        crossing = _crossing(index, words)
        return crossing or Unresolved(phrase.core, "a border of which the article names no state")
    first, *rest = named
    pair = next(((first, other) for other in rest if tuple(sorted((first, other))) in index.borders), None)
    if pair is None and not rest:
        other = _neighbour(index, first, phrase.compass, evidence, context)
        if other is None:
            return _whole(index, first, country)
        pair = (first, other) if other else None
    if pair is None:
        return Unresolved(phrase.core, "these states share no land border" if rest else "this state has no land border")
    lat, lon, radius, _ = index.borders[tuple(sorted(pair))]  # type: ignore[index]
    names = [entry.name for code in pair if (entry := index.country(code))]
    return Place(
        name="–".join(names) + " border",
        country=country or (first if rest else ""),
        lat=lat,
        lon=lon,
        precision="border",
        radius_km=radius,
        match="exact",
        place_id=f"border:{'-'.join(sorted(pair))}",
        confidence=0.9 if rest else 0.6,
        margin=1.0,
    )


def _smaller(index: Index, words: str) -> Entry | None:
    """A region or state whose border is meant: "the Gaza Strip border", "the Kursk border region"."""
    parts = words.split(" ")
    for size in (3, 2, 1):
        for start in range(len(parts) - size + 1):
            name = re.sub(r"['’]s?$", "", " ".join(parts[start : start + size]))
            if not is_written_as_name(name):
                continue
            for entry in index.named(normalise(name)):
                if entry.kind == COUNTRY:
                    break
                if entry.kind in (REGION, ADMIN1) and entry.sort <= DERIVED:
                    return entry
    return None


def _edge(index: Index, phrase: Phrase, entry: Entry, named: list[str], country: str) -> Place:
    place = answer(index, Phrase(entry.name), [(0.0, entry)])
    return Place(
        name=f"{entry.name} border",
        country=country or (named[0] if named else place.country),
        lat=place.lat,
        lon=place.lon,
        precision="border",
        radius_km=place.radius_km,
        match=place.match,
        place_id=place.place_id,
        confidence=0.6,
        margin=1.0,
    )


def _crossing(index: Index, words: str) -> Place | None:
    """The town of a crossing that bears its name: "the Medyka border crossing"."""
    match = _CROSSING.match(words.strip())
    entries = index.named(normalise(strip_article(match["town"]))) if match and is_written_as_name(match["town"]) else ()
    towns = [e for e in entries if e.sort <= ALIAS and (e.known or e.kind == BASE or (e.kind == CITY and e.population >= 100_000))]
    return answer(index, Phrase(towns[0].name), [(0.0, towns[0])], match="alias") if towns else None


def _whole(index: Index, code: str, country: str) -> Place | Unresolved:
    """All of a state's land border, as wide as the state."""
    home = index.country(code)
    if home is None:
        return Unresolved(code, "this state has no land border")
    reach = max(distance_km(home.lat, home.lon, lat, lon) for _, (lat, lon, _, _) in index.neighbours(code))
    return Place(
        name=f"{home.name} border",
        country=country or code,
        lat=round(home.lat, 4),
        lon=round(home.lon, 4),
        precision="border",
        radius_km=round(max(reach, home.radius_km), 1),
        match="exact",
        place_id=f"border:{code}",
        confidence=0.3,
        margin=0.0,
    )


def _neighbour(index: Index, code: str, compass: tuple[float, float] | None, evidence: Evidence, context: list[Entry]) -> str | None:
    """The neighbour whose border is meant: the one in the direction named, else the one the article speaks of most.

    Empty where there is no neighbour at all, None where nothing tells between several.
    """
    home = index.country(code)
    if home is None:
        return ""
    best, top, ground = "", -math.inf, bool(compass and compass != (0, 0))
    neighbours = list(index.neighbours(code))
    for other, (lat, lon, _, length) in neighbours:
        spoken = 3 * evidence.share(other) + 0.2 * any(p.country == other for p in context)
        ground = ground or spoken > 0
        value = length / 20_000 + spoken
        if compass and compass != (0, 0):
            wanted = math.degrees(math.atan2(*compass)) % 360
            off = abs((bearing_degrees(home.lat, home.lon, lat, lon) - wanted + 180) % 360 - 180)
            value += 2 * math.cos(math.radians(off)) * (1 if distance_km(home.lat, home.lon, lat, lon) > 50 else 0)
        if value > top:
            best, top = other, value
    return best if ground or len(neighbours) < 2 else None
