"""Whether a text is English: do its frequent words belong to English, or to a neighbour?"""

from __future__ import annotations

import re

_ENGLISH = frozenset(
    """
    the of and to in that with by from it said is are has have was were which will would not their this been but who they
    after its than more about into could other there where when while also between against under should for on as his
    """.split()
)
#: Frequent words of German, Dutch, French, Spanish, Italian, Portuguese, Romanian, Polish, Czech, Croatian, the Nordic
#: languages, Turkish and Indonesian that are rare in English.
_OTHER = frozenset(
    """
    der das und den dem ist nicht mit von zu auf ein eine sich des im werden het een van dat zijn naar voor niet
    le les et du est dans pour qui une sur par el los las que en por para con del una il di che per della sono gli
    os uma com um dos da na no se este care din pe cu nu va nie jest w z na do od je su se za u ve bir bu ile yang dan
    og av til som det att och en er ikke den har de la
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+")

#: English prose has a share of 0.25 to 0.5; the driest list of results and names still reaches this.
LEAST_SHARE = 0.06

#: Below this many words the share says nothing: headlines have no function words.
LEAST_WORDS = 40

#: Scripts without blanks between words: this many letters are taken for a word.
_LETTERS_A_WORD = 6

#: The beginning tells; a text of megabytes need not be counted through.
_LOOKED_AT = 20_000


def looks_english(text: str) -> bool:
    """Whether ``text`` reads as English; a text of fewer than 40 words always does.

    >>> looks_english("The ministry said that 200 soldiers will leave for Mali. " * 6)
    True
    >>> looks_english("Das Ministerium teilte mit, dass 200 Soldaten nach Mali verlegt werden. " * 6)
    False
    """
    words = [word.lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    size = max(len(words), sum(map(len, words)) // _LETTERS_A_WORD)
    if size < LEAST_WORDS:
        return True
    english = sum(word in _ENGLISH for word in words)
    return english >= LEAST_SHARE * size and english > sum(word in _OTHER for word in words)
