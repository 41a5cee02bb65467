"""The one cleaning that a text gets. Every offset of the project counts in the cleaned text.

What readers see stays as it is, accents and typographic quotes and double spaces included (no Unicode normalisation:
it would move offsets between an article and its quotes). What they cannot see, and what breaks a database or turns
a line of text around, goes.
"""

from __future__ import annotations

import re

#: Marks without width: direction marks, zero-width spaces, soft hyphens. They stand inside words, so they leave no gap.
_INVISIBLE = "\u00ad\u061c\u200b\u200c\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_ODD = re.compile(f"\r\n?|[\x00-\x08\x0b-\x1f\x7f-\x9f{_INVISIBLE}\ud800-\udfff]")
_LINE_ENDS = frozenset("\r\n\x0b\x0c\u2028\u2029")


def clean_text(text: str) -> str:
    """The text as every later step sees it.

    Line ends become ``\\n``, control characters a space, direction and zero-width marks nothing, half a surrogate
    pair the replacement character. Codes 0x80 to 0x9F are what Windows-1252 means by them, as browsers do.

    >>> clean_text("300\\u200e troops\\r\\nleft\\x00Basra")
    '300 troops\\nleft Basra'
    """
    return _ODD.sub(_mend, text) if _ODD.search(text) else text


def _mend(match: re.Match[str]) -> str:
    odd = match.group()
    if odd[0] in _LINE_ENDS:
        return "\n"
    if "\ud800" <= odd <= "\udfff":
        return "\ufffd"
    if "\x80" <= odd <= "\x9f":
        return odd.encode("latin-1").decode("cp1252", "ignore") or " "
    return " " if odd <= "\x7f" else ""


def clean_line(value: object) -> str:
    """A title, outlet, address or id as one clean line; empty for None.

    >>> clean_line("  Kabul:\\n two  battalions ")
    'Kabul: two battalions'
    """
    return "" if value is None else " ".join(clean_text(str(value)).split())[:2000]
