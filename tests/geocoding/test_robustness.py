"""Whatever is asked: an answer or a refusal, never an exception, never 0,0."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.geocoding import Gazetteer
from tracker.models import Place, Span, Toponym, Unresolved

GAZETTEER = Gazetteer.default()
PIECES = [
    "northern",
    "border of",
    "Iraq",
    "the",
    "'s",
    "in",
    ",",
    "(",
    ")",
    "province",
    "near",
    "US",
    "-",
    "\0",
    "Ω",
    "city of",
    "of",
    "Kabul",
    " ",
]


def is_sound(answer: Place | Unresolved) -> bool:
    if isinstance(answer, Unresolved):
        return bool(answer.reason)
    inside = -90 <= answer.lat <= 90 and -180 <= answer.lon <= 180 and not (answer.lat == 0 and answer.lon == 0)
    return inside and 0 <= answer.confidence <= 1 and answer.radius_km > 0 and math.isfinite(answer.margin)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\0",
        "x" * 10_000,
        "A " * 5_000,
        "北京市",
        "Москва",
        "بغداد",
        "🙂",
        "of of of",
        "((((",
        "'s",
        "the",
        "the border of",
        "-",
        "northern",
        "northern northern northern Iraq",
        "'; DROP TABLE place; --",
        "A" * 200 + "'s " + "b-" * 100 + "north",
        "N" + " a" * 150 + " province",
    ],
)
def test_strange_names(name: str) -> None:
    assert is_sound(GAZETTEER.resolve(name, [Toponym(name, name, Span(0, len(name)))])[0])
    GAZETTEER.geocode(name)
    assert GAZETTEER.country(name) == ""
    assert isinstance(GAZETTEER.kinds(name), frozenset)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=9).map(" ".join))
def test_any_words(name: str) -> None:
    text = f"In Iraq, {name} was seen."
    spans = [Span(9, 9 + len(name)), None, Span(9, 10**9)]
    answers = GAZETTEER.resolve(text, [Toponym(name, name, span) for span in spans])
    assert len(answers) == 3
    assert all(is_sound(answer) for answer in answers)


def test_no_toponyms_no_answers() -> None:
    assert GAZETTEER.resolve("Nothing happened.", []) == []
