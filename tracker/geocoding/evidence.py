"""What an article itself says about where its places lie: countries named, qualifiers beside a name, signs that a name is no place."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tracker.geocoding.index import ADMIN1, ADMIN2, CITY, COUNTRY, DATABASE, REGION, SEA, Entry, Index
from tracker.geocoding.names import normalise, strip_article
from tracker.geodesy import distance_km
from tracker.models import Span

_WORD = r"[A-Z\u00c0-\u00de][\w.\u2010-\u2011'’-]*"
_CAPITALISED = re.compile(rf"{_WORD}(?:[ ](?:(?:of|and|the) )?{_WORD}){{0,3}}")
_NAMES = rf"(?P<names>{_WORD}(?:[ ]{_WORD}){{0,3}})"
_AFTER = (
    re.compile(rf"\s*,\s+(?:in\s+)?(?:the\s+)?(?:[a-z\-]+ern\s+|central\s+)?{_NAMES}"),
    re.compile(rf"\s*\((?:the\s+)?{_NAMES}\)"),
    re.compile(
        rf"(?:\s+[a-z]+)?,?\s+(?:in|of)\s+(?:the\s+)?(?:[A-Z][\w.]+\s+)?(?:[a-z\-]+\s+){{0,3}}(?:(?:state|province|region|city|oblast|district)\s+of\s+)?(?:the\s+)?{_NAMES}"
    ),
)
_PLACE_NOUN = r"(?:town|city|village|port|capital|province|region|oblast|district|state|base|island|settlement|suburb|outpost|governorate|county)"
_BEFORE = (
    re.compile(rf"(?P<names>{_WORD}(?:[ ]{_WORD}){{0,2}})['’]s?\s+(?:[a-z\-]+\s+){{0,3}}(?:{_PLACE_NOUN}(?:\s+of)?\s+)?$"),
    re.compile(rf"(?P<names>{_WORD}(?:[ ]{_WORD}){{0,2}})\s+(?:[a-z\-]+\s+){{0,2}}{_PLACE_NOUN}\s+(?:of\s+)?(?:the\s+)?$"),
    re.compile(rf"(?P<names>{_WORD})\s+$"),
)
_NOUN_BEFORE = re.compile(r"\b(?P<noun>state|province|region|oblast|governorate|county|district|department|city|town|village|capital|port) of (?:the )?$", re.I)
_NOUN_AFTER = re.compile(
    r"[\s\-](?P<noun>state|province|region|oblast|governorate|county|district|department|prefecture|krai|raion|[Ss]tate|Province|Region|Oblast|Governorate|County|District)\b"
)
_DATELINE = re.compile(r"\s*(?P<city>[A-Z][A-Z .'’\-]{2,30}?|[A-Z][a-z]+)(?:,\s*[A-Z][\w .]{1,30})?\s*(?:\([A-Z][\w ]+\)\s*)?[—–-]\s")
_TITLE = re.compile(
    r"\b(?:Operation|Exercise|Gen|General|Lt|Lieutenant|Maj|Major|Col|Colonel|Sgt|Sergeant|Capt|Captain|Cpl|Pvt|Adm|Admiral|Brig|Brigadier|Marshal|Commander|"
    r"President|Premier|Minister|Secretary|[Ss]pokesman|[Ss]pokeswoman|[Ss]pokesperson|Mr|Mrs|Ms|Dr|Sen|Senator|Rep|Representative|Prince|Princess|"
    r"Queen|Pope|Chancellor|Ambassador|Justice|Judge|Professor|Prof|USS|HMS|INS|[Aa]nalyst|[Cc]orrespondent|[Rr]eporter|[Ss]oldier|[Pp]rivate|Chief)\.?\s+"
    r"(?:[A-Z][\w.'’-]*\s+){0,2}$"
)
_THING = re.compile(
    r"[\s\-]+(?:cruise |guided |light |heavy |air |anti-tank |surface-to-air |attack |main battle |armou?red |self-propelled |fighter |battle |infantry )*"
    r"(?:missiles?|rockets?|drones?|tanks?|howitzers?|vehicles?|helicopters?|jets?|fighters?|bombers?|rifles?|mortars?|munitions?|systems?|launchers?|batter(?:y|ies)|"
    r"class|brigades?|battalions?|regiments?|divisions?|corps|squadrons?|companies|aircraft|warplanes?|gunships?|frigates?|carriers?|submarines?|personnel carriers?|"
    r"troops|rebels|militants|Brigades?|Battalions?|Regiments?|Divisions?|Corps|Squadrons?|Group|Company)\b"
)
_SPEAKS = re.compile(r",?\s+(?:said|told|added|says|wrote|tweeted|argued|testified|explained|insisted)\b|,\s+(?:who|a spokes|an? \w+ (?:at|with|for) |\d\d,)")


#: "America" stands for a country, but not in these.
AMERICAS = frozenset({"latin america", "north america", "south america", "central america"})
NOWHERE = "-"


@dataclass(slots=True)
class Evidence:
    """How often the text names each country (demonyms and capitals count half), and which words did so."""

    weights: Counter[str] = field(default_factory=Counter)
    by_name: dict[str, tuple[str, float]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def share(self, country: str, but: str = "") -> float:
        """The country's share of the text's country names, 0 to 1, leaving out the name ``but`` (normalised)."""
        code, weight = self.by_name.get(but, ("", 0.0))
        total = sum(self.weights.values()) - weight
        own = self.weights[country] - (weight if code == country else 0.0)
        return own / total if total > 0 else 0.0


def read_countries(text: str, index: Index) -> Evidence:
    """Count the country names and demonyms of a text."""
    found = Evidence()
    names, demonyms, capitals = index.country_names, index.demonyms, index.capitals
    shouted = text.isupper()
    for match in _CAPITALISED.finditer(text):
        words = match[0].split(" ")
        start = 0
        while start < len(words):
            for stop in range(len(words), start, -1):
                said = " ".join(words[start:stop])
                # In a text of capitals only, "US" is mostly a pronoun, and "AMERICANS" are Americans.
                code, weight = _country_of(said.title() if shouted else said, names, demonyms, capitals) if said != "US" or not shouted else ("", 0.0)
                if code:
                    break
            else:
                start += 1
                continue
            key = normalise(strip_article(" ".join(words[start:stop])))
            if code == NOWHERE:
                start = stop
                continue
            found.weights[code] += weight
            found.by_name[key] = (code, found.by_name.get(key, ("", 0.0))[1] + weight)
            found.order.append(code)
            start = stop
    return found


def read_dateline(text: str, source: str, index: Index, evidence: Evidence) -> None:
    """Add what the dateline ("KYIV (Reuters) -") and the outlet's name say; it is weak, for agencies report from far away."""
    match = _DATELINE.match(text)
    for entry in index.named(normalise(match["city"])) if match else ():
        if entry.kind == CITY and (entry.capital or entry.population >= 500_000):
            evidence.weights[entry.country] += 0.5
            break
    if source:
        for code in read_countries(source, index).weights:
            evidence.weights[code] += 0.3


def _country_of(words: str, names: dict[str, str], demonyms: dict[str, str], capitals: dict[str, str]) -> tuple[str, float]:
    bare = words.rstrip(".,'’-")
    bare = bare[:-2] if bare[-2:] in ("'s", "’s") else bare
    if bare in demonyms:
        return demonyms[bare], 0.5
    key = normalise(bare)
    if key in AMERICAS:
        return NOWHERE, 0.0
    return (names[key], 1.0) if key in names else (capitals[key], 0.5) if key in capitals else ("", 0.0)


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
    """The word beside a toponym that says what it is: "state" in "the state of Victoria" and in "Washington state"."""
    match = _NOUN_AFTER.match(text, span.end, span.end + 14) or _NOUN_BEFORE.search(text[max(0, span.start - 24) : span.start])
    return match["noun"].lower() if match else ""
