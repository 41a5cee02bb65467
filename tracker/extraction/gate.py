"""The gate: which sentences are worth a parse. Plain look-ups over lower-cased text, since nearly all text has no movement.

A sentence passes where a word for personnel stands with a number. Its neighbours are parsed as well: they hold the base that
"the base" means and the country that "there" means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tracker.models import Span
from tracker.vocabulary import Vocabulary

REACH = 1  # sentences to either side of a hit


@lru_cache(maxsize=4)
def _patterns(words: tuple[str, ...], numbers: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    nouns = "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))
    figures = "|".join(re.escape(w) for w in numbers)
    return re.compile(rf"\b(?:{nouns})(?:s|es)?\b"), re.compile(rf"\d|\b(?:{figures})\b")


def _compiled(vocabulary: Vocabulary) -> tuple[re.Pattern[str], re.Pattern[str]]:
    heads = {noun.split()[-1] for noun in vocabulary.personnel}
    plurals = {n[:-3] + "men" for n in heads if n.endswith("man")} | {"people", "gendarmerie", "militiamen"}
    strong = {"strong"}
    numbers = tuple(w for w, (_, role) in vocabulary.number_words.items() if role in {"unit", "ten", "multiplier"} and len(w) > 1)
    return _patterns(tuple(sorted(heads | plurals | strong)), numbers)


def hits(text: str, spans: Sequence[Span], vocabulary: Vocabulary) -> list[int]:
    """Indices of the sentences that hold both a word for personnel and a number.

    >>> from tracker.vocabulary import load
    >>> hits("It rained. 300 soldiers left.", [Span(0, 10), Span(11, 29)], load())
    [1]
    """
    nouns, numbers = _compiled(vocabulary)
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals grow when lowered; offsets must not move
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if not nouns.search(lower):
        return []
    return [i for i, s in enumerate(spans) if numbers.search(lower, s.start, s.end) and nouns.search(lower, s.start, s.end)]


def widened(indices: Sequence[int], count: int) -> list[int]:
    """The hits with their neighbours, in order, of ``count`` sentences."""
    return sorted({j for i in indices for j in range(i - REACH, i + REACH + 1) if 0 <= j < count})
