"""Toponyms in their article: the right one of several places, at the right precision, or none."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tracker.geocoding import Gazetteer
from tracker.geodesy import distance_km
from tracker.models import Place, Span, Toponym, Unresolved

GAZETTEER = Gazetteer.default()
CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def marked(text: str) -> tuple[str, Toponym]:
    """The text without its square brackets, and the toponym that they held."""
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    return plain, Toponym(plain[start:end], plain[start:end], Span(start, end))


def find(text: str, *names: str, country: str = "") -> list[Place | Unresolved]:
    toponyms = [Toponym(n, n, Span(text.index(n), text.index(n) + len(n)), country) for n in names]
    return GAZETTEER.resolve(text, toponyms, date(2022, 2, 2), "")


@pytest.mark.parametrize("case", rows("places.csv"), ids=lambda c: c["text"][:45])
def test_places_in_a_sentence(case: dict[str, str]) -> None:
    text, toponym = marked(case["text"])
    [place] = GAZETTEER.resolve(text, [toponym])
    assert isinstance(place, Place), place
    assert place.country == case["country"]
    assert case["precision"] in ("", place.precision)
    assert distance_km(place.lat, place.lon, float(case["lat"]), float(case["lon"])) <= float(case["within_km"])


@pytest.mark.parametrize("case", rows("not_places.csv"), ids=lambda c: c["text"][:45])
def test_people_weapons_months_and_units_are_no_places(case: dict[str, str]) -> None:
    text, toponym = marked(case["text"])
    [answer] = GAZETTEER.resolve(text, [toponym])
    assert isinstance(answer, Unresolved), answer
    assert answer.reason


def test_the_neighbours_decide_between_namesakes() -> None:
    kentucky = find("Rescuers from Louisville and Frankfort drove to Lexington.", "Louisville", "Frankfort", "Lexington")
    assert [isinstance(p, Place) and distance_km(p.lat, p.lon, 38.1, -84.9) < 120 for p in kentucky] == [True, True, True]


def test_one_name_has_one_sense_in_an_article() -> None:
    text = "Tripoli, Lebanon, was quiet. Soldiers came back to Tripoli at night."
    spans = [Span(0, 7), Span(text.rindex("Tripoli"), text.rindex("Tripoli") + 7)]
    first, second = GAZETTEER.resolve(text, [Toponym("Tripoli", "Tripoli", span) for span in spans])
    assert isinstance(first, Place) and isinstance(second, Place)
    assert first.place_id == second.place_id
    assert first.country == "LB"


def test_a_known_country_restricts_the_search() -> None:
    [place] = find("The unit left Tripoli.", "Tripoli", country="LB")
    assert isinstance(place, Place) and place.country == "LB"
    [none] = find("The unit left Vilnius.", "Vilnius", country="PE")
    assert isinstance(none, Unresolved) and "PE" in none.reason


def test_an_implied_end_without_words_is_its_country() -> None:
    [place] = GAZETTEER.resolve("", [Toponym("", "United States", None, "US")])
    assert isinstance(place, Place)
    assert (place.name, place.country, place.precision) == ("United States", "US", "country")
    assert place.radius_km > 1000


def test_a_small_town_needs_ground_in_the_article() -> None:
    [alone] = find("They marched to Naklo.", "Naklo")
    assert isinstance(alone, Unresolved) and "small places" in alone.reason
    [grounded] = find("In Slovenia they marched to Naklo.", "Naklo")
    assert isinstance(grounded, Place) and grounded.country == "SI"


def test_a_slip_of_the_pen_is_flagged() -> None:
    [place] = find("Troops left Samarknad for Tashkent in Uzbekistan.", "Samarknad")
    assert isinstance(place, Place)
    assert (place.name, place.match) == ("Samarkand", "fuzzy")
    assert place.confidence <= 0.5


def test_an_unknown_building_in_a_province_stays_unknown() -> None:
    [answer] = GAZETTEER.resolve("", [Toponym("Camp Zzyzxq in Helmand", "Camp Zzyzxq in Helmand")])
    assert isinstance(answer, Unresolved)


def test_rivals_are_named_for_the_reviewer() -> None:
    [place] = find("He lives in Birmingham.", "Birmingham")
    assert isinstance(place, Place)
    assert 1 <= len(place.alternatives) <= 3
    assert any("United States" in name for name in place.alternatives)
    [plain] = find("He lives in Ouagadougou.", "Ouagadougou")
    assert isinstance(plain, Place) and plain.margin > place.margin and plain.confidence > place.confidence


def test_the_order_of_questions_does_not_change_answers() -> None:
    text = "Soldiers from Tapa and Tartu met others from Rukla in Estonia and Lithuania."
    names = ["Tapa", "Tartu", "Rukla", "Estonia", "Lithuania"]
    forward, backward = find(text, *names), find(text, *reversed(names))
    assert forward == backward[::-1]


def test_capitals_outrank_the_states_of_their_name_only_without_a_noun() -> None:
    for name in ("Kharkiv", "Kandahar", "Aleppo", "Basra", "Gao", "Herat"):
        [city] = find(f"Shells hit {name}.", name)
        [state] = find(f"Shells hit {name} province.", f"{name} province")
        assert isinstance(city, Place) and city.precision == "city", name
        assert isinstance(state, Place) and state.precision == "admin1", name
