"""The annotated texts of gold files, for the trainers: each with the article that the tracker reads."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.articles import Problem
from tracker.evaluation import Found, GoldArticle, read_gold
from tracker.models import Article, Place, Toponym


class Text(NamedTuple):
    """A text with its records, the article made of it, and the outlet (the file where none is given)."""

    gold: GoldArticle
    article: Article
    source: str


def read_texts(paths: Sequence[str]) -> list[Text]:
    """All texts of the files that the tracker can read; what is left out is told on the error stream."""
    found = []
    for path in paths:
        for gold in read_gold(path):
            if isinstance(gold, Problem):
                print(gold, file=sys.stderr)
            elif gold.article is not None:
                found.append(Text(gold, gold.article, gold.article.source or str(path)))
    return found


def found_place(toponym: Toponym, answers: Mapping[Toponym, object]) -> Found:
    """A toponym as a row would state its place: resolved, or by its own name."""
    answer = answers.get(toponym)
    if isinstance(answer, Place):
        return Found(answer.name, answer.country, answer.lat, answer.lon, answer.precision)
    return Found(toponym.name, toponym.country, None, None, "")
