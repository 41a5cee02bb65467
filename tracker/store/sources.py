"""The texts in the store: each once, by the hash of its words, and never altered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.articles.likeness import NEARLY, compare, sketch
from tracker.models import Article
from tracker.store.rows import MOST_VALUES, now
from tracker.store.schema import SKETCH, SOURCE

#: How many texts are compared word by word before one is kept: more share a key only where a phrase is on every page.
_MOST_COMPARED = 20


@dataclass(frozen=True, slots=True)
class Twin:
    """Another text in the store that is nearly the same, and how much of the wording they share (0 to 1)."""

    source_id: int
    article_id: str
    likeness: float


def known(connection: Connection, digests: Iterable[str]) -> set[str]:
    """Those of the hashes whose text is in the store."""
    wanted = list(dict.fromkeys(digests))
    found: set[str] = set()
    for at in range(0, len(wanted), MOST_VALUES):
        found.update(connection.execute(sa.select(SOURCE.c.digest).where(SOURCE.c.digest.in_(wanted[at : at + MOST_VALUES]))).scalars())
    return found


def digest_of(connection: Connection, source_id: int) -> str:
    """The hash of the text with this number."""
    return str(connection.execute(sa.select(SOURCE.c.digest).where(SOURCE.c.id == source_id)).scalar_one())


def insert(connection: Connection, article: Article) -> tuple[int, Twin | None]:
    """Keeps a text that is not in the store yet; gives its number, and the text that it nearly repeats."""
    keys = sketch(article.text)
    twin = _find_twin(connection, article, keys)
    line = {
        "digest": article.digest,
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "fetched_at": now(),
        "body": article.text,
        "twin_id": twin.source_id if twin else None,
        "likeness": twin.likeness if twin else None,
    }
    inserted = connection.execute(SOURCE.insert().returning(SOURCE.c.id), line)
    source_id = int(inserted.scalar_one())
    if keys:
        connection.execute(SKETCH.insert(), [{"key": key, "source_id": source_id} for key in keys])
    return source_id, twin


def _find_twin(connection: Connection, article: Article, keys: Sequence[int]) -> Twin | None:
    if not keys:
        return None
    shared = sa.func.count().label("shared")
    near = (
        sa.select(SKETCH.c.source_id, shared).where(SKETCH.c.key.in_(keys)).group_by(SKETCH.c.source_id)
        .order_by(shared.desc(), SKETCH.c.source_id).limit(_MOST_COMPARED)
    )  # fmt: skip
    candidates = [line.source_id for line in connection.execute(near)]
    best: Twin | None = None
    for line in connection.execute(
        sa.select(SOURCE.c.id, SOURCE.c.article_id, SOURCE.c.body).where(SOURCE.c.id.in_(candidates)).order_by(SOURCE.c.id)
    ):
        likeness = compare(article.text, line.body)
        if likeness >= NEARLY and (best is None or likeness > best.likeness):
            best = Twin(line.id, line.article_id, round(likeness, 3))
    return best


def as_article(line: sa.Row[Any]) -> Article:
    """The article of a line of the table of sources."""
    published = date.fromisoformat(line.published) if line.published else None
    return Article(line.body, line.article_id, published, line.source, line.title, line.url)


def after(connection: Connection, source_id: int, most: int) -> Iterator[tuple[int, Article]]:
    """The next texts behind a number, in the order in which they came."""
    for line in connection.execute(sa.select(SOURCE).where(SOURCE.c.id > source_id).order_by(SOURCE.c.id).limit(most)):
        yield line.id, as_article(line)
