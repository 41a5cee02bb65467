"""What is drawn for a row: unknown stays unknown, denied is not sent, a country is no dot."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tests.rows import make_rows
from tracker.figures.arc_map import compose_picture, draw_map
from tracker.figures.choice import Choice
from tracker.figures.cube import PARTS, build_cube
from tracker.figures.disputed import list_disputes
from tracker.figures.flows import count_parts
from tracker.figures.labels import place_names
from tracker.figures.palette import look_of
from tracker.figures.records import list_records
from tracker.figures.selection import Selection, select
from tracker.figures.shapes import list_arcs, list_ends, list_states, scale_width
from tracker.figures.viewport import View, fit_view, project


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return make_rows()


@pytest.fixture(scope="module")
def whole(frame: pd.DataFrame) -> Selection:
    return select(build_cube(frame), Choice())


def ids_of(selection: Selection, part: str) -> set[str]:
    return set(selection.frame[selection.cube.part == PARTS.index(part)]["deployment_id"])


def records_of(selection: Selection, part: str) -> list[dict]:
    return list_records(selection.frame[selection.cube.part == PARTS.index(part)])


def arcs_of(selection: Selection, row: str) -> list[dict]:
    return [arc for arc in list_arcs(records_of(selection, "arc")) if arc["id"] == row]


def test_every_row_is_in_exactly_one_part_of_the_map(whole: Selection) -> None:
    assert sum(count_parts(whole).values()) == 60
    assert ids_of(whole, "covered") == {"row-0"}, "the 2,000 are drawn by the 1,700 and the 300"


def test_a_repeat_draws_nothing_but_what_is_denied_or_possible_does(frame: pd.DataFrame) -> None:
    repeated = frame.assign(counted_persons=frame["counted_persons"].mask(frame["deployment_id"] == "row-20", 0))
    selection = select(build_cube(repeated), Choice())
    assert ids_of(selection, "covered") == {"row-0", "row-20"}
    assert {"row-8", "row-13"} <= ids_of(selection, "arc"), "counted nowhere, yet told: the map shows that it is denied or possible"


def test_unknown_ends_and_states_make_no_arc(whole: Selection) -> None:
    assert {"row-14", "row-50", "row-58"} <= ids_of(whole, "unplaced")
    assert {row["kind"] for row in records_of(whole, "mark")} == {"alert", "presence"}
    assert not {row["kind"] for row in records_of(whole, "arc")} & {"alert", "presence"}
    assert not any(row["origin_lat"] == 0 for row in records_of(whole, "arc")), "nothing is placed at 0,0"


def test_denied_is_thin_and_planned_is_lighter_than_completed(whole: Selection) -> None:
    (denied,), (planned,), (completed,) = (arcs_of(whole, row) for row in ("row-8", "row-43", "row-5"))
    assert denied["w"] < 2 and denied["tc"][0] == denied["tc"][1] == denied["tc"][2], "2,000 denied: thin and grey"
    assert planned["tc"][3] < completed["tc"][3]
    assert arcs_of(whole, "row-25")[0]["sc"][3] < planned["sc"][3], "an implied origin is fainter than a stated one"


def test_width_is_the_square_root_of_persons() -> None:
    assert scale_width(4_000) == pytest.approx(2 * scale_width(1_000), abs=0.11)


def test_further_destinations_are_a_thin_fan(whole: Selection) -> None:
    main, *fan = arcs_of(whole, "row-56")
    assert len(fan) == 2 and all(arc["w"] < main["w"] for arc in fan)
    assert {tuple(arc["t"]) for arc in fan} == {(25.0, 45.9), (25.96, 59.26)}


def test_arcs_of_one_route_lie_beside_each_other(whole: Selection) -> None:
    heights = [arc["h"] for row in ("row-20", "row-21") for arc in arcs_of(whole, row)]
    assert len(set(heights)) == 2


def test_an_arc_over_the_pacific_takes_the_short_way(whole: Selection) -> None:
    (arc,) = arcs_of(whole, "row-38")
    assert abs(arc["t"][0] - arc["s"][0]) < 180 < arc["t"][0]


def test_a_country_is_a_soft_disc_and_a_town_a_dot(whole: Selection) -> None:
    ends = list_ends(records_of(whole, "arc"))
    disc = next(end for end in ends if end["name"] == "Poland")
    dot = next(end for end in ends if end["name"] == "Tapa" and end["arrives"])
    assert disc["area"] and disc["fc"][3] < 60 and disc["r"] == 320_000
    assert not dot["area"] and dot["fc"][3] > 200


def test_states_are_rings_at_their_place(whole: Selection) -> None:
    marks = {mark["id"]: mark for mark in list_states(records_of(whole, "mark"))}
    assert marks["row-7"]["p"] == [28.0, 53.5], "presence lies at its destination"
    assert marks["row-53"]["p"] == [130.84, -12.46], "an alert may know only where the troops are"


def test_an_alert_looks_like_one_whatever_its_status() -> None:
    assert look_of({"kind": "alert", "status": "completed"}) == "alert"
    assert look_of({"kind": "presence", "status": ""}) == "presence"


def test_a_withdrawal_is_a_hollow_line_and_a_denied_one_is_not(whole: Selection) -> None:
    (leaves,), (goes,) = arcs_of(whole, "row-26"), arcs_of(whole, "row-25")
    assert leaves["o"] and not goes["o"]
    layers = {layer["id"]: layer for layer in json.loads(draw_map(compose_picture(whole)).to_json())["layers"]}
    hollow = {(tuple(arc["s"]), tuple(arc["t"])): arc["w"] for arc in layers["hollows"]["data"]}
    assert len(hollow) > 3 and hollow[tuple(leaves["s"]), tuple(leaves["t"])] < leaves["w"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("style", ["movements", "flows"])
def test_the_deck_asks_no_tile_server_and_stays_small(whole: Selection, theme: str, style: str) -> None:
    spec = draw_map(compose_picture(whole, theme, style), theme, chosen="row-5").to_json()
    deck = json.loads(spec)
    assert len(spec) < 80_000
    assert not deck.get("mapProvider")
    layers = {layer["id"]: layer for layer in deck["layers"]}
    assert layers["land-far"]["data"] == "app/static/basemap/land-far.json"
    assert layers["borders"]["data"] == "app/static/basemap/borders.json"
    near = json.loads(draw_map(compose_picture(whole, theme, style), theme, region="Europe").to_json())["layers"]
    seen = {layer["id"] for layer in near if layer.get("visible", True)}
    assert layers["land-far"]["visible"] and not layers["land"]["visible"] and {"land", "borders", "disputes"} <= seen
    assert seen.isdisjoint({"land-far", "borders-far", "disputes-far"})
    assert deck["views"][0]["controller"] == {"doubleClickZoom": False}, "a click would else wait for a second one"
    assert layers["land"]["stroked"] is False, "outlines as strokes block a click for seconds without a graphics card"
    assert [arc["id"] for arc in layers["chosen"]["data"]] == (["row-5"] if style == "movements" else [])
    assert "http" not in spec


def test_a_hostile_name_reaches_the_browser_without_brackets(frame: pd.DataFrame) -> None:
    hostile = frame.assign(personnel="<img src=x onerror=alert(1)>", destination="</script><b>x", destination_country="")
    for style in ("movements", "flows"):
        spec = draw_map(compose_picture(select(build_cube(hostile), Choice()), "light", style)).to_json()
        assert "<img" not in spec
        arcs = next(layer["data"] for layer in json.loads(spec)["layers"] if layer["id"] == "arcs")
        assert arcs and not any("<" in arc["head"] + arc["route"] for arc in arcs)


def test_disputed_areas_are_dashed_and_can_be_left_out(whole: Selection) -> None:
    picture = compose_picture(whole)
    for disputes in (True, False):
        drawn_layers = json.loads(draw_map(picture, disputes=disputes).to_json())["layers"]
        assert any(layer["visible"] for layer in drawn_layers if layer["id"].startswith("disputes")) == disputes
    drawn = {feature["head"]: feature for feature in list_disputes()}
    west_bank = [point for dash in drawn["West Bank"]["geometry"]["coordinates"] for point in dash]
    assert min(lon for lon, _ in west_bank) > 34.8 and drawn["West Bank"]["when"].startswith("its outline"), "without Gaza"
    assert "roughly within" in drawn["Crimea"]["when"], "no outline is at hand"
    crimea = next(feature for feature in list_disputes() if feature["head"] == "Crimea")
    dashes = crimea["geometry"]["coordinates"]
    assert len(dashes) > 8 and all(abs(lat - 45.3) < 1.6 and abs(lon - 34.4) < 2.3 for dash in dashes for lon, lat in dash)


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
