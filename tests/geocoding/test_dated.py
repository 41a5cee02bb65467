"""Former names and the day of the article: a post that was renamed and renamed back is one post."""

from datetime import date

import pytest

from tracker.geocoding import Gazetteer
from tracker.geocoding.dated import doubt
from tracker.models import Place, Span, Toponym

GAZETTEER = Gazetteer.default()
RENAMED = [
    ("Fort Liberty", "Fort Bragg"),
    ("Fort Cavazos", "Fort Hood"),
    ("Fort Moore", "Fort Benning"),
    ("Fort Eisenhower", "Fort Gordon"),
    ("Fort Gregg-Adams", "Fort Lee"),
    ("Fort Novosel", "Fort Rucker"),
]


def find(name: str, published: date | None) -> Place:
    text = f"Two battalions left {name} for Poland."
    [place] = GAZETTEER.resolve(text, [Toponym(name, name, Span(20, 20 + len(name)))], published)
    assert isinstance(place, Place), place
    return place


@pytest.mark.parametrize(("former", "name"), RENAMED)
def test_both_names_are_one_post_in_the_years_of_the_former(former: str, name: str) -> None:
    then = date(2024, 5, 1)
    assert find(former, then).place_id == find(name, then).place_id
    assert (find(former, then).match, find(name, then).match) == ("alias", "exact")


def test_a_former_name_is_sure_in_its_time_and_doubtful_long_after_and_long_before() -> None:
    own, after, soon, before = (
        find("Fort Liberty", day) for day in (date(2024, 5, 1), date(2031, 1, 1), date(2025, 9, 1), date(2012, 1, 1))
    )
    assert own.confidence == soon.confidence == find("Fort Liberty", None).confidence
    assert after.confidence < own.confidence and before.confidence < own.confidence
    assert {place.place_id for place in (own, after, soon, before)} == {"base-us-fort-bragg"}


def test_the_name_of_today_is_never_doubted() -> None:
    assert len({find("Fort Bragg", day).confidence for day in (None, date(1999, 1, 1), date(2024, 5, 1), date(2040, 1, 1))}) == 1


@pytest.mark.parametrize(
    ("name", "place", "country", "then", "now"),
    [
        ("Krasnoarmiisk", "Pokrovsk", "UA", date(2014, 9, 1), date(2026, 9, 1)),
        ("Nur-Sultan", "Astana", "KZ", date(2021, 1, 1), date(2030, 1, 1)),
        ("Zaire", "Democratic Republic of the Congo", "CD", date(1996, 1, 1), date(2020, 1, 1)),
        ("Artyomovsk", "Bakhmut", "UA", date(2015, 1, 1), date(2023, 5, 1)),
    ],
)
def test_towns_and_states_were_renamed_too(name: str, place: str, country: str, then: date, now: date) -> None:
    assert (find(name, then).name, find(name, then).country) == (place, country)
    assert find(name, now).name == place
    assert find(name, now).confidence < find(name, then).confidence


def test_a_town_that_was_renamed_leaves_its_old_name_to_the_province_that_keeps_it() -> None:
    then, now = find("Dnipropetrovsk", date(2014, 9, 1)), find("Dnipropetrovsk", date(2026, 9, 1))
    assert (then.name, then.precision, now.precision, now.country) == ("Dnipro", "city", "admin1", "UA")


@pytest.mark.parametrize("cell", ["", "X", "X@", "X@..", "X@soon..never", "X@2023-13-45..", "|||", "X@2023"])
def test_cells_without_dates_doubt_nothing(cell: str) -> None:
    assert doubt(cell, "x", date(2050, 1, 1)) == 0.0


def test_doubt_grows_with_the_years() -> None:
    years = [doubt("X@2010-02..2012", "x", date(year, 6, 1)) for year in (2011, 2013, 2015, 2017, 2030)]
    assert years == sorted(years)
    assert (years[0], years[1], years[-1]) == (0.0, 0.0, 1.0)
