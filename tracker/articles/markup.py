"""Markup -> the words that a reader would see, for fragments and lists. Whole pages are read in ``pages.py``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import lxml.etree
import lxml.html

#: lxml's elements carry no types of their own.
Element = Any

_BLOCKS = frozenset("p div li ul ol dl dt dd br tr table section article blockquote h1 h2 h3 h4 h5 h6 pre figure".split())
_UNSEEN = frozenset("script style template noscript head title".split())
_BLANKS = re.compile(r"[^\S\n]+")


def parsed(text: str) -> Element | None:
    """The root of a page or fragment; None where there is nothing to parse. Deeper than 256 levels is cut by the parser."""
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None


def _never(element: Element) -> bool:
    return False


def words_of(element: Element, left_out: Callable[[Element], bool] = _never) -> str:
    """The text in ``element`` in the order of reading, a line end between blocks, without elements that ``left_out`` names.

    >>> words_of(parsed("<p>120 <b>soldiers</b><script>x()</script></p><p>left &amp; went</p>"))
    '120 soldiers\\nleft & went'
    """
    parts: list[str] = []
    walk = lxml.etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        inside = node is not element
        if event == "start" and inside and (node.tag in _UNSEEN or left_out(node)):
            walk.skip_subtree()
        elif event == "start":
            parts += ["\n" if node.tag in _BLOCKS else "", node.text or ""]
        elif inside:
            parts += ["\n" if node.tag in _BLOCKS else "", node.tail or ""]
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def plain(text: str) -> str:
    """The words of a text that may hold markup, as the summaries in feeds do.

    >>> plain("<p>Two ships&nbsp;sailed.</p>"), plain("Fewer than 300 < 400")
    ('Two ships sailed.', 'Fewer than 300 < 400')
    """
    if not re.search(r"<[a-zA-Z/!]|&#?\w", text):
        return text.strip()
    root = parsed(text)
    return "" if root is None else words_of(root)
