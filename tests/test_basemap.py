"""The country outlines: whole, within the world that Web Mercator shows, and without bars across the map."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tracker.figures.disputed import list_disputes

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
