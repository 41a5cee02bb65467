"""What each filter keeps."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.rows import make_rows
from tracker import table
from tracker.views.filters import Choice, choose_rows, list_places


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return make_rows()


def ids(frame: pd.DataFrame, choice: Choice) -> set[int]:
    return {int(row.removeprefix("row-")) for row in choose_rows(frame, choice)["deployment_id"]}


def test_an_empty_choice_keeps_every_row(frame: pd.DataFrame) -> None:
    assert Choice().is_empty and len(choose_rows(frame, Choice())) == 60


def test_a_country_is_an_origin_a_destination_or_either(frame: pd.DataFrame) -> None:
    either, start, end = (ids(frame, Choice(countries=("RO",), end=way)) for way in ("either end", "from", "to"))
    assert end == {3, 51, 56}, "the 1,000 from Germany, and two that go to several places"
    assert start == set() and either == end
    assert ids(frame, Choice(countries=("NE",), end="from")) == {12, 13}


def test_a_place_in_no_one_country_is_asked_for_by_its_name(frame: pd.DataFrame) -> None:
    assert ids(frame, Choice(countries=("Black Sea",))) == {9}
    assert set(list_places(frame, "origin")) >= {"US", ""}, "an unresolved place is no choice"
    assert "Wadi Nowhere" not in set(list_places(frame, "destination"))


def test_words_must_all_be_there(frame: pd.DataFrame) -> None:
    assert ids(frame, Choice(words="  fiji HONIARA ")) == {40}
    assert ids(frame, Choice(words="pentagon")) == {0, 3}
    assert ids(frame, Choice(words="fiji [h(")) == set(), "a search is no pattern"


def test_forces_kinds_and_statuses(frame: pd.DataFrame) -> None:
    assert ids(frame, Choice(forces=("RW",))) == {15, 16}
    assert ids(frame, Choice(kinds=("rotate",))) == {21, 35}
    assert ids(frame, Choice(statuses=("denied",))) == {8, 57}
    assert ids(frame, Choice(statuses=("stationed",))) == {7, 33}


def test_a_window_of_days_holds_what_touches_it(frame: pd.DataFrame) -> None:
    window = Choice(since=date(2021, 11, 25), until=date(2021, 11, 29))
    assert ids(frame, window) == {40, 41}
    period = table.conform(pd.DataFrame({"deployment_id": ["row-1"], "starts": ["2021-11-01"], "ends": ["2021-12-24"]}))
    assert ids(period, window) == {1}


def test_the_basis_decides_where_a_row_stands(frame: pd.DataFrame) -> None:
    day = {"since": date(2011, 10, 16), "until": date(2011, 10, 16)}
    assert ids(frame, Choice(**day)) == {22} and ids(frame, Choice(**day, basis="report")) == set()


def test_undated_rows_are_outside_every_window(frame: pd.DataFrame) -> None:
    assert not {49, 58} & ids(frame, Choice(since=date(1900, 1, 1)))
