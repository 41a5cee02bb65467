"""Wikipedia's Portal:Current events, day by day: each bullet of a day's page is one short article of that day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import unquote, urljoin, urlsplit

import lxml.etree

from tracker.articles.cleaning import clean_line
from tracker.articles.decoding import decode
from tracker.articles.markup import Element, parsed, words_of
from tracker.articles.problems import InputError, Problem
from tracker.articles.records import article_from_text
from tracker.models import Article

PORTAL = "https://en.wikipedia.org/wiki/Portal:Current_events/"
SOURCE = "Wikipedia Portal:Current events"
MOST_DAYS = 366

# Not strftime: the names of the months there are in the language of the machine.
_MONTHS = "January February March April May June July August September October November December".split()
_DAY_PAGE = re.compile(r"/wiki/Portal:Current_events/(\d{4})_([A-Z][a-z]{2,8})_(\d{1,2})")
_SPEC = re.compile(r"portal:(\S{1,40}?)(?:\.\.(\S{1,40}))?", re.IGNORECASE)
_LISTS = frozenset({"ul", "ol", "dl"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "dt"})
_NOISE = frozenset("reference mw-editsection navbar navbox current-events-navbar current-events-heading toc catlinks noprint".split())
_CONTENTS = ("current-events-content", "description", "mw-parser-output", "mw-body-content")
_WIKIS = ("wikipedia.org", "wikimedia.org", "wiktionary.org", "wikidata.org")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")


def portal_address(day: date) -> str:
    """The address of a day's page.

    >>> portal_address(date(2022, 2, 2))
    'https://en.wikipedia.org/wiki/Portal:Current_events/2022_February_2'
    """
    return f"{PORTAL}{day.year}_{_MONTHS[day.month - 1]}_{day.day}"


def portal_day(address: str) -> date | None:
    """The day whose page stands at an address, on whichever host; None for every other page.

    >>> portal_day("https://en.m.wikipedia.org/wiki/Portal%3ACurrent_events/2022_February_2")
    datetime.date(2022, 2, 2)
    """
    try:
        found = _DAY_PAGE.fullmatch(unquote(urlsplit(address).path))
        return date(int(found[1]), _MONTHS.index(found[2]) + 1, int(found[3])) if found else None
    except ValueError:
        return None


def portal_days(spec: str) -> list[date]:
    """The days that ``portal:2022-02-02`` or ``portal:2022-02-01..2022-02-07`` names, both ends included.

    Raises ``InputError`` for what is no date, a day to come, an end before the start, and more than 366 days.

    >>> [day.day for day in portal_days("portal:2022-02-27..2022-03-01")]
    [27, 28, 1]
    """
    found = _SPEC.fullmatch(spec)
    if found is None:
        raise InputError("no day is named", "write portal:2022-02-02 or portal:2022-02-01..2022-02-07")
    first = _iso(found[1])
    last = _iso(found[2]) if found[2] else first
    if last < first:
        raise InputError(f"{last} lies before {first}", "give the earlier day first")
    if last > date.today():
        raise InputError(f"{last} is still to come", "give days up to today")
    if (last - first).days >= MOST_DAYS:
        raise InputError(f"these are more than {MOST_DAYS} days", "give a year at a time")
    return [first + timedelta(days) for days in range((last - first).days + 1)]


def _iso(text: str) -> date:
    try:
        # The strict form only: fromisoformat takes week dates and dates without dashes as well.
        return date.fromisoformat(text if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else "")
    except ValueError:
        raise InputError(f"{text!r} is not a date", "write it as YYYY-MM-DD, such as 2022-02-02") from None


def read_day(data: bytes, day: date, address: str, charset: str = "") -> Iterator[Article | Problem]:
    """The bullets of a day's page in their order, each an article of that day.

    The text is the bullet's own words with the outlets in brackets behind them, without the bullets nested in it. The
    title is the heading and the topics above it; ``source`` and ``url`` are those of the first outlet it cites, else
    those of the portal. A bullet that only names the topic of those nested in it is no article, just a title.
    Raises ``InputError`` for a page without bullets.
    """
    root = parsed(decode(data, markup=True, charset=charset).text)
    bullets = [] if root is None else [bullet for bullet in _bullets(_content(root)) if bullet.text and not bullet.only_topic]
    if not bullets:
        raise InputError("no events were found on the page", "check the day in a browser, or copy its words into a .txt file")
    for bullet in bullets:
        title = " / ".join(filter(None, (bullet.heading, *bullet.topics)))
        outlet, url = bullet.outlet(address)
        try:
            yield article_from_text(bullet.text, published=day, title=title, source=outlet or SOURCE, url=url or address)
        except InputError as error:
            yield Problem(address, error.reason, error.cure)


@dataclass(slots=True)
class _Bullet:
    """One bullet: its own words, what stands above it, and the links in it as (words, address)."""

    text: str
    heading: str
    topics: tuple[str, ...]
    links: list[tuple[str, str]] = field(default_factory=list)
    nested: bool = False

    @property
    def only_topic(self) -> bool:
        return self.nested and not self.links and not _SENTENCE_END.search(self.text)

    def outlet(self, address: str) -> tuple[str, str]:
        """Name and address of the first outlet cited; no name where the link is a number, or words of the sentence itself."""
        for words, href in self.links:
            name = " ".join(clean_line(words).strip("()[] ").split())
            cited = f"({name}" in self.text and not name.isdecimal()
            return name if cited else "", urljoin(address, href)
        return "", ""


def _content(root: Element) -> Element:
    """The part of a page that holds the events; the whole page where none is marked."""
    for name in _CONTENTS:
        for found in root.iter():
            if name in _classes(found):
                return found
    return root


def _classes(element: Element) -> list[str]:
    return str(element.get("class") or "").split()


def _bullets(content: Element) -> list[_Bullet]:
    found: list[_Bullet] = []
    above: list[_Bullet] = []
    heading, skipped = "", None
    walk = lxml.etree.iterwalk(content, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            if node.tag == "li" and node is not skipped:
                above.pop()
        elif _is_noise(node):
            skipped = node
            walk.skip_subtree()
        elif node.tag == "li":
            topics = (*above[-1].topics, above[-1].text) if above else ()
            if above:
                above[-1].nested = True
            above.append(_Bullet(_line(node), heading, topics))
            found.append(above[-1])
        elif node.tag == "a" and above and _leads_out(node.get("href") or ""):
            above[-1].links.append((words_of(node), node.get("href")))
        elif not above and _is_heading(node):
            heading = _line(node)
    return found


def _line(element: Element) -> str:
    """An element's own words on one line, without the lists nested in it."""
    return " ".join(words_of(element, lambda node: node.tag in _LISTS or _is_noise(node)).split())


def _is_noise(node: Element) -> bool:
    return not _NOISE.isdisjoint(_classes(node))


def _is_heading(node: Element) -> bool:
    if node.tag in _HEADINGS or node.get("role") == "heading":
        return True
    # "Armed conflicts" in bold, alone in its paragraph, is how most days write a heading.
    return node.tag == "p" and len(node) == 1 and node[0].tag == "b" and not (node.text or "").strip() and not (node[0].tail or "").strip()


def _leads_out(href: str) -> bool:
    """Whether a link leads to another site than those of the wikis."""
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "") and bool(host) and not any(host == wiki or host.endswith("." + wiki) for wiki in _WIKIS)
