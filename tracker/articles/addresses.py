"""A web address -> Articles and Problems: an article's page, a feed with all that it links to, or a day of the portal."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlsplit

from tracker.articles.answers import Fetched
from tracker.articles.decoding import decode
from tracker.articles.feeds import ENTRIES, Entry, Feed, looks_like_feed, read_feed
from tracker.articles.fetch import Fetcher
from tracker.articles.pages import page_article
from tracker.articles.portal import portal_address, portal_day, portal_days, read_day
from tracker.articles.problems import InputError, Problem
from tracker.articles.records import Given, article_from_text
from tracker.models import Article

Read = Iterator[Article | Problem]


class Visited(Protocol):
    """Remembers which pages of feeds were read before, so that they are not asked for again."""

    def __contains__(self, url: object, /) -> bool: ...

    def add(self, url: str, /) -> None:
        """Notes a page that was read, or that never will be."""


#: A feed's own text of fewer words is a teaser and no article.
LEAST_WORDS = 60

_OPML = re.compile(rb"<opml[\s>]", re.IGNORECASE)


@dataclass(slots=True)
class Pace:
    """At most one request in ``seconds`` to each host; ``clock`` and ``sleep`` count in seconds.

    >>> slept = []
    >>> pace = Pace(clock=lambda: 5.0, sleep=slept.append)
    >>> for address in ("http://a.example/1", "http://b.example/", "http://a.example/2"): pace.wait(address)
    >>> slept
    [1.0]
    """

    seconds: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    last: dict[str, float] = field(default_factory=dict)

    def wait(self, address: str) -> None:
        """Returns when the host of ``address`` may be asked again."""
        try:
            host = (urlsplit(address).hostname or "").lower()
        except ValueError:
            return  # no host is asked: the address will be refused
        now = self.clock()
        left = self.last.get(host, now - self.seconds) + self.seconds - now
        if left > 0:
            self.sleep(left)
        self.last[host] = now + max(0.0, left)


def read_address(
    address: str, fetcher: Fetcher, given: Given | None = None, pace: Pace | None = None, visited: Visited | None = None
) -> Read:
    """The articles at a web address, one by one as they are fetched; nothing is fetched before it is asked for.

    A page is one article: what is given goes before what the page says. Of a feed every entry's page is fetched, and
    what feed and page say goes before what is given; an entry whose page cannot be read stands with the feed's own
    text, and is told, if that has 60 words; one that was ``visited`` is passed over. A day of Wikipedia's portal gives one
    article a bullet.

    >>> [str(problem) for problem in read_address("http://127.0.0.1/", Fetcher())]
    ['http://127.0.0.1/: the address lies in a private network; save the page as .html and read that file']
    """
    given, pace = given or Given(), pace or Pace()
    try:
        pace.wait(address)
        fetched = fetcher.fetch(address)
        day = portal_day(fetched.url) or portal_day(address)
        if day is not None:
            yield from read_day(fetched.body, day, fetched.url, fetched.charset)
        elif looks_like_feed(fetched.body):
            feed = read_feed(fetched.body, fetched.url, fetched.charset)
            yield from _entries(address, feed, fetcher, given, pace, visited)
        elif _OPML.search(fetched.body[:1000]):
            raise InputError("this is a list of feeds", "save it as .opml and read that file")
        else:
            article = _page(fetched, given)
            yield from _dated(replace(article, source=article.source or _host(article.url)), address)
    except InputError as error:
        yield Problem(address, error.reason, error.cure)


def read_portal(spec: str, fetcher: Fetcher, pace: Pace | None = None) -> Read:
    """The events of the days that ``spec`` names, such as ``portal:2022-02-01..2022-02-07``, as ``portal_days`` reads it."""
    pace = pace or Pace()
    try:
        days = portal_days(spec)
    except InputError as error:
        yield Problem(spec, error.reason, error.cure)
        return
    for day in days:
        yield from read_address(portal_address(day), fetcher, pace=pace)


def _page(fetched: Fetched, given: Given) -> Article:
    """The one article of a page or a plain text."""
    if fetched.content_type == "text/plain":
        text = decode(fetched.body, charset=fetched.charset).text
        return article_from_text(text, published=given.published, title=given.title, source=given.source, url=given.url or fetched.url)
    return page_article(fetched.body, given, address=fetched.url, charset=fetched.charset)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _dated(article: Article, where: str) -> Read:
    yield article
    if article.published is None:
        cure = 'give the day it was published, or dates such as "on Monday" stay unknown'
        yield Problem(where, "the page does not say when it was published", cure, left_out=False)


def _entries(address: str, feed: Feed, fetcher: Fetcher, given: Given, pace: Pace, visited: Visited | None) -> Read:
    for entry in feed.entries:
        if visited is not None and entry.url in visited:
            continue
        where = entry.url or f"{address}, {entry.title[:80]!r}"
        lasting = True
        try:
            yield from _entry(where, entry, feed, fetcher, given, pace)
        except InputError as error:
            lasting = not error.passing
            yield Problem(where, error.reason, error.cure)
        if visited is not None and entry.url and lasting:
            visited.add(entry.url)
    if feed.left_out:
        cure = "give the addresses of those you want"
        yield Problem(address, f"the feed holds more than {ENTRIES:,} entries; {feed.left_out:,} are left out", cure)


def _entry(where: str, entry: Entry, feed: Feed, fetcher: Fetcher, given: Given, pace: Pace) -> Read:
    """An entry's page, else the feed's own text. Raises ``InputError`` where neither can be read."""
    note: Problem | None = None
    try:
        if not entry.url:
            raise InputError("the entry has no address", "look for the report on the site itself")
        pace.wait(entry.url)
        article = _page(fetcher.fetch(entry.url), Given(entry.published, entry.title))
    except InputError as error:
        if len(entry.text.split()) < LEAST_WORDS:
            raise
        article = article_from_text(entry.text, published=entry.published, title=entry.title, url=entry.url)
        note = Problem(where, f"its page was not read ({error.reason}), so the feed's own text stands for it", error.cure, left_out=False)
    yield from _dated(_filled(article, feed, given), where)
    if note:
        yield note


def _filled(article: Article, feed: Feed, given: Given) -> Article:
    """What neither the feed nor the page says, from what was given for the whole input."""
    return replace(
        article,
        published=article.published or given.published,
        source=article.source or given.source or feed.title or _host(article.url),
        title=article.title or given.title,
    )
