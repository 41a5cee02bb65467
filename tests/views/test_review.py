"""The tab in which people look at rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tracker import ingestion, pipeline
from tracker.articles import article_from_text
from tracker.store import Store

PAGE = str(Path(__file__).resolve().parents[2] / "dashboard.py")
TEXTS = ["Norway will send 150 soldiers to Mali in June.", "Chad pulled 200 troops out of Mali on Monday."]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.delenv("TRACKER_ROWS", raising=False)
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "tracker.sqlite"))
    opened = Store(tmp_path / "tracker.sqlite")
    track = pipeline.track_articles
    # Unsure of everything, so that every row waits for a look.
    monkeypatch.setattr(pipeline, "track_articles", lambda articles: (frame.assign(confidence=0.3) for frame in track(articles)))
    articles = [article_from_text(text, published="2023-05-02") for text in TEXTS]
    list(ingestion.ingest(opened, articles, opened.begin("add", "x 1")))
    yield opened
    opened.close()


def open_review(name: str = "Ada") -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["tab"] = "Review"
    page.session_state["reviewer"] = name
    page.run()
    assert not page.exception
    return page


def first_line(page: AppTest) -> str:
    return next(item.value for item in page.markdown if "nobody has looked at" in item.value)


def test_the_first_line_says_how_many_nobody_has_looked_at(store: Store) -> None:
    assert first_line(open_review()).startswith("**2** of 2 rows")


def test_a_row_is_accepted_and_the_next_comes_up(store: Store) -> None:
    page = open_review()
    page.button(key="review-accept").click().run()
    assert not page.exception and first_line(page).startswith("**1** of 2 rows")
    [act] = store.acts()
    assert (act.what, act.who) == ("accept", "Ada")
    assert store.read().set_index("count").loc[200, "review"] == "accepted", "the larger one comes first"


def test_a_decision_is_undone_from_where_it_was_made(store: Store) -> None:
    page = open_review()
    page.button(key="review-reject").click().run()
    assert set(store.read()["review"]) == {"", "rejected"}
    page.button(key="review-undo").click().run()
    assert not page.exception and set(store.read()["review"]) == {""}


def test_a_field_is_corrected_through_the_gazetteer(store: Store) -> None:
    page = open_review()
    key = store.read().set_index("count").loc[200, "deployment_id"]
    page.text_input(key=f"field-{key}-origin").set_value("Gao")
    page.button(key="review-save").click().run()
    assert not page.exception
    row = store.read().set_index("count").loc[200]
    assert (row["origin"], row["origin_country"], row["review"]) == ("Gao", "ML", "corrected")


@pytest.mark.parametrize(("field", "value", "words"), [("origin", "Xqzptl", "cannot be placed"), ("count", "many", "no number of persons")])
def test_what_cannot_be_is_a_message(store: Store, field: str, value: str, words: str) -> None:
    page = open_review()
    key = store.read().set_index("count").loc[200, "deployment_id"]
    page.text_input(key=f"field-{key}-{field}").set_value(value)
    page.button(key="review-save").click().run()
    assert not page.exception and words in page.warning[0].value and store.acts() == []


def test_nobody_decides_without_a_name(store: Store) -> None:
    page = open_review(name="")
    page.button(key="review-accept").click().run()
    assert "say who decides" in page.warning[0].value and store.acts() == []


def test_a_row_can_be_asked_for(store: Store) -> None:
    page = open_review()
    key = store.read().set_index("count").loc[150, "deployment_id"]
    page.text_input(key="review-row").set_value(key).run()
    page.button(key="review-accept").click().run()
    assert store.acts()[0].deployment_id == key
    page.text_input(key="review-row").set_value("nothing").run()
    assert not page.exception and "no row nothing" in page.warning[0].value


def test_without_a_store_there_is_nothing_to_review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_ROWS", raising=False)
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "none.sqlite"))
    page = open_review()
    assert "nothing to review yet" in page.info[0].value and not (tmp_path / "none.sqlite").exists()
