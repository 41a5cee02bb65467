"""Where the page's rows come from: a table that ``TRACKER_ROWS`` names, or else the store, or else the samples."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import streamlit as st

from tracker import pipeline, table
from tracker.explanation import Explained, explain
from tracker.figures.cube import Cube, build_cube
from tracker.models import Article
from tracker.store import DEFAULT, Added, Store, StoreError
from tracker.store import VARIABLE as STORE_VARIABLE
from tracker.store.connection import address_of, tell
from tracker.store.snapshot import catch_up, load

#: Names a CSV written by `tracker.to_csv`, or a Parquet file of the exports, that is shown instead of the store.
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


# --- the store ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Held:
    """The table of a store as the page last read it, for all visitors; while one reads it anew, others see the last."""

    store: Store
    lock: threading.Lock = field(default_factory=threading.Lock)
    frame: pd.DataFrame | None = None
    cube: Cube | None = None
    revision: int = -1
    read_at: float = 0.0
    took: float = 0.0


@st.cache_resource(show_spinner=False, max_entries=4)
def _hold(address: str) -> _Held:
    return _Held(Store(address))


def address_of_store() -> str:
    """What names the store: ``TRACKER_DB``, Streamlit's secrets, or the default place."""
    named = os.environ.get(STORE_VARIABLE, "").strip()
    if not named and st.secrets.load_if_toml_exists():
        named = str(st.secrets.get(STORE_VARIABLE, "")).strip()
    return named or str(DEFAULT)


def where_store_lies() -> str:
    """The path of the store, or its address without the password."""
    return tell(address_of(address_of_store()))


def shown_table() -> str:
    """The path of the table that is shown instead of the store; empty where there is none."""
    return os.environ.get(VARIABLE, "").strip()


def find_store(make: bool = False) -> Store | None:
    """The store; None where the page shows a table of its own, or where there is none yet and it is not to be made.

    Raises ``StoreError`` where it cannot be opened.
    """
    held = _find_held(make)
    return held.store if held else None


def _find_held(make: bool = False) -> _Held | None:
    if shown_table():
        return None
    address = address_of_store()
    if not make and "://" not in address and not Path(address).expanduser().exists():
        return None
    return _hold(address)


def forget_rows() -> None:
    """Says that this visitor has just changed the store and wants to see it at once."""
    st.session_state["store-changed"] = True


def load_cube() -> Cube:
    """The rows that the page shows, as arrays."""
    try:
        held = _find_held()
        if held is not None:
            cube = _read_store(held, bool(st.session_state.pop("store-changed", False)))
            if len(cube) or held.store.count()["articles"]:
                return cube
    except StoreError as error:
        st.error(f"{error}", icon=None)
        return build_cube(table.empty())
    return _load_table()


def _read_store(held: _Held, at_once: bool) -> Cube:
    """The store's table as of now. One that takes long to read is read anew only now and then while others write."""
    if held.cube is not None and not at_once and held.took > 1 and time.monotonic() - held.read_at < 10 * held.took:
        return held.cube
    if held.cube is not None and held.lock.locked() and not at_once:
        return held.cube
    with held.lock:
        revision = held.store.revision
        if held.cube is None or revision != held.revision:
            began = time.monotonic()
            if held.frame is None:
                with st.spinner("Reading the store \u2026"):
                    held.frame, held.revision = load(held.store)
            else:
                held.frame, held.revision = catch_up(held.store, held.frame, held.revision)
            shown = held.frame[held.frame["review"] != "rejected"]
            held.cube = build_cube(shown.reset_index(drop=True) if len(shown) < len(held.frame) else held.frame)
            held.took, held.read_at = time.monotonic() - began, time.monotonic()
        return held.cube


def _load_table() -> Cube:
    path = shown_table()
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


def keep_articles(read: Sequence[tuple[Article, pd.DataFrame]]) -> tuple[Store, Added, bool]:
    """Puts articles with their rows into the store; gives it, what was new and known, and whether they are the first in it."""
    store = find_store(make=True)
    if store is None:
        raise StoreError(f"this page shows the table {shown_table()}; leave {VARIABLE} out to see and fill the store")
    first = not store.count()["articles"]
    added = store.add(read, store.begin("page", pipeline.EXTRACTOR, pipeline.configuration()))
    forget_rows()
    return store, added, first


# --- articles -----------------------------------------------------------------------------------------------------------


@st.cache_data(show_spinner=False)
def _sample_articles() -> dict[str, Article]:
    return {article.id: article for article in pipeline.sample_articles()}


def find_article(article_id: str, evidence: str, deployment_id: str = "") -> Article | None:
    """The text that a row was read from, where this page has it: in the store, or among the samples."""
    try:
        store = find_store()
        article = store.article_of(deployment_id) if store else None
    except StoreError:
        article = None
    article = article or _sample_articles().get(article_id)
    # A table of the user's may use the identifier of a sample for a text of its own.
    return article if article is not None and evidence in article.text else None


@st.cache_data(show_spinner="Reading the article again \u2026", max_entries=200)
def explain_article(article: Article) -> list[Explained]:
    """Every number of an article and what became of it."""
    return explain(pipeline.read(article))
