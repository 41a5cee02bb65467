"""What was said before: places and forces of the article that anaphors point back to ("the base", "there", "another 300")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tracker.extraction.roles import Link, slot
from tracker.extraction.sentences import Sentence, Word
from tracker.extraction.toponyms import PlaceMention
from tracker.models import PlaceNames, Span, Toponym
from tracker.vocabulary import Vocabulary

CONTEXT = 3  # sentences back in which an unstated end is looked for
DIRECTIONS = frozenset({"north", "south", "east", "west"})
_DETERMINERS = frozenset({"the", "that", "this", "its", "their", "his", "same"})
_FITS = {
    "base": frozenset({"base", "airport"}),
    "country": frozenset({"country"}),
    "region": frozenset({"region", "admin1", "sea"}),
    "land": frozenset({"region", "admin1", "country"}),
    "admin1": frozenset({"admin1"}),
    "city": frozenset({"city", "town"}),
    "any": frozenset({"country", "region", "admin1", "city", "town", "base", "airport", "border"}),
}


@dataclass
class Memory:
    """The places of the article so far, in order of mention, and the last force that was counted.

    One a reading, filled sentence by sentence; the only thing in the extraction that changes.
    """

    places: list[tuple[int, PlaceMention]] = field(default_factory=list)
    slots: dict[str, str] = field(default_factory=dict)
    personnel: str = ""
    actor: str = ""
    kind: str = ""
    status: str = ""
    subject: str = ""
    actors: list[str] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    persons: Mapping[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    dateline: PlaceMention | None = None
    named: list[tuple[int, Word, str]] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)

    def note(self, sentence: Sentence, mentions: list[PlaceMention]) -> None:
        """Remember the places of a sentence."""
        self.places.extend((sentence.index, m) for m in mentions)
        self.times.update(m.toponym.name for m in mentions)
        self.slots.update({m.toponym.name: slot(sentence, m.word)[0] for m in mentions})

    def name(self, sentence: Sentence, codes: Mapping[int, str]) -> None:
        """Remember who is named in a sentence: the code of each word that can own a force."""
        self.named += [(sentence.index, sentence.words[i], code) for i, code in codes.items()]
        self.times.update(codes.values())

    def context(self, sentence: Sentence, here: list[PlaceMention]) -> list[Link]:
        """The places of the sentences before as links with relation "context", the latest mention of each name."""
        found: dict[str, Link] = {}
        names = {m.toponym.name for m in here}
        if self.dateline is not None and self.dateline.toponym.name not in names:
            name = self.dateline.toponym.name
            earlier = self.ends.get(name, "")
            found[name] = Link(
                self.dateline, "dateline", "dateline", steps=9, before=True, distance=1, earlier=earlier, times=self.times[name]
            )
        for index, mention in _recent(self.places, sentence.index):
            distance = sentence.index - index
            if distance > 0 and mention.toponym.name not in names:
                times = self.times[mention.toponym.name]
                found[mention.toponym.name] = Link(
                    mention,
                    "context",
                    "context",
                    steps=9,
                    before=True,
                    distance=distance,
                    earlier=self.ends.get(mention.toponym.name, ""),
                    times=times,
                    slot=self.slots.get(mention.toponym.name, ""),
                )
        return list(found.values())

    def theatres(self, sentence: Sentence, here: Sequence[Link], actor: str, names: PlaceNames) -> list[Link]:
        """Countries that the article names only through their people or as part of other names ("Libyan rebels", "the Iraq war").

        They are links with relation "theatre": weak evidence, the latest mention of each country, the actor's own left out.
        """
        known = {k.place.country for k in here if k.place.country and not k.place.described} | {actor, ""}
        found: dict[str, Link] = {}
        for index, word, code in _recent(self.named, sentence.index):
            distance = sentence.index - index
            name = names.country_name(code)
            if code in known or not name:
                continue
            mention = PlaceMention(Toponym(word.text, name, word.span, code), word, word, frozenset({"country"}), code, "", "coreference")
            found[code] = Link(
                mention,
                "theatre",
                "theatre",
                steps=9,
                before=True,
                distance=distance,
                earlier=self.ends.get(name, ""),
                times=self.times[code],
            )
        return list(found.values())

    def last(self, kinds: frozenset[str], before: int, not_country: str = "", reach: int = 6, sentence: int = 0) -> PlaceMention | None:
        """The latest place of one of ``kinds`` that ends before an offset, not further back than ``reach`` sentences."""
        for index, mention in reversed(self.places):
            if sentence - index > reach:
                break
            if mention.span.end > before:
                continue
            named = frozenset({"country"}) if mention.country and not mention.described else mention.kinds
            if mention.basis != "stated" or not named & kinds or (kinds == _FITS["region"] and _bears_a_city(mention)):
                continue
            if not_country and mention.country == not_country:
                continue
            return mention
        return None


def _bears_a_city(mention: PlaceMention) -> bool:
    """Whether a bare name is a city's too, to which "the region" does not point back ("Washington")."""
    return "city" in mention.kinds and mention.toponym.text == mention.name_word.text


_Noted = TypeVar("_Noted", bound=tuple[Any, ...])


def _recent(noted: Sequence[_Noted], index: int) -> list[_Noted]:
    """What was noted in this sentence and the ``CONTEXT`` before it, in order; the first item of each is its sentence."""
    first = len(noted)
    while first and index - noted[first - 1][0] <= CONTEXT:
        first -= 1
    return list(noted[first:])


def anaphors(sentence: Sentence, vocabulary: Vocabulary, taken: frozenset[int]) -> Iterator[tuple[str, Word, Span]]:
    """(kind of place, head word, span) of each "the base", "the country", "there" that names no place itself."""
    for word in sentence.words:
        if word.i in taken:
            continue
        if (
            word.lower == "it"
            and word.dep == "pobj"
            and (preposition := sentence.head(word)) is not None
            and preposition.lower in {"to", "into", "from", "on", "along"}
        ):
            yield "any", word, word.span
            continue
        kind = vocabulary.place_nouns.get(word.lower)
        if kind is None:
            continue
        if word.lower in {"there", "here"}:
            if word.dep not in {"expl"} and word.tag == "RB":
                yield "any", word, word.span
            continue
        if (
            word.dep == "pobj"
            and (of := sentence.head(word)) is not None
            and of.lower == "of"
            and (noun := sentence.head(of)) is not None
            and noun.lower in DIRECTIONS
        ):
            continue  # "the east of the country" is one place, told at "east"
        determiner = next((c for c in sentence.children(word) if c.lower in _DETERMINERS), None) or _bare(sentence, word, kind)
        named = any(c.pos == "PROPN" or c.dep in {"relcl"} for c in sentence.children(word)) or any(
            c.dep == "prep"
            and c.lower in {"of", "in", "near", "with", "between", "at"}
            and any(g.pos == "PROPN" for g in sentence.subtree(c))
            for c in sentence.children(word)
        )
        if determiner is not None and not named:
            yield kind, word, Span(determiner.start, word.end)


def resolve(
    sentence: Sentence, memory: Memory, vocabulary: Vocabulary, here: Sequence[PlaceMention], actor: str, names: PlaceNames
) -> list[PlaceMention]:
    """The places of a sentence with its anaphors, whose basis is "coreference"; those without an antecedent are left out."""
    found = [_described_base(sentence, memory, mention) for mention in here]
    for kind, word, span in anaphors(sentence, vocabulary, frozenset(m.word.i for m in here)):
        if kind == "direction":
            part = _direction(sentence, memory, word, span, actor)
            if part is not None:
                found.append(part)
            continue
        if kind == "border":
            found.append(_border(sentence, memory, word, span))
            continue
        if kind == "area":
            found.append(_unnamed(sentence, word))
            continue
        if kind not in _FITS:
            continue
        if word.lower == "here" and memory.dateline is not None:
            toponym = Toponym(sentence.of(span), memory.dateline.toponym.name, span, memory.dateline.toponym.country)
            found.append(PlaceMention(toponym, word, word, memory.dateline.kinds, memory.dateline.country, "", "coreference"))
            continue
        if word.lower == "capital" and (seat := _capital(sentence, memory, word, span, actor, names)) is not None:
            found.append(seat)
            continue
        local = [
            m
            for m in here
            if m.span.end <= word.start
            and m.kinds & _FITS[kind]
            and m.basis == "stated"
            and m.country != actor
            and not _beside(sentence, m.word, word)
        ]
        antecedent = (
            local[-1]
            if local and kind in {"base", "any"}
            else memory.last(_FITS[kind], word.start, actor if kind in {"country", "any", "land"} else "", sentence=sentence.index)
            or (local[-1] if local else None)
        )
        if antecedent is None and kind == "country":
            other = next(
                (
                    code
                    for index, named, code in reversed(memory.named)
                    if code != actor and names.country_name(code) and named.start < word.start and sentence.index - index <= 3
                ),
                "",
            )
            home = names.country_name(other or actor)
            if not home:
                continue
            toponym = Toponym(sentence.of(span), home, span, other or actor)
            found.append(PlaceMention(toponym, word, word, frozenset({"country"}), other or actor, "", "coreference"))
            continue
        if antecedent is None:
            if kind == "region":
                found.append(_unnamed(sentence, word))
            continue
        text = sentence.of(span)
        toponym = Toponym(text, antecedent.toponym.name, span, antecedent.toponym.country)
        found.append(PlaceMention(toponym, word, word, antecedent.kinds, antecedent.country, "", "coreference"))
    return found


def _capital(sentence: Sentence, memory: Memory, word: Word, span: Span, actor: str, names: PlaceNames) -> PlaceMention | None:
    """ "the capital": the city spoken of where it is one, else that of the country spoken of, else that of the force's own state."""
    city = memory.last(_FITS["city"], word.start, sentence=sentence.index)
    if city is not None and names.capital_of(city.toponym.name):
        return None
    country = memory.last(_FITS["country"], word.start, actor, reach=CONTEXT, sentence=sentence.index)
    others = (
        code
        for index, named, code in reversed(memory.named)
        if names.country_name(code) and named.start < word.start and sentence.index - index <= CONTEXT
    )
    state = names.country_name((country.country if country is not None else "") or actor or next(others, ""))
    if not state:
        return None
    return PlaceMention(
        Toponym(sentence.of(span), f"capital of {state}", span), word, word, frozenset({"city"}), "", "capital", "coreference"
    )


def _bare(sentence: Sentence, word: Word, kind: str) -> Word | None:
    """The noun itself where it needs no article: in a headline ("more troops to border"), with an owner ("NATO's eastern flank")."""
    preposition = sentence.head(word)
    heading = word.dep == "pobj" and preposition is not None and preposition.lower in {"to", "near", "along", "at", "from"}
    if kind in {"border", "area"} and (any(c.dep == "poss" for c in sentence.children(word)) or (heading and not sentence.children(word))):
        return word
    if kind == "border" and word.tag == "VB" and all(c.dep == "aux" or c.pos == "PUNCT" for c in sentence.children(word)):
        return word  # "sends 900 troops to border", which the parse takes for a verb
    return None


def _unnamed(sentence: Sentence, word: Word) -> PlaceMention:
    """A place that no earlier word names: it keeps its own words ("the front lines"), and stays off the map."""
    first = word
    for child in sentence.subtree(word):
        if child.i < word.i and child.dep in {"det", "amod", "compound", "poss", "nmod", "case"}:
            first = min(first, child, key=lambda w: w.i)
    span = Span(first.start, word.end)
    text = sentence.of(span)
    return PlaceMention(Toponym(text, text, span), word, word, frozenset({"unknown"}), "", "unnamed")


def _beside(sentence: Sentence, place: Word, anaphor: Word) -> bool:
    """Whether a place fills another slot of the anaphor's own verb, and so cannot be what it points to ("left X for the city")."""
    mine, other = slot(sentence, anaphor)[1], slot(sentence, place)[1]
    return mine is not None and other is not None and mine.i == other.i


def _described_base(sentence: Sentence, memory: Memory, mention: PlaceMention) -> PlaceMention:
    """ "the North Carolina base": the base spoken of before, told by where it lies."""
    if (
        mention.word.lower not in {"base", "post", "garrison", "airbase", "installation", "camp"}
        or mention.kinds & {"base", "city", "town"}
        and not mention.kinds & {"admin1", "country"}
    ):
        return mention
    antecedent = memory.last(frozenset({"base"}), mention.span.start, sentence=sentence.index)
    if antecedent is None:
        return mention
    toponym = Toponym(mention.toponym.text, antecedent.toponym.name, mention.span, antecedent.toponym.country)
    return PlaceMention(toponym, mention.word, mention.word, antecedent.kinds, antecedent.country, "", "coreference")


def _border(sentence: Sentence, memory: Memory, word: Word, span: Span) -> PlaceMention:
    """ "the border", "the northern border": the border spoken of before, else a border that nobody has named."""
    antecedent = memory.last(frozenset({"border"}), word.start, sentence=sentence.index)
    text = sentence.of(span)
    if antecedent is None:
        return PlaceMention(Toponym(text, text, span), word, word, frozenset({"border"}), "", "border")
    toponym = Toponym(text, antecedent.toponym.name, span, antecedent.toponym.country)
    return PlaceMention(toponym, word, word, antecedent.kinds, antecedent.country, "border", "coreference")


def _direction(sentence: Sentence, memory: Memory, word: Word, span: Span, actor: str) -> PlaceMention | None:
    """ "the south", "the east of the country": that part of the country spoken of."""
    country = memory.last(frozenset({"country"}), word.start, actor, sentence=sentence.index) or memory.last(
        frozenset({"country"}), word.start, sentence=sentence.index
    )
    if country is None:
        return None
    whole = next((w for w in sentence.subtree(word) if w.lower in {"country", "nation", "state"}), None)
    span = Span(span.start, whole.end) if whole is not None else span
    text = sentence.of(span)
    toponym = Toponym(text, f"{word.lower}ern {country.toponym.name}", span, country.country)
    return PlaceMention(toponym, word, word, frozenset({"region"}), country.country, "part", "coreference")
