"""Where the map looks: the window that shows all points, on whichever side of the antimeridian it is narrower."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]

#: Size of the map on the screen in pixels, which only the browser knows: a desk and a phone held upright.
DESK, PHONE = (880, 520), (350, 300)
TILE = 512
WORLD = ((-125.0, -35.0), (150.0, 68.0))
#: Points that lie all around the globe are shown on the map that people know, with Africa in the middle.
GLOBAL_WIDTH = 230.0
CLOSEST = 5.5
EVERYWHERE = "everywhere"
#: Parts of the world to look at closely, as west, south, east, north in degrees; an east beyond 180 goes on over the antimeridian.
REGIONS: dict[str, tuple[float, float, float, float]] = {
    "Europe": (-12.0, 34.5, 45.0, 66.0),
    "Middle East": (24.0, 12.0, 64.0, 42.5),
    "Africa": (-19.0, -36.0, 52.0, 37.5),
    "Asia": (58.0, -11.0, 150.0, 56.0),
    "Pacific": (110.0, -47.0, 235.0, 47.0),
    "Americas": (-170.0, -56.0, -34.0, 62.0),
}


@dataclass(frozen=True, slots=True)
class View:
    """Centre in degrees and zoom as deck.gl counts it (0: the world is 512 pixels wide)."""

    longitude: float
    latitude: float
    zoom: float


def fit_view(points: Sequence[Point], size: tuple[int, int] = DESK) -> View:
    """The view that shows all (longitude, latitude) points with a margin; the inhabited world where there are none.

    >>> fit_view([(175.0, 0.0), (-175.0, 0.0)]).longitude
    180.0
    """
    spots = list(points) or list(WORLD)
    west, width = _narrowest_window([lon for lon, _ in spots])
    south, north = min(lat for _, lat in spots), max(lat for _, lat in spots)
    if width > GLOBAL_WIDTH or not points:
        (west, south), (east, north) = WORLD
        width = east - west
    bottom, top = _mercator(south), _mercator(north)
    # A margin of a fifth keeps the ends, their discs and their names off the rim.
    across = math.log2(size[0] * 0.8 * 360 / (TILE * max(width, 0.01)))
    upright = math.log2(size[1] * 0.72 * 2 * math.pi / (TILE * max(top - bottom, 0.0002)))
    world = math.log2(size[0] / TILE)
    zoom = max(min(across, upright, CLOSEST), world)
    middle = (west + width / 2 + 180) % 360 - 180
    latitude = math.degrees(2 * math.atan(math.exp((bottom + top) / 2)) - math.pi / 2)
    return View(180.0 if middle == -180 else round(middle, 3), round(latitude, 3), round(zoom, 2))


def view_region(name: str, size: tuple[int, int] = DESK) -> View:
    """The view of a part of the world, filled to its rims.

    >>> view_region("Europe").zoom > view_region("Pacific").zoom
    True
    """
    west, south, east, north = REGIONS[name]
    bottom, top = _mercator(south), _mercator(north)
    across = math.log2(size[0] * 360 / (TILE * (east - west)))
    upright = math.log2(size[1] * 2 * math.pi / (TILE * (top - bottom)))
    middle = ((west + east) / 2 + 180) % 360 - 180
    latitude = math.degrees(2 * math.atan(math.exp((bottom + top) / 2)) - math.pi / 2)
    return View(round(middle, 3), round(latitude, 3), round(min(across, upright), 2))


def lies_in(name: str, longitudes: Any, latitudes: Any) -> Any:
    """Which of the positions (arrays in degrees) lie in a part of the world; unknown ones lie nowhere."""
    west, south, east, north = REGIONS[name]
    return ((longitudes - west) % 360 <= east - west) & (latitudes >= south) & (latitudes <= north)


def unroll(start: Point, end: Point) -> Point:
    """``end`` with its longitude on the turn of the globe that is nearest to ``start``, so that a line takes the short way.

    >>> unroll((140.0, 35.0), (-157.0, 21.0))
    (203.0, 21.0)
    """
    return (end[0] - 360 * round((end[0] - start[0]) / 360), end[1])


def project(point: Point, view: View) -> Point:
    """Pixels right of and below the middle of the view, on the turn of the globe that the view is on.

    >>> project((20.0, 0.0), View(20.0, 0.0, 3.0))
    (0.0, 0.0)
    """
    pixels = TILE * 2**view.zoom / (2 * math.pi)
    lon = unroll((view.longitude, 0.0), point)[0]
    return math.radians(lon - view.longitude) * pixels, (_mercator(view.latitude) - _mercator(point[1])) * pixels


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(max(-80.0, min(80.0, latitude))) / 2))


def _narrowest_window(longitudes: Sequence[float]) -> tuple[float, float]:
    """West rim and width of the shortest arc of the equator that holds all longitudes: what the widest gap leaves."""
    ring = sorted({(lon + 180) % 360 - 180 for lon in longitudes})
    gaps = [((ring[(i + 1) % len(ring)] - lon) % 360 or 360, i) for i, lon in enumerate(ring)]
    gap, at = max(gaps)
    return ring[(at + 1) % len(ring)], 360 - gap
