"""The gate: which sentences are worth a parse. Look-ups over lower-cased text, since nearly all text has no movement.

A sentence passes where a number stands near a word for personnel, unless all that it tells of them is that they were killed, wounded or
caught. The parser is the costly part of the work: what the gate keeps out costs almost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.extraction.sentences import lowered, split
from tracker.models import Span
from tracker.vocabulary import Vocabulary

REACH = 3  # sentences to either side of a hit
NEAR = 90  # characters between a number and its noun

#: What is said of the dead and the caught, and what is said of those who move; stems, since tense and number do not matter here.
_CASUALTY = re.compile(
    r"\b(?:kill|dead\b|die[sd]?\b|death|wound|injur|casualt|captur|abduct|kidnap|hostage|arrest|detain|missing|execut|behead)"
)
_MOVING = re.compile(
    r"\b(?:deploy|redeploy|sen[dt]|withdr|arriv|leav|left\b|return|mov(?:e|ing)|reinforc|station|mass|mobili[sz]|pull|bring|brought|"
    r"contribut|commit|pledg|land|enter|cross|airlift|dispatch|rotat|base[ds]?\b|troop|contingent|join|surge|order|approv|authori[sz]|alert|add|keep)"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """An article cut into sentences (``spans``), and the indices of those that pass (``hits``); both empty where none can."""

    spans: tuple[Span, ...] = ()
    hits: tuple[int, ...] = ()


@lru_cache(maxsize=4)
def _compiled(vocabulary: Vocabulary) -> tuple[re.Pattern[str], re.Pattern[str]]:
    heads = {noun.split()[-1] for noun, noun_class in vocabulary.personnel.items() if noun_class != "not"}
    plurals = {n[:-3] + "men" for n in heads if n.endswith("man")} | {"people", "gendarmerie", "militiamen"}
    plurals |= {n[:-1] + "ies" for n in heads if n.endswith("y")}
    words = heads | plurals | {"strong"}
    numbers = (w for w, (_, role) in vocabulary.number_words.items() if role in {"unit", "ten", "multiplier"} and len(w) > 1)
    nouns = "|".join(sorted((re.escape(w) for w in words), key=lambda w: (-len(w), w)))
    figures = "|".join(sorted(re.escape(w) for w in numbers))
    return re.compile(rf"\b(?:{nouns})(?:s|es)?\b"), re.compile(rf"\d[\d,. ]*|\b(?:{figures})\b")


def open_for(text: str, vocabulary: Vocabulary, *, casualties: bool = False, dateline: Span | None = None) -> Opened:
    """The sentences of an article and those worth a parse; with ``casualties`` those too that tell of nothing else; without their dateline.

    >>> from tracker.vocabulary import load
    >>> open_for("It rained. 300 soldiers left.", load()).hits
    (1,)
    """
    spans = tuple(split(text))
    if dateline is not None:
        spans = tuple(Span(dateline.end, s.end) if s.start <= dateline.start < dateline.end < s.end else s for s in spans)
    return Opened(spans, tuple(hits(text, spans, vocabulary, casualties=casualties)))


def hits(text: str, spans: Sequence[Span], vocabulary: Vocabulary, *, casualties: bool = False) -> list[int]:
    """Indices of the sentences in which a number stands near a word for personnel; those of mere casualties only if asked for."""
    nouns, numbers = _compiled(vocabulary)
    lower = lowered(text)
    if not nouns.search(lower) or not numbers.search(lower):
        return []
    return [i for i, s in enumerate(spans) if _near(lower, s, nouns, numbers) and (casualties or _lives(lower, s))]


def _near(lower: str, span: Span, nouns: re.Pattern[str], numbers: re.Pattern[str]) -> bool:
    figures = [m.span() for m in numbers.finditer(lower, span.start, span.end)]
    if not figures:
        return False
    people = [m.span() for m in nouns.finditer(lower, span.start, span.end)]
    return any(noun[0] - figure[1] <= NEAR and figure[0] - noun[1] <= NEAR for noun in people for figure in figures)


def _lives(lower: str, span: Span) -> bool:
    return not _CASUALTY.search(lower, span.start, span.end) or bool(_MOVING.search(lower, span.start, span.end))


def widened(indices: Sequence[int], count: int) -> list[int]:
    """The hits with their neighbours, in order, of ``count`` sentences."""
    return sorted({j for i in indices for j in range(i - REACH, i + REACH + 1) if 0 <= j < count})
