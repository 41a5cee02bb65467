"""What the player needs: the arcs of the map with their persons a step of time. Plain values, a few kilobytes."""

from __future__ import annotations

from typing import Any

import numpy as np

from tracker.figures.arc_map import Picture, look_at
from tracker.figures.flows import name_flow
from tracker.figures.histogram import Bins, choose_bins
from tracker.figures.labels import place_names
from tracker.figures.palette import THEMES
from tracker.figures.selection import Selection
from tracker.figures.viewport import EVERYWHERE

#: The coarse outlines: the player paints them once, and the finer ones cost it a second on a slow machine.
LAND = "app/static/basemap/110m.json"


def compose_playback(
    selection: Selection, picture: Picture, theme: str, size: tuple[int, int], region: str = EVERYWHERE
) -> dict[str, Any] | None:
    """The player's data for a selection over all time and its picture; None where no row has a date."""
    bins = choose_bins(selection)
    if bins is None:
        return None
    steps = _flow_steps(selection, bins) if picture.style == "flows" else _row_steps(selection, bins)
    arcs = [
        {"s": arc["s"], "t": arc["t"], "c": arc["tc"], "h": arc["h"], "o": arc["o"], "thin": arc["w"] == 1.6, "d": steps[arc["id"]]}
        for arc in picture.arcs
        if arc["id"] in steps
    ]
    view, greys = look_at(picture, size, region), THEMES[theme]
    return {
        "land": LAND,
        "view": {"longitude": view.longitude, "latitude": view.latitude, "zoom": view.zoom},
        "size": list(size),
        "greys": {"sea": greys.sea, "land": greys.land, "border": greys.border, "halo": greys.halo, "ink": greys.ink},
        "names": [{"p": name["p"], "name": name["name"], "y": name["y"]} for name in place_names(picture.ends, view, size)],
        "perRoot": picture.per_root,
        "labels": [bins.label(at) for at in range(len(bins.begins) - 1)],
        "arcs": arcs,
    }


def _row_steps(selection: Selection, bins: Bins) -> dict[str, list[list[int]]]:
    cube, days = selection.cube, selection.cube.days[selection.choice.basis]
    rows = selection.rows[(cube.part[selection.rows] == 0) & (days.dated_by[selection.rows] > 0)]
    # Only the largest are on the map; beyond them no arc asks.
    rows = rows[np.argsort(-cube.weight[rows], kind="stable")[:1000]]
    at = bins.number(days.first[rows])
    ids = cube.frame["deployment_id"].iloc[rows]
    return {name: [[int(step), int(cube.weight[row])]] for name, step, row in zip(ids, at, rows, strict=True)}


def _flow_steps(selection: Selection, bins: Bins) -> dict[str, list[list[int]]]:
    cube, days = selection.cube, selection.cube.days[selection.choice.basis]
    rows = selection.rows[(cube.part[selection.rows] == 0) & (days.dated_by[selection.rows] > 0)]
    length = len(bins.begins) - 1
    key = cube.flow[rows].astype(np.int64) * length + bins.number(days.first[rows])
    found, at = np.unique(key, return_inverse=True)
    persons = np.bincount(at, weights=cube.weight[rows])
    steps: dict[str, list[list[int]]] = {}
    for number, total in zip(found.tolist(), persons.tolist(), strict=True):
        flow, step = divmod(number, length)
        steps.setdefault(name_flow(cube, flow), []).append([step, int(total)])
    return steps
