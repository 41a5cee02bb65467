"""The gazetteer as a geopy geocoder, and as what extraction knows of names."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from tracker.geocoding import Gazetteer
from tracker.geocoding.index import GazetteerError

GAZETTEER = Gazetteer.default()


def test_it_is_a_geopy_geocoder() -> None:
    assert isinstance(GAZETTEER, Geocoder)
    found = GAZETTEER.geocode("Vilnius")
    assert isinstance(found, Location)
    assert (round(found.latitude), round(found.longitude)) == (55, 25)
    assert found.raw["country"] == "LT"
    listed = GAZETTEER.geocode("Vilnius", exactly_one=False)
    assert isinstance(listed, list) and listed[0].address == "Vilnius, Lithuania"


def test_geopy_gets_none_for_the_unknown() -> None:
    assert GAZETTEER.geocode("Qwrtzuplk") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("US", "US"),
        ("U.S.", "US"),
        ("the United States", "US"),
        ("UK", "GB"),
        ("Burma", "MM"),
        ("Ivory Coast", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("DR Congo", "CD"),
        ("Congo-Kinshasa", "CD"),
        ("Republic of the Congo", "CG"),
        ("South Korea", "KR"),
        ("North Korea", "KP"),
        ("Czechia", "CZ"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Iraq's", "IQ"),
        ("UAE", "AE"),
        ("Kosovo", "XK"),
        ("IRAQ", "IQ"),
        ("us", ""),
        ("Us", ""),
        ("turkey", ""),
        ("Paris", ""),
        ("", ""),
        ("Texas", ""),
    ],
)
def test_country_names(name: str, code: str) -> None:
    assert GAZETTEER.country(name) == code


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Iraq", "country"),
        ("Helmand", "admin1"),
        ("Kharkiv", "city"),
        ("Reading", "city"),
        ("Fort Bragg", "base"),
        ("Eastern Europe", "region"),
        ("the Persian Gulf", "sea"),
        ("Kursk region", "admin1"),
        ("northern Iraq", "region"),
        ("Vaduz", "city"),
        ("Heathrow Airport", "airport"),
    ],
)
def test_kinds_of_names(name: str, kind: str) -> None:
    assert kind in GAZETTEER.kinds(name)


@pytest.mark.parametrize("word", ["us", "reading", "mobile", "nice", "March", "Police", "Monday", "Kirby", "Spanish", "xyzzy", "", "\0"])
def test_words_have_no_kind(word: str) -> None:
    assert GAZETTEER.kinds(word) == frozenset()


@pytest.mark.parametrize(
    ("name", "code"), [("Kyiv", "UA"), ("Kiev", "UA"), ("Washington", "US"), ("Pristina", "XK"), ("Lagos", ""), ("kyiv", "")]
)
def test_capitals(name: str, code: str) -> None:
    assert GAZETTEER.capital_of(name) == code


def test_threads_share_one_gazetteer() -> None:
    names = ["Vilnius", "Mosul", "Gao", "Tapa", "Fort Hood", "Sahel"] * 20
    fresh = Gazetteer()
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(fresh.kinds, names))
    assert found == [GAZETTEER.kinds(name) for name in names]


def test_a_missing_file_says_how_to_get_it(tmp_path: Path) -> None:
    lost = Gazetteer(tmp_path / "nowhere.sqlite")
    with pytest.raises(GazetteerError, match=r"README\.md has the command"):
        lost.kinds("Vilnius")
