"""How much of their wording two texts share: the same agency report in two newspapers, or an article that was mended.

A text is the set of its runs of five words. Its sketch is a few numbers made from that set (minima of many orderings of it,
taken three at a time), so made that texts sharing much of their wording almost surely share one of the numbers, and a database
can find them by it. Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

import hashlib
import re

import numpy as np

#: From this share of common runs of words on, two texts are told as nearly the same.
NEARLY = 0.6
_RUN = 5
_BANDS, _ROWS = 16, 3
_PRIME = (1 << 31) - 1
_WORD = re.compile(r"\w+")


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") % (_PRIME - 1) + 1


_ORDERINGS = np.array([[_number(f"{part} {n}") for n in range(_BANDS * _ROWS)] for part in ("factor", "shift")], dtype=np.int64)


def runs_of(text: str) -> frozenset[str]:
    """All runs of five words of a text, in small letters; a shorter text is one run."""
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))) if words else frozenset()


def sketch(text: str) -> tuple[int, ...]:
    """Sixteen whole numbers below 2**62, the same for the same text on any machine; none for a text without words.

    >>> len(sketch("Two hundred soldiers left Gao on Monday.")), sketch("...")
    (16, ())
    """
    runs = runs_of(text)
    if not runs:
        return ()
    hashed = np.array([_number(run) for run in runs], dtype=np.int64)
    minima = np.full(_BANDS * _ROWS, _PRIME, dtype=np.int64)
    # A few thousand runs at a time, so that a book costs no more memory than a page.
    for at in range(0, len(hashed), 4096):
        orders = (hashed[at : at + 4096, None] * _ORDERINGS[0] + _ORDERINGS[1]) % _PRIME
        np.minimum(minima, orders.min(axis=0), out=minima)
    bands = minima.reshape(_BANDS, _ROWS)
    digests = (hashlib.blake2b(bytes([number]) + band.tobytes(), digest_size=8).digest() for number, band in enumerate(bands))
    return tuple(int.from_bytes(digest, "big") >> 2 for digest in digests)


def compare(one: str, other: str) -> float:
    """The share of common runs among all runs of two texts: 1 for the same words, 0 for none in common.

    >>> round(compare("a b c d e f g h i", "a b c d e f g h x"), 2)
    0.67
    """
    left, right = runs_of(one), runs_of(other)
    return len(left & right) / len(left | right) if left and right else 0.0
