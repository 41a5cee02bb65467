"""Where the page's rows come from: the samples or a table of the user's, and the articles of this session."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import streamlit as st

from tracker import pipeline, table
from tracker.explanation import Explained, explain
from tracker.figures.cube import Cube, build_cube
from tracker.models import Article

#: Names a CSV written by `tracker.to_csv`, or a Parquet file of the exports, that is shown instead of the samples.
VARIABLE = "TRACKER_ROWS"


@st.cache_resource(show_spinner="Reading the sample articles \u2026")
def _read_samples() -> Cube:
    return build_cube(pipeline.sample_frame())


@st.cache_resource(show_spinner="Reading the table \u2026", max_entries=2)
def _read_file(path: str, changed: float) -> Cube:
    if not path.lower().endswith(".parquet"):
        return build_cube(table.read_csv(path))
    raw = pd.read_parquet(path)
    absent = [column for column in ("deployment_id", "count", "kind") if column not in raw.columns]
    if absent:
        raise table.TableError(f"{path}: columns {', '.join(absent)} are missing; this is not a deployment table")
    return build_cube(table.conform(raw))


def load_cube() -> Cube:
    """The samples (or the table that ``TRACKER_ROWS`` names) and what this session has added; each row once."""
    base = _load_base()
    added = list_batches()
    if not added:
        return base
    mark = (id(base), tuple((name, len(frame)) for name, frame in added.items()))
    if st.session_state.get("cube-of") != mark:
        everything = pd.concat([base.frame, *added.values()], ignore_index=True)
        st.session_state["cube"] = build_cube(table.conform(everything.drop_duplicates("deployment_id")))
        st.session_state["cube-of"] = mark
    cube: Cube = st.session_state["cube"]
    return cube


def _load_base() -> Cube:
    path = os.environ.get(VARIABLE, "").strip()
    if not path:
        return _read_samples()
    try:
        return _read_file(path, Path(path).stat().st_mtime)
    except OSError as error:
        reason = f"{VARIABLE} names {path}, which cannot be read ({error.strerror or error})."
        st.error(f"{reason} Name a CSV that `tracker.to_csv` wrote, or leave the variable out.")
    except (ValueError, TypeError) as error:
        # A TableError names the file and the cure; pandas says of a cell that it does not fit its column.
        st.error(str(error) if isinstance(error, table.TableError) else f"{path}: a cell does not fit its column ({error})")
    return build_cube(table.empty())


def list_batches() -> dict[str, pd.DataFrame]:
    """The tables that this session added, by their name. They live in the session alone: no other visitor sees them."""
    batches: dict[str, pd.DataFrame] = st.session_state.setdefault("added", {})
    return batches


def list_articles() -> dict[str, Article]:
    """The articles that this session read, by their identifier."""
    articles: dict[str, Article] = st.session_state.setdefault("articles", {})
    return articles


@st.cache_data(show_spinner=False)
def _sample_articles() -> dict[str, Article]:
    return {article.id: article for article in pipeline.sample_articles()}


def find_article(article_id: str, evidence: str) -> Article | None:
    """The text that a row was read from, where this page has it: a sample, or an article of this session."""
    article = list_articles().get(article_id) or _sample_articles().get(article_id)
    # A table of the user's may use the identifier of a sample for a text of its own.
    return article if article is not None and evidence in article.text else None


@st.cache_data(show_spinner="Reading the article again \u2026", max_entries=200)
def explain_article(article: Article) -> list[Explained]:
    """Every number of an article and what became of it."""
    return explain(pipeline.read(article))
