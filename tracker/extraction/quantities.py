"""Stated numbers: a small grammar of our own over tokens, linear in the length of the text.

It reads digits ("1,700", "1 000", "60K", "2.4 thousand"), words ("two hundred and fifty", "two dozen"), ranges ("2,000 to
3,000", "five to six thousand"), hedges ("up to", "more than", "some") and "N-strong". It says for each number why it
cannot count persons, where that is plain from its neighbours (money, percentages, years, ordinals ...).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.models import Quantity, Span
from tracker.vocabulary import Vocabulary, measures, words

LARGEST = 10_000_000  # persons; a greater number is kept as text only

_TOKEN = re.compile(
    r"(?P<digits>\d{1,2}(?:,\d{2}){1,2},\d{3}(?!\d)"  # lakhs and crores: "1,80,000"
    r"|\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3}){1,3}(?!\d)|\d{1,3}(?: \d{3}){1,2}(?![\d,.])|\d{1,12}(?:\.\d{1,3})?)"
    r"|(?P<word>[A-Za-z\u00c0-\u024f]{1,40}(?:['\u2019][a-z]{1,2})?)"
    r"|(?P<mark>[^\sA-Za-z0-9])"
)
_DASHES = frozenset("-\u2010\u2011\u2013\u2014")
_MONEY = frozenset("$\u20ac\u00a3\u00a5\u20b9")
_STRONG = words("glued noun")
_MONTHS = frozenset(
    "january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_UNITS = measures()
_BEFORE = words("label before a number")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text. ``core`` are its figures without hedges; ``reason`` says why it counts no persons ("" if it may).

    ``vague`` numbers ("hundreds") have neither bound. ``compound`` is the noun glued to the number ("800-strong": "strong").
    """

    quantity: Quantity
    core: Span
    reason: str = ""
    vague: bool = False
    compound: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    lower: str
    start: int
    end: int


def find(text: str, vocabulary: Vocabulary, offset: int = 0) -> list[Number]:
    """All numbers of ``text`` left to right; offsets are shifted by ``offset``.

    >>> from tracker.vocabulary import load
    >>> [(n.quantity.low, n.quantity.high) for n in find("up to 3,000 men and two dozen more than 40", load())]
    [(None, 3000), (24, 24), (40, None)]
    """
    tokens = _tokens(text, offset)
    numbers, i = [], 0
    while i < len(tokens):
        read = _read(tokens, i, vocabulary)
        if read is None:
            i += 1
            continue
        number, i = read
        numbers.append(number)
    return numbers


def _tokens(text: str, offset: int) -> list[_Token]:
    tokens: list[_Token] = []
    for m in _TOKEN.finditer(text):
        token = _Token(m.lastgroup or "", m.group(), m.group().lower(), m.start() + offset, m.end() + offset)
        if " " in token.text and tokens and tokens[-1].lower in _MONTHS:
            day, rest = token.text.split(" ", 1)  # "on May 5 300 soldiers" is two numbers
            tokens.append(_Token("digits", day, day, token.start, token.start + len(day)))
            token = _Token("digits", rest, rest, token.end - len(rest), token.end)
        tokens.append(token)
    return tokens


def _read(tokens: Sequence[_Token], i: int, vocabulary: Vocabulary) -> tuple[Number, int] | None:
    vague = _vague(tokens, i, vocabulary)
    if vague is not None:
        span = Span(tokens[i].start, tokens[vague - 1].end)
        return Number(Quantity(span, None, None), span, vague=True), vague
    first = _cardinal(tokens, i, vocabulary)
    if first is None:
        return None
    low, after, exact = first
    high, after, low = _range(tokens, i, after, low, vocabulary)
    core = Span(tokens[i].start, tokens[after - 1].end)
    reason = (
        _why_not(tokens, i, after, core)
        or ("nobody" if high == 0 else "")
        or ("" if exact and high <= LARGEST else "not a whole number of persons")
    )
    compound, after = _glued(tokens, after)
    if compound == "old":
        reason = "an age"
    quantity = _hedged(tokens, i, Quantity(core, int(low), int(high)), vocabulary)
    return Number(_open_ended(tokens, after, quantity), core, reason, compound=compound), after


def _cardinal(tokens: Sequence[_Token], i: int, vocabulary: Vocabulary) -> tuple[float, int, bool] | None:
    """(value, index after it, whether it is whole) of the number that begins at token ``i``."""
    token = tokens[i]
    if token.kind == "digits":
        value, scaled, after = _scaled(tokens, i, float(re.sub(r"[,\s\u00a0\u202f\u2009]", "", token.text)), vocabulary)
        if value != int(value) and not scaled and re.fullmatch(r"\d{1,3}\.\d{3}", token.text):
            value = round(value * 1000)  # "1.500" as written on the continent
        return value, after, value == int(value)
    return _worded(tokens, i, vocabulary)


def _scaled(tokens: Sequence[_Token], i: int, value: float, vocabulary: Vocabulary) -> tuple[float, bool, int]:
    after, scaled = i + 1, False
    while after < len(tokens):
        token = tokens[after]
        factor, role = vocabulary.number_words.get(token.lower, (0, ""))
        glued = token.start == tokens[after - 1].end
        if role != "multiplier" or (len(token.lower) == 1 and not glued):
            dashed = token.text in _DASHES and after + 1 < len(tokens) and tokens[after + 1].lower in {"thousand", "hundred", "million"}
            if not dashed:
                break
            after += 1
            continue
        value, scaled, after = round(value * factor, 6), True, after + 1
    return value, scaled, after


def _worded(tokens: Sequence[_Token], i: int, vocabulary: Vocabulary) -> tuple[float, int, bool] | None:
    words = vocabulary.number_words
    total, current, j, seen, begun = 0, 0, i, False, False
    if tokens[i].lower == "half" and [t.lower for t in tokens[i + 1 : i + 3]] == ["a", "dozen"]:
        return 6, i + 3, True
    if tokens[i].lower == "half" and i + 2 < len(tokens) and tokens[i + 1].lower == "a" and tokens[i + 2].lower in {"million", "thousand"}:
        return words[tokens[i + 2].lower][0] / 2, i + 3, True
    if tokens[i].lower in {"a", "an"}:
        if i + 1 < len(tokens) and words.get(tokens[i + 1].lower, (0, ""))[1] == "multiplier" and len(tokens[i + 1].lower) > 1:
            begun, j = True, i + 1
        else:
            return None
    while j < len(tokens):
        lower = tokens[j].lower
        value, role = words.get(lower, (0, ""))
        if role in {"unit", "ten"}:
            if seen and current % 100 and not (role == "unit" and value < 10 and current % 10 == 0):
                break
            current += value
        elif role == "multiplier" and (seen or begun) and len(lower) > 1:
            if value == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * value, 0
        elif (
            seen
            and j + 1 < len(tokens)
            and (lower == "and" or lower in _DASHES)
            and words.get(tokens[j + 1].lower, (0, ""))[1] in {"unit", "ten", "multiplier"}
        ):
            if lower == "and" and (total + current < 100 or (total + current) % 100):
                break
            j += 1
            continue
        else:
            break
        seen, j = True, j + 1
    return (total + current, j, True) if seen and total + current else None


def _range(tokens: Sequence[_Token], first: int, after: int, low: float, vocabulary: Vocabulary) -> tuple[float, int, float]:
    """(high, index after the range, low): "2,000 to 3,000", "2-3,000", "five to six thousand", "between 200 and 300"."""
    if after + 1 >= len(tokens):
        return low, after, low
    joint = tokens[after]
    between = first > 0 and tokens[first - 1].lower == "between"
    joins = joint.lower in {"to", "or"} or joint.text in _DASHES or (joint.lower == "and" and between)
    second = _cardinal(tokens, after + 1, vocabulary) if joins else None
    if second is None or not second[2]:
        return low, after, low
    high, end, _ = second
    if (
        low < high
        and low < 1000 <= high
        and high >= 1000
        and low * 1000 <= high
        and (joint.text in _DASHES or tokens[after - 1].kind == "word")
        and low < 100
    ):
        low *= 1000
    elif low < high < 1000 and high % 100 == 0 and low < 10 and tokens[after - 1].kind == "word":
        low *= 100
    plausible = low < high <= low * 10
    if joint.lower == "to" and first > 0 and tokens[first - 1].lower == "from" and high >= low:
        plausible = False  # "from 3,000 to 5,000" is a change, not a range
    return (high, end, low) if plausible else (low, after, low)


def _glued(tokens: Sequence[_Token], after: int) -> tuple[str, int]:
    """The noun glued to the number by a hyphen ("800-strong", "800 strong"), and the index after it."""
    if after < len(tokens) and tokens[after].lower == "strong":
        return "strong", after + 1
    if after + 1 < len(tokens) and tokens[after].text in _DASHES and tokens[after].start == tokens[after - 1].end:
        noun = tokens[after + 1]
        if noun.lower in _STRONG and noun.start == tokens[after].end:
            return noun.lower, after + 2
        if noun.lower == "year":
            return "old", after + 2
    return "", after


def _hedged(tokens: Sequence[_Token], i: int, quantity: Quantity, vocabulary: Vocabulary) -> Quantity:
    """The quantity with the hedges that stand before it, its span stretched over them."""
    for _ in range(3):
        for width in (4, 3, 2, 1):
            phrase = " ".join(t.lower for t in tokens[max(0, i - width) : i])
            effect = vocabulary.hedges.get(phrase) if i >= width else None
            if effect:
                break
        else:
            return quantity
        i -= width
        span = Span(tokens[i].start, quantity.span.end)
        if effect == "low":
            quantity = replace(quantity, span=span, high=None)
        elif effect == "high":
            quantity = replace(quantity, span=span, low=None)
        elif effect == "approximate":
            quantity = replace(quantity, span=span, approximate=True)
        elif effect == "additional":
            quantity = replace(quantity, span=span, additional=True)
    return quantity


def _open_ended(tokens: Sequence[_Token], after: int, quantity: Quantity) -> Quantity:
    """ "300 or more", "300-plus", "300+": at least; "300 more": additional; "300 or so": about."""
    following = [t.lower for t in tokens[after : after + 2]]
    if following[:2] == ["or", "more"] or following[:1] == ["+"] or following[:2] == ["-", "plus"]:
        return replace(quantity, high=None)
    if following[:1] and following[0] in {"more", "additional", "extra", "further", "others", "other", "fresh", "new"}:
        return replace(quantity, additional=True)
    if following[:2] == ["or", "so"]:
        return replace(quantity, approximate=True)
    return quantity


def _vague(tokens: Sequence[_Token], i: int, vocabulary: Vocabulary) -> int | None:
    """Index after a vague number that begins at ``i`` ("hundreds", "several thousand", "tens of thousands"), else None."""
    lower = tokens[i].lower
    if lower in {"hundreds", "thousands", "dozens", "scores", "tens"}:
        if i + 2 < len(tokens) and tokens[i + 1].lower == "of" and tokens[i + 2].lower in {"hundreds", "thousands"}:
            return i + 3
        return None if lower == "tens" else i + 1
    rest = [t.lower for t in tokens[i : i + 3]]
    scales = {"hundred", "thousand", "dozen", "score"}
    if rest[:1] and rest[0] in {"several", "few", "many", "some"} and len(rest) > 1 and rest[1] in scales:
        return i + 2
    return None


def _why_not(tokens: Sequence[_Token], i: int, after: int, core: Span) -> str:
    """Why the number counts no persons, as far as its direct neighbours tell; "" where they leave it open."""
    before = tokens[i - 1] if i else None
    nxt = tokens[after] if after < len(tokens) else None
    digits = tokens[i].kind == "digits"
    touching = nxt is not None and nxt.start == core.end
    if before is not None and before.lower.rstrip(".") in _MONTHS and re.fullmatch(r"(?:19|20)\d\d", tokens[i].text):
        return "a year"
    if before is not None and before.lower in {"vote", "votes", "voted", "voting"} and nxt is not None and nxt.lower not in {"to", "for"}:
        return "votes"
    if before is not None and (before.text in _MONEY or before.lower in {"usd", "eur", "rs"}):
        return "money"
    if nxt is not None and (nxt.text == "%" or nxt.lower in {"percent"}):
        return "a percentage"
    if touching and nxt is not None and nxt.lower in {"st", "nd", "rd", "th"}:
        return "an ordinal"
    if (
        before is not None
        and before.lower.rstrip(".") in _MONTHS
        and digits
        and int(float(re.sub(r"\D", "", tokens[i].text) or 0)) <= 31
        and len(tokens[i].text) <= 2
    ):
        return "a day"
    if nxt is not None and nxt.lower in _MONTHS and nxt.text[:1].isupper() and digits and len(tokens[i].text) <= 2:
        return "a day"
    if (
        before is not None
        and before.text in {":", "/", "#", "."}
        and digits
        and before.end == core.start
        and i > 1
        and tokens[i - 2].end == before.start
    ):
        return "part of a time, a date or a name"
    if touching and nxt is not None and nxt.text in {":", "/"} and after + 1 < len(tokens) and tokens[after + 1].kind == "digits":
        return "part of a time or a date"
    if (
        before is not None
        and digits
        and before.end == core.start
        and (before.kind == "word" or before.text in _DASHES)
        and _in_name(tokens, i)
    ):
        return "part of a name"
    if before is not None and before.lower in _BEFORE:
        return "a label"
    if touching and nxt is not None and nxt.kind == "word" and digits and len(nxt.text) <= 3 and nxt.lower not in {"k", "m"}:
        return "part of a name"
    if nxt is not None and nxt.lower in _UNITS:
        return _UNITS[nxt.lower]
    if nxt is not None and nxt.text in _DASHES and after + 1 < len(tokens) and tokens[after + 1].lower in _UNITS and nxt.start == core.end:
        return _UNITS[tokens[after + 1].lower]
    return ""


def _in_name(tokens: Sequence[_Token], i: int) -> bool:
    """ "Tu-154", "F16", "Covid-19": letters glued to the figures."""
    if tokens[i - 1].kind == "word":
        return True
    return i > 1 and tokens[i - 2].kind == "word" and tokens[i - 2].end == tokens[i - 1].start


def looks_like_year(figures: str) -> bool:
    """Whether figures as they are written may be a year: four of them from 1900 to 2099, without a comma."""
    return len(figures) == 4 and figures.isdigit() and 1900 <= int(figures) <= 2099
