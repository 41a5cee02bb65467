"""Whatever is asked: an answer or a refusal, never an exception, never 0,0."""

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.geocoding import Gazetteer
from tracker.geocoding.dated import doubt
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


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=30)
NAMES = st.sampled_from(["Kabul", "northern Iraq", "Fort Liberty", "the border", "Ukraine's border", "Zaire", "Georgia"]) | ANYTHING
SPANS = st.none() | st.builds(Span, st.integers(-5, 80), st.integers(-5, 10**12))
TOPONYMS = st.builds(Toponym, NAMES, NAMES, SPANS, st.sampled_from(["", "US", "UA", "XX", "us", "A" * 99]) | ANYTHING)


@settings(max_examples=300, deadline=None)
@given(ANYTHING, st.lists(TOPONYMS, max_size=6), st.none() | st.dates(), ANYTHING)
def test_any_article_with_any_toponyms(text: str, toponyms: list[Toponym], published: date | None, source: str) -> None:
    answers = GAZETTEER.resolve(text, toponyms, published, source)
    assert len(answers) == len(toponyms)
    assert all(is_sound(answer) for answer in answers)
    assert answers == GAZETTEER.resolve(text, toponyms, published, source)


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_any_name(name: str) -> None:
    GAZETTEER.geocode(name)
    assert isinstance(GAZETTEER.kinds(name), frozenset)
    assert GAZETTEER.country(name) == "" or len(GAZETTEER.country(name)) == 2
    assert len(GAZETTEER.country_of(name)) in (0, 2)
    assert GAZETTEER.country_name(name) == "" or len(name) == 2
    assert len(GAZETTEER.capital_of(name)) in (0, 2)


@settings(max_examples=100, deadline=None)
@given(ANYTHING, st.dates(), ANYTHING)
def test_any_cell_of_former_names(cell: str, day: date, key: str) -> None:
    assert 0.0 <= doubt(cell, key, day) <= 1.0


def test_no_toponyms_no_answers() -> None:
    assert GAZETTEER.resolve("Nothing happened.", []) == []
