"""Places as they are written, and names that are no places."""

import pytest

from tracker.extraction import toponyms
from tracker.extraction.roles import slot
from tracker.geocoding import Gazetteer


@pytest.fixture
def places(parsed, names, vocabulary):
    """(words, name for the gazetteer, country) of every place of a one-sentence text; every span slices."""

    def read(text):
        found = toponyms.find(parsed(text), names, vocabulary)
        assert all(m.span.of(text) == m.toponym.text for m in found)
        assert [m.span for m in found] == sorted(m.span for m in found)
        return [(m.toponym.text, m.toponym.name, m.country) for m in found]

    return read


def test_countries_cities_and_bases(places):
    assert places("Peru sent 300 soldiers from Lima to Gao by way of Camp Lemonnier.") == [
        ("Peru", "Peru", "PE"),
        ("Lima", "Lima", ""),
        ("Gao", "Gao", ""),
        ("Camp Lemonnier", "Camp Lemonnier", ""),
    ]


def test_a_country_behind_a_city_qualifies_it(places):
    found = places("The soldiers went to Gao, Mali, on Monday.")
    assert len(found) == 1 and found[0][0].startswith("Gao")


def test_part_of_a_state_is_a_place_of_its_own(places):
    (found,) = places("The soldiers went to northern Iraq.")
    assert found[0] == "northern Iraq" and found[1] == "northern Iraq"


def test_a_border_names_both_sides(places):
    found = [name for _, name, _ in places("Iran moved 900 soldiers to its border with Iraq.")]
    assert any("border" in name and "Iraq" in name for name in found)


def test_a_sea_and_a_region(places):
    assert [words for words, _, _ in places("Ships sailed from the Black Sea to the Sahel.")] in (
        ["Black Sea", "Sahel"],
        ["the Black Sea", "the Sahel"],
    )


@pytest.mark.parametrize("text", ["They told us to wait.", "Nobody asked us about 300 soldiers.", "The mali tree grows."])
def test_a_small_letter_names_no_country(places, text):
    assert places(text) == []


def test_capitals_name_the_country(places):
    assert [country for _, _, country in places("They left the US on Monday.")] == ["US"]


@pytest.mark.parametrize(
    "text", ["Colonel Chad Miller spoke to reporters.", "Gen. Gao Lin spoke to reporters.", "President Peru Jones spoke."]
)
def test_a_person_is_no_place(places, text):
    assert places(text) == []


def test_the_force_is_told_from_the_place_it_goes_to(places):
    assert ("Mali", "Mali", "ML") in places("Some 300 Chadian soldiers went to Mali.")


def test_a_name_that_nobody_knows_stays_itself(parsed, names, vocabulary):
    sentence = parsed("The soldiers moved into Neve Sela.")
    known = toponyms.find(sentence, names, vocabulary)
    verb = next(w for w in sentence.words if w.lemma == "move")
    (mention,) = toponyms.unknown(sentence, verb, known, vocabulary)
    assert mention.toponym.text == "Neve Sela" and mention.country == ""
    assert toponyms.unknown(sentence, None, known, vocabulary) == []


def test_offsets_are_those_of_the_article(names, vocabulary):
    from tracker.extraction import sentences

    text = "It rained.\n\nPeru sent 300 soldiers to Mali."
    spans = sentences.split(text)
    (sentence,) = sentences.parse(text, [(1, spans[1])])
    found = toponyms.find(sentence, names, vocabulary)
    assert [text[m.span.start : m.span.end] for m in found] == ["Peru", "Mali"]


def test_a_border_named_in_a_headline(places):
    assert places("300 Soldiers Massed on Iraq-Iran Border as Talks Begin.") == [("Iraq-Iran Border", "border of Iraq with Iran", "IQ")]


def test_among_capitals_a_town_needs_a_preposition(parsed, vocabulary):
    def of(text):
        found = toponyms.find(parsed(text), Gazetteer.default(), vocabulary)
        return [m.toponym.text for m in found]

    assert "OFFICER" not in of("A SENIOR ARMY OFFICER SENT 300 SOLDIERS TO LIMA.")
    assert "OFFICER" in of("A GENERAL SENT 300 SOLDIERS TO OFFICER, AUSTRALIA.")


def test_close_to_a_place_hangs_on_the_verb(parsed):
    sentence = parsed("Some 300 soldiers massed close to Mali on Sunday.")
    preposition, holder = slot(sentence, next(w for w in sentence.words if w.text == "Mali"))
    assert (preposition, holder.text) == ("near", "massed")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The president sent 750 soldiers to the Lima protests.", "Lima"),
        ("Some 200 troops went to the Gao slums on Friday.", "Gao"),
        ("Guards were posted in Riga subways.", "Riga"),
    ],
)
def test_an_event_or_a_quarter_lies_where_its_name_says(places, text, name):
    assert [found for _, found, _ in places(text)] == [name]


@pytest.mark.parametrize(
    "text",
    ["He asked a Riga court for a stay.", "The Lima mayor protested.", "The Gao government sent 300 soldiers."],
)
def test_who_bears_the_name_of_a_place_is_no_place(places, text):
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mexico sent 700 soldiers to the U.S.-Peru border.", "border of U.S. with Peru"),
        ("They marched to the Iraq-Iran border.", "border of Iraq with Iran"),
        ("They marched to the Latvian–Polish frontier.", "border of Latvian with Polish"),
    ],
)
def test_a_border_of_two_states_joined_by_a_hyphen(places, text, name):
    assert name in [found for _, found, _ in places(text)]


def test_the_capital_of_its_own_name_is_that_city(places):
    assert places("They keep the peace in the Peruvian capital of Lima.") == [("Lima", "Lima", "")]
