"""One spelling for every way a name is written: the key under which the gazetteer files and finds it."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

#: Longer "names" are no names; they are cut before any work is done on them.
LONGEST = 120

_NOISE = re.compile(r"[.'’‘ʻʼ`´\"“”]+")
_BREAKS = re.compile(r"[^a-z0-9]+")
_EXPANDED = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "intl": "international", "&": "and"}
_POSSESSIVE = re.compile(r"['’]s?$")
_CASED = re.compile(r"[A-Za-z]")

#: Words that are written small inside a name and so prove nothing about it.
SMALL = frozenset("the of and in on de la le el al an as es ash ed du da do di del der den und y e i o".split())


@lru_cache(maxsize=20_000)
def normalise(name: str) -> str:
    """The key of ``name``: folded case, no accents, no punctuation, single spaces, "St" and "Ft" written out.

    >>> normalise("Côte d'Ivoire"), normalise("St. Petersburg"), normalise("Al-Tanf")
    ('cote divoire', 'saint petersburg', 'al tanf')
    """
    text = name[:LONGEST]
    if not text.isascii():
        text = anyascii(text)
    text = _NOISE.sub("", text.lower().replace("&", " and "))
    words = _BREAKS.sub(" ", text).split()
    if words and words[0] in _EXPANDED and len(words) > 1:
        words[0] = _EXPANDED[words[0]]
    return " ".join(words)


def strip_article(name: str) -> str:
    """``name`` without surrounding punctuation, a leading "the" and a possessive ending.

    >>> strip_article("the West Bank"), strip_article("Iraq's")
    ('West Bank', 'Iraq')
    """
    text = name.strip(' \t\r\n,;:"“”')
    if text[:1] in "([" or (text[-1:] in ")]" and "(" not in text and "[" not in text):
        text = text.strip("()[] ")
    if text[:4].lower() == "the " and len(text) > 4:
        text = text[4:].lstrip()
    return _POSSESSIVE.sub("", text) if text[-2:] in ("'s", "’s") else text


@lru_cache(maxsize=20_000)
def is_written_as_name(name: str) -> bool:
    """Whether ``name`` is capitalised as a name: its first telling word begins with a capital or has no case at all.

    >>> is_written_as_name("US"), is_written_as_name("us"), is_written_as_name("al-Tanf"), is_written_as_name("reading")
    (True, False, True, False)
    """
    if not name or not _CASED.search(name):
        return any(letter.isalpha() for letter in name) and not name.isascii()
    for word in re.split(r"[\s\-‑–]+", name):
        bare = word.strip(".'’‘ʻ\"(),")
        if not bare or (bare in SMALL and bare != name):
            continue
        return bare[0].isupper() or any(letter.isupper() for letter in bare[1:3])
    return False
