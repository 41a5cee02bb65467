"""Which counted groups make a row: a force, in an event or at a place that belongs to it. Every refusal has its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.extraction import triggers
from tracker.extraction.roles import FROM, TO, Ends, Link
from tracker.extraction.triggers import Frame
from tracker.models import MOVEMENTS
from tracker.vocabulary import Vocabulary, words

_MILITARY = words("military word")
_CIVIL = words("civil word")
_CAPTIVE = words("captive word")
_ANYBODY = frozenset({"people", "person", "persons", "individual", "individuals", "members", "member"})
_MANNED = frozenset({"strong", "man", "troop", "soldier"})


@dataclass(frozen=True, slots=True)
class Case:
    """A counted group with all that decides on it; ``context`` are the words of the whole article, lower case."""

    frame: Frame
    ends: Ends
    links: Sequence[Link]
    context: frozenset[str]
    vocabulary: Vocabulary


def refusal(case: Case) -> str:
    """Why a group makes no row; "" where it makes one."""
    frame, ends, counted = case.frame, case.ends, case.frame.counted
    if counted.noun_class == "generic" and not _serves(case):
        return "persons, but not of a force"
    if frame.kind == "presence":
        return _stock_refusal(case)
    nowhere = ends.destination is None and ends.origin is None
    if frame.rule.startswith(triggers.DIRECTED) and not _goes_somewhere(case):
        return f"{frame.trigger.lemma if frame.trigger else ''!r} tells of no movement"
    strong = frame.row is not None and frame.row.strength == "strong"
    if counted.elliptical and not counted.mention.quantity.additional and (frame.row is None or (nowhere and not strong)):
        return "a bare number without a place"
    if frame.row is None and not _tied(case, {"group", "in group"}):
        return "no movement, and no place that belongs to them"
    if _captives(frame):
        return "prisoners or accused"
    if frame.row is not None and frame.row.strength == "weak" and not _firm_enough(case, nowhere):
        return f"{frame.row.lemma!r} without a place tells of no movement"
    if counted.noun_class == "police" and nowhere:
        return "police without a place of service"
    return ""


def _stock_refusal(case: Case) -> str:
    if case.ends.destination is None:
        return "no movement, and no place where they are"
    return "police at their posts" if case.frame.counted.noun_class == "police" else ""


def _goes_somewhere(case: Case) -> bool:
    """Whether a direction hangs on a verb outside the vocabulary itself ("helicoptered in from Kuwait")."""
    chosen = (case.ends.destination, case.ends.origin)
    return any(k.place in chosen and k.relation in {"trigger", "group"} and k.preposition in TO | FROM for k in case.links)


def _tied(case: Case, relations: set[str]) -> bool:
    chosen = (case.ends.destination, case.ends.origin)
    return any(k.place in chosen and k.relation in relations for k in case.links)


def _firm_enough(case: Case, nowhere: bool) -> bool:
    """Whether a word that alone tells of no movement ("order", "move") does so here: by a place of its own, or by what it commits."""
    frame = case.frame
    assert frame.row is not None
    commits = frame.trigger is not None and ("verb", frame.row.lemma) in case.vocabulary.cues
    if commits:
        return not nowhere or frame.counted.noun_class in {"force", "collective"}
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
        return case.ends.destination is not None or case.ends.origin is not None
    return bool(case.context & (_MILITARY | {n for n, c in case.vocabulary.personnel.items() if c == "force"}))


def _captives(frame: Frame) -> bool:
    """Whether those who "return" are exchanged prisoners, or go to face a court."""
    if frame.row is None or (frame.row.kind != "withdraw" and frame.row.lemma not in {"return", "fly", "bring"}):
        return False
    return bool({w.lower for w in frame.counted.sentence.words} & _CAPTIVE)
