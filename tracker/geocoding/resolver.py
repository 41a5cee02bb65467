"""The toponyms of one article, resolved together: one name has one sense, and every place found speaks for its neighbours."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.geocoding import borders, fuzzy, rank
from tracker.geocoding.answers import answer, describe, doubt_of
from tracker.geocoding.candidates import adjective, find_candidates, find_container, find_inside, fit
from tracker.geocoding.evidence import Evidence, read_countries, read_dateline
from tracker.geocoding.index import ADMIN1, ADMIN2, AIRPORT, ALIAS, BASE, CITY, COUNTRY, DERIVED, REGION, TOWN, Entry, Index
from tracker.geocoding.names import is_written_as_name, normalise
from tracker.geocoding.phrases import Phrase, parse
from tracker.geocoding.surroundings import contains, find_qualifiers, named_areas, near_the_guard, not_places, noun_beside, speaks_against
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


def resolve(
    index: Index, text: str, toponyms: Sequence[Toponym], source: str = "", lenient: bool = False, published: date | None = None
) -> list[Place | Unresolved]:
    """One answer a toponym, in the same order. ``lenient`` takes a small town on its name alone (a question typed by a person)."""
    evidence = read_countries(text, index)
    read_dateline(text, source, index, evidence)
    weights = rank.read_weights()
    groups = _group(index, text, toponyms, evidence)
    context: list[Entry] = []
    for _ in range(2):
        for group in groups:
            _rank(group, evidence, context, weights, published)
        context = [group.ranked[0][1] for group in groups if group.ranked and not group.against]
    answers: list[Place | Unresolved] = [Unresolved(t.name, "not weighed") for t in toponyms]
    for group in groups:
        found = _decide(index, group, evidence, context, lenient, published)
        for member in group.members:
            answers[member] = found if isinstance(found, Place) else Unresolved(toponyms[member].name, found.reason)
    return answers


def _group(index: Index, text: str, toponyms: Sequence[Toponym], evidence: Evidence) -> list[Group]:
    groups: dict[tuple[object, ...], Group] = {}
    plain: dict[tuple[object, ...], list[tuple[int, Phrase, str]]] = defaultdict(list)
    for number, toponym in enumerate(toponyms):
        phrase = parse(toponym.name, index.knows)
        qualifiers = [area for container in phrase.containers for area in named_areas(container, index)]
        against = ""
        if toponym.span is not None and text:
            qualifiers += find_qualifiers(text, toponym.span, index)
            against = speaks_against(text, toponym.span)
            america = index.country("US")
            if america and evidence.share("US", normalise(phrase.core)) >= 0.5 and near_the_guard(text, toponym.span):
                qualifiers.append(america)
            phrase = phrase if phrase.noun or phrase.compass else replace(phrase, noun=noun_beside(text, toponym.span))
        candidates = find_candidates(index, phrase, toponym.country)
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


def _rank(group: Group, evidence: Evidence, context: list[Entry], weights: rank.Weights, published: date | None) -> None:
    others = [place for place in context if place.kind in POINTS and place not in group.candidates]
    states = Counter(f"{p.country}.{p.admin1}" for p in others if p.admin1)
    peers = Counter(p.country for p in others if p.kind == ADMIN1)
    spoken = Counter(p.country for p in others)
    scored = []
    for entry in group.candidates:
        share = evidence.share(entry.country, group.key) if entry.country else 0.0
        if others:
            share = (1 - weights["places_say"]) * share + weights["places_say"] * spoken[entry.country] / len(others)
        near = 0.0
        if others and entry.kind not in (COUNTRY, ADMIN1):
            near = max(math.exp(-distance_km(entry.lat, entry.lon, o.lat, o.lon) / 200) for o in others)
        clues = rank.Clues(
            country_share=share,
            admin1_share=states[f"{entry.country}.{entry.admin1}"] / len(others) if entry.admin1 and others else 0.0,
            nearness=near,
            qualified=1.0 if any(contains(q, entry) for q in group.qualifiers) else 0.0,
            fits=fit(entry, group.phrase),
            peers=peers[entry.country] / len(others) if entry.kind == ADMIN1 and others else 0.0,
            twin=max((_twin(entry, e) for e in group.candidates), default=0.0) if entry.kind == ADMIN1 else 0.0,
            doubt=doubt_of(entry, group.key, published),
        )
        scored.append((rank.score(entry, clues, weights), entry))
    group.ranked = rank.order(scored)


def _twin(state: Entry, city: Entry) -> float:
    """How strongly a city of the same name says that, without a noun, it is meant and not the state: 0 to 2."""
    if city.kind != CITY:
        return 0.0
    if city.country != state.country:
        return 0.6 if city.sort == 0 and city.population >= 200_000 else 0.0
    if city.sort == ALIAS and city.population < 0.25 * state.population:
        # "Oklahoma" is also said of its capital, but hardly ever.
        return 0.0
    return 2.0 if city.capital else 1.0 if city.admin1 == state.admin1 and city.population >= 15_000 else 0.0


def _decide(
    index: Index, group: Group, evidence: Evidence, context: list[Entry], lenient: bool, published: date | None
) -> Place | Unresolved:
    phrase, name = group.phrase, group.phrase.core
    if phrase.border or (phrase.near and group.ranked and group.ranked[0][1].kind == COUNTRY):
        return borders.resolve(index, phrase, group.country, evidence, context)
    if not group.ranked:
        return _without_candidates(index, group, evidence)
    best = group.ranked[0][1]
    if name in not_places() and not group.qualifiers:
        return Unresolved(name, "the word is no place name on its own")
    sure = best.kind in (COUNTRY, BASE, REGION) or best.capital or (best.kind == ADMIN1 and best.population >= 1_000_000)
    if group.against and not sure and not group.qualifiers:
        return Unresolved(name, group.against)
    if not lenient and not group.country and not _supported(group, best, evidence, context):
        return Unresolved(name, f"only small places bear this name ({describe(index, best)}), and nothing in the article speaks for one")
    return answer(index, phrase, group.ranked, published=published)


def _supported(group: Group, best: Entry, evidence: Evidence, context: list[Entry]) -> bool:
    """Whether a candidate is large enough to be meant without being introduced, or the article gives it ground."""
    if best.known or (best.kind == ADMIN1 and fit(best, group.phrase) >= 1):
        return True
    if best.kind not in (TOWN, ADMIN2) and best.sort < DERIVED and (best.sort == 0 or best.kind != CITY or best.population >= 100_000):
        return True
    if any(contains(q, best) for q in group.qualifiers) or evidence.share(best.country, group.key) > 0.0:
        return True
    return any(o.country == best.country for o in context if o not in group.candidates)


def _without_candidates(index: Index, group: Group, evidence: Evidence) -> Place | Unresolved:
    phrase = group.phrase
    named = is_written_as_name(phrase.core) and adjective(index, phrase.core) is None
    for container in phrase.containers:
        inner, areas = find_container(index, container, group.country)
        # "the embassy in Baghdad" is in Baghdad; an unknown name "in Helmand" stays unknown.
        if areas and (not named or areas[0].kind == CITY):
            return answer(index, inner, [(0.0, areas[0])], match="alias")
    code = index.demonyms.get(phrase.core.split(" ")[0]) if phrase.core else None
    rest = phrase.core.split(" ")[1:]
    entry = index.country(code) if code else None
    if entry and rest and not any(is_written_as_name(word) for word in rest) and group.country in ("", code):
        return answer(index, phrase, [(0.0, entry)], match="alias")
    within = find_inside(index, phrase.core)
    if within:
        return answer(index, replace(phrase, core=within[0]), [(0.0, within[1])], match="alias")
    if not phrase.core or not is_written_as_name(phrase.core):
        return Unresolved(phrase.core, "no name of a place")
    near = fuzzy.find(index, phrase.core, group.country)
    heard = not evidence.weights or (near is not None and evidence.weights[near.country] > 0)
    if near and heard and not group.against:
        return answer(index, phrase, [(0.0, near)], match="fuzzy")
    where = f" in {group.country}" if group.country else ""
    return Unresolved(phrase.core, f"the gazetteer knows no place of this name{where}")
