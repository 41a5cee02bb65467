"""Place mentions of a sentence: which words name a place, and the slot in which they stand.

A slot proposes, the gazetteer decides: a run of capitalised words is a place where the gazetteer knows the name and neither a
title ("Secretary Aden") nor a surrounding name ("Jordan Smith", "Paris Club") claims it. Demonyms and owned names become places only
through a noun for a place ("the Iraqi border", "Germany's Ramstein base").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.extraction.sentences import Sentence, Word
from tracker.models import PlaceNames, Span, Toponym
from tracker.vocabulary import Vocabulary, words

WIDEST = 7  # words in the longest name looked up

_INNER = frozenset(
    {
        "of",
        "the",
        "and",
        "al",
        "el",
        "de",
        "da",
        "do",
        "di",
        "del",
        "la",
        "le",
        "les",
        "-",
        "'",
        "\u2019",
        "'s",
        "\u2019s",
        ".",
        "es",
        "as",
        "ad",
        "ed",
        "ez",
        "ul",
        "y",
        "du",
        "des",
        "sur",
        "au",
        "aux",
        "upon",
        "am",
        "en",
    }
)
_AREAS = words("area noun")
_SITES = words("site noun")
_BORDERS = words("border noun")
#: What lies where its name says, though it is no name of a place itself: "the Lima protests", "the Lima slums".
_LOCATED = words("happening") | words("quarter")
_PLACED_BY = frozenset({"to", "into", "in", "at", "from", "around", "near", "during", "for", "across", "inside", "within"})
_NO_PLACES = words("no place")
#: Ranks that a transcript puts in capitals before a name ("GEN. HALLORAN:").
_SPOKEN = frozenset({"gen", "lt", "col", "maj", "capt", "adm", "sgt", "mr", "mrs", "ms", "dr", "sen", "rep", "gov"})
_DIRECTIONS = frozenset(
    {
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "north-east",
        "north-west",
        "south-east",
        "south-west",
    }
)
_COMPASS = (
    frozenset({"northern", "southern", "eastern", "western", "central", "northeastern", "northwestern", "southeastern", "southwestern"})
    | _DIRECTIONS
)
_NEAR = frozenset({"near", "outside", "around", "close", "towards", "toward"})


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a sentence. ``word`` is the head of the phrase in the tree: its slot is the slot of the phrase.

    ``country`` is the ISO code where the name is a country's (or the demonym's of a described place); ``described`` where
    the name stands only inside a description ("the Iraqi border", "the embassy in Juba").
    """

    toponym: Toponym
    word: Word
    name_word: Word
    kinds: frozenset[str]
    country: str = ""
    described: str = ""
    basis: str = "stated"

    @property
    def span(self) -> Span:
        """Offsets of the words in the article."""
        assert self.toponym.span is not None
        return self.toponym.span


@dataclass(frozen=True, slots=True)
class _Name:
    """A known name: words ``first`` to ``last`` (inclusive)."""

    first: int
    last: int
    text: str
    kinds: frozenset[str]
    country: str
    demonym: bool = False


def find(sentence: Sentence, names: PlaceNames, vocabulary: Vocabulary) -> list[PlaceMention]:
    """The places of a sentence, left to right; qualifiers ("Juba, South Sudan") belong to what they qualify."""
    known = list(_names(sentence, names, vocabulary))
    qualified = _qualifiers(sentence, known)
    mentions: list[PlaceMention] = list(_hyphenated(sentence, names, vocabulary))
    taken: set[int] = {m.word.i for m in mentions}
    for index, name in enumerate(known):
        if index in qualified:
            continue
        mention = _border(sentence, known, index) or _place(sentence, name, vocabulary)
        if mention is None or mention.word.i in taken:
            continue
        taken.add(mention.word.i)
        mentions.append(mention)
    return sorted(mentions, key=lambda m: m.span)


def unknown(sentence: Sentence, trigger: Word | None, known: Sequence[PlaceMention], vocabulary: Vocabulary) -> list[PlaceMention]:
    """Names that the gazetteer does not hold, in a slot that only a place can fill ("moved into Neve Sela").

    They stay unknown: listed beside the map under their own words, never pinned.
    """
    if trigger is None:
        return []
    found = []
    taken = {m.word.i for m in known} | {m.name_word.i for m in known}
    for preposition in sentence.children(trigger):
        noun = (
            sentence.child(preposition, "pobj")
            if preposition.dep == "prep" and preposition.lower in {"to", "into", "onto", "near", "at"}
            else None
        )
        if (
            noun is None
            or noun.tag != "NNP"
            or noun.i in taken
            or noun.text in vocabulary.organisations
            or noun.lower in _NO_PLACES | vocabulary.titles.keys()
        ):
            continue
        first = min([noun.i, *(c.i for c in sentence.children(noun) if c.dep in {"compound", "nmod"} and c.pos == "PROPN")])
        words = sentence.words[first : noun.i + 1]
        if any(
            w.text in vocabulary.organisations
            or w.text in vocabulary.demonyms
            or w.lower in _NO_PLACES | vocabulary.titles.keys()
            or w.i in taken
            for w in words
        ):
            continue
        if preposition.lower == "at" and not any(w.lower in _SITES | {"fort", "camp", "base"} for w in words):
            continue
        text = _slice(sentence, first, noun.i)
        found.append(
            PlaceMention(
                Toponym(text, text, noun.span if first == noun.i else Span(words[0].start, noun.end)), noun, noun, frozenset({"unknown"})
            )
        )
    return found


def _names(sentence: Sentence, names: PlaceNames, vocabulary: Vocabulary) -> Iterator[_Name]:
    words, i = sentence.words, 0
    while i < len(words):
        found = _longest(sentence, i, names, vocabulary) if _may_begin(words[i]) else None
        if found is None:
            i += 1
            continue
        yield found
        i = found.last + 1


def _may_begin(word: Word) -> bool:
    return (
        word.text[:1].isupper() and word.tag not in {"IN", "TO", "DT", "CC", "CD", "PRP", "PRP$", "MD", "WDT", "WP", "WRB"}
    ) or word.text[:3] in {"al-", "el-"}


def _longest(sentence: Sentence, i: int, names: PlaceNames, vocabulary: Vocabulary) -> _Name | None:
    words = sentence.words
    for width in range(min(WIDEST, len(words) - i), 0, -1):
        j = i + width - 1
        last = words[j]
        if not (last.text[:1].isupper() or last.lower in _AREAS | {"base", "airport", "airbase", "camp"}) or (
            width > 1 and any(not _inside(w) for w in words[i + 1 : j])
        ):
            continue
        text = _slice(sentence, i, j)
        if text in vocabulary.organisations and width > 1:
            return None
        if text in vocabulary.demonyms and not names.country(text):
            return _Name(i, j, text, frozenset({"people"}), vocabulary.demonyms[text], demonym=True)
        kinds = names.kinds(text)
        if not kinds or (text in vocabulary.organisations and "country" not in kinds):
            continue
        if _claimed(sentence, i, j, kinds, vocabulary):
            continue
        return _Name(i, j, text, kinds, names.country(text))
    return None


def _inside(word: Word) -> bool:
    return word.text[:1].isupper() or word.lower in _INNER or word.text[:1].isdigit()


def _slice(sentence: Sentence, i: int, j: int) -> str:
    start, end = sentence.words[i].start, sentence.words[j].end
    return sentence.text[start - sentence.span.start : end - sentence.span.start].replace("\n", " ")


def _claimed(sentence: Sentence, i: int, j: int, kinds: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Whether a person, an organisation or a plain word owns the capitals."""
    words = sentence.words
    before = words[i - 1] if i else None
    after = words[j + 1] if j + 1 < len(words) else None
    firm = bool(kinds & {"country", "base"})
    if i == j and not firm and words[i].lower.rstrip(".") in _SPOKEN:
        return True
    if kinds <= {"town", "admin2"} and i == j and (_is_word(sentence, words[i]) or _shouted(sentence, before)):
        return True
    if i == j and (words[i].tag not in {"NNP", "NNPS", "JJ", "NN", "NNS"} or words[i].pos == "PRON") and not firm:
        return True
    if i == j == 0 and words[0].pos != "PROPN" and not firm:
        return True
    if before is not None and before.lower in vocabulary.titles and not firm:
        return True
    if (
        before is not None
        and before.pos == "PROPN"
        and before.text[:1].isupper()
        and before.lower not in _DIRECTIONS
        and before.text not in vocabulary.demonyms
        and before.end + 1 >= words[i].start
        and not firm
    ):
        joined = before.dep in {"compound", "nmod", "poss", "amod"} and before.head in range(i, j + 1)
        if (
            joined
            and before.lower not in {"fort", "camp", "port", "mount", "lake", "greater", "central", "upper", "lower", "new"}
            and before.text not in vocabulary.organisations
        ):
            return True
    if (
        after is not None
        and after.pos == "PROPN"
        and after.text[:1].isupper()
        and words[j].head == after.i
        and words[j].dep in {"compound", "nmod"}
    ):
        return after.lower not in _AREAS | _SITES | _BORDERS | _LOCATED and not (
            firm and words[j].text.isupper() and len(words[j].text) > 3
        )
    return False


def _is_word(sentence: Sentence, word: Word) -> bool:
    """Whether a one-word name of a small place is used as a plain noun: "the War", "2,500 Marines", "Marine corps"."""
    return word.tag in {"NNPS", "NNS", "NN", "JJ"} or any(
        c.dep in {"det", "nummod", "poss", "amod", "compound"} for c in sentence.children(word)
    )


def _shouted(sentence: Sentence, before: Word | None) -> bool:
    """Whether all is in capitals, which then tell no name, and no preposition or comma leads to the word either."""
    return sentence.text.isupper() and (before is None or not (before.tag in {"IN", "TO"} or before.text == ","))


def _qualifiers(sentence: Sentence, known: Sequence[_Name]) -> set[int]:
    """Indices of names that only qualify the name before them: "X, Y" and "X in Y" within one slot."""
    found: set[int] = set()
    for k in range(1, len(known)):
        left, right = known[k - 1], known[k]
        between = sentence.words[left.last + 1 : right.first]
        texts = [w.lower for w in between]
        if left.demonym or right.demonym or left.country or (k - 1) in found and known[k - 2].country:
            continue
        if texts == [","] and not _listed(sentence, known, k) and (right.kinds & {"country", "admin1", "region"}):
            found.add(k)
        elif (
            texts
            and texts[0] == "in"
            and all(t == "the" or t in _COMPASS for t in texts[1:])
            and len(texts) <= 3
            and right.kinds & {"country", "admin1", "region"}
            and (right.kinds & {"country"} or sentence.words[right.last].head == between[0].i or len(texts) > 1)
        ):
            found.add(k)
        elif (
            len(texts) <= 8
            and texts[:1] in (["in"], [","])
            and any(t in _AREAS | {"city"} for t in texts)
            and all(t in {",", "in", "the", "of", "us", "u.s.", "city"} | _AREAS | _COMPASS for t in texts)
        ):
            found.add(k)
    return found


def _listed(sentence: Sentence, known: Sequence[_Name], k: int) -> bool:
    """ "to Estonia, Latvia and Poland": commas of a list, not of a qualifier."""
    left, right = known[k - 1], known[k]
    if left.kinds & {"country"} and right.kinds & {"country"}:
        return True
    after = sentence.words[right.last + 1 : right.last + 3]
    if after and after[0].lower == "and" and k + 1 < len(known) and known[k + 1].first == right.last + 2:
        return bool(left.kinds & right.kinds & {"country", "admin1"}) and "city" not in left.kinds
    return False


def _place(sentence: Sentence, name: _Name, vocabulary: Vocabulary) -> PlaceMention | None:
    """The mention that a known name makes, climbing to the noun for a place that it describes."""
    inner = sentence.words[name.first : name.last + 1]
    top = next((w for w in inner if w.head < name.first or w.head > name.last or w.head == w.i), inner[-1])
    holder = sentence.head(top)
    first = name.first
    if holder is not None and holder.i > name.last and top.dep in {"compound", "amod", "nmod", "poss", "nsubj", "dep", "npadvmod"}:
        described = None if _names_itself(sentence, holder) else _described(sentence, name, holder)
        if described is not None:
            return described
        if _located(sentence, name, top, holder):
            return _mention(sentence, first, name.last, holder, top, name, name.text, "located")
        if top.dep != "nsubj" and top.dep != "npadvmod":
            return None
    if name.demonym:
        return None
    qualifier = _compass(sentence, first, vocabulary)
    if qualifier is not None:
        first = qualifier
        if holder is not None and holder.lower in _DIRECTIONS:
            top = holder
    slot = top
    if holder is not None and holder.lower == "of" and holder.dep == "prep":
        noun = sentence.head(holder)
        if noun is not None and (noun.lower in _AREAS | _SITES | _BORDERS | _DIRECTIONS):
            slot = noun
            compass = (
                noun.lower
                if noun.lower in _DIRECTIONS
                else next((c.lower for c in sentence.children(noun) if c.lower in vocabulary.qualifiers), "")
            )
            if compass:
                first = min([noun.i, *(c.i for c in sentence.children(noun) if c.lower == compass)])
                return _mention(sentence, first, name.last, noun, top, name, f"{_adjective(compass)} {name.text}", "part")
            elif noun.lower in _BORDERS:
                return _mention(
                    sentence, min(_left(sentence, noun), noun.i), name.last, noun, top, name, f"border of {name.text}", "border"
                )
    elif holder is not None and holder.dep == "prep" and holder.lower in {"in", "at", "near", "inside", "outside"}:
        noun = sentence.head(holder)
        if (
            noun is not None
            and noun.lower in _SITES
            and not name.country
            and noun.lower not in _DIRECTIONS | {"part", "parts", "side", "front"}
        ):
            slot = noun
    near = holder.lower if holder is not None and holder.lower in _NEAR else ""
    if near == "close" or (
        near == "" and holder is not None and holder.lower == "to" and (h := sentence.head(holder)) is not None and h.lower == "close"
    ):
        near, holder = "near", sentence.head(holder) if near == "" and holder is not None else holder
    if near in {"near", "around"} and name.country:
        return _mention(sentence, holder.i if holder else first, name.last, slot, top, name, f"border of {name.text}", "border")
    text = _slice(sentence, first, name.last)
    return _mention(sentence, first, name.last, slot, top, name, text, "")


def _located(sentence: Sentence, name: _Name, top: Word, holder: Word) -> bool:
    """ "to the Lima protests", "in the Lima slums": a modifier that says where, in a slot that asks where."""
    if name.demonym or top.dep not in {"compound", "nmod"} or holder.lower not in _LOCATED:
        return False
    preposition = sentence.head(holder)
    return holder.dep == "pobj" and preposition is not None and preposition.lower in _PLACED_BY


def _names_itself(sentence: Sentence, noun: Word) -> bool:
    """ "the Somali capital Mogadishu", "the Somali capital of Mogadishu": the noun is followed by the name it stands for."""
    following = sentence.words[noun.i + 1 : noun.i + 3]
    if following and following[0].lower == "of":
        following = following[1:]
    named = bool(following) and following[0].tag == "NNP"
    return named and noun.lower in {"capital", "city", "town", "province", "region", "village", "port"}


def _described(sentence: Sentence, name: _Name, holder: Word) -> PlaceMention | None:
    """ "the Iraqi border", "Ukraine's northern border", "the Kursk region", "Germany's Ramstein base"."""
    lower = holder.lower
    if lower in _BORDERS:
        return _mention(sentence, name.first, holder.i, holder, holder, name, f"border of {name.text}", "border")
    if lower in _AREAS and not name.demonym and not name.country:
        return _mention(sentence, name.first, holder.i, holder, holder, name, _slice(sentence, name.first, holder.i), "")
    if lower in _DIRECTIONS | {"part", "parts", "coast", "mainland", "waters", "soil", "territory", "interior", "capital"} or (
        lower in _AREAS and (name.demonym or name.country)
    ):
        owned = _slice(sentence, name.last + 1, holder.i).lstrip("'\u2019s ").strip()
        if lower == "capital":
            return _mention(sentence, name.first, holder.i, holder, holder, name, f"capital of {name.text}", "capital")
        if lower in {"soil", "territory", "mainland"} and len(owned.split()) == 1:
            return _mention(sentence, name.first, holder.i, holder, holder, name, name.text, "")
        compass = next((_adjective(w) for w in owned.lower().split() if w.replace("-", "") in _DIRECTIONS or w.endswith("ern")), "")
        return _mention(
            sentence, name.first, holder.i, holder, holder, name, f"{compass} {name.text}" if compass else f"{owned} of {name.text}", "part"
        )
    if lower in _SITES and not name.demonym and not name.country:
        return _mention(
            sentence,
            name.first,
            holder.i if lower in {"base", "airport", "airbase", "airfield", "camp", "barracks", "port"} else name.last,
            holder,
            holder,
            name,
            name.text,
            "",
        )
    return None


def _adjective(compass: str) -> str:
    """ "north-east" as the gazetteer's phrases have it: "northeastern"."""
    plain = compass.replace("-", "")
    return f"{plain}ern" if plain in _DIRECTIONS else plain


def _border(sentence: Sentence, known: Sequence[_Name], index: int) -> PlaceMention | None:
    """ "its border with Iraq", "Poland's border with Belarus", "the border between X and Y", "the Syrian-Turkish border"."""
    name = known[index]
    words = sentence.words
    near = words[max(0, name.first - 4) : name.first]
    border = next((w for w in reversed(near) if w.lower in _BORDERS), None)
    follower = known[index + 1] if index + 1 < len(known) else None
    if border is not None and any(w.lower in {"with", "between"} for w in words[border.i + 1 : name.first]):
        owner = next(
            (
                k
                for k in known[:index]
                if k.last < border.i and border.i - k.last <= 4 and words[k.last].head in {border.i, k.last, k.first}
            ),
            None,
        )
        both = (
            follower is not None
            and words[follower.first - 1].lower in {"and"}
            and "between" in [w.lower for w in words[border.i + 1 : name.first]]
        )
        first = owner.first if owner is not None else min(border.i, _left(sentence, border))
        last = follower.last if both and follower is not None else name.last
        partner = follower.text if both and follower is not None else (owner.text if owner is not None else "")
        query = (
            f"border of {partner} with {name.text}"
            if partner and not both
            else f"border of {name.text} with {partner}"
            if partner
            else f"border with {name.text}"
        )
        return _mention(sentence, first, last, border, border, owner or name, query, "border")
    if follower is not None and follower.first - name.last == 2 and words[name.last + 1].text in {"-", "\u2013", "/"}:
        after = next((w for w in words[follower.last + 1 : follower.last + 2] if w.lower in _BORDERS), None)
        if after is not None:
            return _mention(sentence, name.first, after.i, after, after, name, f"border of {name.text} with {follower.text}", "border")
    return None


def _hyphenated(sentence: Sentence, names: PlaceNames, vocabulary: Vocabulary) -> Iterator[PlaceMention]:
    """ "the U.S.-Mexico border": two states in one word."""
    for word, noun in pairwise(sentence.words):
        left, dash, right = word.text.replace("\u2013", "-").partition("-")
        if not dash or noun.lower not in _BORDERS:
            continue
        codes = [names.country(part) or vocabulary.demonyms.get(part, "") for part in (left, right)]
        if all(codes):
            name = _Name(word.i, word.i, left, frozenset({"country"}), codes[0])
            yield _mention(sentence, word.i, noun.i, noun, noun, name, f"border of {left} with {right}", "border")


def _left(sentence: Sentence, word: Word) -> int:
    return min([word.i, *(c.i for c in sentence.children(word) if c.dep in {"det", "poss", "amod", "compound"})])


def _compass(sentence: Sentence, first: int, vocabulary: Vocabulary) -> int | None:
    """Index of the compass word that stands right before a name ("northern Iraq"), also over one of the other kind."""
    i = first - 1
    if i >= 0 and vocabulary.qualifiers.get(sentence.words[i].lower) == "compass":
        if i >= 1 and sentence.words[i - 1].text == "-" and i >= 2 and vocabulary.qualifiers.get(sentence.words[i - 2].lower) == "compass":
            return i - 2
        return i
    return None


def _mention(sentence: Sentence, first: int, last: int, slot: Word, top: Word, name: _Name, query: str, described: str) -> PlaceMention:
    span = Span(sentence.words[first].start, sentence.words[last].end)
    toponym = Toponym(_slice(sentence, first, last), query, span)
    kinds = frozenset({"border"}) if described == "border" else frozenset({"region"}) if described == "part" else name.kinds
    return PlaceMention(toponym, slot, top, kinds, name.country, described)
