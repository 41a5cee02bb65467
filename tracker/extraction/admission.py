"""Which counted groups make a row: a force, in an event or at a place that belongs to it. Every refusal has its reason.

The grammar raises doubts ("a weak word without a place"); how much a doubt weighs beside all else that is known of the group, the
weights of ``confidence.py`` decide. Without weights every doubt refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.extraction.kinds import goes_somewhere
from tracker.extraction.roles import TO, Ends, Link
from tracker.extraction.sentences import Word
from tracker.extraction.triggers import Frame
from tracker.models import MOVEMENTS, Status
from tracker.vocabulary import Vocabulary, words

_MILITARY = words("military word")
_CIVIL = words("civil word")
_CAPTIVE = words("captive word")
_RECRUITING = words("recruiting")
_ARMIES = words("standing army")
_EXERCISES = words("exercise noun")
_JOINING = frozenset({"participate", "take"})
_TEACHING = words("teaching verb")
_ANYBODY = frozenset({"people", "person", "persons", "individual", "individuals", "members", "member"})
_MANNED = frozenset({"strong", "man", "troop", "soldier"})

#: What each doubt is called in a verdict; {} is the trigger.
DOUBTS = {
    "follows": "counts the same as a number that makes no row",
    "guess": "no word for personnel belongs to it",
    "no force": "persons, but not of a force",
    "a people": "people of a state, but perhaps no soldiers",
    "stock nowhere": "no movement, and no place where they are",
    "police at home": "police at their posts",
    "no direction": "{} tells of no movement",
    "bare number": "a bare number without a place",
    "untied": "no movement, and no place that belongs to them",
    "captives": "prisoners or accused",
    "army grows": "an army grows, nobody moves",
    "weak trigger": "{} without a place tells of no movement",
    "police nowhere": "police without a place of service",
    "exercise": "takes part in an exercise",
    "taught": "taught or armed, not moved",
    "errand": "{} to do something else than move",
    "unreal": "told as what was not so",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A counted group with all that decides on it.

    ``context`` are the words of the whole article, lower case; ``follows`` says that the number understands its noun from one that
    makes no row.
    """

    frame: Frame
    ends: Ends
    links: Sequence[Link]
    actor: str
    status: Status
    context: frozenset[str]
    vocabulary: Vocabulary
    follows: bool = False

    @property
    def nowhere(self) -> bool:
        """Whether neither end is known."""
        return self.ends.destination is None and self.ends.origin is None


def doubts(case: Case) -> list[str]:
    """The names of all that speaks against a row, in the order in which a reader would raise it."""
    return list(_raised(case))


def told(doubt: str, frame: Frame) -> str:
    """A doubt in words."""
    return DOUBTS[doubt].format(repr(frame.trigger.lemma) if frame.trigger else "''")


def _raised(case: Case) -> Iterator[str]:
    frame, counted = case.frame, case.frame.counted
    if case.follows:
        yield "follows"
    if counted.unsaid == "guess":
        yield "guess"
    if counted.noun_class == "generic" and not _serves(case):
        yield "no force"
    if counted.noun_class == "people":
        yield "a people"
    if _grows(case):
        yield "army grows"
    yield from _otherwise(case)
    if frame.kind != "presence" and not goes_somewhere(frame, case.ends, case.links):
        yield "no direction"
    if frame.kind == "presence":
        if case.ends.destination is None:
            yield "stock nowhere"
        if counted.noun_class == "police":
            yield "police at home"
        return
    strong = frame.row is not None and frame.row.strength == "strong"
    if counted.elliptical and not counted.mention.quantity.additional and (frame.row is None or (case.nowhere and not strong)):
        yield "bare number"
    if frame.row is None and not _tied(case, {"group", "in group"}):
        yield "untied"
    if _captives(frame):
        yield "captives"
    if frame.row is not None and frame.row.strength == "weak" and not _firm_enough(case):
        yield "weak trigger"
    if counted.noun_class == "police" and case.nowhere:
        yield "police nowhere"


def _otherwise(case: Case) -> Iterator[str]:
    """What a group does in a sentence that tells of no movement of its own: it trains, is taught, has other orders, or was wished for."""
    frame = case.frame
    sentence, trigger = frame.counted.sentence, frame.trigger
    strong = frame.row is not None and frame.row.strength == "strong"
    joins = trigger is not None and trigger.lemma in _JOINING and bool(case.context & _EXERCISES)
    if joins or (not strong and any(w.lemma.lower() in _EXERCISES for w in sentence.words)):
        yield "exercise"
    holder = sentence.head(frame.group)
    if holder is not None and frame.group.dep == "dobj" and holder.lemma in _TEACHING:
        yield "taught"
    if trigger is not None and not strong and any(_no_way(c, case) for c in sentence.children(trigger) if c.i > trigger.i):
        yield "errand"
    above = [frame.group, *([trigger] if trigger is not None else []), *sentence.ancestors(frame.group)]
    clauses = [w for w in above if w.pos in {"VERB", "AUX"} and sentence.child(w, "mark") is not None]
    if any(
        any(c.dep == "mark" and c.lower == "if" for c in sentence.children(w))
        and any(c.dep == "aux" and c.lower in {"had", "'d"} for c in sentence.children(w))
        for w in clauses
    ):
        yield "unreal"


def _no_way(word: Word, case: Case) -> bool:
    """Whether a complement is a verb that moves nobody, nor stands above one that does: "ordered [to repay]", not "ordered [to leave]"."""
    if word.dep != "xcomp" or word.pos != "VERB":
        return False
    return not any(w.pos == "VERB" and ("verb", w.lemma) in case.vocabulary.triggers for w in case.frame.counted.sentence.subtree(word))


def _tied(case: Case, relations: set[str]) -> bool:
    chosen = (case.ends.destination, case.ends.origin)
    return any(k.place in chosen and k.relation in relations for k in case.links)


def _firm_enough(case: Case) -> bool:
    """Whether a word that alone tells of no movement ("order", "move") does so here: by a place of its own, or by what it commits."""
    frame = case.frame
    assert frame.row is not None
    commits = frame.trigger is not None and ("verb", frame.row.lemma) in case.vocabulary.cues
    if commits:
        return not case.nowhere or frame.counted.noun_class in {"force", "collective"}
    if frame.counted.elliptical and frame.counted.mention.quantity.additional:
        return True  # "600 more are to follow"
    chosen = (case.ends.destination, case.ends.origin)
    return _tied(case, {"trigger", "group", "in group"}) or any(k.place in chosen and k.preposition in TO for k in case.links)


def _serves(case: Case) -> bool:
    """Whether "personnel", "men" or "advisers" are those of a force: by their own words, or by those of the article."""
    frame, counted = case.frame, case.frame.counted
    sentence = counted.sentence
    group = sentence.subtree(frame.group)
    near = {w.lower for w in group} | {w.lower for w in sentence.subtree(counted.head)}
    if near & _CIVIL and not near & {"military", "army"}:
        return False
    if near & _MILITARY or counted.number.compound in _MANNED or any(w.text in case.vocabulary.organisations for w in group):
        return True
    if counted.mention.personnel in _ANYBODY:
        return False
    if counted.mention.personnel in {"men", "man"} and frame.kind in MOVEMENTS and frame.row is not None and frame.row.strength == "strong":
        return not case.nowhere
    return speaks_of_force(case)


def speaks_of_force(case: Case) -> bool:
    """Whether the article speaks of soldiers or of an army at all."""
    return bool(case.context & _spoken_of(case.vocabulary))


@lru_cache(maxsize=4)
def _spoken_of(vocabulary: Vocabulary) -> frozenset[str]:
    return _MILITARY | {noun for noun, noun_class in vocabulary.personnel.items() if noun_class == "force"}


def _grows(case: Case) -> bool:
    """Whether an army takes on more people: "the recruitment of 900 soldiers", "to increase the armed forces by 9,000"."""
    head, sentence = case.frame.counted.head, case.frame.counted.sentence
    above = [w for w, _ in zip(sentence.ancestors(head), range(4), strict=False)]
    if any(w.lemma in _RECRUITING for w in above):
        return True
    if not above or above[0].lower != "by":
        return False
    return any(w.lemma in _ARMIES for over in above[1:2] for w in sentence.subtree(over) if w.end <= above[0].start)


def _captives(frame: Frame) -> bool:
    """Whether those who "return" are exchanged prisoners, or go to face a court."""
    if frame.row is None or (frame.row.kind != "withdraw" and frame.row.lemma not in {"return", "fly", "bring"}):
        return False
    return bool({w.lower for w in frame.counted.sentence.words} & _CAPTIVE)
