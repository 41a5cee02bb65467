"""The floor plan from end to end: texts in, the deployment table out."""

from datetime import date

import pytest

from tracker import pipeline, table
from tracker.articles import InputError
from tracker.models import Article, Place

TEXT = "Uruguay will fly 120 soldiers from Montevideo to Goma next week, the navy said."


def test_one_text_gives_a_table_with_every_column_in_order():
    frame = pipeline.track(TEXT, published="2024-02-07", source="Wire", title="Uruguay sends more", url="https://example.org/a")
    assert tuple(frame.columns) == table.NAMES and len(frame) == 1
    row = frame.iloc[0]
    assert (row["actor"], row["count"], row["kind"], row["status"], row["counted_persons"]) == ("UY", 120, "deploy", "planned", 120)
    assert (row["origin_country"], row["destination_country"], row["destination_precision"]) == ("UY", "CD", "city")
    assert abs(row["destination_lat"] + 1.68) < 0.3 and abs(row["destination_lon"] - 29.22) < 0.3
    assert (str(row["starts"].date()), str(row["ends"].date())) == ("2024-02-12", "2024-02-18")
    assert (row["source"], row["title"], row["url"]) == ("Wire", "Uruguay sends more", "https://example.org/a")
    assert TEXT[row["quote_start"] : row["quote_end"]] == row["quote"] and row["extractor"] == pipeline.EXTRACTOR


def test_dtypes_do_not_depend_on_what_was_found():
    full, nothing = pipeline.track(TEXT), pipeline.track("It rained.")
    assert len(nothing) == 0 and (full.dtypes == nothing.dtypes).all()
    assert len(pipeline.track([])) == 0


def test_a_date_may_be_a_date_or_a_text():
    assert pipeline.track(TEXT, published="2024-02-07").equals(pipeline.track(TEXT, published=date(2024, 2, 7)))


def test_without_a_date_next_week_is_not_resolved():
    row = pipeline.track(TEXT).iloc[0]
    assert row[["published", "starts", "ends"]].isna().all()


def test_several_articles_keep_their_order_and_their_names():
    articles = [
        Article("Togo sent 300 soldiers to Mali.", id="b"),
        Article("It rained.", id="c"),
        Article("Peru sent 40 soldiers to Haiti.", id="a"),
    ]
    frame = pipeline.track(articles)
    assert frame["article_id"].tolist() == ["b", "a"] and frame["actor"].tolist() == ["TG", "PE"]
    parts = list(pipeline.track_articles(articles))
    assert [len(part) for part in parts] == [1, 0, 1]


def test_texts_and_articles_may_be_mixed():
    frame = pipeline.track(["Togo sent 300 soldiers to Mali.", Article("Peru sent 40 soldiers to Haiti.", id="a")])
    assert len(frame) == 2 and frame["article_id"].iloc[0] and frame["article_id"].iloc[1] == "a"


def test_one_article_read_twice_gives_the_same_rows():
    assert pipeline.track(TEXT).equals(pipeline.track(TEXT))


@pytest.mark.parametrize("text", ["", "   \n"])
def test_a_text_that_is_empty_is_refused_with_a_message(text):
    with pytest.raises(InputError):
        pipeline.track(text)


def test_places_are_found_once_for_the_whole_article():
    reading = pipeline.read(Article(TEXT))
    answers = pipeline.locate(reading)
    assert {end.toponym for row in reading.deployments for end in row.stated_ends} <= set(answers)
    assert all(isinstance(answer, Place) for answer in answers.values())


def test_a_place_that_no_gazetteer_holds_has_no_coordinates():
    row = pipeline.track("Peru moved 300 soldiers into Xyzzyxville on Monday.").iloc[0]
    assert row["destination"] == "Xyzzyxville" and row[["destination_lat", "destination_lon"]].isna().all()


def test_the_samples_of_the_project_give_rows():
    articles = pipeline.sample_articles()
    frame = pipeline.sample_frame()
    texts = {article.id: article.text for article in articles}
    assert len(frame) > 0 and set(frame["article_id"]) <= set(texts)
    assert all(texts[row.article_id][row.quote_start : row.quote_end] == row.quote for row in frame.itertuples())
    assert not ((frame["origin_lat"] == 0) & (frame["origin_lon"] == 0)).any()


@pytest.mark.parametrize(
    "text",
    [
        "The UN flew in 500 soldiers from Pakistan.",
        "The navy is bringing 130 officers from Pakistan to help trace the boat.",
    ],
)
def test_nobody_goes_where_he_comes_from(text):
    row = pipeline.track(text, published="2022-03-16").iloc[0]
    assert (row["origin"], row["destination"]) == ("Pakistan", "")
