"""A new store for each test, once in a file and once on a server."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tracker import pipeline
from tracker.articles import article_from_text
from tracker.models import Article
from tracker.store import Store

SERVER = "TRACKER_TEST_POSTGRES"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that does not exist yet."""
    if request.param == "sqlite":
        yield str(tmp_path / "kept" / "tracker.sqlite")
        return
    server = os.environ.get(SERVER, "")
    if not server:
        message = f"no PostgreSQL for the store's tests: name a server in ${SERVER}, or run them by `.ci/postgres make test`"
        if os.environ.get("CI", "").lower() in {"true", "1"}:
            pytest.fail(message)
        pytest.skip(f"NOT TESTED: {message}")
    name = f"t{uuid.uuid4().hex}"
    main = sa.create_engine(sa.make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with main.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    with main.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    main.dispose()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = Store(address)
    yield opened
    opened.close()


TEXTS = [
    "Norway will send 150 soldiers to Mali in June, the defence ministry in Oslo said.",
    "Chad pulled 200 troops out of Mali on Monday. About 80 of them went to Niger.",
    "Canada will send 900 soldiers to the Baltic states. About 600 of them will fly from Petawawa to Latvia and another 300 to Estonia.",
]


@pytest.fixture
def articles() -> list[Article]:
    return [article_from_text(text, published=f"2023-05-0{n}", source="The Wire") for n, text in enumerate(TEXTS, 1)]


@pytest.fixture
def fill(store: Store, articles: list[Article]) -> Callable[[], None]:
    """Reads the articles and keeps their rows."""

    def keep() -> None:
        run = store.begin("add", pipeline.EXTRACTOR)
        store.add(list(zip(articles, pipeline.track_articles(articles), strict=True)), run)

    return keep
