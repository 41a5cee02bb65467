"""The headline names countries and parts of the world; a line or strip of land it tells by the countries it belongs to."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.rows import make_rows
from tracker import table
from tracker.figures.choice import Choice
from tracker.figures.cube import build_cube
from tracker.figures.selection import select
from tracker.figures.summary import write_headline


def head_of(place: str, country: str = "") -> str:
    """The headline of a table whose largest share goes to a place."""
    rows = make_rows()
    led = rows.iloc[[1]].assign(
        deployment_id="led", kind="deploy", count=900_000, count_low=900_000, count_high=900_000, counted_persons=900_000,
        destination=place, destination_country=country, destination_lat=30.0, destination_lon=70.0, part_of="",
    )  # fmt: skip
    return write_headline(select(build_cube(table.conform(pd.concat([rows, led]))), Choice()))[0]


@pytest.mark.parametrize(
    ("place", "country", "told"),
    [
        ("Poland", "PL", "; most to Poland (9"),
        ("the base", "US", "; most to the United States (9"),
        ("Middle East", "", "; most to the Middle East (900,000)"),
        ("Line of Actual Control", "", "; most to the area of China and India (900,000)"),
    ],
)
def test_the_largest_share_is_told_in_known_words(place: str, country: str, told: str) -> None:
    assert told in head_of(place, country)


def test_a_place_that_nobody_knows_is_left_out() -> None:
    assert "Hill 937" not in head_of("Hill 937") and "most" not in head_of("Hill 937")
