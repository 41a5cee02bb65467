"""Articles into the store: what is new is read and kept, what is known is counted, what cannot be read is set aside with its reason.

Whatever is told as done is kept: an event comes out only when the store has it. Killed at any moment, a run loses at most what it
had not told yet, and running it again doubles nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from tracker import pipeline
from tracker.articles import Problem
from tracker.models import Article
from tracker.store import Changes, Store
from tracker.store.sources import Twin

#: Articles a transaction, and seconds after which fewer will do: a slow feed's articles need not wait for the rest.
BATCH = 32
PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Kept:
    """An article that is in the store now, with its rows, and the text that it nearly repeats, if any."""

    article: Article
    frame: pd.DataFrame
    twin: Twin | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """An article whose text was in the store before."""

    article: Article


Event = Kept | Known | Problem


def ingest(store: Store, found: Iterable[Article | Problem], run_id: int) -> Iterator[Event]:
    """One event for each thing that came in, when it is safely kept. Raises ``StoreError`` where the store cannot be written.

    A ``Problem`` that left something out is quarantined; one that is only a note is passed on.
    """
    batch: list[Article] = []
    began = time.monotonic()
    for item in found:
        if isinstance(item, Problem):
            if item.left_out and not item.repeat:
                store.quarantine([item])
            yield item
        else:
            began = began if batch else time.monotonic()
            batch.append(item)
        if batch and (len(batch) >= BATCH or time.monotonic() - began > PATIENCE):
            yield from _keep(store, batch, run_id)
            batch = []
    if batch:
        yield from _keep(store, batch, run_id)


def _keep(store: Store, articles: list[Article], run_id: int) -> Iterator[Event]:
    known = store.knows(article.digest for article in articles)
    new: list[Article] = []
    for article in articles:
        if article.digest in known:
            yield Known(article)
            continue
        known.add(article.digest)
        new.append(article)
    fresh, failed = _read(new)
    store.quarantine(failed)
    added = store.add(fresh, run_id)
    for article, frame in fresh:
        # Another writer may have kept the same text a moment ago.
        yield Known(article) if article.digest in added.known else Kept(article, frame, added.twins.get(article.id))
    yield from failed


def _read(articles: list[Article]) -> tuple[list[tuple[Article, pd.DataFrame]], list[Problem]]:
    """The articles with their rows; one on which the extractor fails is told and costs no other."""
    try:
        return list(zip(articles, pipeline.track_articles(articles), strict=True)), []
    except Exception as error:  # noqa: BLE001  whatever breaks on one text must not cost the others
        if len(articles) == 1:
            words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            return [], [Problem(articles[0].title or articles[0].id, f"reading it failed ({words[:200]})", "report it with its text")]
    done, failed = [], []
    for article in articles:
        one, wrong = _read([article])
        done += one
        failed += wrong
    return done, failed


@dataclass(frozen=True, slots=True)
class Reread:
    """An article that was read again, and what changed."""

    article: Article
    changes: Changes


def refresh(store: Store, *, dry_run: bool = False) -> Iterator[Reread | Problem]:
    """Reads every text in the store with the present extractor; people's acts stay. ``dry_run`` only tells what would change."""
    run_id = 0 if dry_run else store.begin("refresh", pipeline.EXTRACTOR, pipeline.configuration())
    put: Callable[[int, pd.DataFrame], Changes] = (
        store.preview if dry_run else lambda source_id, frame: store.replace(source_id, frame, run_id)
    )
    for batch in store.articles():
        numbers = {article.digest: number for number, article in batch}
        read, failed = _read([article for _, article in batch])
        yield from failed
        for article, frame in read:
            yield Reread(article, put(numbers[article.digest], frame))


class Visits:
    """The addresses that a feed's round need not fetch again. ``keep`` writes down the new ones, once their articles are kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._new: list[str] = []

    def __contains__(self, url: object) -> bool:
        return isinstance(url, str) and self._store.visited(url)

    def add(self, url: str) -> None:
        """Notes an address that was fetched."""
        self._new.append(url)

    def keep(self) -> None:
        """Writes down what was noted."""
        self._store.visit(self._new)
        self._new.clear()
