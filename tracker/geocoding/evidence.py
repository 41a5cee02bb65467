"""Which countries an article speaks of: names, adjectives, capitals, American states, the dateline and the outlet."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from tracker.geocoding.index import CITY, Index
from tracker.geocoding.names import normalise, strip_article

WORD = r"[A-Z\u00c0-\u00de][\w.\u2010-\u2011'’-]*"
_CAPITALISED = re.compile(rf"{WORD}(?:[ ](?:(?:of|and|the) )?{WORD}){{0,3}}")
_DATELINE = re.compile(r"\s*(?P<city>[A-Z][A-Z .'’\-]{2,30}?|[A-Z][a-z]+)(?:,\s*[A-Z][\w .]{1,30})?\s*(?:\([A-Z][\w ]+\)\s*)?[—–-]\s")

#: "America" stands for a country, but not in these.
AMERICAS = frozenset({"latin america", "north america", "south america", "central america"})
NOWHERE = "-"


@dataclass(slots=True)
class Evidence:
    """How often the text names each country (demonyms, capitals and American states count half), and which words did so."""

    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    by_name: dict[str, tuple[str, float]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def share(self, country: str, but: str = "") -> float:
        """The country's share of the text's country names, 0 to 1, leaving out the name ``but`` (normalised)."""
        code, weight = self.by_name.get(but, ("", 0.0))
        total = sum(self.weights.values()) - weight
        own = self.weights.get(country, 0.0) - (weight if code == country else 0.0)
        return own / total if total > 0 else 0.0


def read_countries(text: str, index: Index) -> Evidence:
    """Count the country names and demonyms of a text."""
    found = Evidence()
    names, demonyms, signs = index.country_names, index.demonyms, index.signs
    shouted = text.isupper()
    for match in _CAPITALISED.finditer(text):
        words = match[0].split(" ")
        start = 0
        while start < len(words):
            for stop in range(len(words), start, -1):
                said = " ".join(words[start:stop])
                # In a text of capitals only, "US" is mostly a pronoun, and "AMERICANS" are Americans.
                if shouted and said == "US":
                    continue
                code, weight = _country_of(said.title() if shouted else said, names, demonyms, signs)
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


def _country_of(words: str, names: dict[str, str], demonyms: dict[str, str], signs: dict[str, str]) -> tuple[str, float]:
    bare = words.rstrip(".,'’-")
    bare = bare[:-2] if bare[-2:] in ("'s", "’s") else bare
    if bare in demonyms:
        return demonyms[bare], 0.5
    key = normalise(bare)
    if key in AMERICAS:
        return NOWHERE, 0.0
    return (names[key], 1.0) if key in names else (signs[key], 0.5) if key in signs else ("", 0.0)
