"""The map: a selection in, a pydeck.Deck out. The basemap is an address on the page's own server; no tile is ever asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pydeck
from pydeck.bindings.json_tools import default_serialize

from tracker.figures import layers
from tracker.figures.flows import Flow, count_flows, count_parts, find_point, list_flows
from tracker.figures.labels import place_names
from tracker.figures.palette import THEMES, rgba
from tracker.figures.records import DRAWN, Record, list_records, weigh
from tracker.figures.selection import Selection, find_largest, find_part
from tracker.figures.shapes import (
    choose_scale,
    list_arcs,
    list_ends,
    list_flow_arcs,
    list_flow_ends,
    list_inner_flows,
    list_states,
)
from tracker.figures.viewport import DESK, EVERYWHERE, REGIONS, View, fit_view, view_region

#: Up to this many movements each has its own arc; of more the flows between countries are drawn.
FEW = 150
#: More single arcs than this nobody reads, and each costs bytes at every change of a filter.
MOST_ARCS, MOST_ENDS, MOST_STATES = 400, 260, 120
STYLES = ("automatic", "flows", "movements")
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
        """The deck as deck.gl's JSON. Without indentation Python's fast encoder does the work: 3 ms instead of 40."""
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Picture:
    """What the map shows of a selection: the shapes, and how many of what there is they are."""

    style: str
    arcs: list[Record]
    ends: list[Record]
    states: list[Record]
    shown: int
    of: int
    covered: int
    per_root: float
    flows: tuple[Flow, ...] = ()

    @property
    def points(self) -> list[tuple[float, float]]:
        """Every position, for the view that shows them all."""
        marks = [mark["p"] for mark in (*self.states, *self.ends)]
        return [(p[0], p[1]) for arc in self.arcs for p in (arc["s"], arc["t"])] + [(p[0], p[1]) for p in marks]


def choose_style(selection: Selection, style: str = STYLES[0]) -> str:
    """ "flows" or "movements": what "automatic" means for these rows."""
    if style in STYLES[1:]:
        return style
    return "movements" if count_parts(selection)["arc"] <= FEW else "flows"


def compose_picture(selection: Selection, theme: str = "light", style: str = STYLES[0], chosen: str = "") -> Picture:
    """The shapes of a selection, largest first, no more than a reader and a browser can take.

    The row with the id ``chosen`` is among them, however small it is.
    """
    cube, parts = selection.cube, count_parts(selection)
    states = list_records(cube.take(find_largest(cube, find_part(selection, "mark"), MOST_STATES), DRAWN), DRAWN)
    style = choose_style(selection, style)
    if style == "movements":
        rows = find_largest(cube, find_part(selection, "arc"), MOST_ARCS)
        records = list_records(cube.take(rows, DRAWN), DRAWN)
        if chosen and all(row["deployment_id"] != chosen for row in records):
            row = cube.find(chosen)
            records += [row] if row and row["origin_lat"] is not None and row["destination_lat"] is not None else []
        scale = choose_scale(max((weigh(row) for row in records if row["status"] != "denied"), default=0), len(rows))
        ends = list_ends(records, theme)[:MOST_ENDS]
        arcs, marks = list_arcs(records, theme, scale), list_states(states, theme, scale)
        return Picture(style, arcs, ends, marks, len(rows), parts["arc"], parts["covered"], scale)
    flows = list_flows(selection)
    scale = choose_scale(max((flow.persons for flow in flows if flow.look != "denied"), default=0), len(flows))

    def find(place: str) -> tuple[float, float, float] | None:
        return find_point(cube, place)

    arcs = list_flow_arcs(flows, find, theme, scale)
    # Flows that are told last are drawn last: the thin ones stay visible over the broad.
    marks = list_inner_flows(flows, find, theme, scale) + list_states(states, theme, scale)
    ends = list_flow_ends(flows, find, THEMES[theme].ink, scale)
    return Picture(style, arcs, ends, marks, len(flows), count_flows(selection), parts["covered"], scale, tuple(flows))


def look_at(picture: Picture, size: tuple[int, int] = DESK, region: str = EVERYWHERE) -> View:
    """The view of a part of the world, or the one that shows all of a picture."""
    return view_region(region, size) if region in REGIONS else fit_view(picture.points, size)


def draw_map(
    picture: Picture,
    theme: str = "light",
    chosen: str = "",
    size: tuple[int, int] = DESK,
    disputes: bool = True,
    region: str = EVERYWHERE,
) -> pydeck.Deck:
    """The deck of a picture: basemap, discs, arcs, names.

    ``chosen`` is the id (a deployment_id, or a flow's key) that is lifted out; ``size`` the map's size in pixels.
    """
    greys = THEMES[theme]
    view = look_at(picture, size, region)
    arcs, ends, states = picture.arcs, picture.ends, picture.states
    lifted = [arc | {"w": arc["w"] + 5, "sc": rgba(greys.ink, 90), "tc": rgba(greys.ink, 150)} for arc in arcs if arc["id"] == chosen]
    lifted_marks = [mark | {"r": mark["r"] + 4, "fc": [0, 0, 0, 0], "lc": rgba(greys.ink, 200)} for mark in states if mark["id"] == chosen]
    hollow = [{"s": arc["s"], "t": arc["t"], "w": round(arc["w"] * 0.5, 1), "h": arc["h"]} for arc in arcs if arc["o"]]
    scale = min(1.0, 0.4 + 0.6 * size[0] / DESK[0])
    single = picture.style == "movements"
    discs = [end for end in ends if end.get("area")]
    dots = [end for end in ends if not end.get("area")]
    return CompactDeck(
        layers=[
            *layers.draw_base(greys, view.zoom, disputes),
            layers.draw_discs(discs),
            layers.draw_arcs("chosen", lifted, scale, pickable=False),
            layers.draw_arcs("arcs", arcs, scale),
            layers.draw_hollows(hollow, scale, greys),
            layers.draw_heads([] if single else [{"p": arc["t"], "r": round(2 + arc["w"] / 3, 1), "c": arc["tc"]} for arc in arcs], scale),
            layers.draw_rings("dots", [{k: v for k, v in dot.items() if k not in ("n", "name", "arrives", "area")} for dot in dots], scale),
            layers.draw_rings("states", [{k: v for k, v in mark.items() if k not in ("n", "name", "arrives")} for mark in states], scale),
            layers.draw_rings("chosen-mark", lifted_marks, scale, pickable=False),
            layers.draw_names(place_names(ends + states, view, size), greys),
        ],
        # With a double click that zooms, every click waits a third of a second for a second one.
        views=[pydeck.View(type="MapView", controller={"doubleClickZoom": False}, repeat=True)],
        initial_view_state=pydeck.ViewState(view.longitude, view.latitude, view.zoom, min_zoom=-1, max_zoom=12, pitch=0, bearing=0),
        map_provider=None,
        tooltip=TOOLTIP,
    )


def describe_map(picture: Picture, rows: int) -> str:
    """What the map shows, for who cannot see it."""
    what = "flows between countries" if picture.style == "flows" else "movements as arcs"
    largest = f" The largest: {picture.arcs[0]['head']}, {picture.arcs[0]['route']}." if picture.arcs else ""
    return (
        f"Map of the world with {picture.shown} {what} and {len(picture.states)} rings of alert or presence, "
        f"of {rows} rows.{largest} The table below lists them all."
    )
