"""A web server's answer -> the page it gives, the address it points on to, or why neither can be read. Opens nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.articles.packing import too_large, unpacked
from tracker.articles.problems import CHECK_ADDRESS, SAVE_PAGE, SAVE_TEXT, InputError, passing

_KINDS = {
    "application/pdf": "a PDF",
    "application/zip": "a zip archive",
    "application/gzip": "gzip data",
    "application/msword": "an office document",
    "image": "a picture",
    "video": "a film",
    "audio": "a recording",
}
_TEXTS = re.compile(r"text/.*|application/(xml|xhtml\+xml|rss|atom)|.*\+xml|")
_CHARSET = re.compile(r"charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CURES = {401: SAVE_PAGE, 403: SAVE_PAGE, 404: CHECK_ADDRESS, 410: CHECK_ADDRESS, 451: SAVE_PAGE}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the address at the end of all redirects, the unpacked bytes, and what the server says of them.

    ``content_type`` is in lower case without parameters; it and ``charset`` are empty where the server says nothing.
    """

    url: str
    body: bytes
    content_type: str = ""
    charset: str = ""


def taken(url: str, status: int, headers: Sequence[tuple[bytes, bytes]], chunks: Iterable[bytes], cap: int) -> Fetched | str:
    """What stands at ``url`` by the server's answer, or the address, perhaps a relative one, that it redirects to.

    ``chunks`` are taken only for a text, and only as far as ``cap`` bytes. Raises ``InputError`` for a status other
    than 200, a type that is no text, and a body that is too large or cannot be unpacked.

    >>> taken("http://news.example/", 302, [(b"Location", b"/home")], [], 100)
    '/home'
    >>> taken("http://news.example/", 200, [(b"Content-Type", b"application/pdf")], [], 100)
    Traceback (most recent call last):
    ...
    tracker.articles.problems.InputError: this is a PDF, not text; save its words as plain text (.txt) and read that file
    """
    told = {name.decode("latin-1").lower(): value.decode("utf-8", "replace").strip() for name, value in headers}
    if status in (301, 302, 303, 307, 308) and told.get("location"):
        return told["location"]
    if status != 200:
        raise InputError(f"answers {status}", _CURES[status]) if status in _CURES else passing(f"answers {status}")
    said = told.get("content-type", "")
    kind = said.partition(";")[0].strip().lower()
    if not _TEXTS.fullmatch(kind):
        what = _KINDS.get(kind) or _KINDS.get(kind.partition("/")[0]) or f"of the type {kind[:60]!r}"
        raise InputError(f"this is {what}, not text", SAVE_TEXT)
    length = told.get("content-length", "")
    if length.isdecimal() and len(length) < 20 and int(length) > cap:
        raise too_large(cap)
    body = unpacked(chunks, told.get("content-encoding", "").lower(), cap)
    charset = _CHARSET.search(said)
    return Fetched(url, body, kind, charset[1].lower() if charset else "")
