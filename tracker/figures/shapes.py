"""What is drawn for rows and flows, as plain numbers and text: arcs, marks at their ends, rings where nobody moves.

Width is the square root of persons, hue and solidity are the status, a withdrawal is a hollow line, an implied origin
fades in. A place known only to its country is a soft disc, never a dot.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

from tracker.figures.flows import Flow
from tracker.figures.palette import ALPHAS, COLOURS, look_of, rgba
from tracker.figures.records import Record, read_list, weigh
from tracker.figures.viewport import Point, unroll
from tracker.figures.wording import name_country, name_force, say_count, say_place, say_precision, say_route, say_when

#: A place known no better than this is drawn as a soft disc of its own size.
AREAS = frozenset({"country", "region", "sea", "admin1", "subregion", "border"})
WIDEST_DISC_KM = 350.0
WIDEST = 18.0
#: More arcs than this are drawn thinner, all of them alike, or the map would be paint.
CROWD = 50
#: Pixels for the square root of a person, where the largest arc leaves room for it.
PER_ROOT = 0.11
#: A hollow line is at least as wide as its two edges and the gap between them.
NARROWEST_HOLLOW = 3.6

FindPoint = Callable[[str], tuple[float, float, float] | None]


def scale_width(persons: int, per_root: float = PER_ROOT) -> float:
    """Pixels for a number of persons: proportional to its square root, never a hairline, never a beam.

    >>> scale_width(100) < scale_width(1_000) < scale_width(10_000)
    True
    """
    return round(min(WIDEST, max(1.4, math.sqrt(max(0, persons)) * per_root)), 1)


def choose_scale(largest: int, arcs: int = 0) -> float:
    """Pixels for the square root of a person so that the largest arc just reaches ``WIDEST``, or less where arcs are many.

    >>> choose_scale(4_000_000) < choose_scale(100) == PER_ROOT
    True
    """
    widest = WIDEST * min(1.0, math.sqrt(CROWD / arcs)) if arcs else WIDEST
    return min(PER_ROOT, widest / math.sqrt(largest)) if largest > 0 else PER_ROOT


def list_arcs(records: Sequence[Record], theme: str = "light", per_root: float = PER_ROOT) -> list[Record]:
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
            arcs.append(_arc(row, a, b, lanes[lane], k > 0, COLOURS[theme], per_root))
            lanes[lane] += 1
    return arcs


def _arc(row: Record, start: Point, end: Point, lane: int, shared: bool, colours: dict[str, str], per_root: float) -> Record:
    look = look_of(row)
    alpha = ALPHAS[look]
    leaves = row["kind"] == "withdraw" and look != "denied" and not shared
    # What is denied keeps a thin line, whatever its number; so does each further place of one number.
    thin = shared or look == "denied"
    width = 1.6 if thin else scale_width(weigh(row), per_root)
    faint = 25 if row["origin_basis"] == "implied" else 90
    return {
        "id": row["deployment_id"],
        "s": list(start),
        "t": list(unroll(start, end)),
        "w": max(width, NARROWEST_HOLLOW) if leaves else width,
        "sc": rgba(colours[look], min(faint, alpha)),
        "tc": rgba(colours[look], alpha // 2 if row["destination_basis"] == "implied" or shared else alpha),
        "h": _height(lane),
        "o": int(leaves),
    } | tell(row)


def _height(lane: int) -> float:
    return min(0.9, round(0.22 + 0.11 * lane, 2))


def list_flow_arcs(flows: Sequence[Flow], find: FindPoint, theme: str = "light", per_root: float = PER_ROOT) -> list[Record]:
    """One arc a flow between two places; flows within one place are `list_inner_flows`."""
    arcs: list[Record] = []
    lanes: Counter[tuple[str, str]] = Counter()
    for flow in flows:
        start, end = find(flow.origin), find(flow.destination)
        if start is None or end is None or flow.origin == flow.destination:
            continue
        lane = (min(flow.origin, flow.destination), max(flow.origin, flow.destination))
        leaves = flow.leaves and flow.look != "denied"
        width = 1.6 if flow.look == "denied" else scale_width(flow.persons, per_root)
        alpha = ALPHAS[flow.look]
        arcs.append(
            {
                "id": flow.key,
                "s": list(start[:2]),
                "t": list(unroll(start[:2], end[:2])),
                "w": max(width, NARROWEST_HOLLOW) if leaves else width,
                "sc": rgba(COLOURS[theme][flow.look], min(70, alpha)),
                "tc": rgba(COLOURS[theme][flow.look], alpha),
                "h": _height(lanes[lane]),
                "o": int(leaves),
            }
            | tell_flow(flow)
        )
        lanes[lane] += 1
    return arcs


def list_inner_flows(flows: Sequence[Flow], find: FindPoint, theme: str = "light", per_root: float = PER_ROOT) -> list[Record]:
    """Movements that stay within a country or region: a ring there, one a flow."""
    marks: list[Record] = []
    rings: Counter[str] = Counter()
    for flow in flows:
        point = find(flow.origin)
        if flow.origin != flow.destination or point is None:
            continue
        radius = 6 + 0.6 * scale_width(flow.persons, per_root) + 4 * rings[flow.origin]
        rings[flow.origin] += 1
        mark = {"id": flow.key, "p": list(point[:2]), "name": name_country(flow.origin)[:40], "n": flow.persons, "arrives": True}
        colour = COLOURS[theme][flow.look]
        marks.append(mark | {"r": round(radius, 1), "fc": rgba(colour, 0), "lc": rgba(colour, ALPHAS[flow.look])} | tell_flow(flow))
    return marks


def list_flow_ends(flows: Sequence[Flow], find: FindPoint, ink: str, per_root: float = PER_ROOT) -> list[Record]:
    """One soft circle a country: its area grows with all who come and go."""
    come: Counter[str] = Counter()
    go: Counter[str] = Counter()
    for flow in flows:
        if flow.origin != flow.destination and flow.look not in ("denied", "possible"):
            come[flow.destination] += flow.persons
            go[flow.origin] += flow.persons
    ends = []
    for place in {flow.origin for flow in flows} | {flow.destination for flow in flows}:
        point = find(place)
        if point is not None:
            said = f"{come[place]:,} come, {go[place]:,} go"
            total = come[place] + go[place]
            ends.append(
                {
                    "id": "",
                    "p": list(point[:2]),
                    "r": round(4 + 0.5 * scale_width(total, per_root), 1),
                    "fc": rgba(ink, 40),
                    "lc": rgba(ink, 0),
                    "name": name_country(place)[:40],
                    "n": total,
                    "arrives": come[place] > 0,
                    "head": plain(name_country(place)),
                    "route": said,
                    "when": "",
                }
            )
    return sorted(ends, key=lambda mark: -mark["n"])


def tell(row: Record) -> dict[str, str]:
    """What the pointer shows over a row, in three lines. The browser escapes them; angle brackets are taken out all the same."""
    return {
        "head": plain(f"{say_count(row)} {row['personnel'] or 'troops'}, {name_force(row)}"),
        "route": plain(say_route(row)),
        "when": plain(f"{row['kind']}, {row['status'] or 'stationed'}; {say_when(row)}"),
    }


def tell_flow(flow: Flow) -> dict[str, str]:
    """What the pointer shows over a flow."""
    noun = "as reported" if flow.look in ("denied", "possible") else "counted once"
    route = f"{name_country(flow.origin)} \N{RIGHTWARDS ARROW} {name_country(flow.destination)}"
    return {
        "head": f"{flow.persons:,} troops, {noun}",
        "route": plain(route if flow.origin != flow.destination else f"within {name_country(flow.origin)}"),
        "when": f"{flow.rows:,} {flow.look}{' withdrawal' if flow.leaves else ' movement'}{'s' if flow.rows != 1 else ''}",
    }


def plain(text: str) -> str:
    """A text for a tooltip: no angle brackets, no great length."""
    return text.replace("<", "\u2039").replace(">", "\u203a")[:160]


def list_ends(records: Sequence[Record], theme: str = "light") -> list[Record]:
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
        # A disc as wide as what is known, in metres; a dot in pixels.
        "r": round(min(row[f"{end}_radius_km"] or 0.0, WIDEST_DISC_KM) * (1.0 if end == "destination" else 0.6) * 1000) if area else 4,
        "fc": rgba(colours[look], fill),
        "lc": rgba(colours[look], solid),
        "name": str(row[end])[:40],
        "n": 0,
        "arrives": end == "destination",
        "head": plain(say_place(row, end)),
        "route": plain(say_precision(row, end)),
        "when": "",
    }


def list_states(records: Sequence[Record], theme: str = "light", per_root: float = PER_ROOT) -> list[Record]:
    """Alerts and presence: a ring where they are, as large as an arc of that number is wide."""
    marks = []
    colours = COLOURS[theme]
    for row in sorted(records, key=weigh, reverse=True):
        end = "destination" if _point(row, "destination") else "origin"
        point = _point(row, end)
        if point is not None:
            look = look_of(row)
            radius = round(4 + 0.6 * scale_width(row["count"] or 0, per_root), 1)
            mark = {"id": row["deployment_id"], "p": list(point), "name": str(row[end])[:40], "n": 0, "arrives": False} | tell(row)
            # An alert is hollow, a presence faintly filled: told apart without their hue.
            fill = 0 if look == "alert" else 36
            marks.append(mark | {"r": radius, "fc": rgba(colours[look], fill), "lc": rgba(colours[look], ALPHAS[look])})
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
