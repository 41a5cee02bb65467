"""The layers of the map, one function each: shapes in, a pydeck.Layer out."""

from __future__ import annotations

import pydeck

from tracker.figures.palette import Theme, rgba
from tracker.figures.records import Record

#: Served by streamlit's static folder; a layer's data is an address, since inline it would be sent with every rerun.
BASEMAP = "app/static/basemap/"
#: Below this zoom the thinned outlines are drawn: a pixel is then wider than what was thinned away.
FAR = 2.2
#: Arcs lie flat on the map and bow to the side, so that both directions of a route are seen; lanes differ by their height.
TILT = 85
#: deck.gl would else hide flat layers behind each other.
FLAT = {"depthCompare": "always", "depthWriteEnabled": False}


def draw_base(greys: Theme, zoom: float, disputes: bool) -> list[pydeck.Layer]:
    """Land, borders and dashes, coarse and fine, of which the one kind is seen.

    Both are always there: a layer that changes its data fetches and cuts it into triangles anew, a tenth of a second each time.
    """
    is_far = zoom < FAR
    return [
        layer
        for name, seen in (("-far", is_far), ("", not is_far))
        for layer in (_draw_land(greys, name, seen), _draw_borders(greys, name, seen), _draw_disputes(greys, name, seen and disputes))
    ]


def _draw_land(greys: Theme, name: str, seen: bool) -> pydeck.Layer:
    """The land, without its outlines: as strokes they take a software GPU two seconds for each picture and each click."""
    return pydeck.Layer(
        "GeoJsonLayer",
        data=BASEMAP + ("land-far.json" if name else "50m.json"),
        id=f"land{name}",
        visible=seen,
        get_fill_color=rgba(greys.land),
        stroked=False,
        pickable=False,
        parameters=FLAT,
    )


def _draw_borders(greys: Theme, name: str, seen: bool) -> pydeck.Layer:
    """The lines between countries, a plain line each piece."""
    return pydeck.Layer(
        "LineLayer",
        data=f"{BASEMAP}borders{name}.json",
        id=f"borders{name}",
        visible=seen,
        get_source_position="s",
        get_target_position="t",
        get_color=rgba(greys.border),
        get_width=0.9,
        pickable=False,
        parameters=FLAT,
    )


def _draw_disputes(greys: Theme, name: str, seen: bool) -> pydeck.Layer:
    """Dashed lines around disputed areas, as `disputed.list_disputes` made them."""
    return pydeck.Layer(
        "GeoJsonLayer",
        data=f"{BASEMAP}disputed{name}.json",
        id=f"disputes{name}",
        visible=seen,
        get_line_color=rgba(greys.ink, 105),
        line_width_units="'pixels'",
        get_line_width=1,
        stroked=True,
        filled=False,
        pickable=True,
        parameters=FLAT,
    )


def draw_arcs(name: str, arcs: list[Record], width_scale: float, pickable: bool = True) -> pydeck.Layer:
    """Arcs of `shapes.list_arcs` or `shapes.list_flow_arcs`."""
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
        parameters=FLAT,
    )


def draw_hollows(arcs: list[Record], width_scale: float, greys: Theme) -> pydeck.Layer:
    """The light core of withdrawals, which makes their line a hollow one."""
    return pydeck.Layer(
        "ArcLayer",
        data=arcs,
        id="hollows",
        get_source_position="s",
        get_target_position="t",
        get_source_color=rgba(greys.land, 60),
        get_target_color=rgba(greys.halo, 235),
        get_width="w",
        width_scale=width_scale,
        get_height="h",
        get_tilt=TILT,
        pickable=False,
        parameters=FLAT,
    )


def draw_heads(heads: list[Record], scale: float) -> pydeck.Layer:
    """A dot where each flow ends: the second sign of its direction."""
    return pydeck.Layer(
        "ScatterplotLayer",
        data=heads,
        id="heads",
        get_position="p",
        get_radius="r",
        radius_units="'pixels'",
        radius_scale=scale,
        get_fill_color="c",
        stroked=False,
        pickable=False,
        parameters=FLAT,
    )


def draw_discs(ends: list[Record]) -> pydeck.Layer:
    """Soft discs where only a country or region is known, as large as that is, within limits."""
    return pydeck.Layer(
        "ScatterplotLayer",
        data=[{key: end[key] for key in ("id", "p", "r", "fc", "head", "route", "when")} for end in ends],
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


def draw_rings(name: str, marks: list[Record], scale: float, pickable: bool = True) -> pydeck.Layer:
    """Circles of a radius in pixels."""
    return pydeck.Layer(
        "ScatterplotLayer",
        data=marks,
        id=name,
        get_position="p",
        get_radius="r",
        radius_units="'pixels'",
        radius_scale=scale,
        get_fill_color="fc",
        get_line_color="lc",
        line_width_units="'pixels'",
        get_line_width=1.6,
        stroked=True,
        pickable=pickable,
        parameters=FLAT,
    )


def draw_names(names: list[Record], greys: Theme) -> pydeck.Layer:
    """Names of places that `labels.place_names` found room for."""
    return pydeck.Layer(
        "TextLayer",
        data=names,
        id="names",
        get_position="p",
        get_text="name",
        get_size=12.5,
        get_color=rgba(greys.ink),
        get_pixel_offset="[0, y]",
        get_text_anchor="'middle'",
        font_family="'Source Sans, Source Sans Pro, sans-serif'",
        font_weight=600,
        character_set="'auto'",
        # Near the size that is drawn: from larger glyphs the dots of the i and the dashes are lost.
        font_settings={"sdf": True, "fontSize": 26, "buffer": 5, "radius": 8, "cutoff": 0.18, "smoothing": 0.35},
        outline_width=0.9,
        outline_color=rgba(greys.halo, 230),
        pickable=False,
        parameters=FLAT,
    )
