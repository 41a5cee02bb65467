"""The toponyms of one article, resolved together: one name has one sense, and every place found speaks for its neighbours."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.geocoding import borders, fuzzy, rank
from tracker.geocoding.answers import answer, describe
from tracker.geocoding.evidence import Evidence, contains, find_qualifiers, named_areas, not_places, read_countries, speaks_against
from tracker.geocoding.index import ADMIN1, ADMIN2, AIRPORT, BASE, CITY, COUNTRY, DERIVED, KINDS, REGION, SEA, TOWN, Entry, Index
from tracker.geocoding.names import is_written_as_name, normalise
from tracker.geocoding.phrases import Phrase, parse
from tracker.geodesy import distance_km
from tracker.models import Place, Toponym, Unresolved

#: Kinds that lie at a point, and so speak for what is near them.
POINTS = (ADMIN1, ADMIN2, CITY, TOWN, BASE, AIRPORT)


@dataclass(slots=True)
class Group:
    """The toponyms of an article that mean one place: same name, same restriction, no rival qualifiers."""

    phrase: Phrase
    country: str
    candidates: tuple[Entry, ...]
    members: list[int] = field(default_factory=list)
    qualifiers: list[Entry] = field(default_factory=list)
    against: str = ""
    match: str = ""
    ranked: list[tuple[float, Entry]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The normalised name."""
        return normalise(self.phrase.core)


def resolve(index: Index, text: str, toponyms: Sequence[Toponym], lenient: bool = False) -> list[Place | Unresolved]:
    """One answer a toponym, in the same order. ``lenient`` takes a small town on its name alone (a question typed by a person)."""
    evidence = read_countries(text, index)
    weights = rank.read_weights()
    groups = _group(index, text, toponyms)
    context: list[Entry] = []
    for _ in range(2):
        for group in groups:
            _rank(group, evidence, context, weights)
        context = [group.ranked[0][1] for group in groups if group.ranked and not group.against]
    answers: list[Place | Unresolved] = [Unresolved(t.name, "not weighed") for t in toponyms]
    for group in groups:
        found = _decide(index, group, evidence, context, lenient)
        for member in group.members:
            answers[member] = found if isinstance(found, Place) else Unresolved(toponyms[member].name, found.reason)
    return answers


def _group(index: Index, text: str, toponyms: Sequence[Toponym]) -> list[Group]:
    groups: dict[tuple[object, ...], Group] = {}
    plain: dict[tuple[object, ...], list[tuple[int, Phrase, str]]] = defaultdict(list)
    for number, toponym in enumerate(toponyms):
        phrase = parse(toponym.name, lambda name: bool(index.named(normalise(name))))
        qualifiers = [area for container in phrase.containers for area in named_areas(container, index)]
        against = ""
        if toponym.span is not None and text:
            qualifiers += find_qualifiers(text, toponym.span, index)
            against = speaks_against(text, toponym.span)
        candidates = _candidates(index, phrase, toponym.country)
        useful = [q for q in qualifiers if any(contains(q, c) for c in candidates)]
        base = (normalise(phrase.core), phrase.compass, phrase.border, phrase.feature, phrase.near, toponym.country)
        inside = frozenset(c.id for c in candidates if any(contains(q, c) for q in useful))
        group = groups.setdefault((*base, inside), Group(phrase, toponym.country, candidates, against=against))
        group.members.append(number)
        group.qualifiers += [q for q in useful if q not in group.qualifiers]
        group.against = group.against if against else ""
        plain[base].append((number, phrase, against))
    _share_qualifiers(list(groups.items()))
    return list(groups.values())


def _share_qualifiers(groups: list[tuple[tuple[object, ...], Group]]) -> None:
    """A bare mention takes the sense of the first qualified mention of the same name."""
    qualified: dict[str, Group] = {}
    for _, group in groups:
        if group.qualifiers:
            qualified.setdefault(group.key, group)
    for _, group in groups:
        if not group.qualifiers and group.key in qualified:
            group.qualifiers = list(qualified[group.key].qualifiers)


def _candidates(index: Index, phrase: Phrase, country: str) -> tuple[Entry, ...]:
    if phrase.border:
        return ()
    core = phrase.core
    found: tuple[Entry, ...] = ()
    if is_written_as_name(core):
        if phrase.feature == "base" and phrase.noun:
            noun = phrase.noun.replace("airbase", "air base")
            found = index.named(normalise(f"{core} {noun}"))
        found = found or index.named(normalise(core))
        code = index.demonyms.get(core)
        if code and not found and phrase.noun:
            entry = index.country(code)
            found = (entry,) if entry else ()
    found = tuple(e for e in found if e.sort <= DERIVED)
    if country:
        return tuple(e for e in found if e.country == country or country in e.extra.split("|"))
    return found


def _rank(group: Group, evidence: Evidence, context: list[Entry], weights: rank.Weights) -> None:
    others = [place for place in context if place.kind in POINTS and place not in group.candidates]
    states = Counter(f"{p.country}.{p.admin1}" for p in others if p.admin1)
    spoken = Counter(p.country for p in others if p.country)
    total, scored = sum(states.values()), []
    for entry in group.candidates:
        share = evidence.share(entry.country, group.key) if entry.country else 0.0
        if others:
            share = 0.7 * share + 0.3 * spoken[entry.country] / len(others)
        near = max((math.exp(-distance_km(entry.lat, entry.lon, o.lat, o.lon) / 200) for o in others), default=0.0)
        clues = rank.Clues(
            country_share=share,
            admin1_share=states[f"{entry.country}.{entry.admin1}"] / total if total and entry.admin1 else 0.0,
            nearness=near,
            qualified=1.0 if any(contains(q, entry) for q in group.qualifiers) else 0.0,
            fits=_fits(entry, group.phrase),
        )
        scored.append((rank.score(entry, clues, weights), entry))
    group.ranked = rank.order(scored)


def _fits(entry: Entry, phrase: Phrase) -> float:
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


def _decide(index: Index, group: Group, evidence: Evidence, context: list[Entry], lenient: bool) -> Place | Unresolved:
    phrase, name = group.phrase, group.phrase.core
    if phrase.border or (phrase.near and group.ranked and group.ranked[0][1].kind == COUNTRY):
        return borders.resolve(index, phrase, group.country, evidence, context)
    if not group.ranked:
        return _without_candidates(index, group, evidence)
    best = group.ranked[0][1]
    if name in not_places() and not group.qualifiers:
        return Unresolved(name, "the word is no place name on its own")
    if group.against and best.kind not in (COUNTRY, BASE, REGION) and not best.capital and not group.qualifiers:
        return Unresolved(name, group.against)
    if not lenient and not group.country and not _supported(group, best, evidence, context):
        return Unresolved(name, f"only small places bear this name ({describe(index, best)}), and nothing in the article speaks for one")
    return answer(index, phrase, group.ranked)


def _supported(group: Group, best: Entry, evidence: Evidence, context: list[Entry]) -> bool:
    """Whether a candidate is large enough to be meant without being introduced, or the article gives it ground."""
    if best.kind not in (TOWN, ADMIN2) and best.sort < DERIVED and (best.sort == 0 or best.kind != CITY or best.population >= 100_000):
        return True
    if any(contains(q, best) for q in group.qualifiers) or evidence.share(best.country, group.key) > 0.0:
        return True
    return any(o.country == best.country for o in context if o not in group.candidates)


def _without_candidates(index: Index, group: Group, evidence: Evidence) -> Place | Unresolved:
    phrase = group.phrase
    for container in phrase.containers:
        areas = [a for a in _container(index, container, group.country)]
        if areas:
            return answer(index, Phrase(container), [(0.0, areas[0])], match="alias")
    code = index.demonyms.get(phrase.core.split(" ")[0]) if phrase.core else None
    rest = phrase.core.split(" ")[1:]
    entry = index.country(code) if code else None
    if entry and rest and not any(is_written_as_name(word) for word in rest) and group.country in ("", code):
        return answer(index, phrase, [(0.0, entry)], match="alias")
    if not phrase.core or not is_written_as_name(phrase.core):
        return Unresolved(phrase.core, "no name of a place")
    near = fuzzy.find(index, phrase.core, group.country)
    if near and not group.against:
        return answer(index, phrase, [(0.0, near)], match="fuzzy")
    where = f" in {group.country}" if group.country else ""
    return Unresolved(phrase.core, f"the gazetteer knows no place of this name{where}")


def _container(index: Index, words: str, country: str) -> list[Entry]:
    inner = parse(words, lambda name: bool(index.named(normalise(name))))
    found = [e for e in index.named(normalise(inner.core)) if is_written_as_name(inner.core) and e.kind not in (TOWN, ADMIN2)]
    found = [e for e in found if not country or e.country == country]
    return [entry for _, entry in rank.order([(rank.score(e, rank.Clues(), rank.read_weights()), e) for e in found])]
