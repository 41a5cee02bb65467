"""Borders lie between the states they part, and the article says which one is meant."""

import pytest

from tracker.geocoding import Gazetteer
from tracker.geodesy import distance_km
from tracker.models import Place, Span, Toponym, Unresolved

GAZETTEER = Gazetteer.default()


def border(name: str, text: str = "", country: str = "") -> Place | Unresolved:
    span = Span(text.index(name), text.index(name) + len(name)) if name in text else None
    return GAZETTEER.resolve(text, [Toponym(name, name, span, country)])[0]


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon", "km"),
    [
        ("border of Iran with Iraq", "IR", 33.6, 46.0, 120),
        ("Iran-Iraq border", "IR", 33.6, 46.0, 120),
        ("Iraqi-Iranian border", "IQ", 33.6, 46.0, 120),
        ("Poland's border with Belarus", "PL", 52.8, 23.7, 120),
        ("border between Finland and Russia", "FI", 64.5, 30.0, 150),
        ("Polish-Belarusian frontier", "PL", 52.8, 23.7, 120),
    ],
)
def test_two_states_share_a_middle_point(name: str, country: str, lat: float, lon: float, km: float) -> None:
    place = border(name)
    assert isinstance(place, Place)
    assert (place.precision, place.country) == ("border", country)
    assert distance_km(place.lat, place.lon, lat, lon) < km


def test_the_side_that_is_known_wins_over_the_first_named() -> None:
    place = border("border of Ukraine with Russia", country="RU")
    assert isinstance(place, Place) and place.country == "RU"


def test_one_state_takes_the_neighbour_the_article_speaks_of() -> None:
    text = "Poland watches. Polish guards and Warsaw look at the border of Ukraine."
    place = border("border of Ukraine", text)
    assert isinstance(place, Place) and place.place_id == "border:PL-UA"
    text = "Russia denies it. Russian units near Moscow move to the border of Ukraine."
    place = border("border of Ukraine", text)
    assert isinstance(place, Place) and place.place_id == "border:RU-UA"


def test_a_compass_word_chooses_the_neighbour() -> None:
    south, north = border("southern border of Mexico"), border("northern border of Mexico")
    assert isinstance(south, Place) and isinstance(north, Place)
    assert (south.place_id, north.place_id) == ("border:GT-MX", "border:MX-US")


def test_a_border_without_a_neighbour_is_as_wide_as_the_state() -> None:
    """Nothing says which neighbour: no guess at one, and no dot."""
    place = border("border of Ukraine")
    assert isinstance(place, Place)
    assert (place.precision, place.country, place.place_id) == ("border", "UA", "border:UA")
    assert place.radius_km > 500 and place.confidence < 0.5
    for lat, lon in ((51.0, 24.0), (50.2, 37.6), (45.5, 28.5)):
        assert distance_km(place.lat, place.lon, lat, lon) <= place.radius_km + 60


def test_the_only_neighbour_needs_no_naming() -> None:
    for name, pair in (("border of Portugal", "ES-PT"), ("Denmark's border", "DE-DK"), ("border of Lesotho", "LS-ZA")):
        place = border(name)
        assert isinstance(place, Place) and place.place_id == f"border:{pair}", name
        assert place.confidence > 0.5


def test_a_bare_border_is_that_of_the_country_which_is_known() -> None:
    place = border("the border", "Poland sent 900 soldiers to the border with Belarus, Minsk said.", "PL")
    assert isinstance(place, Place) and (place.place_id, place.country) == ("border:BY-PL", "PL")
    alone = border("the border", "900 soldiers were sent to the border.", "PL")
    assert isinstance(alone, Place) and (alone.place_id, alone.country) == ("border:PL", "PL")
    island = border("the border", "900 soldiers were sent to the border.", "IS")
    assert isinstance(island, Unresolved)


def test_a_crossing_lies_at_the_town_that_it_is_named_for() -> None:
    place = border("the Medyka border crossing", "Soldiers stood at the Medyka border crossing.")
    assert isinstance(place, Place)
    assert place.country == "PL" and distance_km(place.lat, place.lon, 49.8, 22.93) < 15
    assert isinstance(border("the Qwrtz border crossing"), Unresolved)


@pytest.mark.parametrize("name", ["the border", "its border", "border of Iceland", "border of Japan with Peru"])
def test_a_border_of_nobody_is_refused(name: str) -> None:
    answer = border(name)
    assert isinstance(answer, Unresolved) and answer.reason


def test_near_a_country_means_its_border() -> None:
    place = border("near Ukraine", "Russia, says Moscow, keeps troops near Ukraine.")
    assert isinstance(place, Place) and place.precision == "border"
