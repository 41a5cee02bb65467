"""Disputed areas as dashed lines: where states disagree, the map says so and takes no side.

The outline is drawn where the basemap has one, a ring of about the size where it has none. `data/basemap/build_disputed.py`
writes both to a file that the browser fetches once: sent inline they would travel with every click.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path

from tracker.figures.records import Record
from tracker.geocoding.disputes import Dispute, read_disputes
from tracker.geodesy import shift

DASHES = 14
#: Degrees of a dash and its gap along an outline, within which the number of dashes stays readable.
STEP, MOST_DASHES = 0.5, 60
#: The same on a view of the world, where a pixel is a third of a degree and shorter dashes would run together.
FAR_STEP, FAR_DASHES = 1.6, 8
OUTLINES = Path(__file__).resolve().parents[2] / "static" / "basemap" / "50m.json"
#: The areas that the basemap has as features of their own, by its names for them. Dashes around small islands would be a blot.
FEATURES = {
    "kosovo": "Kosovo",
    "northern-cyprus": "N. Cyprus",
    "somaliland": "Somaliland",
    "taiwan": "Taiwan",
    "western-sahara": "W. Sahara",
    "west-bank": "Palestine",
    "gaza-strip": "Palestine",
}
Line = list[list[float]]


def draw_dashes(dispute: Dispute, dashes: int = DASHES) -> list[Line]:
    """Short lines around an area, as lists of [longitude, latitude]; half of the ring is gap."""
    lines = []
    for dash in range(dashes):
        turns = [(dash + part) / dashes for part in (0.0, 0.3, 0.6)]
        line = []
        for turn in turns:
            angle = 2 * math.pi * turn
            lat, lon = shift(dispute.lat, dispute.lon, dispute.radius_km * math.cos(angle), dispute.radius_km * math.sin(angle))
            line.append([round(lon, 2), round(lat, 2)])
        lines.append(line)
    return lines


def dash_ring(ring: Line, step: float = STEP) -> list[Line]:
    """Dashes of about ``step`` degrees along a closed line, corners kept: 0.6 of its length is line, the rest is gap.

    >>> dash_ring([[0, 0], [8, 0], [8, 8], [0, 8], [0, 0]])[0]
    [[0, 0], [0.3, 0.0]]
    """
    ends = [0.0]
    for a, b in zip(ring, ring[1:], strict=False):
        ends.append(ends[-1] + math.dist(a, b))
    dashes = max(6, min(MOST_DASHES * 2, round(ends[-1] / step)))
    step = ends[-1] / dashes
    lines = []
    for dash in range(dashes):
        begin, end = dash * step, (dash + 0.6) * step
        corners = [point for point, at in zip(ring, ends, strict=True) if begin < at < end]
        lines.append([_along(ring, ends, begin), *corners, _along(ring, ends, end)])
    return lines


def _along(ring: Line, ends: list[float], at: float) -> list[float]:
    """The point that lies so far along a line."""
    k = next(k for k in range(1, len(ends)) if at <= ends[k])
    part = (at - ends[k - 1]) / (ends[k] - ends[k - 1]) if ends[k] > ends[k - 1] else 0.0
    (x, y), (u, v) = ring[k - 1], ring[k]
    return [round(x + part * (u - x), 3), round(y + part * (v - y), 3)] if part else [x, y]


@lru_cache(maxsize=1)
def _outlines() -> dict[str, list[list[Line]]]:
    features = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["name"]: feature["geometry"]["coordinates"] for feature in features}


def find_rings(dispute: Dispute) -> list[Line]:
    """The outer rings of an area on the basemap; none where the basemap does not draw it.

    Of a feature that holds two areas (the West Bank and Gaza), each polygon goes with the area that is nearer.
    """
    name = FEATURES.get(dispute.id, "")
    sharing = [other for other in read_disputes() if FEATURES.get(other.id) == name]
    return [
        polygon[0]
        for polygon in _outlines().get(name, [])
        if min(sharing, key=lambda other: math.dist(polygon[0][0], (other.lon, other.lat))).id == dispute.id
    ]


def list_disputes(is_far: bool = False) -> list[Record]:
    """A GeoJSON feature an area, with what the pointer shows; ``is_far`` makes the dashes for a view of the world."""
    features = []
    for dispute in read_disputes():
        rings = find_rings(dispute)
        step, number = (FAR_STEP, FAR_DASHES) if is_far else (STEP, DASHES)
        dashes = [dash for ring in rings for dash in dash_ring(ring, step)] or draw_dashes(dispute, number)
        if is_far:
            # A dash of a few pixels has no corners that anybody would see.
            dashes = [[dash[0], dash[-1]] for dash in dashes]
        drawn = "its outline" if rings else f"roughly within {dispute.radius_km:.0f} km"
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "MultiLineString", "coordinates": dashes},
                "properties": {},
                "head": dispute.label.split(":")[0],
                "route": dispute.label.partition(": ")[2],
                "when": f"{drawn}; drawn where the sides disagree",
            }
        )
    return features
