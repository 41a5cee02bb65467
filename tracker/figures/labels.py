"""The names on a map: as many as have room, none over another."""

from __future__ import annotations

from tracker.figures.records import Record
from tracker.figures.viewport import View, project

MOST_NAMES = 16


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
            above = 14 if mark.get("area") else 10 + min(float(mark.get("r", 4)), 14.0)
            placed.append({"p": mark["p"], "name": mark["name"], "y": -round(above)})
        if len(placed) == MOST_NAMES:
            break
    return placed
