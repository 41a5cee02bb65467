"""How sure the extractor is: that a number makes a row at all, and that the row is right in its movement and both its ends.

Two logistic models over what fired (``data/weights/confidence.json``; trained and calibrated by ``benchmarks/train_confidence.py``): what
was counted and what happens to it, how sure the choice of each end was, which doubts the grammar raised.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tracker.extraction import admission, linking
from tracker.extraction.admission import Case
from tracker.extraction.decisions import Tables, read_weights
from tracker.extraction.kinds import CLOSED
from tracker.extraction.personnel import Counted
from tracker.models import MOVEMENTS
from tracker.vocabulary import words

WEIGHTS = Path(__file__).resolve().parents[2] / "data" / "weights" / "confidence.json"

#: A number that is less sure than this to make a row makes none; where the grammar has a doubt it must be surer.
LEAST_RECORD, LEAST_DOUBTED = 0.40, 0.60
#: A movement that is less sure than this to be right is left out, sooner where the grammar has a doubt; a stock or an alert that is
#: told amiss moves nobody on the map.
LEAST_RIGHT, LEAST_RIGHT_DOUBTED = 0.25, 0.40
_COURT = words("captive word")


@dataclass(frozen=True, slots=True)
class Chances:
    """That a number makes a row at all, and that the row is right; None where no weights are."""

    record: float | None = None
    right: float | None = None


#: What is asked of a case.
Estimate = Callable[[Case], Chances]


@lru_cache(maxsize=1)
def weights() -> Tables:
    """The trained weights of "record" and "right" by feature name; empty where the file is absent."""
    return read_weights(WEIGHTS)


def estimate(case: Case) -> Chances:
    """Both chances, 0 to 1 in steps of a hundredth."""
    tables = weights()
    if not tables:
        return Chances()
    found = sorted(features(case))
    return Chances(*(_chance(tables[name], found) for name in ("record", "right")))


def refusal(case: Case, chances: Chances) -> str:
    """Why a case makes no row; "" where it makes one."""
    doubts = admission.doubts(case)
    if chances.record is None:
        return admission.told(doubts[0], case.frame) if doubts else ""
    if chances.record < (LEAST_DOUBTED if doubts else LEAST_RECORD):
        why = admission.told(doubts[0], case.frame) if doubts else "too unlikely to be a force that moves or is stationed"
        return f"{why} ({chances.record:.2f})"
    least = LEAST_RIGHT_DOUBTED if doubts else LEAST_RIGHT
    if chances.right is not None and chances.right < least and case.frame.kind in MOVEMENTS:
        return f"too unlikely to be right ({chances.right:.2f})"
    return ""


def _chance(table: Mapping[str, float], found: list[tuple[str, float]]) -> float:
    return round(1 / (1 + math.exp(-math.fsum(table.get(name, 0.0) * value for name, value in found))), 2)


def features(case: Case) -> Iterator[tuple[str, float]]:
    """(name, value) of each feature of a case."""
    frame, ends, counted = case.frame, case.ends, case.frame.counted
    quantity, sentence = counted.mention.quantity, counted.sentence
    move = linking.move_of(frame)
    doubts = admission.doubts(case)
    yield "bias", 1.0
    for end, sure, place in (("destination", ends.destination_sure, ends.destination), ("origin", ends.origin_sure, ends.origin)):
        yield f"{end} sure", _logit(sure)
        yield f"{end} {'given' if place is not None else 'open'}|{move}", 1.0
        if place is not None:
            yield f"{end} {'loose' if place.span.end <= sentence.span.start else 'near'}", 1.0
            link = next((k for k in case.links if k.place is place), None)
            if link is not None:
                yield f"{end} {link.relation}|{linking.group(link.preposition)}", 1.0
    yield f"kind {move}", 1.0
    yield f"noun {counted.noun_class}", 1.0
    yield f"noun {counted.noun_class}|{move}", 1.0
    if counted.noun_class != "force":
        yield f"word {counted.mention.personnel}", 1.0
    yield f"strength {frame.row.strength if frame.row else 'bare'}", 1.0
    yield f"strength {frame.row.strength if frame.row else 'bare'}|{move}", 1.0
    yield f"rule {frame.rule or 'none'}", 1.0
    yield f"role {frame.role}", 1.0
    if counted.unsaid:
        yield from ((f"unsaid {name}", 1.0) for name in _surroundings(counted))
    yield f"actor {'known' if case.actor else 'unknown'}", 1.0
    yield f"status {case.status or 'none'}", 1.0
    yield f"size {_size(quantity.high or quantity.low or 0)}", 1.0
    yield f"size {_size(quantity.high or quantity.low or 0)}|{counted.noun_class}", 1.0
    yield "long sentence", float(len(sentence.words) > 45)
    yield "hedged", float(quantity.approximate or quantity.low != quantity.high)
    yield "additional", float(quantity.additional)
    yield "army spoken of", float(admission.speaks_of_force(case))
    if any(w.lemma in case.vocabulary.casualty for w in sentence.words):
        yield "casualties in the sentence", 1.0
        yield f"casualties in the sentence|{_size(quantity.high or quantity.low or 0)}", 1.0
    if any(w.lemma in case.vocabulary.casualty for w in frame.chain):
        yield "casualties above", 1.0
    yield "court in the sentence", float(any(w.lower in _COURT for w in sentence.words))
    for doubt in doubts:
        yield f"doubt {doubt}", 1.0
        yield f"doubt {doubt}|{counted.noun_class}", 1.0
    yield f"doubts {min(2, len(doubts))}", 1.0


def _surroundings(counted: Counted) -> Iterator[str]:
    """What stands around a number without a noun: its slot and the words beside it."""
    sentence, span = counted.sentence, counted.mention.quantity.span
    after = next((w for w in sentence.words if w.start >= span.end), None)
    before = next((w for w in reversed(sentence.words) if w.end <= span.start), None)
    yield counted.unsaid
    yield f"{counted.unsaid}|slot {counted.head.dep}"
    yield f"{counted.unsaid}|slot {counted.head.dep}|after {after.pos if after else 'end'}"
    yield f"after {after.lower if after is not None and after.pos in CLOSED else after.pos if after else 'end'}"
    yield f"before {before.lower if before is not None and before.pos in CLOSED else before.pos if before else 'start'}"


def _size(count: int) -> str:
    return next(str(bound) for bound in (5, 20, 100, 1_000, 10_000, 10**12) if count < bound)


def _logit(chance: float) -> float:
    held = min(max(chance, 0.02), 0.98)
    return math.log(held / (1 - held))
