"""The country outlines: whole, within the world that Web Mercator shows, and without bars across the map."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from tracker.figures.disputed import list_disputes
from tracker.figures.layers import FAR
from tracker.figures.viewport import DESK, fit_view, view_region

FOLDER = Path(__file__).resolve().parents[1] / "static" / "basemap"


@pytest.mark.parametrize("scale", ["110m", "50m"])
def test_outlines(scale: str) -> None:
    features = json.loads((FOLDER / f"{scale}.json").read_text(encoding="utf-8"))["features"]
    codes = {feature["properties"]["iso_a2"] for feature in features}
    assert {"US", "RU", "FJ", "XK", "NA", "FR", "NO"} <= codes and "AQ" not in codes
    rings = [ring for feature in features for polygon in feature["geometry"]["coordinates"] for ring in polygon]
    assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in rings)
    assert all(abs(lon) <= 180 and abs(lat) <= 85 for ring in rings for lon, lat in ring)
    assert all(abs(a[0] - b[0]) < 90 for ring in rings for a, b in zip(ring, ring[1:], strict=False))
    russia = next(feature for feature in features if feature["properties"]["iso_a2"] == "RU")
    longitudes = [lon for polygon in russia["geometry"]["coordinates"] for lon, _ in polygon[0]]
    assert min(longitudes) == -180 and max(longitudes) == 180, "Chukotka lies on both sides of the cut"


def test_the_disputed_areas_are_those_of_the_table() -> None:
    made = json.dumps({"type": "FeatureCollection", "features": list_disputes()}, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert (FOLDER / "disputed.json").read_text(encoding="utf-8") == made, "run python data/basemap/build_disputed.py"


def test_borders_are_what_two_countries_share() -> None:
    lines = {
        tuple(sorted((tuple(line["s"]), tuple(line["t"])))) for line in json.loads((FOLDER / "borders.json").read_text(encoding="utf-8"))
    }
    shared: dict[tuple, int] = {}
    for feature in json.loads((FOLDER / "50m.json").read_text(encoding="utf-8"))["features"]:
        rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
        for piece in {tuple(sorted((tuple(a), tuple(b)))) for ring in rings for a, b in zip(ring, ring[1:], strict=False)}:
            shared[piece] = shared.get(piece, 0) + 1
    assert lines == {piece for piece, countries in shared.items() if countries > 1}, "run python data/basemap/build_borders.py"
    assert 5_000 < len(lines) < 8_000


def test_the_outlines_for_views_of_the_world_are_thinned_and_whole() -> None:
    made = runpy.run_path(str(FOLDER.parents[1] / "data" / "basemap" / "build_far.py"))
    for name, text in made["write"]().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, "run python data/basemap/build_far.py"
    land = json.loads((FOLDER / "land-far.json").read_text(encoding="utf-8"))["features"][0]["geometry"]["coordinates"]
    whole = sum(made["measure"](ring) for ring in made["list_rings"]())
    area = sum(made["measure"]([tuple(point) for point in ring]) for polygon in land for ring in polygon)
    assert abs(area / whole - 1) < 0.005, "no country is lost and no sea is filled"
    assert sum(len(ring) for polygon in land for ring in polygon) < 13_000, "each point costs time at every picture"
    assert len(json.loads((FOLDER / "borders-far.json").read_text(encoding="utf-8"))) < 2_600
    areas = [feature["head"] for feature in json.loads((FOLDER / "disputed-far.json").read_text(encoding="utf-8"))["features"]]
    assert areas == [feature["head"] for feature in list_disputes()]


def test_a_view_of_the_world_is_far_and_one_of_europe_is_not() -> None:
    assert fit_view([], DESK).zoom < FAR < view_region("Europe").zoom
