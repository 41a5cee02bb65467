"""What is kept comes back as it was, once, and people's acts stand on the rows that they were about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from tests.rows import make_rows
from tracker import pipeline, table
from tracker.articles import Problem, article_from_text
from tracker.store import Store, StoreError


def test_a_table_comes_back_with_every_value_and_type(store, articles):
    frame = make_rows()
    store.add([(articles[0], frame)], store.begin("add", "hand 1"))
    back = store.read().sort_values("deployment_id", ignore_index=True)
    pd.testing.assert_frame_equal(back, table.conform(frame).sort_values("deployment_id", ignore_index=True))


def test_a_text_that_is_there_is_counted_and_kept_once(store, articles, fill):
    fill()
    rows = store.read()
    again = [(replace(article, id="another", url="https://other.example/"), frame) for article, frame in
             zip(articles, pipeline.track_articles(articles), strict=True)]  # fmt: skip
    added = store.add(again, store.begin("add", pipeline.EXTRACTOR))
    assert (added.articles, added.rows, added.known) == (0, 0, {article.digest for article in articles})
    pd.testing.assert_frame_equal(store.read(), rows)
    assert store.knows([article.digest for article in articles]) == {article.digest for article in articles}
    assert store.knows(["nothing"]) == set()


def test_the_same_text_twice_in_one_batch_is_kept_once(store, articles):
    frame = pipeline.track(articles[0])
    added = store.add([(articles[0], frame), (articles[0], frame)], store.begin("add", "x 1"))
    assert (added.articles, added.known, len(store.read())) == (1, {articles[0].digest}, 1)


def test_a_batch_that_fails_leaves_nothing_behind(store, articles):
    good, bad = pipeline.track(articles[0]), pipeline.track(articles[1])
    twice = pd.concat([bad, bad])
    with pytest.raises(StoreError):
        store.add([(articles[0], good), (articles[1], twice)], store.begin("add", "x 1"))
    assert store.count()["articles"] == 0 and store.read().empty


def test_a_window_of_days_asks_for_the_day_of_the_movement_or_of_the_report(store, fill):
    fill()
    everything = store.read()
    june = store.read(date(2023, 6, 1), date(2023, 6, 30))
    assert "Norway" in set(june["actor_name"]) and len(june) < len(everything)
    reported = store.read(date(2023, 5, 2), date(2023, 5, 2), basis="report")
    assert set(reported["actor"]) == {"TD"} and len(reported) == 2
    assert store.read(date(2024, 1, 1)).empty


def test_only_what_changed_is_read_again(store, articles, fill):
    fill()
    before = store.revision
    row = store.read()["deployment_id"].iloc[0]
    assert store.read(changed_after=before).empty
    store.act("accept", row, {}, "Ada")
    changed = store.read(changed_after=before)
    assert row in set(changed["deployment_id"]) and len(changed) < len(store.read())


def test_the_text_behind_a_row_is_at_hand(store, articles, fill):
    fill()
    for row in store.read().itertuples():
        article = store.article_of(row.deployment_id)
        assert article in articles
        assert article.text[row.quote_start : row.quote_end] == row.quote
    assert store.article_of("no such row") is None
    assert [article for batch in store.articles(2) for _, article in batch] == articles


def test_a_text_that_nearly_repeats_another_is_told(store):
    words = "The defence ministry in Lisbon said that 180 Portuguese paratroopers would fly to Bangui within two weeks to relieve those"
    first = article_from_text(f"{words} who had been there since the spring. Nobody else is meant to go.", published="2019-03-05")
    second = article_from_text(f"{words} who had been there since last spring. Nobody else is meant to go.", published="2019-03-06")
    other = article_from_text("The defence ministry in Rome said that 90 engineers would go to Beirut.", published="2019-03-06")
    run = store.begin("add", "x 1")
    assert store.add([(first, table.empty()), (other, table.empty())], run).twins == {}
    twins = store.add([(second, table.empty())], run).twins
    assert twins[second.id].article_id == first.id and 0.6 <= twins[second.id].likeness < 1
    told = store.twins()
    assert told[["article_id", "twin_id"]].values.tolist() == [[second.id, first.id]]


def test_what_gave_no_article_is_kept_with_its_reason(store):
    store.quarantine([Problem("a.jsonl", "not valid JSON", "mend the line", line=3), Problem("b.txt", "empty", "leave it out")])
    assert store.quarantined()[["place", "reason", "cure"]].values.tolist() == [
        ["a.jsonl, line 3", "not valid JSON", "mend the line"],
        ["b.txt", "empty", "leave it out"],
    ]


def test_an_address_is_visited_once(store):
    store.visit(["https://a.example/1", "https://a.example/1"])
    store.visit(["https://a.example/1"])
    assert store.visited("https://a.example/1") and not store.visited("https://a.example/2")


# --- acts -----------------------------------------------------------------------------------------------------------


def row_of(store: Store, count: int) -> pd.Series:
    return store.read().set_index("count").loc[count]


def test_a_correction_shows_in_the_row_and_leaves_its_trace(store, fill):
    fill()
    row = row_of(store, 150)
    store.act("correct", row["deployment_id"], {"personnel": "troops"}, "Ada", "the release says troops")
    now = row_of(store, 150)
    assert (now["personnel"], now["review"], now["reviewed_by"]) == ("troops", "corrected", "Ada")
    [act] = store.acts(row["deployment_id"])
    assert act.fields == {"personnel": ("soldiers", "troops")} and act.why == "the release says troops"
    assert store.extracted([row["deployment_id"]])[row["deployment_id"]]["personnel"] == "soldiers"


def test_undoing_brings_back_what_stood_before_and_can_be_undone(store, fill):
    fill()
    before = store.read()
    key = row_of(store, 150)["deployment_id"]
    first = store.act("correct", key, {"status": "denied"}, "Ada")
    assert row_of(store, 150)["counted_persons"] == 0
    undone = store.undo(first.number, "Ben")
    pd.testing.assert_frame_equal(store.read(), before)
    with pytest.raises(StoreError, match="undone before"):
        store.undo(first.number, "Ben")
    store.undo(undone.number, "Ada")
    assert row_of(store, 150)["status"] == "denied"
    assert [act.what for act in store.acts(key)] == ["correct", "undo", "undo"]


def test_a_rejected_part_no_longer_covers_its_whole(store, fill):
    fill()
    canada = store.read().query("actor == 'CA'")
    assert canada["counted_persons"].tolist() == [0, 600, 300]
    store.act("reject", row_of(store, 300)["deployment_id"], {}, "Ada", "said of another year")
    canada = store.read().query("actor == 'CA'")
    assert canada["counted_persons"].tolist() == [300, 600, 0]
    assert canada["review"].tolist() == ["", "", "rejected"]


def test_what_makes_a_row_itself_cannot_be_corrected(store, fill):
    fill()
    key = row_of(store, 150)["deployment_id"]
    for field in ("quote", "deployment_id", "counted_persons", "review"):
        with pytest.raises(StoreError, match="cannot be corrected"):
            store.act("correct", key, {field: "x"}, "Ada")
    with pytest.raises(StoreError, match="no such row"):
        store.act("accept", "nothing", {}, "Ada")
    with pytest.raises(StoreError, match="says so already"):
        store.act("correct", key, {"status": "planned"}, "Ada")
    assert store.acts() == []


# --- read again -----------------------------------------------------------------------------------------------------


def reread(store: Store, change) -> None:
    """Puts new readings in the place of the old ones, as an extractor would that reads some things otherwise."""
    run = store.begin("refresh", "another 2")
    for batch in store.articles():
        for source_id, article in batch:
            store.replace(source_id, change(pipeline.track(article)), run)


def test_a_correction_outlives_a_new_reading_and_the_rest_follows_it(store, fill):
    fill()
    key = row_of(store, 150)["deployment_id"]
    store.act("correct", key, {"status": "denied"}, "Ada")
    reread(store, lambda frame: frame.assign(personnel="servicemen", status="possible"))
    row = row_of(store, 150)
    assert (row["status"], row["personnel"], row["review"]) == ("denied", "servicemen", "corrected")
    assert row_of(store, 200)["status"] == "possible"
    [change] = store.changes(key)
    assert change["what"] == "altered" and change["fields"]["personnel"] == ["soldiers", "servicemen"]


def test_an_accepted_row_stays_as_it_was_accepted(store, fill):
    fill()
    key = row_of(store, 150)["deployment_id"]
    store.act("accept", key, {}, "Ada")
    reread(store, lambda frame: frame.assign(status="possible"))
    row = row_of(store, 150)
    assert (row["status"], row["review"]) == ("planned", "accepted")
    assert store.extracted([key])[key]["status"] == "possible"


def test_a_correction_whose_row_is_gone_is_listed_and_comes_back_with_it(store, fill):
    fill()
    key = row_of(store, 150)["deployment_id"]
    store.act("correct", key, {"status": "denied"}, "Ada")
    assert store.orphans() == []
    reread(store, lambda frame: frame[frame["count"] != 150])
    assert key not in set(store.read()["deployment_id"])
    assert [act.deployment_id for act in store.orphans()] == [key]
    assert store.article_of(key) is not None
    reread(store, lambda frame: frame)
    assert store.orphans() == [] and row_of(store, 150)["status"] == "denied"


def test_a_correction_never_moves_to_another_row_on_the_same_words(store):
    """One number for two places makes two rows on one span; a changed extractor may keep only the second, as the first."""
    article = article_from_text("Kenya moved 400 police officers: one flight went to Haiti, one to Somalia.", published="2024-06-25")
    two = pd.concat([pipeline.track(article).head(1)] * 2, ignore_index=True)
    assert len(two) == 2
    from tracker.models import identify

    start, end = int(two["quote_start"].iloc[0]), int(two["quote_end"].iloc[0])
    two["deployment_id"] = [identify(article.digest, start, end, n) for n in (0, 1)]
    two["destination_text"] = ["Haiti", "Somalia"]
    store.add([(article, two)], store.begin("add", "x 1"))
    first = two["deployment_id"].iloc[0]
    store.act("correct", first, {"speaker": "the police in Nairobi"}, "Ada")
    only = two.tail(1).assign(deployment_id=first)
    reread(store, lambda frame: only)
    assert store.read()["speaker"].tolist() == [""]
    assert [act.deployment_id for act in store.orphans()] == [first]


def test_reading_again_without_a_difference_changes_nothing(store, fill):
    fill()
    before, revision = store.read(), store.revision
    reread(store, lambda frame: frame)
    assert store.revision == revision
    pd.testing.assert_frame_equal(store.read(), before)
    reread(store, lambda frame: frame.assign(extractor="another 2"))
    assert set(store.read()["extractor"]) == {"another 2"} and store.revision == revision


# --- opening --------------------------------------------------------------------------------------------------------


def test_a_store_is_found_again(address, articles):
    first = Store(address)
    first.add([(articles[0], pipeline.track(articles[0]))], first.begin("add", "x 1"))
    first.close()
    second = Store(address)
    assert len(second.read()) == 1
    second.close()


def test_a_newer_store_is_refused_and_left_alone(address):
    opened = Store(address)
    with opened._engine.begin() as connection:
        connection.execute(sa.text("UPDATE meta SET value = 99 WHERE key = 'schema'"))
    opened.close()
    with pytest.raises(StoreError, match=r"newer tracker \(tables of version 99.*update the tracker"):
        Store(address)


def test_a_password_is_never_told():
    with pytest.raises(StoreError) as told:
        Store("postgresql://ada:secret@127.0.0.1:1/none")
    assert "secret" not in str(told.value) and "no server answers" in str(told.value)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://a/b", "mysql is not supported"),
        ("sqlite://", "names no file"),
        ("what://", "is not supported"),
        ("postgresql://b:c@d:port/e", "no address"),
    ],
)
def test_an_address_that_is_none_is_told_with_an_example(address, words):
    with pytest.raises(StoreError, match=words):
        Store(address)


def test_files_that_are_no_store_are_told(tmp_path: Path):
    (tmp_path / "words.sqlite").write_text("not a database at all, " * 50)
    with pytest.raises(StoreError, match="no SQLite database"):
        Store(tmp_path / "words.sqlite")
    other = tmp_path / "other.sqlite"
    with sa.create_engine(f"sqlite:///{other}").begin() as connection:
        connection.execute(sa.text("CREATE TABLE recipes (id INTEGER)"))
    with pytest.raises(StoreError, match="holds something else"):
        Store(other)
    with pytest.raises(StoreError, match="is a folder"):
        Store(tmp_path)


def test_a_window_finds_what_begins_in_it_and_what_goes_on_in_it(store, articles):
    spans = {
        1: ("2023-01-01", "2023-12-31"),
        2: ("2023-06-05", "2023-06-05"),
        3: ("2023-05-31", "2023-06-01"),
        4: ("2023-06-30", "2023-07-04"),
        5: ("2023-05-01", "2023-05-31"),
        6: ("2023-07-01", "2023-07-01"),
        7: (None, "2023-06-09"),
        8: (None, None),
    }
    frame = make_rows().head(len(spans)).assign(count=list(spans), published="2023-06-10")
    frame["starts"], frame["ends"] = [span[0] for span in spans.values()], [span[1] for span in spans.values()]
    store.add([(articles[0], table.conform(frame))], store.begin("add", "hand 1"))
    june = date(2023, 6, 1), date(2023, 6, 30)
    assert sorted(store.read(*june)["count"]) == [1, 2, 3, 4, 7, 8]
    assert sorted(store.read(since=june[0])["count"]) == [1, 2, 3, 4, 6, 7, 8]
    assert sorted(store.read(until=june[1])["count"]) == [1, 2, 3, 4, 5, 7, 8]
    assert len(store.read(*june, basis="report")) == len(spans) and store.read(date(2023, 6, 11), basis="report").empty
