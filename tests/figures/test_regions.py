"""A part of the world from close up: what begins or ends there, and single movements as soon as they are few."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.rows import make_rows
from tracker.figures import arc_map
from tracker.figures.arc_map import choose_style, compose_picture, draw_map
from tracker.figures.choice import Choice
from tracker.figures.cube import build_cube
from tracker.figures.playback import compose_playback
from tracker.figures.selection import Selection, narrow, select
from tracker.figures.viewport import DESK, REGIONS, fit_view, lies_in, project, view_region


@pytest.fixture(scope="module")
def whole() -> Selection:
    return select(build_cube(make_rows()), Choice())


def test_every_arc_of_a_region_has_an_end_there(whole: Selection) -> None:
    picture = compose_picture(narrow(whole, "Europe"), style="movements")
    assert 0 < len(picture.arcs) < len(compose_picture(whole, style="movements").arcs)
    west, south, east, north = REGIONS["Europe"]
    assert all(any(west <= lon <= east and south <= lat <= north for lon, lat in (arc["s"], arc["t"])) for arc in picture.arcs)


def test_few_in_a_region_are_single_movements(whole: Selection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arc_map, "FEW", 30)
    assert choose_style(whole) == "flows" and choose_style(narrow(whole, "Africa")) == "movements"


def test_the_pacific_goes_on_over_the_antimeridian() -> None:
    places = {"Guam": (144.8, 13.5), "Hawaii": (-156.3, 20.8), "Fiji": (178.0, -17.8), "Kenya": (37.9, 0.5)}
    lon, lat = np.array(list(places.values())).T
    assert lies_in("Pacific", lon, lat).tolist() == [True, True, True, False]
    assert not lies_in("Pacific", np.array([np.nan]), np.array([np.nan])).any(), "an unknown place lies nowhere"


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_fills_the_map(region: str) -> None:
    west, south, east, north = REGIONS[region]
    view = view_region(region)
    corners = [project(((lon + 180) % 360 - 180, lat), view) for lon in (west, east) for lat in (south, north)]
    assert all(abs(x) <= DESK[0] / 2 + 6 and abs(y) <= DESK[1] / 2 + 6 for x, y in corners)
    assert max(abs(x) for x, _ in corners) > DESK[0] / 2 - 6 or max(abs(y) for _, y in corners) > DESK[1] / 2 - 6


def test_map_and_player_look_at_the_region(whole: Selection) -> None:
    part = narrow(whole, "Europe")
    picture = compose_picture(part)
    state = json.loads(draw_map(picture, region="Europe").to_json())["initialViewState"]
    playback = compose_playback(part, picture, "light", DESK, "Europe")
    assert playback is not None and playback["names"]
    zooms = {state["zoom"], playback["view"]["zoom"], view_region("Europe").zoom}
    assert len(zooms) == 1 and zooms != {fit_view(picture.points).zoom}
