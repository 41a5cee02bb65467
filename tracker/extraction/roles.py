"""Who, from where, to where: the mentions of one sentence tied to a frame.

Each place gets a link to the frame: by which preposition it hangs, and on what (the trigger, the group, something
below the trigger, something above it). A table of worths turns links into an origin and a destination; a link that is
worth too little leaves the end empty.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.extraction.sentences import Sentence, Word
from tracker.extraction.toponyms import PlaceMention
from tracker.extraction.triggers import SUBJECTS, WHOLE, Frame
from tracker.vocabulary import Vocabulary, words

TO = frozenset({"to", "into", "onto", "toward", "towards"})
FROM = frozenset({"from", "out", "off"})
AT = frozenset(
    {
        "in",
        "at",
        "on",
        "near",
        "along",
        "across",
        "around",
        "within",
        "inside",
        "throughout",
        "over",
        "between",
        "outside",
        "alongside",
        "close",
        "opposite",
    }
)
FOR = frozenset({"for"})

#: Words with which "to" names no direction.
_NOT_WAYS = words("not a way")
_SETTING_OUT = words("setting out")
#: Relations of places that stand outside the sentence.
OUTSIDE = frozenset({"context", "theatre", "dateline"})
#: Least worth of a link that may fill an end.
LEAST = 2.0


#: What it is worth to hang on a word of the frame, or further off.
_NEARNESS = {
    "trigger": 3.0,
    "group": 3.0,
    "in group": 2.0,
    "conjunct": 2.0,
    "below": 1.0,
    "above": 0.5,
    "beside": 0.3,
    "apart": -3.0,
    "rival": -4.0,
}


@dataclass(frozen=True, slots=True)
class Link:
    """How a place hangs on a frame: preposition, what it hangs on, and steps between.

    A place of an earlier sentence has relation "context", the ``distance`` in sentences, and in ``earlier`` which end of the
    last row it was.
    """

    place: PlaceMention
    preposition: str
    relation: str
    steps: int
    before: bool
    crossed: bool = False
    distance: int = 0
    earlier: str = ""
    times: int = 1
    slot: str = ""


#: (frame, links, actor, end) -> the winner or None, and its probability.
Choose = Callable[[Frame, Sequence[Link], str, str], tuple[Link | None, float]]


@dataclass(frozen=True, slots=True)
class Ends:
    """The places chosen for a frame, the further ones of a list included, and how sure each choice was (0 to 1)."""

    origin: PlaceMention | None = None
    destination: PlaceMention | None = None
    origins_more: tuple[PlaceMention, ...] = ()
    destinations_more: tuple[PlaceMention, ...] = ()
    origin_sure: float = 0.0
    destination_sure: float = 0.0


def links(frame: Frame, places: Sequence[PlaceMention], vocabulary: Vocabulary, rivals: frozenset[int] = frozenset()) -> list[Link]:
    """The links of all places of the frame's sentence, left to right; ``rivals`` are the words that other groups' places hang on."""
    sentence = frame.counted.sentence
    return [link for place in places if (link := _link(sentence, frame, place, vocabulary, rivals)) is not None]


def claimed(frame: Frame, others: Sequence[Frame]) -> frozenset[int]:
    """The triggers and groups of a sentence's other frames, as indices of words: what hangs there first is theirs."""
    return frozenset(i for other in others for i in _own(other)) - _own(frame)


def _own(frame: Frame) -> frozenset[int]:
    """The words of a frame itself: its trigger, its group and the head of its group."""
    return frozenset(w.i for w in (frame.trigger, frame.group, frame.counted.head) if w is not None)


def slot(sentence: Sentence, word: Word) -> tuple[str, Word | None]:
    """(preposition or grammatical slot, what it hangs on) of a place's head word."""
    preposition, holder, _ = _slot(sentence, word)
    return preposition, holder


def _slot(sentence: Sentence, word: Word) -> tuple[str, Word | None, Word]:
    """(preposition, what it hangs on, the first of the list) of a place's head word."""
    for _ in range(8):
        above = sentence.head(word)
        if above is None:
            return "", None, word
        if word.dep in {"conj", "appos"} and above.pos in {"NOUN", "PROPN", "ADJ", "NUM", "PRON", "DET"}:
            word = above
            continue
        break
    above = sentence.head(word)
    if above is None:
        return "", None, word
    if word.dep in {"pobj", "pcomp"} or above.pos in {"ADP", "SCONJ"}:
        preposition, holder = above, sentence.head(above)
        inner = preposition
        while holder is not None and holder.pos in {"ADP", "SCONJ"} and holder.dep in {"prep", "dep", "pcomp"}:
            if not any(c.dep == "pobj" for c in sentence.children(holder)):  # "out of", "from inside": the outer one leads
                inner = holder
            holder = sentence.head(holder)
        lower = inner.lower if inner.lower in FROM | TO else preposition.lower
        if holder is not None and holder.lower == "close":  # "close to Ukraine" hangs where "near Ukraine" would
            lower, holder = "near", sentence.head(holder)
        return lower, holder, word
    if word.dep in {"dobj", "obj"}:
        return "object", above, word
    if word.dep in SUBJECTS:
        return "subject", above, word
    if word.dep in {"advmod", "npadvmod"}:
        return "adverb", above, word
    return word.dep, above, word


def _link(sentence: Sentence, frame: Frame, place: PlaceMention, vocabulary: Vocabulary, rivals: frozenset[int]) -> Link | None:
    preposition, holder, first = _slot(sentence, place.word)
    if frame.trigger is not None and _is_where(sentence, frame.trigger, first):
        return Link(place, "in", "trigger", 0, True)
    lexical = _before(sentence, place)
    if lexical is not None and preposition not in TO | FROM | AT | FOR:
        preposition, holder = lexical.lower, sentence.head(lexical)
        if holder is not None and place.span.start <= holder.start < place.span.end:  # the compass word taken for a verb
            holder = sentence.head(holder)
    if holder is None or holder.lower in _NOT_WAYS:
        return None
    preposition, holder = _set_out_for(sentence, preposition, holder)
    relation, steps = ("rival", 0) if _is_claimed(sentence, frame, holder, rivals) else _relation(sentence, frame, holder)
    if relation == "conjunct" and _takes_on(sentence, frame, holder):
        relation, steps, preposition = "trigger", 0, "to" if preposition in AT else preposition
    before = frame.trigger is not None and place.word.i < frame.trigger.i
    crossed = relation in {"below", "conjunct", "in group"} and _crosses(sentence, frame, holder, vocabulary)
    return Link(place, preposition, relation, steps + (place.word.i != first.i), before, crossed)


def _set_out_for(sentence: Sentence, preposition: str, holder: Word) -> tuple[str, Word]:
    """ "leave X for Y": a direction, though the parse may hang "for Y" on the place that is left."""
    if preposition not in FOR:
        return preposition, holder
    way_up = (holder, *sentence.ancestors(holder))
    verb = next((w for w in way_up if w.pos not in {"PROPN", "NOUN", "ADP"}), holder)
    return ("to", verb) if verb.lemma in _SETTING_OUT else (preposition, holder)


def _crosses(sentence: Sentence, frame: Frame, holder: Word, vocabulary: Vocabulary) -> bool:
    """Whether another event stands between a place and the frame: "to Cyprus ahead of the evacuation of civilians from Lebanon"."""
    for word in (holder, *sentence.ancestors(holder)):
        if word.i in _own(frame):
            return False
        if word.pos == "VERB" or ("noun", word.lemma) in vocabulary.triggers:
            return True
    return False


def _before(sentence: Sentence, place: PlaceMention) -> Word | None:
    """The preposition that stands right before a place, articles and adjectives aside, where the parse lost it."""
    i = next((w.i for w in sentence.words if w.end > place.span.start), 0) - 1
    while i >= 0 and sentence.words[i].pos in {"DET", "ADJ"}:
        i -= 1
    word = sentence.words[i] if i >= 0 else None
    return word if word is not None and word.lower in TO | FROM | AT else None


def _takes_on(sentence: Sentence, frame: Frame, verb: Word) -> bool:
    """Whether a second verb takes the same group further: "withdraw 900 soldiers from Jordan and place them in Cyprus"."""
    if frame.trigger is None or verb.dep != "conj" or verb.head != frame.trigger.i:
        return False
    return any(c.dep == "dobj" and c.lower == "them" for c in sentence.children(verb))


def _is_where(sentence: Sentence, trigger: Word, place: Word) -> bool:
    """ "in Iraq, where he announces the withdrawal": the place that a relative clause with "where" hangs on."""
    for word in (trigger, *sentence.ancestors(trigger)):
        if word.dep == "relcl":
            return word.head == place.i and any(w.lower == "where" for w in sentence.subtree(word))
    return False


def _is_claimed(sentence: Sentence, frame: Frame, holder: Word, rivals: frozenset[int]) -> bool:
    """Whether the way up from a place meets another group's event before this frame's own words."""
    mine = _own(frame)
    met = next((w.i for w in (holder, *sentence.ancestors(holder)) if w.i in mine | rivals), None)
    return met is not None and met not in mine


def _relation(sentence: Sentence, frame: Frame, holder: Word) -> tuple[str, int]:
    trigger, group, head = frame.trigger, frame.group, frame.counted.head
    if trigger is not None and holder.i == trigger.i:
        return "trigger", 0
    if holder.i in {group.i, head.i}:
        return "group", 0
    steps = 1
    current: Word | None = holder
    while current is not None and steps < 12:
        above = sentence.head(current)
        if above is None:
            break
        if trigger is not None and above.i == trigger.i:
            inside_group = current.i == group.i or any(w.i == holder.i for w in sentence.subtree(group))
            return ("in group" if inside_group else "conjunct" if current.dep == "conj" and current.pos == "VERB" else "below"), steps
        if above.i in {group.i, head.i}:
            return "in group", steps
        current, steps = above, steps + 1
    if trigger is not None:
        for k, above in enumerate(sentence.ancestors(trigger), start=1):
            if above.i == holder.i:
                return "above", k
        for k, above in enumerate(sentence.ancestors(trigger), start=1):
            if any(
                w.i == holder.i
                for w in sentence.children(above)
                if w.dep in {"prep", "dobj", "nsubjpass", "nsubj", "xcomp"} and w.i != trigger.i
            ):
                return "beside", k
    else:
        for k, above in enumerate(sentence.ancestors(group), start=1):
            if above.i == holder.i:
                return "above", k
    return "apart", 9


def worth(link: Link, frame: Frame, end: str) -> float:
    """What a link is worth as the origin or the destination of its frame; 0 or less is nothing."""
    relation, preposition = link.relation, link.preposition
    leaves = frame.kind == "withdraw"
    if relation in OUTSIDE:
        return -1.0
    near = _NEARNESS[relation]
    near -= 0.25 * max(0, link.steps - 1)
    if preposition in TO:
        if frame.kind == "presence" and relation in {"above", "beside", "apart"}:
            return -1.0
        return (7.0 if end == "destination" else -5.0) + near
    if preposition in FROM:
        if frame.rule == WHOLE:
            return 7.0 + near if end == "destination" else -5.0
        if frame.kind == "presence":
            return -5.0
        if link.crossed:
            near -= 6.0
        return (7.0 if end == "origin" else -5.0) + near
    if frame.kind == "alert" and relation not in {"trigger", "group"}:
        return -1.0
    if preposition in AT:
        located = 4.0 + near
        if leaves:
            return located if end == "origin" else -2.0
        return located if end == "destination" else -4.0
    if preposition == "object" and relation == "trigger" and frame.row is not None:
        place_end = frame.row.object_place or ("destination" if frame.kind == "deploy" and frame.role in {"subject"} else "")
        return 9.0 if place_end == end else -5.0
    if preposition in FOR:
        if (
            end == "destination"
            and (relation in {"trigger", "group"} or (relation == "in group" and link.steps <= 1))
            and not (leaves and frame.row is not None and frame.row.lemma not in {"leave", "depart"})
        ):
            return 3.0 + near
        return -1.0
    if (
        preposition == "of"
        and frame.trigger is not None
        and relation == "trigger"
        and frame.trigger.pos == "NOUN"
        and end == "destination"
        and frame.kind == "deploy"
    ):
        return 2.0
    if preposition == "adverb" and relation in {"trigger", "group", "below"}:
        return (
            (3.0 + near)
            if end == ("origin" if leaves and frame.kind == "withdraw" and link.place.basis != "coreference" else "destination")
            else -1.0
        )
    if preposition == "subject" and frame.kind == "presence" and end == "destination" and relation == "trigger" and frame.role == "object":
        return 3.0
    return -1.0


def ends(frame: Frame, found: Sequence[Link], actor: str, choose: Choose, owned: bool = False) -> Ends:
    """The best origin and destination of a frame; places that follow in the same list become further ones.

    ``owned`` says that the group's own words name its owner, so that another state can be its host ("Germany has 300 US soldiers").
    ``choose`` weighs the links for one end and gives the winner (None where no place is certain enough) and its probability.
    """
    open_links = [k for k in found if not _own_land(k, frame, actor, owned)]
    destination, destination_sure = choose(frame, open_links, actor, "destination")
    origin, origin_sure = choose(frame, [k for k in open_links if destination is None or not _same(k, destination)], actor, "origin")
    sentence = frame.counted.sentence
    return Ends(
        origin.place if origin else None,
        destination.place if destination else None,
        _listed(sentence, origin, found),
        _listed(sentence, destination, found),
        origin_sure,
        destination_sure,
    )


def _same(a: Link, b: Link) -> bool:
    return a.place is b.place or a.place.toponym.name == b.place.toponym.name


def best_by_worth(frame: Frame, found: Sequence[Link], end: str) -> Link | None:
    """The hand-made choice: the link of greatest worth, if it is worth enough."""
    ranked = sorted(((worth(k, frame, end), -i, k) for i, k in enumerate(found)), key=lambda r: r[:2], reverse=True)
    return ranked[0][2] if ranked and ranked[0][0] >= LEAST else None


def _own_land(link: Link, frame: Frame, actor: str, owned: bool) -> bool:
    """A country that is only named as the owner of the force is no end: "Germany has 300 soldiers in Mali"."""
    hosts = frame.kind == "presence" and link.relation == "trigger" and owned and link.place.country not in {"", actor}
    return link.preposition == "subject" and not hosts


def _listed(sentence: Sentence, link: Link | None, found: Sequence[Link]) -> tuple[PlaceMention, ...]:
    if link is None or link.relation in OUTSIDE:
        return ()
    anchor = _slot(sentence, link.place.word)[2]
    more = []
    for other in found:
        if other.place is link.place or other.relation in OUTSIDE or other.place.word.i <= link.place.word.i:
            continue
        first = _slot(sentence, other.place.word)[2]
        if first.i == anchor.i and _coordinated(sentence, other.place.word, anchor):
            more.append(other.place)
    return tuple(more)


def _coordinated(sentence: Sentence, word: Word, anchor: Word) -> bool:
    """Whether the chain from ``word`` to the first of the list is made of "and" and commas, not of appositions."""
    current: Word | None = word
    while current is not None and current.i != anchor.i:
        if current.dep != "conj":
            return False
        current = sentence.head(current)
    return current is not None
