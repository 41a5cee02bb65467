"""The floor plan of the house: article -> extraction -> places -> table, the calls in order on one screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pandas as pd

from tracker import homes, table
from tracker.articles import Problem, article_from_text, read_inputs
from tracker.extraction.extractor import BATCH, NAME, VERSION, Extractor
from tracker.geocoding import Gazetteer
from tracker.models import Article, Deployment, Place, Reading, Toponym, Unresolved

EXTRACTOR = f"{NAME} {VERSION}"
DATA = Path(__file__).resolve().parent.parent / "data"
SAMPLES = DATA / "samples" / "dispatches.jsonl"


@lru_cache(maxsize=1)
def configuration() -> str:
    """A short hash of all that decides what is read beside the code: the vocabulary and the trained weights."""
    found = hashlib.sha256()
    for path in sorted([*(DATA / "vocabulary").glob("*.csv"), *(DATA / "weights").glob("*.json")]):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """The extractor with the gazetteer's names, one a process."""
    return Extractor(Gazetteer.default())


def read(article: Article) -> Reading:
    """What was read out of one article: deployments, toponyms and the verdict on every number."""
    return extractor().read(article)


def locate(reading: Reading) -> dict[Toponym, Place | Unresolved]:
    """The places of a reading's ends, resolved together with all other toponyms of the article."""
    ends = [end.toponym for row in reading.deployments for end in row.stated_ends]
    toponyms = list(dict.fromkeys([*reading.toponyms, *ends]))
    answers = Gazetteer.default().resolve(reading.article.text, toponyms, reading.article.published, reading.article.source)
    return dict(zip(toponyms, answers, strict=True))


def read_located(article: Article) -> tuple[tuple[Deployment, ...], dict[Toponym, Place | Unresolved]]:
    """The deployments of an article and where their ends lie."""
    return _located(read(article))


def _located(reading: Reading) -> tuple[tuple[Deployment, ...], dict[Toponym, Place | Unresolved]]:
    """The rows of a reading with their places, and no force sent from home to home."""
    answers = locate(reading) if reading.deployments else {}
    return tuple(homes.without_home_moves(row, answers) for row in reading.deployments), answers


def track_articles(articles: Iterable[Article]) -> Iterator[pd.DataFrame]:
    """One table an article, in order; long work can show its progress and stop between two.

    Articles are read in batches, so that the first table comes when the first batch is done.
    """
    nothing = table.empty()
    readings = extractor().read_all(articles)
    while batch := list(islice(readings, BATCH)):
        whole = table.build((_located(r) for r in batch if r.deployments), EXTRACTOR)
        start = 0
        for reading in batch:
            end = start + len(reading.deployments)
            yield whole.iloc[start:end].reset_index(drop=True) if end > start else nothing
            start = end


def track(
    articles: str | Article | Iterable[str | Article],
    *,
    published: date | str | None = None,
    source: str = "",
    title: str = "",
    url: str = "",
) -> pd.DataFrame:
    """The deployment table of one or several texts or articles.

    ``published`` (a date or ISO 8601 text) dates every bare text; "next week" is resolved against it.
    Raises ``tracker.articles.InputError`` for a text that cannot be read.

    >>> frame = track("Chad pulled 200 troops out of Mali on Monday.", published="2021-08-25")
    >>> frame.loc[0, ["actor", "kind", "origin", "quote"]].tolist()
    ['TD', 'withdraw', 'Mali', '200 troops']
    """
    given = [articles] if isinstance(articles, (str, Article)) else articles
    made = (a if isinstance(a, Article) else article_from_text(a, published=published, source=source, title=title, url=url) for a in given)
    return table.build([read_located(article) for article in made], EXTRACTOR)


def sample_articles() -> list[Article]:
    """The dispatches that ship with the project."""
    return [a for a in read_inputs([str(SAMPLES)]) if not isinstance(a, Problem)]


def sample_frame() -> pd.DataFrame:
    """The table of the dispatches that ship with the project, extracted now."""
    return track(sample_articles())
