"""Sums over a selection: the arrays say what the plain functions over the frame say, and nobody is drawn twice."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyarrow
import pytest

from tests.rows import make_rows
from tracker import table
from tracker.figures.arc_map import FEW, choose_style, compose_picture
from tracker.figures.choice import Choice
from tracker.figures.cube import build_cube
from tracker.figures.flows import MOST_FLOWS, find_flow_rows, list_flows
from tracker.figures.playback import compose_playback
from tracker.figures.posture_charts import count_pairs, draw_balance, draw_matrix, draw_net, legs_of, place_labels, trace_net
from tracker.figures.selection import Selection, select
from tracker.figures.summary import find_share, sum_persons, write_headline
from tracker.posture import count_persons, find_largest_share, net_by_place

CHOICES = [
    Choice(),
    Choice(forces=("US",)),
    Choice(countries=("AF",), end="from"),
    Choice(statuses=("denied",)),
    Choice(since=date(2021, 1, 1), until=date(2022, 2, 28), basis="report"),
]


@pytest.fixture(scope="module")
def whole() -> Selection:
    return select(build_cube(make_rows()), Choice())


@pytest.mark.parametrize("choice", CHOICES)
def test_the_arrays_say_what_the_frame_says(whole: Selection, choice: Choice) -> None:
    selection = select(whole.cube, choice)
    assert sum_persons(selection) == count_persons(selection.frame)
    assert find_share(selection) == find_largest_share(selection.frame)
    for name in ("kind", "size", "certainty"):
        counts = {value: n for value, n in selection.count_values(name).items() if n}
        assert sum(counts.values()) == len(selection), name
        assert name != "kind" or counts == selection.frame["kind"].value_counts().to_dict()


@pytest.mark.parametrize("word", ["okinawa", "Norw", "sergeant", "the", "zzzz"])
def test_a_word_is_found_where_the_frame_has_it(whole: Selection, word: str) -> None:
    found = set(select(whole.cube, Choice(words=word)).rows.tolist())
    texts = ("evidence", "title", "actor_name", "unit", "personnel", "origin", "destination", "speaker", "via")
    wanted = [whole.cube.frame[name].fillna("").str.casefold().str.contains(word.casefold(), regex=False) for name in texts]
    assert {row for column in wanted for row in column[column].index} <= found


def test_flows_hold_every_arc_once(whole: Selection) -> None:
    flows = list_flows(whole)
    assert sum(flow.rows for flow in flows) == 48
    rows = [row for flow in flows for row in find_flow_rows(whole, flow.key)]
    assert len(rows) == len(set(rows)) == 48
    rwanda = next(flow for flow in flows if (flow.origin, flow.destination) == ("RW", "CF"))
    assert (rwanda.persons, rwanda.rows, rwanda.leaves) == (1150, 2, False)
    assert next(flow for flow in flows if flow.origin == "AF" and flow.look == "completed").leaves
    assert find_flow_rows(whole, "RW>FR>completed>0") == find_flow_rows(whole, "nonsense") == []


def test_few_movements_are_drawn_singly_and_many_as_flows(whole: Selection) -> None:
    many = table.conform(pd.concat([make_rows()] * 4, ignore_index=True).assign(deployment_id=[f"r{n}" for n in range(240)]))
    crowd = select(build_cube(many), Choice())
    assert choose_style(whole) == "movements" and choose_style(crowd) == "flows" and FEW < 4 * 48
    assert choose_style(select(crowd.cube, Choice(forces=("RW",)))) == "movements", "filtered to a few"
    picture = compose_picture(crowd)
    assert picture.shown == picture.of <= MOST_FLOWS and picture.covered == 4
    assert sum(arc["head"].startswith("4,600 troops") for arc in picture.arcs) == 1, "four times Rwanda's 1,150 are one arc"


def test_a_movement_within_a_country_is_a_ring() -> None:
    inner = make_rows().iloc[[1]].assign(destination_country="US", destination="United States")
    picture = compose_picture(select(build_cube(table.conform(inner)), Choice()), style="flows")
    assert picture.arcs == [] and [mark["route"] for mark in picture.states] == ["within United States"]


def test_the_chosen_row_is_drawn_however_small(whole: Selection) -> None:
    few = select(whole.cube, Choice(forces=("RW",)))
    assert "row-40" in {arc["id"] for arc in compose_picture(few, chosen="row-40").arcs}


def test_the_player_has_every_dated_arc_with_its_persons(whole: Selection) -> None:
    data = compose_playback(whole, compose_picture(whole), "light", (880, 470))
    assert data is not None and data["labels"][0] == "2002" and data["labels"][-1] == "2024"
    steps = {tuple(arc["t"]): arc["d"] for arc in data["arcs"] if arc["d"][0][1] == 30000}
    assert list(steps.values()) == [[[7, 30000]]], "the 30,000 of 2009"
    flows = compose_playback(whole, compose_picture(whole, style="flows"), "light", (880, 470))
    assert flows is not None
    assert [arc["d"] for arc in flows["arcs"] if arc["d"][0] == [12, 850]] == [[[12, 850], [18, 300]]], "Rwanda in 2014 and 2020"
    nobody = select(whole.cube, Choice(words="zzzz"))
    assert compose_playback(nobody, compose_picture(nobody), "light", (880, 470)) is None


def test_traces_end_at_the_net_of_dated_rows(whole: Selection) -> None:
    legs = legs_of(whole)
    net = net_by_place(legs).set_index("place")["net"]
    traces = trace_net(whole, legs, ["AF", "US", "PL"])
    assert traces.groupby("place", sort=False)["net"].last().round().tolist() == [net["AF"], net["US"], net["PL"]]
    labels = place_labels(traces)
    assert labels["at"].diff().dropna().min() > 0.05 * (traces["high"].max() - traces["low"].min()), "no label lies on another"


def test_charts_are_made_in_both_themes(whole: Selection) -> None:
    net = net_by_place(legs_of(whole))
    for theme in ("light", "dark"):
        for chart in (
            draw_net(trace_net(whole, legs_of(whole), ["AF", "US"]), theme),
            draw_balance(net, theme),
            draw_matrix(count_pairs(list_flows(whole)), theme),
        ):
            assert 500 < len(chart.to_json(indent=None)) < 60_000
            assert '"format": "~s"' not in chart.to_json(), "an axis would say 0k"


def test_pairs_leave_out_what_is_denied_or_only_possible(whole: Selection) -> None:
    pairs = count_pairs(list_flows(whole))
    assert not ((pairs["origin"] == "NE") & (pairs["destination"] == "TD")).any()
    assert pairs.set_index(["origin", "destination"]).loc[("KE", "SO"), "persons"] == 4000


def test_the_headline_of_nothing() -> None:
    assert write_headline(select(build_cube(table.empty()), Choice()))[0] == "No movement yet"


def test_texts_in_pieces_are_joined_and_stay_the_same() -> None:
    rows = make_rows()
    pieces = pd.concat([rows, rows], ignore_index=True)
    cube = build_cube(pieces)
    pd.testing.assert_frame_equal(cube.frame, pieces)
    texts = pyarrow.array(cube.frame["evidence"].array)
    assert not isinstance(texts, pyarrow.ChunkedArray) or texts.num_chunks == 1
