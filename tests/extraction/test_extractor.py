"""The order of work as a whole: rows, reasons and offsets for any text."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tracker.extraction.extractor import Extractor
from tracker.models import Article
from tracker.vocabulary import load


@pytest.fixture
def read(extractor):
    return lambda text, published=date(2022, 3, 16): extractor.read(Article(text, published=published))


def only(reading):
    (row,) = reading.deployments
    return row


def test_a_whole_row(read):
    text = "Peru will send about 300 soldiers from Lima to Gao next week, the defence ministry told Reuters."
    row = only(read(text))
    assert (row.actor, row.actor_name, row.kind, row.status, row.personnel) == ("PE", "Peru", "deploy", "planned", "soldiers")
    assert (row.quantity.low, row.quantity.high, row.quantity.approximate) == (300, 300, True)
    assert (row.origin.toponym.name, row.origin.basis, row.destination.toponym.name, row.destination.basis) == (
        "Lima",
        "stated",
        "Gao",
        "stated",
    )
    assert (row.starts, row.ends) == (date(2022, 3, 21), date(2022, 3, 27))
    assert (row.attribution.speaker, row.attribution.via, row.counted_persons) == ("the defence ministry", "Reuters", 300)
    roles = {mark.role: mark.span.of(text) for mark in row.marks}
    assert roles["destination"] == "Gao" and roles["origin"] == "Lima" and roles["actor"] == "Peru" and "300" in roles["number"]


def test_the_home_of_the_sender_is_implied_where_no_origin_is_stated(read):
    row = only(read("Peru sent 300 soldiers to Mali."))
    assert (row.origin.toponym.name, row.origin.toponym.span, row.origin.basis) == ("Peru", None, "implied")


def test_a_withdrawal_goes_home_by_implication(read):
    row = only(read("Peru withdrew 300 soldiers from Mali."))
    assert (row.origin.toponym.name, row.origin.basis, row.destination.toponym.name, row.destination.basis) == (
        "Mali",
        "stated",
        "Peru",
        "implied",
    )


def test_nothing_is_implied_for_an_unknown_force(read):
    row = only(read("Some 300 soldiers arrived in Mali."))
    assert row.actor == "" and row.origin is None


def test_a_transfer_between_two_foreign_states_is_a_redeployment(read):
    row = only(read("Peru shifted 300 soldiers from Mali to Niger."))
    assert (row.kind, row.origin.toponym.name, row.destination.toponym.name) == ("redeploy", "Mali", "Niger")


def test_one_number_for_several_places_is_one_row(read):
    row = only(read("Peru will send 300 soldiers to Mali, Niger and Chad."))
    assert [row.destination.toponym.name, *(end.toponym.name for end in row.destinations_more)] == ["Mali", "Niger", "Chad"]
    assert row.counted_persons == 300


def test_a_name_that_no_gazetteer_holds_is_kept_as_written(read):
    row = only(read("Peru moved 300 soldiers into Neve Sela."))
    assert row.destination.toponym.text == "Neve Sela" and row.destination.toponym.country == ""


@pytest.mark.parametrize(
    "text",
    [
        "Peru bought 300 tanks.",
        "Some 300 soldiers were killed in Mali.",
        "Some 300 soldiers are missing in Mali.",
        "Hundreds of soldiers went to Mali.",
        "A battalion went to Mali.",
        "Peru has an army of 90,000 soldiers.",
        "Peru took in 300 refugees from Mali.",
        "Some 300 soldiers took part in a parade.",
        "Parliament voted 301-177 to send soldiers to Mali.",
        "The remains of 300 soldiers were flown from Mali to Lima.",
    ],
)
def test_what_is_no_movement_makes_no_row_but_a_reason(read, text):
    reading = read(text)
    assert [row for row in reading.deployments if row.counted_persons or row.moves] == []
    assert all(verdict.verdict for verdict in reading.verdicts)


@pytest.mark.parametrize("text", ["Peru sent 0 soldiers to Mali.", "Peru sent 000 soldiers to Mali."])
def test_nobody_makes_no_row(read, text):
    assert read(text).deployments == ()


def test_every_number_gets_a_verdict(read):
    text = "In 1994 it rained for 14 days. Peru sent 300 soldiers and 20 tanks to Mali. Dozens of people waved. Prices rose by 3 percent."
    told = {verdict.span.of(text) for verdict in read(text).verdicts}
    for number in ("1994", "14", "300", "20", "Dozens", "3"):
        assert any(number in words for words in told), number


def test_a_row_names_its_verdict(read):
    reading = read("Peru sent 300 soldiers to Mali.")
    assert [v.deployment_id for v in reading.verdicts if v.deployment_id] == [only(reading).deployment_id]


def test_an_empty_text_gives_an_empty_reading(read):
    for text in ("", " ", "\n\n", "\x00"):
        reading = read(text)
        assert (reading.deployments, reading.toponyms, reading.verdicts) == ((), (), ())


def test_half_a_character_costs_only_itself(read):
    text = "\ud800 Peru sent 300 soldiers to Mali. \udfff"
    row = only(read(text))
    assert row.quote.of(text) == "300 soldiers"


def test_identifiers_are_stable_and_differ(read):
    text = "Peru sent 300 soldiers to Mali and 200 marines to Niger."
    first, second = ([row.deployment_id for row in read(text).deployments] for _ in range(2))
    assert first == second and len(set(first)) == 2
    assert [row.deployment_id for row in read(text, None).deployments] == first


def test_a_reading_does_not_depend_on_the_one_before(read):
    text = "Another 200 will go to Niger."
    alone = read(text).deployments
    read("Peru sent 300 soldiers to Mali.")
    assert read(text).deployments == alone


# -- for every text ---------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "Peru",
        "Mali",
        "the US",
        "us",
        "Lima",
        "Camp Lemonnier",
        "the base",
        "there",
        "sent",
        "will send",
        "withdrew",
        "denied",
        "may",
        "not",
        "from",
        "to",
        "in",
        "300",
        "1 000",
        "2.4 thousand",
        "up to",
        "more than",
        "another",
        "800-strong",
        "9" * 30,
        "soldiers",
        "troops",
        "men",
        "of them",
        "a battalion of",
        "hundreds of",
        "who",
        "which",
        "and",
        ",",
        ".",
        ".\n\n",
        "\n",
        ":",
        ";",
        "“",
        "”",
        "(Reuters) -",
        "said",
        "on Monday",
        "by the end of May",
        "its border with Iraq",
        "including",
        "killed",
        "\x00",
        "\u200b",
        "\u202e",
        "İ",
        "ß",
        "ﬁ",
        "🤔",
        "\u2028",
        "\r",
        "\t",
        "٣٠٠",
        "—",
        "'s",
        "%",
        "$",
        "Gen.",
        "U.S.",
        "voted 3-2",
    ]
)
SENTENCES = st.sampled_from(
    [
        "Peru sent 300 soldiers to Mali.",
        "Another 200 will be flown from the base to Niger.",
        "Some 1 000 troops left Camp Lemonnier for Iraq, the ministry told Reuters.",
        "The US may move 2,000 of its soldiers from Poland to Latvia next week.",
        "Of them, 40 stayed there.",
        "Peru denied that 90 men had crossed its border with Iraq.",
        "It put 800 reservists on alert on Monday.",
        "Kenya, Chad and Niger have 3,000 peacekeepers in Gao, Mali, including 500 police officers.",
    ]
)


@st.composite
def garbled(draw):
    """Sentences that make rows, with pieces and any characters thrown in between and inside."""
    text = draw(st.lists(SENTENCES | PIECES, min_size=1, max_size=6).map(draw(st.sampled_from([" ", "", "\n", "\n\n"])).join))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(PIECES | st.characters(codec="utf-8")) + text[at:]
    return text


TEXTS = garbled() | st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200)

EXTRACTOR = {}


def spans_of(reading):
    """Every span of a reading with the words that it is said to hold (None where none are given)."""
    for row in reading.deployments:
        yield row.quote, None
        yield row.quantity.span, None
        yield row.evidence, None
        yield from ((mark.span, None) for mark in row.marks)
        yield from ((end.toponym.span, end.toponym.text) for end in row.stated_ends if end.toponym.span is not None)
        if row.attribution.span is not None:
            yield row.attribution.span, row.attribution.speaker
    yield from ((toponym.span, toponym.text) for toponym in reading.toponyms if toponym.span is not None)
    yield from ((verdict.span, None) for verdict in reading.verdicts)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(TEXTS)
@example("Peru sent 300 soldiers\nto Mali.\x00 Another 200 İ will be sent from the base to Niger.")
@example("300 soldiers")
@example("soldiers " * 500 + "300")
@example("Peru sent " + "300 soldiers and " * 100 + "40 men to Mali.")
def test_no_text_makes_it_stumble_and_every_span_slices(text):
    from tests.extraction.conftest import Names

    extractor = EXTRACTOR.setdefault("one", Extractor(Names(), load()))
    reading = extractor.read(Article(text, published=date(2022, 3, 16)))
    for span, words in spans_of(reading):
        assert 0 <= span.start < span.end <= len(text)
        assert words is None or span.of(text).strip() == words.strip()
    for row in reading.deployments:
        assert row.evidence.covers(row.quote) and row.quote.overlaps(row.quantity.span)
        assert 0 <= row.counted_persons <= row.quantity.count
    assert len({row.deployment_id for row in reading.deployments}) == len(reading.deployments)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The governor sent 300 national guard troops to Riga on Monday.", "LV"),
        ("Peru sent 300 soldiers to Riga on Monday.", "PE"),
    ],
)
def test_guardsmen_without_an_owner_are_those_of_the_land_they_serve_in(read, text, actor):
    (row,) = read(text).deployments
    assert row.actor == actor
