"""What "the base", "another 300", "there" and "the troops" stand for: what was said before, through a whole reading."""

import pytest

from tracker.models import Article


@pytest.fixture
def ends(extractor):
    """(quote, origin, basis, destination, basis) of every row of a text."""

    def read(text):
        def end(found):
            return (found.toponym.name, found.basis) if found is not None and found.basis != "implied" else None

        return [(row.quote.of(text), end(row.origin), end(row.destination)) for row in extractor.read(Article(text)).deployments]

    return read


def test_the_base_is_the_last_base(ends):
    text = "Some 300 soldiers will fly from Camp Lemonnier to Mali and another 200 will be sent from the base to Niger."
    assert ends(text)[1] == ("another 200", ("Camp Lemonnier", "coreference"), ("Niger", "stated"))


def test_the_base_may_stand_in_the_sentence_before(ends):
    text = "Some 300 soldiers will fly from Camp Lemonnier to Mali. Another 200 soldiers will be sent from the base to Niger."
    assert ends(text)[1] == ("Another 200 soldiers", ("Camp Lemonnier", "coreference"), ("Niger", "stated"))


def test_there_is_the_place_spoken_of(ends):
    text = "Fighting goes on in Gao. Peru will send 300 soldiers there."
    assert ends(text) == [("300 soldiers", None, ("Gao", "coreference"))]


def test_the_country_is_not_the_sender(ends):
    text = "Mali is at war. Peru will send 300 soldiers to the country."
    assert ends(text) == [("300 soldiers", None, ("Mali", "coreference"))]


def test_a_base_that_nobody_named_stays_unknown(ends):
    (row,) = ends("Peru will send 300 soldiers from the base to Mali.")
    assert row[1] is None and row[2] == ("Mali", "stated")


def test_another_number_takes_the_noun_said_before(ends):
    rows = ends("Peru will send 300 soldiers to Mali. Another 200 will go to Niger.")
    assert [(quote, destination) for quote, _, destination in rows] == [
        ("300 soldiers", ("Mali", "stated")),
        ("Another 200", ("Niger", "stated")),
    ]


def test_nothing_is_remembered_from_article_to_article(ends):
    ends("Some 300 soldiers will fly from Camp Lemonnier to Mali.")
    assert ends("Peru will send 200 soldiers from the base to Niger.")[0][1] is None


def test_words_of_a_later_anaphor_slice(extractor):
    text = "Some 300 soldiers will fly from Camp Lemonnier to Mali and another 200 will be sent from the base to Niger."
    toponym = extractor.read(Article(text)).deployments[1].origin.toponym
    assert toponym.span.of(text) == toponym.text == "the base"


def test_a_region_is_not_the_country_spoken_of_last(ends):
    rows = ends("The talks with Iran failed. Peru will send 300 soldiers to the region.")
    assert rows[0][2] == ("the region", "stated")


def test_the_region_is_no_city_that_shares_its_name_with_a_state(ends):
    text = "Officials in Washington said the army would send 900 soldiers to the region."
    (row,) = ends(text)
    assert row[2] is None or row[2][0] != "Washington"


def test_a_headline_sends_to_border(ends):
    assert ends("Peru to send additional 1,500 troops to border")[0][2] == ("border", "stated")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Mali is at war. Peru will send 300 soldiers to the capital.", "capital of Mali"),
        ("Peru is at war. Peru will send 300 soldiers to the capital.", "capital of Peru"),
        ("Riga is calm. Peru will send 300 soldiers to the capital.", "Riga"),
        ("Gao has fallen to Malian rebels. Mali is at war. Peru will send 300 soldiers to the capital.", "capital of Mali"),
    ],
)
def test_the_capital_is_that_of_the_country_spoken_of(ends, text, place):
    assert [destination and destination[0] for _, _, destination in ends(text)] == [place]
