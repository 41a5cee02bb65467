"""Totals: each soldier once, with the band that the words leave."""

from __future__ import annotations

import pandas as pd

from tests.rows import make_rows
from tracker import table
from tracker.posture import Share, Total, count_persons, find_largest_share


def rows(*values: tuple[int, int | None, int | None, int]) -> pd.DataFrame:
    return table.conform(pd.DataFrame(values, columns=["count", "count_low", "count_high", "counted_persons"]))


def test_a_whole_and_its_parts_are_counted_once() -> None:
    assert count_persons(make_rows().head(4)) == Total(persons=3000, low=3000, high=3000, is_open=False, rows=3)


def test_open_ends_make_a_band() -> None:
    assert count_persons(rows((3000, None, 3000, 3000))) == Total(3000, 0, 3000, False, 1)
    assert count_persons(rows((8500, 8500, None, 8500))) == Total(8500, 8500, 8500, True, 1)


def test_what_parts_take_leaves_the_band_too() -> None:
    assert count_persons(rows((3000, 2500, 3500, 2000))) == Total(2000, 1500, 2500, False, 1)


def test_nothing_counted_is_a_total_of_none() -> None:
    assert count_persons(rows((500, 500, 500, 0))) == count_persons(table.empty()) == Total(0, 0, 0, False, 0)
    assert find_largest_share(table.empty()) is None


def test_the_largest_share_is_told_by_country_and_direction() -> None:
    frame = make_rows()
    assert find_largest_share(frame.iloc[[1, 2, 3]]) == Share("to", "PL", 1700)
    assert find_largest_share(frame.iloc[[26, 27, 28]]) == Share("from", "AF", 12500), "who comes home is told by the place that they leave"
