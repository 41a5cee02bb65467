"""Files, folders, standard input and web addresses -> Articles and Problems, each article once."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import IO

from tracker.articles.addresses import Pace, Visited, read_address, read_portal
from tracker.articles.fetch import Fetcher
from tracker.articles.formats import FILE_CAP, read_stream
from tracker.articles.opml import LIST_CAP, FeedLink, is_address_list, read_list, read_opml
from tracker.articles.problems import SAVE_PAGE, Problem
from tracker.articles.records import Given, day
from tracker.models import Article

_ADDRESS = re.compile(r"[a-z]{2,10}://", re.IGNORECASE)
_PORTAL = re.compile(r"portal:", re.IGNORECASE)
_PAGE = re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE)


def read_inputs(
    inputs: Sequence[str],
    *,
    published: date | str | None = None,
    title: str = "",
    source: str = "",
    url: str = "",
    fetcher: Fetcher | None = None,
    visited: Visited | None = None,
) -> Iterator[Article | Problem]:
    """The articles of files, of folders with all below them in sorted order, and of standard input (``-``).

    With a ``fetcher`` also those at web addresses (pages, feeds), at the addresses in an ``.opml`` file or in a ``.txt``
    file that holds nothing but addresses, and of days of Wikipedia's portal (``portal:2022-02-02``, or
    ``portal:2022-02-01..2022-02-07``). Each is fetched when its turn comes, and not before the article is asked for.
    Without one nothing is ever fetched, and an address is told as a problem. Pages of feeds that were ``visited`` are passed over.

    Hidden files in folders are passed over. Standard input is JSON lines where it begins with ``{``, a web page where
    it begins like one, else one text. An article that was read before (same text, and no id of its own that differs) is
    left out and told; another text under an id that was read before gets ``-2``, ``-3`` ... behind its id, and is told.
    Raises ``InputError`` for a bad ``published``, nothing else.

    >>> [str(problem) for problem in read_inputs(["nowhere.txt"])]
    ['nowhere.txt: there is no such file or folder; check the path']
    """
    given = Given(day(published), title, source, url)
    return _once(inputs, given, _Web(fetcher, Pace(), visited) if fetcher else None)


@dataclass(frozen=True, slots=True)
class _Web:
    """What may be fetched with, and how fast; one for all inputs, so that no host is asked faster by being given twice."""

    fetcher: Fetcher
    pace: Pace
    visited: Visited | None


def _once(inputs: Sequence[str], given: Given, web: _Web | None) -> Iterator[Article | Problem]:
    seen = _Seen()
    for name in inputs:
        for where, found in _read(name, given, web):
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


def _read(name: str, given: Given, web: _Web | None) -> Iterator[tuple[str, Article | Problem]]:
    if name == "-":
        data = sys.stdin.buffer.read(FILE_CAP + 1)
        ending = ".jsonl" if data.lstrip()[:1] == b"{" else ".html" if _PAGE.match(data[:1000]) else ".txt"
        for found in read_stream(f"standard input{ending}", io.BytesIO(data), given):
            yield "standard input", _renamed(found, f"standard input{ending}", "standard input")
        return
    path = Path(name)
    if path.is_dir():
        yield from _read_folder(path, given, web)
    elif path.is_file():
        yield from _read_file(path, given, web)
    elif _ADDRESS.match(name) or _PORTAL.match(name):
        yield from _read_web(name, given, web)
    elif path.exists():
        yield name, Problem(name, "this is not a plain file", "pass its content through standard input and give -")
    else:
        yield name, Problem(name, "there is no such file or folder", "check the path")


def _read_web(name: str, given: Given, web: _Web | None) -> Iterator[tuple[str, Article | Problem]]:
    if web is None:
        yield name, Problem(name, "addresses are not fetched", SAVE_PAGE)
        return
    portal = _PORTAL.match(name)
    items = read_portal(name, web.fetcher, web.pace) if portal else read_address(name, web.fetcher, given, web.pace, web.visited)
    for found in items:
        yield (found.url or name) if isinstance(found, Article) else name, found


def _renamed(found: Article | Problem, old: str, new: str) -> Article | Problem:
    return replace(found, where=found.where.replace(old, new)) if isinstance(found, Problem) else found


def _read_folder(folder: Path, given: Given, web: _Web | None) -> Iterator[tuple[str, Article | Problem]]:
    refused: list[OSError] = []
    count = 0
    for parent, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            count += 1
            yield from _read_file(Path(parent, name), given, web)
    for error in refused:
        where = str(error.filename or folder)
        yield where, Problem(where, f"the folder cannot be opened ({error.strerror})", "check its permissions")
    if not count and not refused:
        yield str(folder), Problem(str(folder), "the folder holds no files", "check the path")


def _read_file(path: Path, given: Given, web: _Web | None) -> Iterator[tuple[str, Article | Problem]]:
    where = str(path)
    try:
        with path.open("rb") as stream:
            if (links := _links(where, stream, web)) is not None:
                yield from _read_links(where, links, given, web)
                return
            for found in read_stream(where, stream, given):
                yield where, found
    except OSError as error:
        yield where, Problem(where, f"the file cannot be read ({error.strerror or error})", "check its permissions")


def _links(where: str, stream: IO[bytes], web: _Web | None) -> Iterator[FeedLink | Problem] | None:
    """The addresses in a file that holds a list of them; None for any other file, which then stands at its beginning."""
    if where.lower().endswith(".opml"):
        return read_opml(where, stream.read(LIST_CAP + 1))
    if web is None or not where.lower().endswith(".txt"):
        return None
    data = stream.read(LIST_CAP + 1)
    stream.seek(0)
    return read_list(where, data) if is_address_list(data) else None


def _read_links(where: str, links: Iterator[FeedLink | Problem], given: Given, web: _Web | None) -> Iterator[tuple[str, Article | Problem]]:
    if web is None:
        yield where, Problem(where, "addresses are not fetched", "save the pages as .html and read those files")
        return
    for link in links:
        if isinstance(link, Problem):
            yield where, link
        else:
            yield from _read_web(link.url, replace(given, source=given.source or link.title), web)
