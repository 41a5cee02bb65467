"""A list of feeds -> their addresses: OPML, as feed readers export it, or plain text with one address a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.etree

from tracker.articles.cleaning import clean_line
from tracker.articles.decoding import decode
from tracker.articles.guard import target_of
from tracker.articles.problems import InputError, Problem

LIST_CAP = 5_000_000
LINKS = 1000

_DECLARATION = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_LINE = re.compile(r"https?://\S+", re.IGNORECASE)
_EXPORT = "export the feeds again from your feed reader"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One address of a list, with the title that the list gives it."""

    url: str
    title: str = ""


def read_opml(name: str, data: bytes) -> Iterator[FeedLink | Problem]:
    """The feeds of an OPML file, however deep they are nested, each address once; what cannot be used is told with its line.

    Declarations (DOCTYPE, entities) are refused, since a small file can grow to gigabytes by them.

    >>> data = b'<opml><body><outline text="Wire" xmlUrl="https://news.example/feed"/></body></opml>'
    >>> list(read_opml("feeds.opml", data))
    [FeedLink(url='https://news.example/feed', title='Wire')]
    """
    try:
        yield from _limited(name, _outlines(name, _root(data)), "there is no feed in it")
    except InputError as error:
        yield Problem(name, error.reason, error.cure)


def _root(data: bytes) -> Any:
    _check_size(data)
    text = decode(data, markup=True).text
    if _DECLARATION.search(text):
        raise InputError("it declares a DOCTYPE or entities, which are not read", "delete those lines")
    # The characters are known by now, so what the file says of its bytes no longer holds.
    source = _XML_HEAD.sub("", text.lstrip("\ufeff")).encode("utf-8", "replace")
    parser = lxml.etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = lxml.etree.fromstring(source, parser)
    except lxml.etree.XMLSyntaxError:
        root = None
    if root is None or lxml.etree.QName(root).localname.lower() != "opml":
        raise InputError("this is no OPML", _EXPORT)
    return root


def _outlines(name: str, root: Any) -> Iterator[FeedLink | Problem]:
    for outline in root.iter("{*}outline", "{*}OUTLINE"):
        fields = {key.lower(): clean_line(value) for key, value in outline.attrib.items()}
        title = fields.get("title") or fields.get("text", "")
        if url := fields.get("xmlurl"):
            yield _checked(name, url, title, outline.sourceline)
        elif fields.get("type", "").lower() in ("rss", "atom"):
            yield Problem(
                name, f"the feed {title[:80]!r} has no address (xmlUrl)", "give its address, or delete the line", outline.sourceline
            )


def is_address_list(data: bytes) -> bool:
    """Whether every line is a web address, empty or a comment (``#``), and one at least an address: no article is so.

    >>> is_address_list(b"# mine\\nhttps://news.example/feed\\n"), is_address_list(b"120 soldiers left Gao.")
    (True, False)
    """
    if len(data) > LIST_CAP:
        return False
    lines = data.decode("utf-8-sig", "replace").splitlines()
    found = False
    for line in lines:
        text = line.strip()
        if _LINE.fullmatch(text):
            found = True
        elif text and not text.startswith("#"):
            return False
    return found


def read_list(name: str, data: bytes) -> Iterator[FeedLink | Problem]:
    """The addresses of a plain list, one a line; empty lines and lines that begin with ``#`` are passed over.

    >>> [str(found) for found in read_list("feeds.txt", b"ftp://news.example/")]
    ['feeds.txt, line 1: only http and https addresses are read; save the page as .html and read that file']
    """
    try:
        _check_size(data)
        lines = decode(data).text.splitlines()
        found = (_checked(name, text, "", n) for n, line in enumerate(lines, 1) if (text := line.strip()) and not text.startswith("#"))
        yield from _limited(name, found, "there is no address in it")
    except InputError as error:
        yield Problem(name, error.reason, error.cure)


def _check_size(data: bytes) -> None:
    if len(data) > LIST_CAP:
        raise InputError(f"larger than {LIST_CAP // 1_000_000} MB", "split it into smaller files")
    if not data.strip():
        raise InputError("the file is empty", "leave it out")


def _checked(name: str, url: str, title: str, line: int) -> FeedLink | Problem:
    try:
        target_of(url)
    except InputError as error:
        return Problem(name, error.reason, error.cure, line)
    return FeedLink(url, title)


def _limited(name: str, found: Iterator[FeedLink | Problem], nothing: str) -> Iterator[FeedLink | Problem]:
    """Each address once, at most 1,000 of them; a list that gives nothing at all is told."""
    seen: set[str] = set()
    empty = True
    for item in found:
        empty = False
        if isinstance(item, Problem):
            yield item
        elif item.url not in seen:
            if len(seen) == LINKS:
                yield Problem(name, f"holds more than {LINKS:,} addresses; the rest is left out", "split it into smaller files")
                return
            seen.add(item.url)
            yield item
    if empty:
        raise InputError(nothing, _EXPORT)
