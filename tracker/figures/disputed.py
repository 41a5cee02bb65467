"""Disputed areas as dashed rings: where states disagree, the map says so and takes no side."""

from __future__ import annotations

import math

from tracker.figures.records import Record
from tracker.geocoding.disputes import Dispute, read_disputes
from tracker.geodesy import shift

DASHES = 14


def draw_dashes(dispute: Dispute, dashes: int = DASHES) -> list[list[list[float]]]:
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


def list_disputes() -> list[Record]:
    """A GeoJSON feature an area, with what the pointer shows."""
    return [
        {
            "type": "Feature",
            "geometry": {"type": "MultiLineString", "coordinates": draw_dashes(dispute)},
            "properties": {},
            "head": dispute.label.split(":")[0],
            "route": dispute.label.partition(": ")[2],
            "when": f"roughly within {dispute.radius_km:.0f} km; drawn where the sides disagree",
        }
        for dispute in read_disputes()
    ]
