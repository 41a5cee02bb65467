"""Whom a person speaks for: the state or organisation behind a name ("President Okello pledged 300 troops").

An article tells it where it brings somebody in ("Ugandan President James Okello", "Mary Kent, the British defence secretary"); heads of
state and government are looked up in ``data/register/leaders.csv`` by the day of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.models import PlaceNames
from tracker.vocabulary import OFFICE, Leader, Vocabulary, leaders, words

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019-](?=[^\W\d_])|\.(?=[^\W\d_])){0,40}\.?")
_OWNING = ("'s", "\u2019s")
_OFFICES = words("office word")
_PARTICLES = words("name particle")
_TERMS = words("term of office")
_PRIVATE = words("private title")
_HIGH = words("high office")
_MANY = words("surname of many")
_OPENERS = words("sentence opener")
#: Words of an office between a state and a name ("the British shadow defence secretary").
_REACH = 6
#: Letters that a surname has at least to be known without title and first name.
_TELLING = 4
#: Years before and after a term in which the article may speak of its holder by the surname alone.
_SLACK = 1


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the article without its possessive mark.

    ``gap`` is what stands between it and the next; ``office`` says that it is a title or part of one.
    """

    text: str
    gap: str
    owning: bool
    office: bool

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def initial(self) -> bool:
        return self.capital and len(self.text.rstrip(".")) == 1


def spoken_for(text: str, published: date | None, vocabulary: Vocabulary, names: PlaceNames) -> Mapping[str, str]:
    """The code (ISO alpha-2, or an organisation) of each person whose side the article or the register tells, by full name and by surname.

    A surname that stands for two sides is left out, and so is one that names a state, a people or an organisation.
    """
    tokens = list(_tokens(text, _OFFICES | vocabulary.titles.keys()))
    introduced: dict[str, str] = {}
    for name, code in _introduced(tokens, vocabulary, names):
        introduced.setdefault(name, code)
    told = {name.split()[-1] for name in introduced}
    registered = {name: code for name, code in _registered(tokens, published, vocabulary) if name.split()[-1] not in told}
    found: dict[str, set[str]] = {}
    for name, code in [*introduced.items(), *registered.items()]:
        for form in (name, name.split()[-1]):
            found.setdefault(form, set()).add(code)
    taken = vocabulary.demonyms.keys() | vocabulary.organisations.keys()
    return {form: next(iter(codes)) for form, codes in found.items() if len(codes) == 1 and form not in taken and not names.country(form)}


def _tokens(text: str, offices: frozenset[str]) -> Iterator[_Token]:
    matches = list(_WORD.finditer(text))
    for k, match in enumerate(matches):
        after = matches[k + 1].start() if k + 1 < len(matches) else len(text)
        word, gap = match.group(), text[match.end() : after][:3]
        if word.endswith(".") and len(word) > 2 and word.lower() not in offices and "." not in word[:-1]:
            word, gap = word[:-1], "." + gap  # the end of a sentence, not of an initial or a title
        owning = word.endswith(_OWNING)
        word = word[:-2] if owning else word
        yield _Token(word, gap, owning, word.lower() in offices)


def _introduced(tokens: Sequence[_Token], vocabulary: Vocabulary, names: PlaceNames) -> Iterator[tuple[str, str]]:
    """(name, code) of everybody whom the article brings in with state and office, before the name or behind it."""
    for i, token in enumerate(tokens):
        if (own := vocabulary.titles.get(token.text.lower())) and token.gap == " " and (name := _name(tokens[i + 1 : i + 6])):
            yield " ".join(name), own
        code, width = _side(tokens, i, vocabulary, names) if token.capital else ("", 0)
        if not code:
            continue
        end = i + width
        while end < len(tokens) and end < i + width + _REACH and tokens[end - 1].gap == " " and tokens[end].office:
            end += 1
        title, told = tokens[end - 1], end > i + width or _is_office(tokens[i:end], vocabulary)
        if not told or title.text.lower() not in vocabulary.titles.keys() - _PRIVATE:
            continue
        name = _name(tokens[end : end + 6]) if title.gap in {" ", ", "} else []
        if len(name) > 1 or (name and title.gap == " " and title.text.lower() in _HIGH):
            yield " ".join(name), code
        before = i - 1
        while before > 0 and tokens[before].text in {"the", "a", "then", "The"}:
            before -= 1
        if before > 0 and tokens[before].gap == ", ":
            name = _name(tokens[max(0, before - 4) : before + 1], last=True)
            if len(name) > 1:
                yield " ".join(name), code


def _side(tokens: Sequence[_Token], i: int, vocabulary: Vocabulary, names: PlaceNames) -> tuple[str, int]:
    """The code of a people, a state or an organisation that begins at a word, and how many words name it."""
    for width in (3, 2, 1):
        part = tokens[i : i + width]
        if len(part) < width or any(t.gap != " " or t.owning for t in part[:-1]):
            continue
        text = " ".join(t.text for t in part)
        code = vocabulary.demonyms.get(text) or vocabulary.organisations.get(text, ("",))[0] or names.country(text)
        if code:
            return code, width
    return "", 0


def _is_office(tokens: Sequence[_Token], vocabulary: Vocabulary) -> bool:
    """Whether a side is told by an office that only it spells so ("Defence Secretary")."""
    return vocabulary.organisations.get(" ".join(t.text for t in tokens), ("", ""))[1] == OFFICE


def _name(tokens: Sequence[_Token], *, last: bool = False) -> list[str]:
    """The words of the name at the beginning of some tokens (``last``: at their end), without initials."""
    found: list[str] = []
    for k in range(len(tokens) - 1, -1, -1) if last else range(len(tokens)):
        token = tokens[k]
        parted = tokens[k - 1 if not last else k].gap not in {" ", ""} if found else False
        if parted or token.office or not (token.capital or (found and token.text in _PARTICLES)):
            break
        found.append("" if token.initial else token.text)
        if token.owning:
            break
    return [word for word in (reversed(found) if last else found) if word and not (word.isupper() and len(word) < 4)]


def _registered(tokens: Sequence[_Token], published: date | None, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """(name, code) of the heads of state and government of the register: by first name, by title, or by a telling surname in their time."""
    known, strangers = set(), set()
    for i, token in enumerate(tokens):
        holders = leaders().get(token.text, ()) if token.capital else ()
        first = _first_name(tokens, i) if holders else ""
        if first and (same := [h for h in holders if h.first == first]):
            known.add(token.text)
            if code := _only(same, published):
                yield f"{first} {token.text}", code
        elif first:
            strangers.add(token.text)
    for i, token in enumerate(tokens):
        holders = leaders().get(token.text, ()) if token.capital else ()
        if not holders or token.text in strangers | known or _first_name(tokens, i):
            continue
        titled = (i > 0 and tokens[i - 1].gap == " " and tokens[i - 1].text.lower() in vocabulary.titles) or (
            token.gap == " " and i + 1 < len(tokens) and tokens[i + 1].text.lower() in _TERMS
        )
        serving = [h for h in holders if published is not None and h.serves(published.year, _SLACK)]
        if code := _only(serving or (holders if titled else ()), published):
            if titled or (len(token.text) >= _TELLING and not token.office and token.text.lower() not in _MANY):
                yield token.text, code


def _first_name(tokens: Sequence[_Token], i: int) -> str:
    """The first of the names before a surname; "" where none stands there."""
    first = ""
    for k in range(i - 1, max(-1, i - 5), -1):
        token = tokens[k]
        if token.gap != " " or token.owning or token.office or not (token.capital or token.text in _PARTICLES):
            break
        if not token.initial and token.capital and token.text.lower() not in _OPENERS:
            first = token.text
    return first


def _only(holders: Sequence[Leader], published: date | None) -> str:
    """The one side of some namesakes: of those in office on the day where it is known, else of all."""
    serving = [h for h in holders if published is not None and h.serves(published.year, _SLACK)]
    codes = {h.side for h in serving or holders}
    return next(iter(codes)) if len(codes) == 1 else ""
