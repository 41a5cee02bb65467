"""Files, folders and standard input -> Articles and Problems, each article once."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tracker.articles.formats import FILE_CAP, read_stream
from tracker.articles.problems import Problem
from tracker.articles.records import Given, day
from tracker.models import Article

_ADDRESS = re.compile(r"[a-z]{2,10}://", re.IGNORECASE)
_PAGE = re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE)


def read_inputs(
    inputs: Sequence[str], *, published: date | str | None = None, title: str = "", source: str = "", url: str = ""
) -> Iterator[Article | Problem]:
    """The articles of files, of folders with all below them in sorted order, and of standard input (``-``).

    Hidden files in folders are passed over. Standard input is JSON lines where it begins with ``{``, a web page where
    it begins like one, else one text. An article that was read before (same text, and no id of its own that differs) is
    left out and told; another text under an id that was read before gets ``-2``, ``-3`` ... behind its id, and is told.
    Raises ``InputError`` for a bad ``published``, nothing else.

    >>> [str(problem) for problem in read_inputs(["nowhere.txt"])]
    ['nowhere.txt: there is no such file or folder; check the path']
    """
    given = Given(day(published), title, source, url)
    return _once(inputs, given)


def _once(inputs: Sequence[str], given: Given) -> Iterator[Article | Problem]:
    seen = _Seen()
    for name in inputs:
        for where, found in _read(name, given):
            if isinstance(found, Problem):
                yield found
            else:
                yield from seen.admit(where, found)


@dataclass(slots=True)
class _Seen:
    """Which ids and texts were read, so that nobody's soldiers count twice because a file was given twice."""

    ids: set[str] = field(default_factory=set)
    texts: dict[str, set[str]] = field(default_factory=dict)

    def admit(self, where: str, article: Article) -> Iterator[Article | Problem]:
        own = article.digest[:16]
        same_text = self.texts.setdefault(own, set())
        if same_text and (article.id == own or {article.id, own} & same_text):
            yield Problem(where, "the same article was read before", "it is read once, so that nobody counts twice", repeat=True)
            return
        same_text.add(article.id)
        if article.id not in self.ids:
            self.ids.add(article.id)
            yield article
            return
        fresh = next(name for n in range(2, len(self.ids) + 3) if (name := f"{article.id}-{n}") not in self.ids)
        self.ids.add(fresh)
        yield replace(article, id=fresh)
        cure = "give each article an id of its own"
        yield Problem(where, f"id {article.id} stands on another article too, so this one is {fresh}", cure, left_out=False)


def _read(name: str, given: Given) -> Iterator[tuple[str, Article | Problem]]:
    if name == "-":
        data = sys.stdin.buffer.read(FILE_CAP + 1)
        ending = ".jsonl" if data.lstrip()[:1] == b"{" else ".html" if _PAGE.match(data[:1000]) else ".txt"
        for found in read_stream(f"standard input{ending}", io.BytesIO(data), given):
            yield "standard input", _renamed(found, f"standard input{ending}", "standard input")
        return
    path = Path(name)
    if path.is_dir():
        yield from _read_folder(path, given)
    elif path.is_file():
        yield from _read_file(path, given)
    elif _ADDRESS.match(name):
        yield name, Problem(name, "addresses are not fetched", "save the page as .html and read that file")
    elif path.exists():
        yield name, Problem(name, "this is not a plain file", "pass its content through standard input and give -")
    else:
        yield name, Problem(name, "there is no such file or folder", "check the path")


def _renamed(found: Article | Problem, old: str, new: str) -> Article | Problem:
    return replace(found, where=found.where.replace(old, new)) if isinstance(found, Problem) else found


def _read_folder(folder: Path, given: Given) -> Iterator[tuple[str, Article | Problem]]:
    refused: list[OSError] = []
    count = 0
    for parent, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            count += 1
            yield from _read_file(Path(parent, name), given)
    for error in refused:
        where = str(error.filename or folder)
        yield where, Problem(where, f"the folder cannot be opened ({error.strerror})", "check its permissions")
    if not count and not refused:
        yield str(folder), Problem(str(folder), "the folder holds no files", "check the path")


def _read_file(path: Path, given: Given) -> Iterator[tuple[str, Article | Problem]]:
    where = str(path)
    try:
        with path.open("rb") as stream:
            for found in read_stream(where, stream, given):
                yield where, found
    except OSError as error:
        yield where, Problem(where, f"the file cannot be read ({error.strerror or error})", "check its permissions")
