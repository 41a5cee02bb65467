"""What the words beside a toponym say: where it lies ("Tripoli, Lebanon"), what it is ("the state of"), or that it is no place."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from tracker.geocoding.evidence import WORD
from tracker.geocoding.index import ADMIN1, ADMIN2, CITY, COUNTRY, DATABASE, REGION, SEA, Entry, Index
from tracker.geocoding.names import normalise, strip_article
from tracker.geodesy import distance_km
from tracker.models import Span


def _one_of(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_AREA_NOUN = _one_of("state province region oblast governorate county district department prefecture krai raion")
_TOWN_NOUN = _one_of("town city village port capital base island settlement suburb outpost")
_NAMES = rf"(?P<names>{WORD}(?:[ ]{WORD}){{0,3}})"
_FEW_WORDS = r"(?:[a-z\-]+\s+){0,3}"
_AFTER = (
    re.compile(rf"\s*,\s+(?:in\s+)?(?:the\s+)?(?:[a-z\-]+ern\s+|central\s+)?{_NAMES}"),
    re.compile(rf"\s*\((?:the\s+)?{_NAMES}\)"),
    re.compile(rf"(?:\s+[a-z]+)?,?\s+(?:in|of)\s+(?:the\s+)?(?:[A-Z][\w.]+\s+)?{_FEW_WORDS}(?:{_AREA_NOUN}\s+of\s+)?(?:the\s+)?{_NAMES}"),
)
_PLACE_NOUN = rf"(?:{_TOWN_NOUN}|{_AREA_NOUN})"
_BEFORE = (
    re.compile(rf"(?P<names>{WORD}(?:[ ]{WORD}){{0,2}})['’]s?\s+{_FEW_WORDS}(?:{_PLACE_NOUN}(?:\s+of)?\s+)?$"),
    re.compile(rf"(?P<names>{WORD}(?:[ ]{WORD}){{0,2}})\s+{_FEW_WORDS}{_PLACE_NOUN}\s+(?:of\s+)?(?:the\s+)?$"),
    re.compile(rf"(?P<names>{WORD})\s+$"),
)
_NOUN_BEFORE = re.compile(rf"\b(?P<noun>{_AREA_NOUN}|{_TOWN_NOUN}) of (?:the )?$", re.I)
_NOUN_AFTER = re.compile(rf"[\s\-](?P<noun>{_AREA_NOUN}|[Ss]tate|Province|Region|Oblast|Governorate|County|District)\b")
_GUARD_AFTER = re.compile(r"(?:['’]s)?\s+(?:(?:Army|Air) )?National Guard\b")
_GUARD_NEAR = re.compile(r"\b(?:National Guard|Guardsm[ae]n|Army Reserve)", re.I)
_TITLE_WORDS = _one_of(
    "Operation Exercise Gen General Lt Lieutenant Maj Major Col Colonel Sgt Sergeant Capt Captain Cpl Pvt Adm Admiral Brig Brigadier "
    "Marshal "
    "Commander President Premier Minister Secretary [Ss]pokesman [Ss]pokeswoman [Ss]pokesperson Mr Mrs Ms Dr Sen Senator Rep "
    "Representative "
    "Prince Princess Queen Pope Chancellor Ambassador Justice Judge Professor Prof USS HMS INS [Aa]nalyst [Cc]orrespondent [Rr]eporter "
    "[Ss]oldier [Pp]rivate Chief"
)
_TITLE = re.compile(rf"\b{_TITLE_WORDS}\.?\s+(?:[A-Z][\w.'’-]*\s+){{0,2}}$")
_OF_A_THING = _one_of("cruise guided light heavy air anti-tank surface-to-air attack main battle armou?red self-propelled fighter infantry")
_THINGS = _one_of(
    "missiles? rockets? drones? tanks? howitzers? vehicles? helicopters? jets? fighters? bombers? rifles? mortars? munitions? systems? "
    "launchers? "
    "battery batteries class brigades? battalions? regiments? divisions? corps squadrons? company companies aircraft warplanes? gunships? "
    "frigates? carriers? submarines? troops rebels militants Brigades? Battalions? Regiments? Divisions? Corps Squadrons? Group Company"
)
_THING = re.compile(rf"[\s\-]+(?:{_OF_A_THING} )*{_THINGS}\b")
_VERBS = _one_of("said told added says wrote tweeted argued testified explained insisted")
_SPEAKS = re.compile(rf",?\s+{_VERBS}\b|,\s+(?:who|a spokes|an? \w+ (?:at|with|for) |\d\d,)")


def find_qualifiers(text: str, span: Span, index: Index) -> list[Entry]:
    """The countries, states and districts that the words beside a toponym put it in: "Tripoli, Lebanon", "the Spanish town of Rota"."""
    found: list[Entry] = []
    for pattern in _AFTER:
        match = pattern.match(text, span.end, span.end + 90)
        if match:
            found += named_areas(match["names"], index)
    before = text[max(0, span.start - 80) : span.start]
    for pattern in _BEFORE:
        match = pattern.search(before)
        if match:
            words = match["names"].split(" ")
            found += [area for n in range(len(words)) for area in named_areas(" ".join(words[n:]), index, whole=True)][:3]
    return found


def named_areas(words: str, index: Index, whole: bool = False) -> list[Entry]:
    """The areas that the longest known beginning of ``words`` can name; a demonym stands for its country."""
    parts = words.split(" ")
    for stop in range(len(parts), 0, -1):
        name = strip_article(" ".join(parts[:stop]).rstrip(",'’"))
        code = index.demonyms.get(name)
        if code:
            entry = index.country(code)
            return [entry] if entry else []
        areas = [entry for entry in index.named(normalise(name)) if entry.kind in (COUNTRY, ADMIN1, ADMIN2, REGION)]
        if areas:
            return areas[:12]
        if whole:
            return []
    return []


def contains(area: Entry, place: Entry) -> bool:
    """Whether ``place`` lies in ``area``, by codes where both have them and by distance for a region.

    The area itself is not inside itself.
    """
    if area.id == place.id:
        return False
    if area.kind == COUNTRY:
        return place.country == area.ref and place.kind != COUNTRY
    if area.kind == ADMIN1:
        return (place.country, place.admin1) == (area.country, area.admin1) and place.kind not in (COUNTRY, ADMIN1, REGION, SEA)
    if area.kind == ADMIN2:
        same = (place.country, place.admin1, place.admin2) == (area.country, area.admin1, area.admin2)
        return same and place.kind not in (COUNTRY, ADMIN1, ADMIN2, REGION, SEA)
    reach = area.radius_km if area.kind in (REGION, SEA) else 60.0 if area.kind == CITY else 40.0
    return distance_km(area.lat, area.lon, place.lat, place.lon) <= reach


def near_the_guard(text: str, span: Span) -> bool:
    """Whether a National Guard is spoken of beside a toponym, which in an American article speaks for an American state."""
    return bool(_GUARD_NEAR.search(text, max(0, span.start - 80), span.end + 80))


@lru_cache(maxsize=1)
def not_places(path: Path = DATABASE.parent / "not_places.csv") -> frozenset[str]:
    """Capitalised words that towns share with months, forces, titles and plain words; a gazetteer must not take them for places."""
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8", newline="") as handle:
        return frozenset(row["word"] for row in csv.DictReader(handle))


def speaks_against(text: str, span: Span) -> str:
    """Why the words around a toponym say that it is no place: a title before it, a weapon or unit after it; empty where nothing does."""
    before = text[max(0, span.start - 60) : span.start]
    if _TITLE.search(before):
        return "a title or an operation stands before it"
    if _THING.match(text, span.end, span.end + 50):
        return "it names a weapon or a unit"
    if _SPEAKS.match(text, span.end, span.end + 30) and re.search(r"[A-Z][a-z]+\s+$", before):
        return "it is a person who speaks"
    return ""


def noun_beside(text: str, span: Span) -> str:
    """The word beside a toponym that says what it is: "state" in "the state of Victoria" and in "Washington state".

    A National Guard is a state's: "the New York National Guard" is not the city's.
    """
    if _GUARD_AFTER.match(text, span.end, span.end + 24):
        return "state"
    match = _NOUN_AFTER.match(text, span.end, span.end + 14) or _NOUN_BEFORE.search(text[max(0, span.start - 24) : span.start])
    return match["noun"].lower() if match else ""
