"""One feed in, its entries out as JSON: run by ``feeds.py`` in a process of its own, which can be ended at any time.

Run as a file, so it imports nothing of the tracker. Standard input is a line of JSON (``address``, ``charset``,
``entries``) and then the feed's bytes; standard output one object: ``version``, ``title``, ``count``, ``entries``.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

MEMORY = 1_500_000_000
#: Characters of one entry's text, and of all of them: entities can make much of little.
TEXT_CAP = 300_000
TOTAL_CAP = 20_000_000


def main() -> None:
    """Reads standard input to its end and writes the answer."""
    _limit_memory()
    asked = json.loads(sys.stdin.buffer.readline())
    answer = entries_of(sys.stdin.buffer.read(), asked["address"], asked["charset"], asked["entries"])
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the limits of size and time hold there all the same
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def entries_of(data: bytes, address: str, charset: str, most: int) -> dict[str, Any]:
    """What ``feedparser`` finds in ``data``: ``version`` is empty where it is no feed.

    >>> entries_of(b"<rss version='2.0'><channel><title>Gao</title></channel></rss>", "http://news.example/", "", 9)
    {'version': 'rss20', 'title': 'Gao', 'count': 0, 'entries': []}
    """
    import feedparser

    headers = {"content-location": address}
    if charset:
        headers["content-type"] = f"application/xml; charset={charset}"
    # A stream, never the bytes or a string themselves: those it would try as an address and as a file's name first.
    feed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    entries: list[dict[str, Any]] = []
    room = TOTAL_CAP
    for found in feed.entries[:most]:
        entry = _entry(found, room)
        room = max(0, room - len(entry["summary"]) - len(entry["content"]))
        entries.append(entry)
    return {
        "version": feed.get("version", ""),
        "title": str(feed.feed.get("title", ""))[:2000],
        "count": len(feed.entries),
        "entries": entries,
    }


def _entry(found: Any, room: int) -> dict[str, Any]:
    cap = min(TEXT_CAP, room)
    contents = [str(part.get("value") or "") for part in found.get("content", ())]
    parsed = found.get("published_parsed") or found.get("updated_parsed")
    return {
        "title": str(found.get("title", ""))[:2000],
        "link": str(found.get("link", ""))[:2000],
        "date": str(found.get("published") or found.get("updated") or "")[:100],
        "day": list(parsed[:3]) if parsed else None,
        "summary": str(found.get("summary", ""))[: cap // 2],
        "content": max(contents, key=len, default="")[: cap // 2],
    }


if __name__ == "__main__":
    main()
