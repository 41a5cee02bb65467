"""Datelines: what they are, what they are not, and what becomes of the sentence behind them."""

import pytest

from tracker.extraction import datelines
from tracker.geocoding import Gazetteer


@pytest.mark.parametrize(
    ("text", "city", "rest"),
    [
        ("LIMA - The army left.", "LIMA", "The army left."),
        ("PORT MORESBY, Papua New Guinea (AFP) - Forty police left.", "PORT MORESBY", "Forty police left."),
        ("Bamako, May 3 (Reuters) -- The army left.", "Bamako", "The army left."),
        ("Troops leave\n\nLIMA, Peru \u2014 The army left.", "LIMA", "The army left."),
    ],
)
def test_a_city_before_a_dash_is_where_the_report_was_sent_from(text, city, rest):
    found = datelines.find(text, Gazetteer.default())
    assert found is not None
    span, place = found
    assert place.toponym.text == city and text[span.end :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "The army left Lima - at last.",
        "Soldiers - 300 of them - left.",
        "Kabul: three ministers resign.",
        "A-10 - the old aircraft - stays.",
        "Peru sent 300 soldiers to Mali.",
        "",
    ],
)
def test_a_dash_alone_makes_no_dateline(text):
    assert datelines.find(text, Gazetteer.default()) is None


def test_the_dateline_is_no_end_of_its_own_and_here_points_to_it(read_text):
    (row,) = read_text("BANGUI (AFP) - Chad flew 400 soldiers to Bossangoa on Monday.").deployments
    assert row.destination is not None and row.destination.toponym.name == "Bossangoa"
    (row,) = read_text("BANGUI (AFP) - A further 400 Chadian soldiers arrived here on Monday.").deployments
    assert row.destination is not None and row.destination.toponym.name.casefold() == "bangui"
