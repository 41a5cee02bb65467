"""Which entries of the gazetteer a place phrase can mean, before anything is weighed."""

from __future__ import annotations

from tracker.geocoding import rank
from tracker.geocoding.index import ADMIN1, ADMIN2, ALIAS, CITY, COUNTRY, DERIVED, KINDS, REGION, SEA, TOWN, Entry, Index
from tracker.geocoding.names import SMALL, is_written_as_name, normalise, strip_article
from tracker.geocoding.phrases import Phrase, parse

#: Spellings of the Arabic article, assimilated or not.
ARTICLES = ("al", "el", "ar", "as", "ash", "at", "az", "an", "ad", "adh", "ath")

CONTINENTS = {
    "European": "europe",
    "Asian": "asia",
    "African": "africa",
    "South American": "south america",
    "Central American": "central america",
}


def find_candidates(index: Index, phrase: Phrase, country: str) -> tuple[Entry, ...]:
    if phrase.border:
        return ()
    core = phrase.core
    found: tuple[Entry, ...] = ()
    if is_written_as_name(core):
        if phrase.feature == "base" and phrase.noun:
            found = index.named(normalise(f"{core} {phrase.noun.replace('airbase', 'air base')}"))
        found = found or look_up(index, core)
        of_people = adjective(index, core)
        if of_people:
            # "the American embassy" is not America: the building stands where the phrase says, or nowhere known.
            found = () if phrase.feature == "base" and phrase.containers else (of_people,)
    elif " " in core:
        # A descriptive name is often written small: "the eastern flank", "occupied Ukraine".
        found = tuple(e for e in index.named(normalise(core)) if e.kind in (REGION, SEA))
    if phrase.noun == "capital" and phrase.compass is None:
        found = tuple(index.capital_entries.get(e.country, e) if e.kind == COUNTRY else e for e in found)
    short = core.isupper() or core.endswith(".")
    found = tuple(e for e in found if e.sort <= DERIVED or short)
    if country:
        return tuple(e for e in found if e.country == country or country in e.extra.split("|"))
    return found


def look_up(index: Index, name: str) -> tuple[Entry, ...]:
    """The entries of a name; where it has none, those under another spelling of the Arabic article ("Al-Raqqah", "Ar Raqqah")."""
    key = normalise(name)
    found = index.named(key)
    if found:
        return found
    first, _, rest = key.partition(" ")
    bare = rest if first in ARTICLES and rest else key
    if len(bare) < 3 or " " in bare:
        return ()
    spellings = {bare, *(f"{article} {bare}" for article in ARTICLES)} - {key}
    other = {e.id: e._replace(sort=ALIAS) for spelling in sorted(spellings) for e in index.named(spelling) if e.sort <= ALIAS}
    return tuple(other[number] for number in sorted(other))


def adjective(index: Index, word: str) -> Entry | None:
    """The country or continent that an adjective stands for ("Turkish", "European"), as a lesser name of it."""
    code = index.demonyms.get(word)
    entry = index.country(code) if code else next(iter(index.named(CONTINENTS[word])), None) if word in CONTINENTS else None
    return entry._replace(sort=ALIAS) if entry else None


def fit(entry: Entry, phrase: Phrase) -> float:
    kind = KINDS[entry.kind]
    if phrase.feature == "admin1":
        return 1.0 if entry.kind in (ADMIN1, REGION) else 0.5 if entry.kind == ADMIN2 else -0.5
    if phrase.feature == "admin2":
        return 1.0 if entry.kind == ADMIN2 else -0.5 if entry.kind in (COUNTRY, CITY, TOWN) else 0.0
    if phrase.feature == "city":
        return 1.0 if entry.kind in (CITY, TOWN) else -1.0
    if phrase.feature == "base":
        return 1.0 if kind in ("base", "airport") else 0.0
    if phrase.compass and phrase.compass != (0, 0):
        # Nobody writes "northern Kandahar" of a small town: a part of something needs something to be part of.
        return 0.7 if entry.kind in (COUNTRY, ADMIN1, REGION) else 0.0
    return 0.0


def find_inside(index: Index, words: str) -> tuple[str, Entry] | None:
    """The country or capital-sized city inside a description with plain words: "11 key Brazilian ports", "New York City subways"."""
    parts = words.split(" ")
    if len(parts) < 2 or all(is_written_as_name(part) or part in SMALL for part in parts):
        return None
    runs = [(start, stop) for start in range(len(parts)) for stop in range(len(parts), start, -1) if stop - start < len(parts)]
    for start, stop in sorted(runs, key=lambda run: run[0] - run[1]):
        name = strip_article(" ".join(parts[start:stop]))
        if not all(is_written_as_name(part) for part in parts[start:stop]):
            continue
        people = adjective(index, name)
        found = (
            (people,)
            if people
            else tuple(e for e in index.named(normalise(name)) if e.sort == 0 and (e.kind == COUNTRY or e.population >= 500_000))
        )
        if found:
            return name, found[0]
    return None


def find_container(index: Index, words: str, country: str) -> tuple[Phrase, list[Entry]]:
    """The areas that a phrase like "northern Nicaragua" can name, the likeliest first, and the phrase itself."""
    inner = parse(words, index.knows)
    found = [e for e in find_candidates(index, inner, country) if e.kind not in (TOWN, ADMIN2)]
    return inner, [entry for _, entry in rank.order([(rank.score(e, rank.Clues(), rank.read_weights()), e) for e in found])]
