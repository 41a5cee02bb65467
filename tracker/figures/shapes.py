"""What is drawn for rows, as plain numbers and text: arcs, marks at their ends, rings where nobody moves.

Width is the square root of persons, hue and solidity are the status, an implied origin fades in. A place known only to
its country is a soft disc, never a dot.
"""

from __future__ import annotations

import math
from collections import Counter

from tracker.figures.palette import ALPHAS, COLOURS, look_of, rgba
from tracker.figures.records import Record, read_list, weigh
from tracker.figures.viewport import Point, unroll
from tracker.figures.wording import name_force, say_count, say_place, say_precision, say_route, say_when

#: A place known no better than this is drawn as a soft disc of its own size.
AREAS = frozenset({"country", "region", "sea", "admin1", "subregion", "border"})
WIDEST_DISC_KM = 350.0


def scale_width(persons: int) -> float:
    """Pixels for a number of persons: proportional to its square root, never a hairline, never a beam.

    >>> scale_width(100) < scale_width(1_000) < scale_width(10_000)
    True
    """
    return round(min(18.0, max(1.4, math.sqrt(persons) * 0.11)), 1)


def list_arcs(records: list[Record], theme: str = "light") -> list[Record]:
    """One arc a row, and thin ones to and from its further places; arcs of one route are fanned out by their tilt."""
    arcs: list[Record] = []
    lanes: Counter[tuple[Point, Point]] = Counter()
    for row in records:
        start, end = _point(row, "origin"), _point(row, "destination")
        if start is None or end is None:
            continue
        more = [(start, p) for p in _points(row["destinations_more"])] + [(p, end) for p in _points(row["origins_more"])]
        for k, (a, b) in enumerate([(start, end), *more]):
            lane = (min(a, b), max(a, b))
            arcs.append(_arc(row, a, b, lanes[lane], k > 0, COLOURS[theme]))
            lanes[lane] += 1
    return arcs


def _arc(row: Record, start: Point, end: Point, lane: int, shared: bool, colours: dict[str, str]) -> Record:
    look = look_of(row)
    alpha = ALPHAS[look]
    # What totals count elsewhere (a repeat, a running total) and what is denied keeps a thin line, whatever its number.
    thin = shared or look == "denied" or (look != "possible" and not row["counted_persons"])
    faint = 25 if row["origin_basis"] == "implied" else 90
    return {
        "id": row["deployment_id"],
        "s": list(start),
        "t": list(unroll(start, end)),
        "w": 1.6 if thin else scale_width(weigh(row)),
        "sc": rgba(colours[look], min(faint, alpha)),
        "tc": rgba(colours[look], alpha // 2 if row["destination_basis"] == "implied" or shared else alpha),
        "h": min(0.9, 0.22 + 0.11 * lane),
    } | tell(row)


def tell(row: Record) -> dict[str, str]:
    """What the pointer shows over a row, in three lines. The browser escapes them; angle brackets are taken out all the same."""
    return {
        "head": _plain(f"{say_count(row)} {row['personnel'] or 'troops'}, {name_force(row)}"),
        "route": _plain(say_route(row)),
        "when": _plain(f"{row['status'] or row['kind']}; {say_when(row)}"),
    }


def _plain(text: str) -> str:
    return text.replace("<", "\u2039").replace(">", "\u203a")[:160]


def list_ends(records: list[Record], theme: str = "light") -> list[Record]:
    """One mark a place and direction, whatever the number of arcs there: where troops arrive, solid; where they leave, hollow."""
    found: dict[tuple[Point, str], Record] = {}
    for row in sorted(records, key=weigh, reverse=True):
        for end in ("destination", "origin"):
            point = _point(row, end)
            if point is None:
                continue
            mark = found.setdefault((point, end), _end(row, end, point, COLOURS[theme]))
            mark["n"] += weigh(row)
    return sorted(found.values(), key=lambda mark: -mark["n"])


def _end(row: Record, end: str, point: Point, colours: dict[str, str]) -> Record:
    look = look_of(row)
    solid = min(ALPHAS[look], 230)
    area = row[f"{end}_precision"] in AREAS
    fill = 46 if area else solid if end == "destination" else 0
    if row[f"{end}_basis"] == "implied":
        fill = fill // 2
    return {
        "id": row["deployment_id"],
        "p": list(point),
        "area": area,
        "r": round(min(row[f"{end}_radius_km"] or 0.0, WIDEST_DISC_KM) * (1.0 if end == "destination" else 0.6) * 1000),
        "fc": rgba(colours[look], fill),
        "lc": rgba(colours[look], solid),
        "name": str(row[end])[:40],
        "n": 0,
        "arrives": end == "destination",
        "head": _plain(say_place(row, end)),
        "route": _plain(say_precision(row, end)),
        "when": "",
    }


def list_states(records: list[Record], theme: str = "light") -> list[Record]:
    """Alerts and presence: a ring where they are, as large as an arc of that number is wide."""
    marks = []
    colours = COLOURS[theme]
    for row in sorted(records, key=weigh, reverse=True):
        end = "destination" if _point(row, "destination") else "origin"
        point = _point(row, end)
        if point is not None:
            look = look_of(row)
            radius = 4 + 0.8 * scale_width(row["count"] or 0)
            mark = {"id": row["deployment_id"], "p": list(point), "name": str(row[end])[:40], "n": 0, "arrives": False} | tell(row)
            marks.append(mark | {"r": radius, "fc": rgba(colours[look], 36), "lc": rgba(colours[look], ALPHAS[look])})
    return marks


def _point(row: Record, end: str) -> Point | None:
    lon, lat = row[f"{end}_lon"], row[f"{end}_lat"]
    return None if lon is None or lat is None else (round(float(lon), 4), round(float(lat), 4))


def _points(cell: object) -> list[Point]:
    places = [place for place in read_list(cell) if isinstance(place, dict)]
    return [
        (float(p["lon"]), float(p["lat"]))
        for p in places
        if isinstance(p.get("lon"), (int, float)) and isinstance(p.get("lat"), (int, float))
    ]
