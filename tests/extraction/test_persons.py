"""Whom a person speaks for: told by the article, or by the register of heads of state and government."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import vocabulary
from tracker.extraction import persons
from tracker.geocoding import Gazetteer

GAZETTEER = Gazetteer.default()
DAY = date(2016, 4, 25)


def sides(text, day=None):
    return dict(persons.spoken_for(text, day, vocabulary.load(), GAZETTEER))


@pytest.mark.parametrize(
    ("text", "surname", "side"),
    [
        ("Ugandan President James Okello pledged 300 troops.", "Okello", "UG"),
        ("The Ugandan president, James Okello, pledged troops.", "Okello", "UG"),
        ("James Okello, the Ugandan president, pledged troops.", "Okello", "UG"),
        ("Uganda's President Okello pledged troops.", "Okello", "UG"),
        ("US Defense Secretary Amy R. Stone signed the order.", "Stone", "US"),
        ("South Korean deputy foreign minister Yun Sang-ho flew home.", "Sang-ho", "KR"),
        ("NATO Secretary General Lars Berg spoke first.", "Berg", "NATO"),
        ("Pentagon spokesman John Q. Marsh declined to say.", "Marsh", "US"),
        ("Gov. Ray Dalton called out the guard.", "Dalton", "US"),
        ("Brazilian President Luiz da Costa said so.", "Costa", "BR"),
    ],
)
def test_a_person_is_brought_in_with_state_and_office(text, surname, side):
    assert sides(text).get(surname) == side


@pytest.mark.parametrize(
    "text",
    [
        "The Ugandan sculptor James Okello opened a gallery.",
        "Ugandan journalist James Okello was hurt.",
        "The UN General Okello hall is closed.",
        "James Okello, who met the Ugandan president, left early.",
        "The Ugandan president met James Okello.",
        "A Ugandan soldier, James Okello, was hurt.",
    ],
)
def test_without_an_office_nobody_speaks_for_a_state(text):
    assert "Okello" not in sides(text)


def test_namesakes_of_two_states_are_left_out():
    text = "Kenyan minister Ann Rono met Ugandan minister Paul Rono."
    assert sides(text) == {"Ann Rono": "KE", "Paul Rono": "UG"}


def test_a_name_that_is_a_state_stays_a_state():
    assert "Chad" not in sides("British minister Charles Chad spoke.")


@pytest.mark.parametrize(
    ("text", "day", "surname", "side"),
    [
        ("President Barack Obama authorized 450 troops.", None, "Obama", "US"),
        ("Obama announces 250 more.", DAY, "Obama", "US"),
        ("Obama announces 250 more.", date(1985, 1, 1), "Obama", None),
        ("Obama announces 250 more.", None, "Obama", None),
        ("The Bush administration sends 45,000.", None, "Bush", "US"),
        ("When Obama sends more, he will say so.", DAY, "Obama", "US"),
        ("Prime Minister Johnson sends 450.", date(2020, 5, 1), "Johnson", "GB"),
        ("President Johnson sends 3,500.", date(1965, 3, 8), "Johnson", "US"),
        ("Magic Johnson plays for soldiers.", date(2020, 5, 1), "Johnson", None),
        ("Johnson sends 450.", None, "Johnson", None),
    ],
)
def test_the_register_knows_who_governs(text, day, surname, side):
    assert sides(text, day).get(surname) == side


def test_what_the_article_says_goes_before_the_register():
    assert sides("Liberian minister Grace Obama pledged 80 troops. Obama left.", DAY)["Obama"] == "LR"


def test_the_register_is_sound():
    for surname, holders in vocabulary.leaders().items():
        for holder in holders:
            assert holder.since <= holder.until, surname
            assert GAZETTEER.country_name(holder.side) or holder.side in {"NATO", "UN", "EU"}, (surname, holder.side)


@given(st.text(alphabet="AbcO. ,'s\u2019-\nkello", max_size=400))
def test_any_text_is_read(text):
    assert all(code for code in sides(text, DAY).values())


def test_the_president_owns_what_he_sends(read_text):
    rows = read_text("Ugandan President James Okello met envoys in Doha. Okello said he would send 300 troops to Haiti.").deployments
    assert [(row.actor, row.origin and row.origin.basis) for row in rows] == [("UG", "implied")]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Defense Secretary sent 900 soldiers to Vilseck.", "US"),
        ("The Philippine Defense Secretary sent 900 soldiers to Jolo.", "PH"),
        ("Estonia's Ministry of Defence sent 300 soldiers to Gao.", "EE"),
    ],
)
def test_an_office_belongs_to_the_state_before_it(read_text, text, side):
    assert [row.actor for row in read_text(text).deployments] == [side]
