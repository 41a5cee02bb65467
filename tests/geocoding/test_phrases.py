"""The grammar of place phrases, without a gazetteer."""

import pytest

from tracker.geocoding.phrases import Phrase, direction, parse

NAMES = {"Iraq", "West Bank", "Syria", "Kursk", "Kharkiv", "Fort Bragg", "North Carolina", "Aleppo", "Isle of Man", "South Sudan", "Rota"}


def read(text: str) -> Phrase:
    return parse(text, NAMES.__contains__)


@pytest.mark.parametrize(
    ("text", "core", "point"),
    [
        ("northern Iraq", "Iraq", (0, 1)),
        ("the north of Syria", "Syria", (0, 1)),
        ("Syria's north-east", "Syria", (0.75, 0.75)),
        ("south-western Iraq", "Iraq", (-0.75, -0.75)),
        ("central Syria", "Syria", (0, 0)),
        ("the eastern part of Syria", "Syria", (1, 0)),
    ],
)
def test_compass_words_point_from_the_name(text: str, core: str, point: tuple[float, float]) -> None:
    assert (read(text).core, read(text).compass) == (core, point)


@pytest.mark.parametrize("text", ["the West Bank", "South Sudan", "Isle of Man"])
def test_a_known_name_is_never_taken_apart(text: str) -> None:
    assert read(text) == Phrase(text.removeprefix("the "))


@pytest.mark.parametrize(
    ("text", "feature"),
    [("the Kursk region", "admin1"), ("Kursk district", "admin2"), ("the city of Kharkiv", "city"), ("Rota naval base", "base")],
)
def test_nouns_ask_for_a_kind(text: str, feature: str) -> None:
    assert read(text).feature == feature
    assert read(text).core in NAMES


def test_containers_and_nearness_are_kept_apart_from_the_name() -> None:
    assert read("Fort Bragg, North Carolina") == Phrase("Fort Bragg", containers=("North Carolina",))
    assert read("outskirts of Aleppo").near
    assert read("just outside Kharkiv").core == "Kharkiv"


@pytest.mark.parametrize("text", ["border of Ukraine", "Iran-Iraq border", "the Polish frontier", "Kursk border region"])
def test_borders_are_borders(text: str) -> None:
    assert read(text).border


def test_a_town_on_a_border_is_a_town() -> None:
    found = read("the border town of Rota")
    assert (found.core, found.border, found.feature) == ("Rota", False, "city")


def test_no_direction_in_other_words() -> None:
    assert direction("nordic") is None
