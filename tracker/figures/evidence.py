"""The evidence card: one row as HTML, every word of an article escaped, the spans that made the row marked by their role."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from tracker.explanation import Explained
from tracker.figures.palette import COLOURS, look_of
from tracker.figures.records import read_list
from tracker.figures.wording import (
    SAMPLE_NOTE,
    SAMPLE_SOURCE,
    name_force,
    say_certainty,
    say_count,
    say_day,
    say_place,
    say_route,
    say_when,
)

#: Roles that have a colour of their own in the style sheet; others are marked in grey.
ROLES = ("number", "actor", "origin", "destination", "cue", "date", "speaker")
Mark = tuple[str, int, int]


def find_marks(row: Mapping[str, Any]) -> list[Mark]:
    """The marks of a row as offsets into its evidence, in order and without overlap; the quote alone where there are none.

    Of two that overlap, the one that begins first stays, so no word is shown twice.
    """
    base, evidence = row.get("evidence_start") or 0, row.get("evidence") or ""
    marks: list[Mark] = []
    for item in read_list(row.get("marks")):
        if isinstance(item, list) and len(item) == 3 and isinstance(item[1], int) and isinstance(item[2], int):
            marks.append((str(item[0]), item[1] - base, item[2] - base))
    if not marks and row.get("quote_start") is not None and row.get("quote_end") is not None:
        marks = [("number", row["quote_start"] - base, row["quote_end"] - base)]
    kept: list[Mark] = []
    at = 0
    for role, start, end in sorted(marks, key=lambda mark: (mark[1], mark[2])):
        if at <= start < end <= len(evidence):
            kept.append((role, start, end))
            at = end
    return kept


def mark_evidence(row: Mapping[str, Any]) -> str:
    """The evidence as HTML with ``<mark>`` around its spans.

    >>> mark_evidence({"evidence": "We sent 300 <men>.", "evidence_start": 50, "marks": '[["number", 58, 61]]'})
    'We sent <mark class="tm-number" title="number">300</mark> &lt;men&gt;.'
    """
    evidence = str(row.get("evidence") or "")
    pieces, at = [], 0
    for role, start, end in find_marks(row):
        name = role if role in ROLES else "other"
        pieces.append(html.escape(evidence[at:start]))
        pieces.append(f'<mark class="tm-{name}" title="{html.escape(role)}">{html.escape(evidence[start:end])}</mark>')
        at = end
    return "".join(pieces) + html.escape(evidence[at:])


def choose_link(row: Mapping[str, Any]) -> str:
    """The address of the article where it is one of the web (http or https), else an empty text.

    >>> choose_link({"url": "https://example.org/a"}), choose_link({"url": "javascript:alert(1)"})
    ('https://example.org/a', '')
    """
    url = str(row.get("url") or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def write_card(row: Mapping[str, Any], theme: str = "light") -> str:
    """What a row says and the sentence that says it, as HTML."""
    look = look_of(row)
    verb = row["kind"] if row["kind"] == look else f"{row['kind']}, {look}"
    found = {mark[0] for mark in find_marks(row)}
    legend = " ".join(f'<mark class="tm-{role}">{role}</mark>' for role in ROLES if role in found)
    note = f'<p class="tm-note">{html.escape(SAMPLE_NOTE)}</p>' if row.get("source") == SAMPLE_SOURCE else ""
    count = say_count(row)
    return (
        f'<div class="tm-card"><div class="tm-chip" style="--tm-look:{COLOURS[theme][look]}">{html.escape(verb)}</div>'
        f'<div class="tm-count">{html.escape(count[:1].upper() + count[1:])} {html.escape(row.get("personnel") or "troops")}</div>'
        f'<div class="tm-force">{html.escape(name_force(row))}{html.escape(", " + row["unit"]) if row.get("unit") else ""}</div>'
        f'<div class="tm-route">{html.escape(say_route(row))}</div><div class="tm-when">{html.escape(say_when(row))}</div>'
        f'<blockquote class="tm-evidence">{mark_evidence(row)}</blockquote><div class="tm-legend">{legend}</div>{note}</div>'
    )


def write_facts(row: Mapping[str, Any], whole: Mapping[str, Any] | None = None) -> str:
    """What else is known of a row, as HTML; ``whole`` is the row whose number includes it, where there is one."""
    title = f'<div class="tm-title">{html.escape(row["title"])}</div>' if row.get("title") else ""
    facts = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>" for name, value in list_facts(row, whole) if value)
    return f'<div class="tm-card">{title}<dl class="tm-facts">{facts}</dl></div>'


def list_facts(row: Mapping[str, Any], whole: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """Name and value of what the card lists under the sentence; empty values are left out by who writes them."""
    published = row.get("published")
    said = row.get("speaker") or ""
    if row.get("via"):
        said = f"{said} (via {row['via']})" if said else f"via {row['via']}"
    moves = row["kind"] not in ("alert", "presence")
    counted = int(row.get("counted_persons") or 0)
    more = [
        str(place.get("name"))
        for place in read_list(row.get("destinations_more")) + read_list(row.get("origins_more"))
        if isinstance(place, dict)
    ]
    return [
        ("Source", ", ".join(part for part in (row.get("source") or "", say_day(published) if published else "") if part)),
        ("Said by", said),
        ("From", _end(row, "origin") if moves or row.get("origin") else ""),
        ("To" if moves else "Where", _end(row, "destination") if moves or row.get("destination") else ""),
        ("Shared with", ", ".join(more)),
        ("In totals", _say_counted(counted, row.get("ledger") or "")),
        ("Part of", f"{say_count(whole)} {whole.get('personnel') or 'troops'}: {say_route(whole)}" if whole else ""),
        ("Found by", str(row.get("found_by") or "")),
    ]


def _say_counted(counted: int, ledger: str) -> str:
    said = f"{counted:,} persons" if counted != 1 else "1 person"
    return f"{said} ({ledger})" if ledger and ledger != f"{counted:,}: counted" else said


def write_verdicts(told: Sequence[Explained], deployment_id: str) -> str:
    """Every number of the article and what became of it, as an HTML list; the number of the row itself is marked."""
    lines = []
    for number in told:
        own = ' class="tm-own"' if number.deployment_id == deployment_id else ""
        lines.append(f"<li{own}><b>{html.escape(number.number)}</b> {html.escape(number.verdict)}</li>")
    return f'<ul class="tm-verdicts">{"".join(lines)}</ul>'


def write_citation(row: Mapping[str, Any]) -> str:
    """The row as a line to paste into a text: outlet, headline, day, address, the sentence, and what was read out of it.

    >>> write_citation({"source": "The Daily", "title": "Out of Mali", "evidence": "200 left.", "deployment_id": "ab", "published": None})
    'The Daily, "Out of Mali". "200 left." (row ab, read by the Troop Movement Tracker)'
    """
    published = row.get("published")
    title = f'"{row["title"]}"' if row.get("title") else ""
    parts = (str(row.get("source") or ""), title, say_day(published) if published else "", choose_link(row))
    where = ", ".join(part for part in parts if part)
    quote = " ".join(str(row.get("evidence") or "").split())
    sample = f" {SAMPLE_NOTE}" if row.get("source") == SAMPLE_SOURCE else ""
    return f'{where}{". " if where else ""}"{quote}"{sample} (row {row["deployment_id"]}, read by the Troop Movement Tracker)'


def _end(row: Mapping[str, Any], end: str) -> str:
    place = say_place(row, end)
    return f"{place} ({say_certainty(row, end)})" if place else "the article does not say"
