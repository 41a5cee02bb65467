"""What each filter keeps."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.rows import make_rows
from tracker import table
from tracker.figures.choice import Choice
from tracker.figures.cube import build_cube, list_places
from tracker.figures.selection import select
from tracker.views.filters import choose_rows, write_counts


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


def test_size_source_and_certainty(frame: pd.DataFrame) -> None:
    assert ids(frame, Choice(sizes=("under 100",))) == {40, 42, 58}
    assert ids(frame, Choice(sources=("The Daily Fixture",))) == set(range(0, 60, 3))
    unknown = ids(frame, Choice(certainties=("unknown end",)))
    assert {4, 14, 50, 58} <= unknown and not {1, 25, 7} & unknown
    assert ids(frame, Choice(certainties=("implied end",))) >= {5, 25} and 1 not in ids(frame, Choice(certainties=("implied end",)))
    assert 2 in ids(frame, Choice(certainties=("country or region",))), "Fort Bragg is a base, Germany a country"


def test_cumulative_has_no_first_day(frame: pd.DataFrame) -> None:
    window = {"since": date(2010, 1, 1), "until": date(2011, 12, 31)}
    assert ids(frame, Choice(**window)) == {22, 26}
    assert ids(frame, Choice(**window, is_cumulative=True)) == {22, 25, 26, 44, 45, 46, 53}


def test_as_known_on_a_day_leaves_out_what_was_reported_later(frame: pd.DataFrame) -> None:
    known = ids(frame, Choice(known=date(2011, 12, 21)))
    assert 22 in known and 26 not in known, "the 10,000 had left by July, but nobody had said so"
    assert 49 not in known, "a report without a day cannot be known"


def test_counts_beside_a_choice_obey_the_other_filters(frame: pd.DataFrame) -> None:
    selection = select(build_cube(frame), Choice(forces=("RW",), kinds=("rotate",)))
    assert len(selection) == 0
    assert selection.count_values("kind")["deploy"] == 2, "of Rwanda, whatever the kind"
    assert selection.count_values("force")["UG"] == 1 and selection.count_values("force")["RW"] == 0
    everything = select(build_cube(frame), Choice()).count_values("country")
    assert everything["RO"] == 1 and everything["EE"] == 2 and everything["AF"] == 5


def test_counts_are_text_never_markup() -> None:
    assert "<script" not in write_counts({"<script>": 3, "": 9, "none": 0}) and "none" not in write_counts({"a": 1, "none": 0})
