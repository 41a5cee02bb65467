"""The table as one web page that needs nothing else: an inline SVG map, a table with the sentences, credits; it prints."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pandas as pd

from tracker.exports.tables import CREDITS
from tracker.figures.evidence import choose_link, mark_evidence
from tracker.figures.labels import place_names
from tracker.figures.palette import COLOURS, LOOKS, MEANINGS
from tracker.figures.records import Record, list_records, weigh
from tracker.figures.shapes import AREAS, choose_scale, list_arcs, list_ends, list_states
from tracker.figures.viewport import View, fit_view, project
from tracker.figures.wording import UNKNOWN, name_force, say_count, say_place, say_total, say_when
from tracker.models import MOVEMENTS
from tracker.posture import count_persons

OUTLINES = Path(__file__).resolve().parents[2] / "static" / "basemap" / "110m.json"
SIZE = (1100, 560)
#: More arcs than this are a blot on paper; the table has all rows.
MOST_ARCS = 400
STYLE = """
:root { color-scheme: light; } body { font: 15px/1.45 system-ui, sans-serif; color: #1e293b; margin: 1.5rem auto; max-width: 1100px;
padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; } p { margin: .4rem 0; } small, .note { color: #475569; font-size: .85rem; }
svg text { font: 600 11px system-ui, sans-serif; text-anchor: middle; paint-order: stroke; stroke: #f8fafc; stroke-width: 3px; }
svg { width: 100%; height: auto; background: #edf2f6; border-radius: 6px; margin: .8rem 0 .2rem; }
table { border-collapse: collapse; width: 100%; font-size: .82rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem .3rem 0;
border-bottom: 1px solid #e2e8f0; } td.n, th.n { text-align: right; } th:last-child { width: 40%; }
mark { background: #fdf0d5; color: inherit; }
.keys span { display: inline-block; margin-right: 1rem; } .keys i { display: inline-block;
width: 20px; height: 5px; border-radius: 3px; margin-right: .3rem; }
@media print { * { print-color-adjust: exact; } table { font-size: .7rem; } h1 { font-size: 1.2rem; }
body { margin: 0; max-width: none; } tr { break-inside: avoid; } thead { display: table-header-group; } }
"""


def to_page(frame: pd.DataFrame, made_with: str = "") -> bytes:
    """One HTML file that works offline: nothing is fetched, no script runs, and every text of an article is escaped.

    The only addresses in it are those of the articles (http and https), as links.
    """
    records = list_records(frame)
    total = count_persons(frame)
    head = f"{say_total(total)} in {total.rows:,} movement{'s' if total.rows != 1 else ''}"
    rows = sorted(records, key=lambda row: str(row["starts"] or row["published"] or ""), reverse=True)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Troop movements</title><style>{STYLE}</style></head><body><h1>{html.escape(head)}</h1>"
        f"<p><small>Filter: {html.escape(made_with or 'all rows')}. {len(records):,} rows; each soldier counted once.</small></p>"
        f"{draw_svg(records)}{_legend()}"
        "<table><thead><tr><th>Day</th><th class=n>Troops</th><th>Force</th>"
        "<th>What</th><th>From</th><th>To</th><th>Sentence</th></tr></thead>"
        f"<tbody>{''.join(map(_line, rows))}</tbody></table>"
        "<p class=note>An arc joins two places; it is no route. What is denied or only possible is drawn thin or pale and counts in no "
        "total. Borders take no side. These are the numbers that articles report, read by software: check the sentence before you "
        f"cite a row.</p><p class=note>{html.escape(CREDITS)}</p></body></html>\n"
    ).encode()


def _line(row: Record) -> str:
    link = choose_link(row)
    source = html.escape(str(row["source"] or row["title"] or "article"))
    where = f'<a href="{html.escape(link)}" rel="noreferrer noopener">{source}</a>' if link else source
    cells = [
        f"<td>{html.escape(say_when(row))}</td>",
        f'<td class="n">{html.escape(say_count(row))}</td>',
        f"<td>{html.escape(name_force(row))}</td>",
        f"<td>{html.escape(row['kind'])}, {html.escape(row['status'] or 'stationed')}</td>",
        *(f"<td>{html.escape(_end(row, end))}</td>" for end in ("origin", "destination")),
        f"<td>{mark_evidence(row)} <small>{where}</small></td>",
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _end(row: Record, end: str) -> str:
    place = say_place(row, end)
    return f"{place} (implied)" if place and row[f"{end}_basis"] == "implied" else place or UNKNOWN


def _legend() -> str:
    keys = "".join(
        f'<span title="{html.escape(MEANINGS[look])}"><i style="background:{COLOURS["light"][look]}"></i>{look}</span>' for look in LOOKS
    )
    hints = ("dashed: withdrawal", "a dot is where they go", "a soft disc: only the country or region is known")
    return f'<p class="keys"><small>{keys}{"".join(f"<span>{hint}</span>" for hint in hints)}</small></p>'


def draw_svg(records: list[Record]) -> str:
    """The map as SVG: land, arcs (width is the square root of persons; they end in a dot, or in a soft disc where only the
    country or region is known), rings of alert and presence, names."""
    moving = [row for row in records if row["kind"] in MOVEMENTS and (row["counted_persons"] or row["status"] in ("possible", "denied"))]
    moving = sorted(moving, key=weigh, reverse=True)[:MOST_ARCS]
    scale = choose_scale(max(map(weigh, moving), default=0))
    arcs = list_arcs(moving, "light", scale)
    states = list_states([row for row in records if row["kind"] not in MOVEMENTS][:MOST_ARCS], "light", scale)
    points = [(p[0], p[1]) for arc in arcs for p in (arc["s"], arc["t"])] + [(mark["p"][0], mark["p"][1]) for mark in states]
    view, ends = fit_view(points, SIZE), list_ends(moving)
    vague = {row["deployment_id"] for row in moving if row["destination_precision"] in AREAS}
    shapes = [
        _draw_land(view),
        *(_draw_disc(end, view) for end in ends if end["area"]),
        *(_draw_arc(arc, view, arc["id"] not in vague) for arc in arcs),
        *(_draw_ring(mark, view) for mark in states),
        *(_draw_name(name, view) for name in place_names(ends + states, view, SIZE)),
    ]
    return f'<svg viewBox="0 0 {SIZE[0]} {SIZE[1]}" role="img" aria-label="Map of {len(arcs)} movements">{"".join(shapes)}</svg>'


def _place(point: list[float], view: View, turn: float = 0.0) -> tuple[float, float]:
    """Pixels from the upper left; unlike `project`, a longitude stays on the turn of the globe that it is written on."""
    x, y = project((point[0], point[1]), view)
    nearest = view.longitude + (point[0] - view.longitude + 180) % 360 - 180
    pixels = 512 * 2**view.zoom / 360
    return SIZE[0] / 2 + x + (point[0] + turn - nearest) * pixels, SIZE[1] / 2 + y


def _draw_arc(arc: Record, view: View, dotted: bool) -> str:
    red, green, blue, alpha = arc["tc"]
    dash = f' stroke-dasharray="{4 + 2 * arc["w"]:.0f} {3 + arc["w"]:.0f}"' if arc["o"] else ""
    title = html.escape(f"{arc['head']}: {arc['route']}; {arc['when']}")
    lines = []
    for turn in _turns([arc["s"], arc["t"]], view):
        (x, y), (u, v) = _place(arc["s"], view, turn), _place(arc["t"], view, turn)
        cx, cy = (x + u) / 2 + (v - y) * arc["h"] * 0.9, (y + v) / 2 - (u - x) * arc["h"] * 0.9
        lines.append(
            f'<path d="M{x:.1f} {y:.1f}Q{cx:.1f} {cy:.1f} {u:.1f} {v:.1f}" fill="none" stroke="rgb({red},{green},{blue})" '
            f'stroke-opacity="{0.75 * alpha / 255:.2f}" stroke-width="{arc["w"]}"{dash}/>'
            + (f'<circle cx="{u:.1f}" cy="{v:.1f}" r="{2.5 + arc["w"] / 3:.1f}" fill="rgb({red},{green},{blue})"/>' if dotted else "")
        )
    return f"<g><title>{title}</title>{''.join(lines)}</g>"


def _draw_disc(end: Record, view: View) -> str:
    """As large as what is known of the place, within limits; the radius is in metres."""
    pixels = 512 * 2**view.zoom / 40_075_000 / math.cos(math.radians(end["p"][1]))
    red, green, blue, alpha = end["fc"]
    return "".join(
        f'<circle class="disc" cx="{x:.1f}" cy="{y:.1f}" r="{max(7.0, min(34.0, end["r"] * pixels)):.1f}" '
        f'fill="rgb({red},{green},{blue})" fill-opacity="{1.6 * alpha / 255:.2f}"/>'
        for x, y in (_place(end["p"], view, turn) for turn in _turns([end["p"]], view))
    )


def _draw_name(name: Record, view: View) -> str:
    x, y = project((name["p"][0], name["p"][1]), view)
    return f'<text x="{SIZE[0] / 2 + x:.0f}" y="{SIZE[1] / 2 + y + name["y"]:.0f}">{html.escape(name["name"])}</text>'


def _draw_ring(mark: Record, view: View) -> str:
    red, green, blue, _ = mark["lc"]
    title = html.escape(f"{mark['head']}: {mark['route']}")
    rings = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{mark["r"]}" fill="none" stroke="rgb({red},{green},{blue})" stroke-width="1.6"/>'
        for x, y in (_place(mark["p"], view, turn) for turn in _turns([mark["p"]], view))
    ]
    return f"<g><title>{title}</title>{''.join(rings)}</g>"


def _turns(points: list[list[float]], view: View) -> list[float]:
    """The turns of the globe on which a shape touches the picture."""
    spans = {turn: [_place(point, view, turn)[0] for point in points] for turn in (-360.0, 0.0, 360.0)}
    return [turn for turn, xs in spans.items() if max(xs) > -20 and min(xs) < SIZE[0] + 20]


def _draw_land(view: View) -> str:
    pieces = []
    for ring in _read_outlines():
        for turn in _turns(list(ring), view):
            dots = [_place(list(point), view, turn) for point in ring]
            pieces.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in _thin(dots)) + "Z")
    return f'<path d="{"".join(pieces)}" fill="#d5dce2" stroke="#f8fafc" stroke-width=".6"/>'


def _thin(dots: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The corners of a ring that differ by a pixel."""
    last = (math.inf, math.inf)
    for dot in dots:
        if abs(dot[0] - last[0]) + abs(dot[1] - last[1]) >= 1:
            yield dot
            last = dot


@lru_cache(maxsize=1)
def _read_outlines() -> list[list[list[float]]]:
    if not OUTLINES.is_file():
        return []
    features = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    return [ring for feature in features for polygon in feature["geometry"]["coordinates"] for ring in polygon]
