"""Corrections pass the gates of an extraction, hang on their rows, and can be followed and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tracker import ingestion, pipeline, review
from tracker.articles import article_from_text
from tracker.corrections import FIELDS, ReviewError, check
from tracker.store import Store, StoreError
from tracker.store.rows import as_rows

TEXT = "Norway will send 150 soldiers to Mali in June, and Chad pulled 200 troops out of Mali on Monday. About 80 of them went to Niger."


@pytest.fixture
def store(tmp_path: Path):
    opened = Store(tmp_path / "tracker.sqlite")
    article = article_from_text(TEXT, published="2023-05-02", source="The Wire")
    list(ingestion.ingest(opened, [article], opened.begin("add", pipeline.EXTRACTOR)))
    yield opened
    opened.close()


def key_of(store: Store, count: int) -> str:
    frame = store.read()
    return str(frame.loc[frame["count"] == count, "deployment_id"].iloc[0])


def row_of(store: Store, key: str) -> dict:
    return as_rows(store.read(ids=[key]))[0]


def test_a_place_is_corrected_by_its_name(store):
    key = key_of(store, 150)
    review.correct(store, key, {"destination": "Gao"}, "Ada", "the release names the town")
    row = row_of(store, key)
    assert (row["destination"], row["destination_country"], row["destination_precision"]) == ("Gao", "ML", "city")
    assert row["destination_lat"] == pytest.approx(16.27, abs=0.1) and row["destination_text"] == "Mali"
    assert (row["review"], row["reviewed_by"]) == ("corrected", "Ada")


def test_a_place_is_corrected_by_its_point_or_taken_away(store):
    key = key_of(store, 150)
    review.correct(store, key, {"destination": "16.3, -0.1"}, "Ada")
    row = row_of(store, key)
    assert (row["destination_lat"], row["destination_lon"], row["destination_precision"]) == (16.3, -0.1, "site")
    review.correct(store, key, {"destination": ""}, "Ada")
    row = row_of(store, key)
    assert row["destination"] == "" and row["destination_lat"] is None and row["destination_country"] == ""


def test_further_places_are_named_one_after_the_other(store):
    key = key_of(store, 150)
    review.correct(store, key, {"destinations_more": "Niger; Chad"}, "Ada")
    listed = json.loads(row_of(store, key)["destinations_more"])
    assert [(place["name"], place["country"]) for place in listed] == [("Niger", "NE"), ("Chad", "TD")] and listed[0]["lat"]
    with pytest.raises(ReviewError, match="cannot be placed"):
        review.correct(store, key, {"destinations_more": "Niger; Xqzptl"}, "Ada")
    review.correct(store, key, {"destinations_more": ""}, "Ada")
    assert row_of(store, key)["destinations_more"] == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"count": "many"}, "no number of persons"),
        ({"count": "0"}, "no number of persons"),
        ({"count": "99999999999999999999"}, "no number of persons"),
        ({"count": ""}, "no number of persons"),
        ({"count_low": "500", "count_high": "200"}, "more than count_high"),
        ({"kind": "invade"}, "none of deploy, withdraw"),
        ({"status": "sure"}, "none of possible, planned"),
        ({"starts": "June"}, "no date"),
        ({"starts": "2023-06-30", "ends": "2023-06-01"}, "lies after"),
        ({"approximate": "maybe"}, "neither yes nor no"),
        ({"destination": "Xqzptl"}, "cannot be placed"),
        ({"destination": "0, 0"}, "no point that anybody means"),
        ({"destination": "95, 10"}, "no point that anybody means"),
        ({"part_of": "nothing"}, "no other row of the same article"),
        ({"quote": "5 soldiers"}, "cannot be corrected"),
        ({"counted_persons": "9"}, "cannot be corrected"),
        ({"status": ""}, "needs one"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(store, fields, words):
    before = store.read()
    with pytest.raises(ReviewError, match=words):
        review.correct(store, key_of(store, 150), fields, "Ada")
    pd.testing.assert_frame_equal(store.read(), before)
    assert store.acts() == []


def test_nobody_decides_without_a_name(store):
    with pytest.raises(ReviewError, match="say who decides"):
        review.accept(store, key_of(store, 150), "  ")


def test_a_number_takes_its_bounds_along_and_counts_anew(store):
    key = key_of(store, 150)
    review.correct(store, key, {"count": "1,200"}, "Ada")
    row = row_of(store, key)
    assert (row["count"], row["count_low"], row["count_high"], row["counted_persons"]) == (1200, 1200, 1200, 1200)


def test_who_is_present_has_no_status(store):
    key = key_of(store, 150)
    review.correct(store, key, {"kind": "presence"}, "Ada")
    assert (row_of(store, key)["status"], row_of(store, key)["counted_persons"]) == ("", 0)
    with pytest.raises(ReviewError, match="has none"):
        review.correct(store, key, {"status": "planned"}, "Ada")
    with pytest.raises(ReviewError, match="needs one"):
        review.correct(store, key, {"kind": "deploy"}, "Ada")
    review.correct(store, key, {"kind": "deploy", "status": "completed"}, "Ada")
    assert row_of(store, key)["counted_persons"] == 150


def test_a_whole_is_no_part_of_its_part(store):
    whole, part = key_of(store, 200), key_of(store, 80)
    review.correct(store, whole, {"part_of": ""}, "Ada") if row_of(store, whole)["part_of"] else None
    if row_of(store, part)["part_of"] != whole:
        review.correct(store, part, {"part_of": whole}, "Ada")
    with pytest.raises(ReviewError, match="itself a part"):
        review.correct(store, whole, {"part_of": part}, "Ada")


@pytest.mark.parametrize(
    ("said", "actor", "name"),
    [("France", "FR", "France"), ("FR", "FR", "France"), ("United Nations", "UN", "UN"), ("Wolf Brigade", "Wolf Brigade", "Wolf Brigade")],
)
def test_a_force_is_named_by_country_code_or_own_name(store, said, actor, name):
    key = key_of(store, 150)
    review.correct(store, key, {"actor": said}, "Ada")
    assert (row_of(store, key)["actor"], row_of(store, key)["actor_name"]) == (actor, name)


def test_every_field_has_a_column():
    row = dict.fromkeys(pipeline.table.NAMES, "")
    for field in FIELDS:
        assert field in row


def test_the_history_tells_who_said_what_when(store):
    key = key_of(store, 150)
    review.correct(store, key, {"status": "denied"}, "Ada", "the ministry denies it")
    act = review.accept(store, key, "Ben")
    review.undo(store, act.number, "Ada", "too soon")
    told = [(line["who"], line["what"], line["field"], line["old"], line["new"], line["undone"]) for line in review.history(store, key)]
    assert told == [
        ("Ada", "correct", "status", "planned", "denied", False),
        ("Ben", "accept", "review", "corrected", "accepted", True),
        ("Ada", "undo", "review", "accepted", "corrected", False),
    ]


def test_the_queue_begins_with_decisions_that_lost_their_row(store, monkeypatch):
    key, other = key_of(store, 150), key_of(store, 200)
    review.correct(store, key, {"status": "denied"}, "Ada")
    review.accept(store, other, "Ada")
    track = pipeline.track_articles

    def changed(articles):
        for frame in track(articles):
            kept = frame[frame["count"] != 150].reset_index(drop=True)
            yield kept.assign(status="possible")

    monkeypatch.setattr(pipeline, "track_articles", changed)
    told = list(ingestion.refresh(store))
    assert [(len(one.changes.new), len(one.changes.gone), len(one.changes.altered)) for one in told] == [(0, 1, 2)]
    items = review.queue(store)
    assert items[0].act is not None and items[0].deployment_id == key and "lost its row" in items[0].reason
    assert items[1].deployment_id == other and "now read otherwise: status 'possible'" in items[1].reason
    assert row_of(store, other)["status"] == "completed"


def test_a_decision_is_carried_to_the_row_that_stands_there_now(store, monkeypatch):
    key, other = key_of(store, 150), key_of(store, 200)
    act = review.correct(store, key, {"speaker": "the ministry in Oslo"}, "Ada")
    track = pipeline.track_articles
    monkeypatch.setattr(pipeline, "track_articles", lambda a: (f[f["count"] != 150].reset_index(drop=True) for f in track(a)))
    list(ingestion.refresh(store))
    review.carry(store, act.number, other, "Ben")
    assert row_of(store, other)["speaker"] == "the ministry in Oslo" and store.orphans() == []


def test_a_trial_run_changes_nothing(store, monkeypatch):
    before, revision = store.read(), store.revision
    track = pipeline.track_articles
    monkeypatch.setattr(pipeline, "track_articles", lambda a: (f.iloc[:0] for f in track(a)))
    [told] = ingestion.refresh(store, dry_run=True)
    assert len(told.changes.gone) == len(before) and store.revision == revision
    pd.testing.assert_frame_equal(store.read(), before)


def test_an_article_on_which_the_extractor_fails_costs_no_other(tmp_path, monkeypatch):
    store = Store(tmp_path / "other.sqlite")
    texts = ["Norway will send 150 soldiers to Mali.", "Poison", "Chad pulled 200 troops out of Mali."]
    track = pipeline.track_articles

    def failing(articles):
        articles = list(articles)
        if any(article.text == "Poison" for article in articles):
            raise RuntimeError("the parser broke")
        return track(articles)

    monkeypatch.setattr(pipeline, "track_articles", failing)
    events = list(ingestion.ingest(store, [article_from_text(text) for text in texts], store.begin("add", "x 1")))
    kinds = [type(event).__name__ for event in events]
    assert sorted(kinds) == ["Kept", "Kept", "Problem"]
    assert store.count()["articles"] == 2 and "the parser broke" in store.quarantined()["reason"].iloc[0]


def test_an_unknown_row_is_told(store):
    with pytest.raises(StoreError, match="no such row"):
        review.correct(store, "nothing", {"status": "denied"}, "Ada")
    with pytest.raises(StoreError, match="no act 99"):
        review.undo(store, 99, "Ada")


def test_check_gives_only_what_was_asked():
    row = {"published": None, "kind": "deploy", "status": "planned", "starts": None, "ends": None}
    assert check(row, {"status": "Completed "}, {}) == {"status": "completed"}
