"""The map: rows in, a pydeck.Deck out.

Width is the square root of persons, hue and solidity are the status, an implied origin fades in. A place known only to
its country is a soft disc, never a dot. Everything handed to pydeck is plain numbers and text, and text is escaped here.
"""

from __future__ import annotations

import html
import json
import math
from collections import Counter
from typing import Any

import pandas as pd
import pydeck

from tracker.figures.palette import ALPHAS, LOOKS, THEMES, Theme, look_of, rgba
from tracker.figures.records import MapRows, Record, list_records, read_list, weigh
from tracker.figures.viewport import DESK, Point, fit_view, unroll
from tracker.figures.wording import name_force, say_count, say_place, say_route, say_when

#: Served by streamlit's static folder; a layer's data is an address, since inline it would be sent with every rerun.
BASEMAP = "app/static/basemap/50m.json"
#: Nobody reads more arcs than this, and a software GPU draws no more.
MOST_ARCS = 2000
MOST_NAMES = 16
#: Arcs lie flat on the map and bow to the side, so that both directions of a route are seen; lanes differ by their height.
TILT = 85
#: A place known no better than this is drawn as a soft disc of its own size.
AREAS = frozenset({"country", "region", "sea", "admin1", "subregion", "border"})
WIDEST_DISC_KM = 350.0
#: deck.gl would else hide flat layers behind each other.
FLAT = {"depthCompare": "always", "depthWriteEnabled": False}
TOOLTIP = {
    "html": "{tip}",
    "style": {"maxWidth": "320px", "fontSize": "13px", "lineHeight": "1.35", "borderRadius": "6px", "padding": "8px 10px", "margin": "14px"},
}


class CompactDeck(pydeck.Deck):  # type: ignore[misc]
    """A deck whose JSON has no indentation: a third of the bytes that every rerun sends."""

    def to_json(self) -> str:
        """The deck as deck.gl's JSON."""
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))


def scale_width(persons: int) -> float:
    """Pixels for a number of persons: proportional to its square root, never a hairline, never a beam.

    >>> scale_width(100) < scale_width(1_000) < scale_width(10_000)
    True
    """
    return round(min(18.0, max(1.4, math.sqrt(persons) * 0.11)), 1)


def draw_map(rows: MapRows, theme: str = "light", chosen: str = "", size: tuple[int, int] = DESK) -> pydeck.Deck:
    """The deck of a split frame (`tracker.figures.records.split_for_map`): basemap, discs, arcs, names.

    ``chosen`` is the deployment_id that is lifted out; ``size`` the map's size on the screen in pixels.
    """
    greys = THEMES[theme]
    arcs = list_arcs(sorted(list_records(rows.arcs), key=weigh, reverse=True)[:MOST_ARCS])
    ends = list_ends(list_records(rows.arcs))
    states = list_states(list_records(rows.marks))
    points = [p for arc in arcs for p in (arc["s"], arc["t"])] + [mark["p"] for mark in states]
    view = fit_view(points, size)
    layers = [
        _draw_land(greys),
        _draw_discs([end for end in ends if end["area"]]),
        _draw_arcs("chosen", [arc | {"w": arc["w"] + 5, "sc": rgba(greys.ink, 90), "tc": rgba(greys.ink, 150)} for arc in arcs if arc["id"] == chosen], pickable=False),
        _draw_arcs("arcs", arcs),
        _draw_dots([end for end in ends if not end["area"]], greys),
        _draw_states(states, greys),
        _draw_names(ends + states, greys),
    ]
    return CompactDeck(
        layers=layers,
        views=[pydeck.View(type="MapView", controller=True, repeat=True)],
        initial_view_state=pydeck.ViewState(longitude=view.longitude, latitude=view.latitude, zoom=view.zoom, pitch=0, bearing=0, min_zoom=-1, max_zoom=12),
        map_provider=None,
        tooltip=TOOLTIP,
    )


def list_arcs(records: list[Record]) -> list[Record]:
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
            arcs.append(_arc(row, a, b, lanes[lane], shared=k > 0))
            lanes[lane] += 1
    return arcs


def _arc(row: Record, start: Point, end: Point, lane: int, shared: bool) -> Record:
    look = look_of(row)
    alpha = ALPHAS[look]
    # What totals count elsewhere (a repeat, a running total) and what is denied keeps a thin line, whatever its number.
    thin = shared or look == "denied" or (look != "possible" and not row["counted_persons"])
    faint = 20 if row["origin_basis"] == "implied" else 90
    return {
        "id": row["deployment_id"],
        "s": list(start),
        "t": list(unroll(start, end)),
        "w": 1.6 if thin else scale_width(weigh(row)),
        "sc": rgba(LOOKS[look], min(faint, alpha)),
        "tc": rgba(LOOKS[look], alpha // 2 if row["destination_basis"] == "implied" or shared else alpha),
        "h": min(0.9, 0.22 + 0.11 * lane),
        "tip": tell(row),
    }


def tell(row: Record) -> str:
    """What the pointer shows over a row, as escaped HTML."""
    lines = [f"{say_count(row)} {row['personnel'] or 'troops'}, {name_force(row)}", say_route(row), f"{row['status'] or row['kind']}; {say_when(row)}"]
    first, *rest = (html.escape(line[:160]) for line in lines)
    return f"<b>{first}</b><br>" + "<br>".join(rest)


def list_ends(records: list[Record]) -> list[Record]:
    """One mark a place and direction, whatever the number of arcs there: where troops arrive, solid; where they leave, hollow."""
    found: dict[tuple[Point, str], Record] = {}
    for row in sorted(records, key=weigh, reverse=True):
        for end in ("destination", "origin"):
            point = _point(row, end)
            if point is None:
                continue
            mark = found.setdefault((point, end), _end(row, end, point))
            mark["n"] += weigh(row)
    return sorted(found.values(), key=lambda mark: -mark["n"])


def _end(row: Record, end: str, point: Point) -> Record:
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
        "fc": rgba(LOOKS[look], fill),
        "lc": rgba(LOOKS[look], solid),
        "name": str(row[end])[:40],
        "n": 0,
        "arrives": end == "destination",
        "tip": f"<b>{html.escape(say_place(row, end))}</b><br>known to the {html.escape(row[f'{end}_precision'])}",
    }


def list_states(records: list[Record]) -> list[Record]:
    """Alerts and presence: a ring where they are, as large as an arc of that number is wide."""
    marks = []
    for row in sorted(records, key=weigh, reverse=True):
        end = "destination" if _point(row, "destination") else "origin"
        point = _point(row, end)
        if point is not None:
            look = look_of(row)
            radius = 4 + 0.8 * scale_width(row["count"] or 0)
            marks.append({"id": row["deployment_id"], "p": list(point), "r": radius, "fc": rgba(LOOKS[look], 50), "lc": rgba(LOOKS[look], ALPHAS[look]), "name": str(row[end])[:40], "n": 0, "arrives": False, "tip": tell(row)})
    return marks


def _point(row: Record, end: str) -> Point | None:
    lon, lat = row[f"{end}_lon"], row[f"{end}_lat"]
    return None if lon is None or lat is None else (round(float(lon), 4), round(float(lat), 4))


def _points(cell: object) -> list[Point]:
    places = [place for place in read_list(cell) if isinstance(place, dict)]
    return [(float(p["lon"]), float(p["lat"])) for p in places if isinstance(p.get("lon"), (int, float)) and isinstance(p.get("lat"), (int, float))]


def _draw_land(greys: Theme) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer",
        data=BASEMAP,
        id="land",
        get_fill_color=rgba(greys.land),
        get_line_color=rgba(greys.border),
        line_width_min_pixels=0.7,
        line_width_units="'pixels'",
        get_line_width=0.7,
        pickable=False,
        parameters=FLAT,
    )


def _draw_arcs(name: str, arcs: list[Record], pickable: bool = True) -> pydeck.Layer:
    return pydeck.Layer(
        "ArcLayer",
        data=arcs,
        id=name,
        get_source_position="s",
        get_target_position="t",
        get_source_color="sc",
        get_target_color="tc",
        get_width="w",
        get_height="h",
        get_tilt=TILT,
        pickable=pickable,
        auto_highlight=pickable,
        highlight_color=[30, 41, 59, 120],
        parameters=FLAT,
    )


def _draw_discs(ends: list[Record]) -> pydeck.Layer:
    return pydeck.Layer(
        "ScatterplotLayer",
        data=ends,
        id="discs",
        get_position="p",
        get_radius="r",
        get_fill_color="fc",
        radius_min_pixels=7,
        radius_max_pixels=34,
        stroked=False,
        pickable=True,
        parameters=FLAT,
    )


def _draw_dots(ends: list[Record], greys: Theme) -> pydeck.Layer:
    return pydeck.Layer(
        "ScatterplotLayer",
        data=ends,
        id="dots",
        get_position="p",
        get_radius=4,
        radius_units="'pixels'",
        get_fill_color="fc",
        get_line_color="lc",
        line_width_units="'pixels'",
        get_line_width=1.4,
        stroked=True,
        pickable=True,
        parameters=FLAT,
    )


def _draw_states(marks: list[Record], greys: Theme) -> pydeck.Layer:
    return pydeck.Layer(
        "ScatterplotLayer",
        data=marks,
        id="states",
        get_position="p",
        get_radius="r",
        radius_units="'pixels'",
        get_fill_color="fc",
        get_line_color="lc",
        line_width_units="'pixels'",
        get_line_width=2,
        stroked=True,
        pickable=True,
        parameters=FLAT,
    )


def _draw_names(marks: list[Record], greys: Theme) -> pydeck.Layer:
    named: dict[str, Record] = {}
    for mark in sorted(marks, key=lambda mark: (not mark["arrives"], -mark["n"])):
        named.setdefault(mark["name"], mark)
    chosen = list(named.values())[:MOST_NAMES]
    data: list[dict[str, Any]] = [{"p": mark["p"], "name": mark["name"], "rank": 1000 - 10 * k} for k, mark in enumerate(chosen)]
    return pydeck.Layer(
        "TextLayer",
        data=data,
        id="names",
        get_position="p",
        get_text="name",
        get_size=12,
        get_color=rgba(greys.ink, 235),
        get_pixel_offset=[0, -13],
        get_text_anchor="'middle'",
        font_family="'Source Sans, Source Sans Pro, sans-serif'",
        font_weight=600,
        character_set="'auto'",
        font_settings={"sdf": True, "radius": 12},
        outline_width=3,
        outline_color=rgba(greys.halo, 230),
        #X extensions=[{"@@type": "CollisionFilterExtension"}],
        get_collision_priority="rank",
        collision_test_props={"sizeScale": 1.6},
        pickable=False,
    )


def describe_map(frame: pd.DataFrame, rows: MapRows) -> str:
    """What the map shows, for who cannot see it."""
    return f"Map of the world with {len(rows.arcs)} movements as arcs and {len(rows.marks)} places of alert or presence, of {len(frame)} rows; the table below lists them all."
