"""The table as KML for Google Earth and other globes: a folder a status, a line or point a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

import pandas as pd

from tracker.exports.tables import CREDITS
from tracker.exports.tables import short_way as cut
from tracker.figures.palette import COLOURS, LOOKS, look_of
from tracker.figures.records import Record, list_records
from tracker.figures.shapes import scale_width
from tracker.figures.wording import name_force, say_count, say_route, say_when

#: What XML 1.0 cannot hold at all.
FORBIDDEN = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def to_kml(frame: pd.DataFrame, made_with: str = "") -> bytes:
    """A KML 2.2 document: one placemark a row that has a place, in folders by status; credits and filter in its description.

    Lines that cross 180 degrees are cut there. Width is the square root of persons, as on the map.
    """
    rows = sorted(list_records(frame), key=lambda row: LOOKS.index(look_of(row)))
    folders = "".join(f"<Folder><name>{look}</name>{''.join(_placemarks(group))}</Folder>" for look, group in groupby(rows, key=look_of))
    about = f"Filter: {made_with or 'all rows'}. {CREDITS}"
    styles = "".join(_style(look) for look in LOOKS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Troop movements</name>'
        f"<description>{_text(about)}</description>{styles}{folders}</Document></kml>\n"
    ).encode()


def _style(look: str) -> str:
    red, green, blue = (COLOURS["light"][look][i : i + 2] for i in (1, 3, 5))
    return f'<Style id="{look}"><LineStyle><color>d0{blue}{green}{red}</color></LineStyle></Style>'


def _placemarks(rows: Iterator[Record]) -> Iterator[str]:
    for row in rows:
        shape = _shape(row)
        if not shape:
            continue
        name = f"{say_count(row)} {row['personnel'] or 'troops'}, {name_force(row)}"
        told = " \u00b7 ".join((say_route(row), say_when(row), str(row["evidence"]), str(row["source"])))
        width = f"<Style><LineStyle><width>{scale_width(int(row['count'] or 0))}</width></LineStyle></Style>"
        yield (
            f'<Placemark id="row-{_text(str(row["deployment_id"]))}"><name>{_text(name)}</name><description>{_text(told)}</description>'
            f"<styleUrl>#{look_of(row)}</styleUrl>{width}{shape}</Placemark>"
        )


def _shape(row: Record) -> str:
    ends = [
        [float(row[f"{end}_lon"]), float(row[f"{end}_lat"])]
        for end in ("origin", "destination")
        if row[f"{end}_lat"] is not None and row[f"{end}_lon"] is not None
    ]
    if not ends:
        return ""
    if len(ends) == 1 or row["kind"] in ("alert", "presence"):
        return f"<Point><coordinates>{_position(ends[-1])}</coordinates></Point>"
    lines = "".join(
        f"<LineString><tessellate>1</tessellate><coordinates>{' '.join(map(_position, line))}</coordinates></LineString>"
        for line in cut(ends[0], ends[1])
    )
    return f"<MultiGeometry>{lines}</MultiGeometry>"


def _position(point: list[float]) -> str:
    return f"{point[0]:.5f},{point[1]:.5f}"


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub(" ", text), {'"': "&quot;"})
