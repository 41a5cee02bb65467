"""The map: rows in, a pydeck.Deck out. The basemap is an address on the page's own server; no tile is ever asked for."""

from __future__ import annotations

import json

import pandas as pd
import pydeck

from tracker.figures.palette import THEMES, Theme, rgba
from tracker.figures.records import MapRows, Record, list_records, weigh
from tracker.figures.shapes import list_arcs, list_ends, list_states
from tracker.figures.viewport import DESK, View, fit_view, project

#: Served by streamlit's static folder; a layer's data is an address, since inline it would be sent with every rerun.
BASEMAP = "app/static/basemap/50m.json"
#: Nobody reads more arcs than this, and a software GPU draws no more.
MOST_ARCS = 2000
MOST_NAMES = 16
#: Arcs lie flat on the map and bow to the side, so that both directions of a route are seen; lanes differ by their height.
TILT = 85
#: deck.gl would else hide flat layers behind each other.
FLAT = {"depthCompare": "always", "depthWriteEnabled": False}
TOOLTIP = {
    "html": "<b>{head}</b><br>{route}<br>{when}",
    "style": {
        "maxWidth": "320px",
        "fontSize": "13px",
        "lineHeight": "1.35",
        "borderRadius": "6px",
        "padding": "8px 10px",
        "margin": "14px",
    },
}


class CompactDeck(pydeck.Deck):  # type: ignore[misc]
    """A deck whose JSON has no indentation: a third of the bytes that every rerun sends."""

    def to_json(self) -> str:
        """The deck as deck.gl's JSON."""
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))


def draw_map(rows: MapRows, theme: str = "light", chosen: str = "", size: tuple[int, int] = DESK) -> pydeck.Deck:
    """The deck of a split frame (`tracker.figures.records.split_for_map`): basemap, discs, arcs, names.

    ``chosen`` is the deployment_id that is lifted out; ``size`` the map's size on the screen in pixels.
    """
    greys = THEMES[theme]
    arcs = list_arcs(sorted(list_records(rows.arcs), key=weigh, reverse=True)[:MOST_ARCS], theme)
    ends = list_ends(list_records(rows.arcs), theme)
    states = list_states(list_records(rows.marks), theme)
    points = [p for arc in arcs for p in (arc["s"], arc["t"])] + [mark["p"] for mark in states]
    view = fit_view(points, size)
    lifted = [arc | {"w": arc["w"] + 5, "sc": rgba(greys.ink, 90), "tc": rgba(greys.ink, 150)} for arc in arcs if arc["id"] == chosen]
    width_scale = min(1.0, 0.4 + 0.6 * size[0] / DESK[0])
    layers = [
        _draw_land(greys),
        _draw_discs([end for end in ends if end["area"]]),
        _draw_arcs("chosen", lifted, width_scale, pickable=False),
        _draw_arcs("arcs", arcs, width_scale),
        _draw_rings("dots", [end for end in ends if not end["area"]], 4, width_scale),
        _draw_rings("states", states, "r", width_scale),
        _draw_names(place_names(ends + states, view, size), greys),
    ]
    return CompactDeck(
        layers=layers,
        views=[pydeck.View(type="MapView", controller=True, repeat=True)],
        initial_view_state=pydeck.ViewState(view.longitude, view.latitude, view.zoom, min_zoom=-1, max_zoom=12, pitch=0, bearing=0),
        map_provider=None,
        tooltip=TOOLTIP,
    )


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


def _draw_arcs(name: str, arcs: list[Record], width_scale: float, pickable: bool = True) -> pydeck.Layer:
    return pydeck.Layer(
        "ArcLayer",
        data=arcs,
        id=name,
        get_source_position="s",
        get_target_position="t",
        get_source_color="sc",
        get_target_color="tc",
        get_width="w",
        width_scale=width_scale,
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


def _draw_rings(name: str, marks: list[Record], radius: int | str, scale: float) -> pydeck.Layer:
    return pydeck.Layer(
        "ScatterplotLayer",
        data=marks,
        id=name,
        get_position="p",
        get_radius=radius,
        radius_units="'pixels'",
        radius_scale=scale,
        get_fill_color="fc",
        get_line_color="lc",
        line_width_units="'pixels'",
        get_line_width=1.6,
        stroked=True,
        pickable=True,
        parameters=FLAT,
    )


def place_names(marks: list[Record], view: View, size: tuple[int, int]) -> list[Record]:
    """The names that have room in the view, those of the largest destinations first; no two overlap.

    deck.gl's own collision filter drops nearly all of them on a map that repeats around the globe.
    """
    placed: list[Record] = []
    boxes: list[tuple[float, float, float]] = []
    for mark in sorted(marks, key=lambda mark: (not mark["arrives"], -mark["n"])):
        x, y = project(tuple(mark["p"]), view)
        half = 4.0 * len(mark["name"])
        inside = abs(x) + half < size[0] / 2 and abs(y) + 24 < size[1] / 2
        if inside and all(abs(x - other) > half + width or abs(y - row) > 18 for other, row, width in boxes):
            boxes.append((x, y, half))
            placed.append({"p": mark["p"], "name": mark["name"]})
        if len(placed) == MOST_NAMES:
            break
    return placed


def _draw_names(names: list[Record], greys: Theme) -> pydeck.Layer:
    return pydeck.Layer(
        "TextLayer",
        data=names,
        id="names",
        get_position="p",
        get_text="name",
        get_size=12.5,
        get_color=rgba(greys.ink, 240),
        get_pixel_offset=[0, -14],
        get_text_anchor="'middle'",
        font_family="'Source Sans, Source Sans Pro, sans-serif'",
        font_weight=600,
        character_set="'auto'",
        font_settings={"sdf": True, "fontSize": 64, "buffer": 8, "radius": 16},
        outline_width=3,
        outline_color=rgba(greys.halo, 230),
        pickable=False,
        parameters=FLAT,
    )


def describe_map(frame: pd.DataFrame, rows: MapRows) -> str:
    """What the map shows, for who cannot see it."""
    drawn = f"{len(rows.arcs)} movements as arcs and {len(rows.marks)} places of alert or presence"
    return f"Map of the world with {drawn}, of {len(frame)} rows; the table below lists them all."
