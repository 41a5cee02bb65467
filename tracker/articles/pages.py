"""A web page -> its article: the words of the report without menus and advertising, with what the page says of itself."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from tracker.articles.decoding import decode
from tracker.articles.problems import InputError
from tracker.articles.records import Given, article_from_text, day
from tracker.models import Article

PAGE_CAP = 10_000_000


def page_article(data: bytes, given: Given, *, address: str = "", charset: str = "") -> Article:
    """The article of a page's bytes; what is given goes before what the page says.

    ``address`` and ``charset`` are those it was fetched by. Then the article's ``url`` is the address that the page names
    as its own where that is of the same site, else ``address``: no page may pass for another site's.
    Raises ``InputError`` for bytes that are no text and a page without an article.
    """
    # trafilatura gets characters, never bytes or an address: it would unpack without a limit, and fetch by itself.
    import trafilatura

    page = trafilatura.bare_extraction(
        decode(data, markup=True, charset=charset).text,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    found = page if page is None or isinstance(page, dict) else page.as_dict()
    if not found or not str(found.get("text") or "").strip():
        raise InputError("no article was found in the page", "copy its words into a .txt file")
    own = str(found.get("url") or "")
    return article_from_text(
        str(found["text"]),
        published=given.published or day(found.get("date")),
        title=given.title or str(found.get("title") or ""),
        source=given.source or str(found.get("sitename") or ""),
        url=given.url or (canonical(own, address) if address else own),
    )


def canonical(own: str, address: str) -> str:
    """The address that a page names as its own, if it is another spelling of where it was fetched; else ``address``.

    >>> canonical("https://news.example/gao", "https://m.news.example/gao?from=feed")
    'https://news.example/gao'
    >>> canonical("https://other.example/gao", "https://news.example/gao")
    'https://news.example/gao'
    """
    try:
        full = urljoin(address, own)
        parts = urlsplit(full)
        same = parts.scheme in ("http", "https") and _site(parts.hostname) == _site(urlsplit(address).hostname)
    except ValueError:
        return address
    # Careless sites name their front page on every page.
    return full if same and parts.path.strip("/") and "@" not in parts.netloc else address


def _site(host: str | None) -> str:
    name = (host or "").lower().rstrip(".")
    first, _, rest = name.partition(".")
    return rest if first in ("www", "m", "amp", "mobile") and "." in rest else name
