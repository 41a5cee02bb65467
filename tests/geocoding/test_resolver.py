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


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Okinawa", "JP", 26.5, 128.0),
        ("Basilan", "PH", 6.55, 122.05),
        ("Jolo", "PH", 5.97, 121.15),
        ("Socotra", "YE", 12.5, 53.9),
        ("Guam", "GU", 13.45, 144.8),
        ("Diego Garcia", "IO", -7.3, 72.4),
        ("Masirah Island", "OM", 20.4, 58.8),
        ("Gotland", "SE", 57.5, 18.6),
    ],
)
def test_an_island_is_the_island_and_not_the_town_of_its_name(name: str, country: str, lat: float, lon: float) -> None:
    [place] = find(f"Marines landed on {name} at dawn.", name)
    assert isinstance(place, Place)
    assert place.country == country and place.precision != "city"
    assert place.radius_km >= 10 and distance_km(place.lat, place.lon, lat, lon) <= 40


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("They flew from [London], Ontario.", 43.0, -81.2),
        ("They flew from [London, Ontario].", 43.0, -81.2),
        ("They flew from [Paris], Texas.", 33.7, -95.6),
        ("They flew from [Perth], Scotland.", 56.4, -3.4),
        ("They flew from [Moscow], Idaho.", 46.7, -117.0),
        ("They flew from [Athens], Ga.", 33.9, -83.4),
        ("They flew from [Hyderabad], Pakistan.", 25.4, 68.4),
        ("They flew from [Lebanon], Pennsylvania.", 40.3, -76.4),
        ("They flew from [Columbus], Georgia.", 32.5, -85.0),
    ],
)
def test_what_stands_behind_a_comma_decides_between_namesakes(text: str, lat: float, lon: float) -> None:
    plain, toponym = marked(text)
    [place] = GAZETTEER.resolve(plain, [toponym])
    assert isinstance(place, Place)
    assert distance_km(place.lat, place.lon, lat, lon) <= 25


STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|"
    "Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|"
    "New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|"
    "South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
).split("|")


@pytest.mark.parametrize("state", STATES)
def test_american_states_beat_their_namesakes_in_american_news(state: str) -> None:
    [place] = find(f"200 soldiers of the {state} National Guard left, the U.S. Army said in Texas.", state)
    assert isinstance(place, Place)
    assert (place.country, place.precision) == ("US", "admin1")


def test_north_and_south_carolina_share_a_name_with_towns_abroad() -> None:
    [place] = find("American soldiers from North and South Carolina flew to Kuwait.", "Carolina")
    assert isinstance(place, Place) and place.country == "US"
    [town] = find("The governor of Puerto Rico spoke in Carolina, Puerto Rico.", "Carolina")
    assert isinstance(town, Place) and town.precision != "city" or isinstance(town, Place) and town.country == "PR"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Russia moved 3,000 troops into [Georgia] near Tskhinvali.", "GE"),
        ("[Georgia] will send 200 soldiers to Afghanistan, Tbilisi said.", "GE"),
        ("U.S. Marines trained with NATO in [Georgia] by the Black Sea, the Georgian minister said.", "GE"),
        ("The Pentagon said U.S. National Guard soldiers from [Georgia] flew to Kuwait.", "US"),
        ("They drove from Fort Benning, [Georgia], to Florida.", "US"),
        ("Guardsmen from Alabama, [Georgia] and Florida were called up in the United States.", "US"),
    ],
)
def test_georgia_the_country_and_georgia_the_state(text: str, country: str) -> None:
    plain, toponym = marked(text)
    [place] = GAZETTEER.resolve(plain, [toponym])
    assert isinstance(place, Place) and place.country == country


def test_washington_is_the_capital_unless_its_state_is_said() -> None:
    [capital] = find("Washington will send 3,000 troops to Poland.", "Washington")
    assert isinstance(capital, Place) and capital.precision == "city"
    assert distance_km(capital.lat, capital.lon, 38.9, -77.0) < 15
    [state] = find("They trained in Washington state.", "Washington")
    assert isinstance(state, Place) and state.precision == "admin1"
    assert distance_km(state.lat, state.lon, 47.4, -120.5) < 150


def test_capitals_outrank_the_states_of_their_name_only_without_a_noun() -> None:
    for name in ("Kharkiv", "Kandahar", "Aleppo", "Basra", "Gao", "Herat"):
        [city] = find(f"Shells hit {name}.", name)
        [state] = find(f"Shells hit {name} province.", f"{name} province")
        assert isinstance(city, Place) and city.precision == "city", name
        assert isinstance(state, Place) and state.precision == "admin1", name


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("the Afghan capital", "Kabul"),
        ("capital of Burkina Faso", "Ouagadougou"),
        ("Ukraine's capital", "Kyiv"),
        ("the South African capital", "Pretoria"),
        ("the capital of Kabul", "Kabul"),
    ],
)
def test_the_capital_of_a_country_is_a_city(name: str, city: str) -> None:
    place = GAZETTEER.resolve("", [Toponym(name, name)])[0]
    assert isinstance(place, Place) and (place.name, place.precision) == (city, "city")


def test_an_adjective_of_two_words_says_no_direction() -> None:
    for name in ("South African", "South African coast"):
        place = GAZETTEER.resolve("", [Toponym(name, name)])[0]
        assert isinstance(place, Place) and (place.name, place.precision) == ("South Africa", "country"), name
    part = GAZETTEER.resolve("", [Toponym("x", "capital of northern Iraq")])[0]
    assert not isinstance(part, Place) or part.name != "Baghdad", "part of a country has no capital of the whole"
