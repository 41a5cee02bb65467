"""What is drawn for a row: unknown stays unknown, denied is not sent, a country is no dot."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tests.rows import make_rows
from tracker.figures.arc_map import draw_map, place_names
from tracker.figures.palette import look_of
from tracker.figures.records import list_records, split_for_map
from tracker.figures.shapes import list_arcs, list_ends, list_states, scale_width
from tracker.figures.viewport import View, fit_view, project


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return make_rows()


def arcs_of(frame: pd.DataFrame, row: str) -> list[dict]:
    return [arc for arc in list_arcs(list_records(split_for_map(frame).arcs)) if arc["id"] == row]


def test_every_row_is_in_exactly_one_part_of_the_map(frame: pd.DataFrame) -> None:
    rows = split_for_map(frame)
    ids = [i for part in (rows.arcs, rows.marks, rows.covered, rows.unplaced) for i in part["deployment_id"]]
    assert sorted(ids) == sorted(frame["deployment_id"])
    assert list(rows.covered["deployment_id"]) == ["row-0"], "the 2,000 are drawn by the 1,700 and the 300"


def test_a_whole_stays_covered_when_a_filter_hides_its_parts(frame: pd.DataFrame) -> None:
    assert len(split_for_map(frame.head(1), frame).covered) == 1
    assert len(split_for_map(frame.head(1)).arcs) == 1, "alone in the world it would be drawn"


def test_unknown_ends_and_states_make_no_arc(frame: pd.DataFrame) -> None:
    rows = split_for_map(frame)
    assert {"row-14", "row-50", "row-58"} <= set(rows.unplaced["deployment_id"])
    assert set(rows.marks["kind"]) == {"alert", "presence"}
    assert not set(rows.arcs["kind"]) & {"alert", "presence"}
    assert not ({0.0} & set(rows.arcs["origin_lat"].dropna())), "nothing is placed at 0,0"


def test_denied_is_thin_and_planned_is_lighter_than_completed(frame: pd.DataFrame) -> None:
    (denied,), (planned,), (completed,) = (arcs_of(frame, row) for row in ("row-8", "row-43", "row-5"))
    assert denied["w"] < 2 and denied["tc"][0] == denied["tc"][1] == denied["tc"][2], "2,000 denied: thin and grey"
    assert planned["tc"][3] < completed["tc"][3]
    assert arcs_of(frame, "row-25")[0]["sc"][3] < planned["sc"][3], "an implied origin is fainter than a stated one"


def test_width_is_the_square_root_of_persons() -> None:
    assert scale_width(4_000) == pytest.approx(2 * scale_width(1_000), abs=0.11)


def test_further_destinations_are_a_thin_fan(frame: pd.DataFrame) -> None:
    main, *fan = arcs_of(frame, "row-56")
    assert len(fan) == 2 and all(arc["w"] < main["w"] for arc in fan)
    assert {tuple(arc["t"]) for arc in fan} == {(25.0, 45.9), (25.96, 59.26)}


def test_arcs_of_one_route_lie_beside_each_other(frame: pd.DataFrame) -> None:
    heights = [arc["h"] for row in ("row-20", "row-21") for arc in arcs_of(frame, row)]
    assert len(set(heights)) == 2


def test_an_arc_over_the_pacific_takes_the_short_way(frame: pd.DataFrame) -> None:
    (arc,) = arcs_of(frame, "row-38")
    assert abs(arc["t"][0] - arc["s"][0]) < 180 < arc["t"][0]


def test_a_country_is_a_soft_disc_and_a_town_a_dot(frame: pd.DataFrame) -> None:
    ends = list_ends(list_records(split_for_map(frame).arcs))
    disc = next(end for end in ends if end["name"] == "Poland")
    dot = next(end for end in ends if end["name"] == "Tapa" and end["arrives"])
    assert disc["area"] and disc["fc"][3] < 60 and disc["r"] == 320_000
    assert not dot["area"] and dot["fc"][3] > 200


def test_states_are_rings_at_their_place(frame: pd.DataFrame) -> None:
    marks = {mark["id"]: mark for mark in list_states(list_records(split_for_map(frame).marks))}
    assert marks["row-7"]["p"] == [28.0, 53.5], "presence lies at its destination"
    assert marks["row-53"]["p"] == [130.84, -12.46], "an alert may know only where the troops are"


def test_an_alert_looks_like_one_whatever_its_status() -> None:
    assert look_of({"kind": "alert", "status": "completed"}) == "alert"
    assert look_of({"kind": "presence", "status": ""}) == "presence"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_deck_asks_no_tile_server_and_stays_small(frame: pd.DataFrame, theme: str) -> None:
    spec = draw_map(split_for_map(frame), theme, chosen="row-5").to_json()
    deck = json.loads(spec)
    assert len(spec) < 40_000
    assert not deck.get("mapProvider")
    layers = {layer["id"]: layer for layer in deck["layers"]}
    assert layers["land"]["data"] == "app/static/basemap/50m.json"
    assert [arc["id"] for arc in layers["chosen"]["data"]] == ["row-5"]
    assert "http" not in spec


def test_a_hostile_name_reaches_the_browser_without_brackets(frame: pd.DataFrame) -> None:
    hostile = frame.assign(personnel="<img src=x onerror=alert(1)>", destination="</script><b>x")
    spec = draw_map(split_for_map(hostile)).to_json()
    assert "<img" not in spec
    tips = [arc["head"] + arc["route"] for arc in json.loads(spec)["layers"][3]["data"]]
    assert tips and not any("<" in tip for tip in tips)


def test_the_view_holds_all_points_with_a_margin() -> None:
    points = [(10.4, 51.2), (25.0, 45.9), (-79.0, 35.1)]
    view = fit_view(points, (880, 520))
    for point in points:
        x, y = project(point, view)
        assert abs(x) < 440 and abs(y) < 260
    assert fit_view([]).zoom == fit_view([(-120.0, 10.0), (0.0, 10.0), (90.0, 0.0), (150.0, 0.0)]).zoom, (
        "all around the globe: the whole world"
    )


def test_names_do_not_overlap(frame: pd.DataFrame) -> None:
    marks = [{"p": [20.0 + k / 10, 50.0], "name": f"Place {k}", "n": k, "arrives": True} for k in range(9)]
    placed = place_names(marks, View(20.0, 50.0, 3.0), (880, 520))
    assert [mark["name"] for mark in placed] == ["Place 8"], "the largest keeps its name, those under it lose theirs"
