"""Writes the basemap that the page draws under views of the world: the land as one shape, thinned lines and longer dashes.

    python data/basemap/build_far.py

makes ``land-far.json``, ``borders-far.json`` and ``disputed-far.json`` in ``static/basemap/`` from ``50m.json`` and the table
of disputed areas. Run it after a change of either; a test fails until that is done. On a view of the world a pixel is a third
of a degree, and a computer without a graphics card spends most of each picture, and so of each click, on the points of the
basemap: a fifth of them draws the same map in a third of the time.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "data" / "basemap")]

from build import Line, Point, thin_line  # noqa: E402

from tracker.figures.disputed import list_disputes  # noqa: E402

FOLDER = ROOT / "static" / "basemap"
#: Degrees by which a thinned coast and a thinned border may leave the drawn one; a smaller island would be no pixel.
COAST, BORDER, SMALLEST = 0.1, 0.15, 0.15


def list_rings() -> list[Line]:
    """Every ring of every country, land on its left."""
    features = json.loads((FOLDER / "50m.json").read_text(encoding="utf-8"))["features"]
    rings = []
    for feature in features:
        for polygon in feature["geometry"]["coordinates"]:
            for number, points in enumerate(polygon):
                ring = [(lon, lat) for lon, lat in points]
                rings.append(ring if (measure(ring) > 0) == (number == 0) else ring[::-1])
    return rings


def measure(ring: Line) -> float:
    """The area of a closed ring in square degrees, positive where it runs against the clock."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False)) / 2


def find_coasts(rings: list[Line]) -> list[Line]:
    """The rings of the whole land: what two countries share falls away, the rest is walked from end to end."""
    pieces = {(a, b) for ring in rings for a, b in zip(ring, ring[1:], strict=False)}
    onward: dict[Point, list[Point]] = defaultdict(list)
    for a, b in sorted(pieces):
        if (b, a) not in pieces:
            onward[a].append(b)
    coasts = []
    for begin in sorted(onward):
        while onward[begin]:
            coasts += _walk(onward, begin)
    return coasts


def _walk(onward: dict[Point, list[Point]], begin: Point) -> list[Line]:
    """One round from a point back to it; where it meets itself it is cut into rings."""
    found, path = [], [begin]
    while onward[path[-1]]:
        path.append(onward[path[-1]].pop())
        if path[-1] in path[:-1]:
            at = path.index(path[-1])
            found.append(path[at:])
            path = path[: at + 1]
    return [ring for ring in found if len(ring) > 3]


def thin_ring(ring: Line) -> Line:
    """A closed line with fewer points; empty where nothing worth a pixel is left."""
    wide, high = (max(values) - min(values) for values in zip(*ring, strict=True))
    if max(wide, high) < SMALLEST:
        return []
    # Two halves, since a ring begins where it ends and so has no line to leave.
    half = max(range(len(ring)), key=lambda i: (ring[i][0] - ring[0][0]) ** 2 + (ring[i][1] - ring[0][1]) ** 2)
    thin = thin_line(ring[: half + 1], COAST)[:-1] + thin_line(ring[half:], COAST)
    return thin if len(thin) > 3 else []


def join_land(coasts: list[Line]) -> list[list[Line]]:
    """Polygons out of rings: each outer one with the inner seas that lie in it."""
    thin = [ring for ring in map(thin_ring, coasts) if ring]
    land = [[ring] for ring in thin if measure(ring) > 0]
    for sea in (ring for ring in thin if measure(ring) < 0):
        around = [polygon for polygon in land if lies_in(sea[0], polygon[0])]
        if around:
            min(around, key=lambda polygon: measure(polygon[0])).append(sea)
    return land


def lies_in(point: Point, ring: Line) -> bool:
    """Whether a point lies within a ring."""
    x, y = point
    level = [(a, b) for a, b in zip(ring, ring[1:], strict=False) if (a[1] > y) != (b[1] > y)]
    return sum(a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) > x for a, b in level) % 2 == 1


def thin_borders(rings: list[Line]) -> list[dict[str, Point]]:
    """The lines between countries, from where three meet to where three meet, thinned; ``s`` and ``t`` are the ends of a piece."""
    pieces = {(a, b) for ring in rings for a, b in zip(ring, ring[1:], strict=False)}
    beside: dict[Point, set[Point]] = defaultdict(set)
    for a, b in pieces:
        if (b, a) in pieces:
            beside[a].add(b)
    lines = []
    for begin in [*(point for point in sorted(beside) if len(beside[point]) != 2), *sorted(beside)]:
        while beside[begin]:
            line = [begin]
            while beside[line[-1]] and (len(line) == 1 or len(beside[line[-1]]) == 1):
                step = min(beside[line[-1]])
                beside[line[-1]].discard(step)
                beside[step].discard(line[-1])
                line.append(step)
            lines.append(thin_line(line, BORDER))
    return [{"s": a, "t": b} for line in lines for a, b in zip(line, line[1:], strict=False)]


def write() -> dict[str, str]:
    """The three files' texts by their names."""
    rings = list_rings()
    land = {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": join_land(find_coasts(rings))}}
    files = {
        "land-far.json": {"type": "FeatureCollection", "features": [land]},
        "borders-far.json": thin_borders(rings),
        "disputed-far.json": {"type": "FeatureCollection", "features": list_disputes(is_far=True)},
    }
    return {name: json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n" for name, content in files.items()}


if __name__ == "__main__":
    for name, text in write().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"static/basemap/{name}: {len(text) // 1024} KB")
