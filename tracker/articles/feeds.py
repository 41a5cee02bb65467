"""The bytes of a feed -> its entries: RSS 0.9x to 2.0 and Atom, within limits of size, number, time and memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from tracker.articles.cleaning import clean_line
from tracker.articles.markup import plain
from tracker.articles.problems import InputError

FEED_CAP = 5_000_000
ENTRIES = 1000
FEED_SECONDS = 20.0

_WORKER = Path(__file__).with_name("feed_worker.py")
_ROOT = re.compile(rb"<(?:[a-z]{1,8}:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<(!doctype\s+html|html|body)[\s>]", re.IGNORECASE)
_NO_FEED = InputError("this is no feed", "give the address of an RSS or Atom feed, or of one article")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``url`` is absolute and empty where there is none, ``text`` the longest words that the feed holds for it."""

    title: str = ""
    url: str = ""
    published: date | None = None
    summary: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's name and entries; ``left_out`` counts the entries beyond the limit."""

    title: str
    entries: tuple[Entry, ...]
    left_out: int = 0


def looks_like_feed(data: bytes) -> bool:
    """Whether bytes begin as a feed does, so that they are not taken for a page.

    >>> looks_like_feed(b"<?xml version='1.0'?><rss version='2.0'>"), looks_like_feed(b"<html><p>On <rss >")
    (True, False)
    """
    start = data[:4096].replace(b"\0", b"")
    root, page = _ROOT.search(start), _PAGE.search(start)
    return root is not None and (page is None or root.start() < page.start())


def read_feed(data: bytes, address: str, charset: str = "") -> Feed:
    """The entries of a feed that was fetched from ``address``, in its order; ``charset`` is what the server said.

    Raises ``InputError`` for what is no feed, a feed without entries, more than 5 MB, and one that takes too long.

    >>> data = b"<rss version='2.0'><channel><item><title>120 left Gao</title><link>/a</link></item></channel></rss>"
    >>> [(entry.title, entry.url) for entry in read_feed(data, "https://news.example/feed").entries]
    [('120 left Gao', 'https://news.example/a')]
    """
    if len(data) > FEED_CAP:
        raise InputError(f"a feed larger than {FEED_CAP // 1_000_000} MB", "give a shorter feed, or the addresses of single articles")
    found = _parsed(data, address, charset)
    if not found["version"]:
        raise _NO_FEED
    entries = tuple(_entry(fields, address) for fields in found["entries"])
    if not entries:
        raise InputError("the feed holds no entries", "try again later, or give the addresses of single articles")
    return Feed(clean_line(plain(found["title"])), entries, found["count"] - len(entries))


def _parsed(data: bytes, address: str, charset: str) -> Any:
    """What the worker finds. A process can be ended in the middle of anything, which a thread cannot."""
    asked = json.dumps({"address": address, "charset": charset, "entries": ENTRIES}).encode("ascii")
    # -P keeps this folder off the worker's path, where a file might be taken for a module of Python's own.
    command = [sys.executable, "-P", str(_WORKER)]
    cure = "give the addresses of single articles"
    try:
        done = subprocess.run(command, input=asked + b"\n" + data, capture_output=True, timeout=FEED_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(f"the feed could not be read within {FEED_SECONDS:g} seconds", cure) from None
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise InputError("the feed is too tangled to be read", cure) from None


def _entry(fields: Mapping[str, Any], address: str) -> Entry:
    summary, content = plain(fields["summary"]), plain(fields["content"])
    return Entry(
        title=clean_line(plain(fields["title"])),
        url=_absolute(fields["link"], address),
        published=_day(fields["date"], fields["day"]),
        summary=summary,
        text=max(content, summary, key=len),
    )


def _absolute(link: str, address: str) -> str:
    try:
        url = urljoin(address, link.strip()) if link.strip() else ""
    except ValueError:
        return ""
    return url if url.lower().startswith(("http://", "https://")) else ""


def _day(text: str, parsed: list[int] | None) -> date | None:
    """The day on the writer's own calendar: feedparser's is that of Greenwich, where it may be tomorrow already."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        pass
    try:
        return date(*parsed) if parsed else None
    except (ValueError, TypeError):
        return None
