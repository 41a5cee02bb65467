"""A text with what is known of it becomes one article whose offsets are those of the whole text."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.articles import InputError, article_from_text, clean_text
from tracker.articles.records import Given, article_from_record


def test_the_date_line_gives_the_day_and_stays_in_the_text():
    text = " date 2022-02-02 Headline.\n\n120 soldiers left Gao."
    article = article_from_text(text)
    assert article.published == date(2022, 2, 2)
    assert article.text == text
    assert article.text[text.index("120") :] == "120 soldiers left Gao."


def test_a_given_day_goes_before_the_date_line():
    assert article_from_text("date 2022-02-02 x", published="2021-01-01").published == date(2021, 1, 1)


@pytest.mark.parametrize("text", ["update 2022-02-02 x", "First.\n date 2022-02-02", "date 2022-02-30 x", "date 2022-02-021 x", "dates"])
def test_what_is_no_date_line_gives_no_day(text):
    assert article_from_text(text).published is None


@pytest.mark.parametrize("value", [date(2022, 2, 2), datetime(2022, 2, 2, 23, 59, tzinfo=UTC), "2022-02-02", " 2022-02-02T23:59:59Z "])
def test_a_day_comes_in_many_types(value):
    assert article_from_text("x", published=value).published == date(2022, 2, 2)


@pytest.mark.parametrize("value", ["2 Feb 2022", "2022-02", "2022-02-30", "0", "tomorrow"])
def test_a_bad_day_is_told(value):
    with pytest.raises(InputError, match="is not a date; write it as YYYY-MM-DD"):
        article_from_text("x", published=value)


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b\ufeff", "\0"])
def test_an_empty_text_is_told(text):
    with pytest.raises(InputError, match="the text is empty; give the words"):
        article_from_text(text)


def test_a_text_that_is_not_english_is_told():
    with pytest.raises(InputError, match="seems to be not English; this version reads English"):
        article_from_text("Das Ministerium teilte mit, dass 200 Soldaten nach Mali verlegt werden. " * 6)


def test_an_article_has_the_hash_of_its_text_for_an_id_unless_it_has_its_own():
    assert article_from_text("Same words.").id == article_from_text("Same words.", title="T").id
    assert article_from_text("Same words.", id=" wire\n7 ").id == "wire 7"


@given(st.text(st.characters(), min_size=1))
def test_every_text_is_an_article_or_told(text):
    try:
        assert article_from_text(text).text == clean_text(text)
    except InputError as error:
        assert error.reason in ("the text is empty", "the text seems to be not English; this version reads English")


def test_a_record_says_more_than_what_is_given_for_all():
    given = Given(date(2020, 1, 1), "Title", "Outlet", "https://given.example")
    article, note = article_from_record({"text": "x", "id": 7, "published": "2022-02-02", "source": "Own", "mood": 3}, given)
    assert (article.id, article.published, article.source, article.title) == ("7", date(2022, 2, 2), "Own", "Title")
    assert article.url == "https://given.example" and note == ""


def test_a_record_with_a_bad_day_is_read_all_the_same():
    article, note = article_from_record({"text": "120 soldiers left Gao.", "published": "soon"}, Given())
    assert article.published is None
    assert note == "published: 'soon' is not a date, so the article is read without it"


@pytest.mark.parametrize(("fields", "told"), [({}, 'no field "text"'), ({"text": 5}, "is not a text"), ({"text": None}, "no field")])
def test_a_record_without_words_is_told(fields, told):
    with pytest.raises(InputError, match=told):
        article_from_record(fields, Given())
