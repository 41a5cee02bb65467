"""Totals: each soldier once, with the band that the words leave."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.rows import make_rows
from tracker import table
from tracker.posture import Share, Total, count_persons, find_largest_share, list_legs, net_by_place, net_over_time


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


def test_arrivals_and_departures_are_the_article_of_february_2022() -> None:
    net = net_by_place(list_legs(make_rows().head(5))).set_index("place")
    assert net["net"].to_dict() == {"US": -2000, "PL": 1700, "RO": 1000, "DE": -700}
    assert net.loc["DE", ["come", "go", "planned"]].tolist() == [300, 1000, -700]


def test_a_rotation_and_a_denial_change_no_number() -> None:
    assert list_legs(make_rows().iloc[[8, 21, 35, 57]]).empty, "denied, rotated, rotated, denied"


def test_what_is_possible_has_a_subtotal_of_its_own() -> None:
    net = net_by_place(list_legs(make_rows().iloc[[13]])).set_index("place")
    assert net.loc["TD", ["net", "net_high", "possible"]].tolist() == [0, 0, 1000] and net.loc["NE", "possible"] == -1000


def test_bands_cross_over_where_troops_leave() -> None:
    net = net_by_place(list_legs(make_rows().iloc[[10]])).set_index("place")
    assert net.loc["FR", ["net", "net_low", "net_high"]].tolist() == [2400, 2000, 2800]
    assert net.loc["ML", ["net", "net_low", "net_high"]].tolist() == [-2400, -2800, -2000]


def test_one_number_for_several_places_is_counted_once_and_told_as_shared() -> None:
    net = net_by_place(list_legs(make_rows().iloc[[51]])).set_index("place")
    assert net["net"].sum() == pytest.approx(5000, abs=2) and set(net.index) == {"PL", "EE", "RO"}
    assert (net["net_low"] == 0).all() and (net["net_high"] == 5000).all() and (net["shared"] == 1).all()


def test_net_over_time_adds_up_and_leaves_undated_legs_out() -> None:
    legs = list_legs(make_rows().iloc[[25, 26, 27, 28]])
    bins = legs["row"].map({0: 2009.0, 1: 2011.0, 2: None, 3: 2021.0}).astype(float)
    trace = net_over_time(legs, bins, "AF")
    assert trace[["bin", "net"]].to_numpy().tolist() == [[2009, 30000], [2011, 20000], [2021, 23000]]
