"""The deployment table: its columns, and the one door between objects and frames.

Everything that shows or stores rows (CSV, Parquet, GeoJSON, the page, the data dictionary in the docs) is made from
``COLUMNS``. Empty means "the article does not say"; nothing is ever placed at 0,0.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

import pandas as pd

from tracker.models import Deployment, End, Place, Toponym, Unresolved

Answers = Mapping[Toponym, Place | Unresolved]

TEXT, INTEGER, REAL, FLAG, DAY = "string", "Int64", "Float64", "boolean", "datetime64[s]"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: pandas dtype, unit where it has one, and what it means in a sentence."""

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    label: str = ""

    @property
    def title(self) -> str:
        """The heading that people read."""
        return self.label or self.name.replace("_", " ").capitalize()


def _end_columns(end: str, direction: str) -> list[Column]:
    label = end.capitalize()
    return [
        Column(
            end, TEXT, f"Resolved name of the place {direction}; the article's own words where it is unknown.", label=direction.capitalize()
        ),
        Column(f"{end}_text", TEXT, f"The words of the article for the {end}."),
        Column(f"{end}_country", TEXT, f"Country of the {end}.", "ISO 3166-1 alpha-2", f"{label} country"),
        Column(f"{end}_lat", REAL, f"Latitude of the {end}; empty where the place is unknown.", "degrees WGS84"),
        Column(f"{end}_lon", REAL, f"Longitude of the {end}; empty where the place is unknown.", "degrees WGS84"),
        Column(f"{end}_precision", TEXT, "site, city, admin2, admin1, subregion, border, country, region or sea."),
        Column(f"{end}_radius_km", REAL, "Radius within which the place lies around its point.", "km"),
        Column(f"{end}_basis", TEXT, 'stated; coreference ("the base"); implied (the actor\'s home, where the article states no end).'),
        Column(f"{end}_match", TEXT, "How the name was found: exact, alias, fuzzy or online; empty where it was refused."),
        Column(f"{end}_place_id", TEXT, "Identifier of the place in the gazetteer."),
        Column(f"{end}_confidence", REAL, "How sure the gazetteer is of the place.", "0 to 1"),
    ]


COLUMNS: tuple[Column, ...] = (
    Column("deployment_id", TEXT, "Stable identifier: hash of the text, the quote's offsets and the ordinal on that span."),
    Column("event_id", TEXT, "The movement in the world; the deployment_id until reports of one movement are joined."),
    Column("article_id", TEXT, "The input's own identifier of the article, else the hash of its text."),
    Column("source", TEXT, "The outlet."),
    Column("title", TEXT, "The headline."),
    Column("url", TEXT, "The address of the article."),
    Column("published", DAY, "Date of publication.", "ISO 8601"),
    Column(
        "actor",
        TEXT,
        "Whose personnel: ISO 3166-1 alpha-2 of the state (XK Kosovo; AU is Australia), an organisation, or an armed group.",
        label="Force",
    ),
    Column("actor_name", TEXT, "The name of the force's owner in words.", label="Force name"),
    Column("count", INTEGER, 'Persons as reported: the number, the middle of a range, the bound of "up to" and "at least".', "persons"),
    Column("count_low", INTEGER, "Lowest number that the words allow; empty where open.", "persons"),
    Column("count_high", INTEGER, "Highest number that the words allow; empty where open.", "persons"),
    Column("approximate", FLAG, "About, some, nearly."),
    Column("additional", FLAG, "More, further, another."),
    Column("aggregate", FLAG, "A running or grand total over several movements."),
    Column("personnel", TEXT, "The noun: soldiers, peacekeepers, fighters."),
    Column("unit", TEXT, "The named unit, if any."),
    Column("kind", TEXT, "deploy, withdraw, redeploy, rotate (movements); alert (readied); presence (stationed)."),
    Column("status", TEXT, "possible, planned, ongoing, completed or denied; empty for presence."),
    *_end_columns("origin", "from"),
    *_end_columns("destination", "to"),
    Column("destinations_more", TEXT, "Further places to which the same number goes: JSON list of names with coordinates."),
    Column("origins_more", TEXT, "Further places from which the same number comes: JSON list of names with coordinates."),
    Column("starts", DAY, "First possible day of the movement.", "ISO 8601"),
    Column("ends", DAY, "Last possible day of the movement.", "ISO 8601"),
    Column("speaker", TEXT, "Who is quoted as saying so."),
    Column("via", TEXT, "Through whom: a news agency, an anonymous source."),
    Column("part_of", TEXT, "deployment_id of the row whose number includes this one."),
    Column("counted_persons", INTEGER, "What the row adds to totals, so that nobody counts twice.", "persons"),
    Column("quote", TEXT, "The number phrase as it stands in the article."),
    Column("quote_start", INTEGER, "Where the quote begins in the article's text.", "characters"),
    Column("quote_end", INTEGER, "Where the quote ends (exclusive).", "characters"),
    Column("evidence", TEXT, "The sentence or sentences that say so."),
    Column("evidence_start", INTEGER, "Where the evidence begins in the article's text.", "characters"),
    Column("evidence_end", INTEGER, "Where the evidence ends (exclusive).", "characters"),
    Column("marks", TEXT, "JSON list of [role, start, end] in the article's text: number, actor, origin, destination, cue, date, speaker."),
    Column("ledger", TEXT, "Why counted_persons is what it is."),
    Column("found_by", TEXT, "The rule or model that found the row."),
    Column("extractor", TEXT, "Name and version of the extractor."),
    Column("confidence", REAL, "How sure the extractor is of the row; empty until calibrated.", "0 to 1"),
    Column("review", TEXT, "Empty, accepted, corrected or rejected."),
    Column("reviewed_by", TEXT, "Who reviewed the row."),
    Column("reviewed_at", TEXT, "When the row was reviewed.", "ISO 8601"),
)

NAMES: tuple[str, ...] = tuple(c.name for c in COLUMNS)
DTYPES: dict[str, str] = {c.name: c.dtype for c in COLUMNS}

#: Characters with which a spreadsheet takes a cell for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class TableError(ValueError):
    """A file that is no deployment table; the message names the file and the cure."""


def build(readings: Iterable[tuple[Sequence[Deployment], Answers]], extractor: str) -> pd.DataFrame:
    """One row a deployment, the articles in their order, with the places found for its toponyms."""
    rows = [_row(deployment, answers, extractor) for deployments, answers in readings for deployment in deployments]
    return conform(pd.DataFrame(rows, columns=list(NAMES)))


def empty() -> pd.DataFrame:
    """A table with all columns and no rows."""
    return conform(pd.DataFrame(columns=list(NAMES)))


def conform(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with exactly the declared columns, in order, with the declared dtypes."""
    whole = frame.reindex(columns=list(NAMES)).reset_index(drop=True)
    return pd.DataFrame({name: _typed(whole[name], dtype) for name, dtype in DTYPES.items()})


def _typed(column: pd.Series, dtype: str) -> pd.Series:
    if dtype == DAY:
        column = pd.to_datetime(column, errors="coerce", format="ISO8601")
    typed: pd.Series = column.astype(cast(Any, dtype))
    return typed.fillna("") if dtype == TEXT else typed


def _row(d: Deployment, answers: Answers, extractor: str) -> dict[str, object]:
    article, text = d.article, d.article.text
    return {
        "deployment_id": d.deployment_id,
        "event_id": d.deployment_id,
        "article_id": article.id,
        "source": article.source,
        "title": article.title,
        "url": article.url,
        "published": _day(article.published),
        "actor": d.actor,
        "actor_name": d.actor_name,
        "count": d.quantity.count,
        "count_low": d.quantity.low,
        "count_high": d.quantity.high,
        "approximate": d.quantity.approximate,
        "additional": d.quantity.additional,
        "aggregate": d.aggregate,
        "personnel": d.personnel,
        "unit": d.unit,
        "kind": d.kind,
        "status": d.status,
        **_end("origin", d.origin, answers),
        **_end("destination", d.destination, answers),
        "destinations_more": _more(d.destinations_more, answers),
        "origins_more": _more(d.origins_more, answers),
        "starts": _day(d.starts),
        "ends": _day(d.ends),
        "speaker": d.attribution.speaker,
        "via": d.attribution.via,
        "part_of": d.part_of,
        "counted_persons": d.counted_persons,
        "quote": d.quote.of(text),
        "quote_start": d.quote.start,
        "quote_end": d.quote.end,
        "evidence": d.evidence.of(text),
        "evidence_start": d.evidence.start,
        "evidence_end": d.evidence.end,
        "marks": json.dumps([[m.role, m.span.start, m.span.end] for m in d.marks]) if d.marks else "",
        "ledger": d.ledger,
        "found_by": d.found_by,
        "extractor": extractor,
        "confidence": d.confidence,
        "review": "",
        "reviewed_by": "",
        "reviewed_at": "",
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _end(name: str, end: End | None, answers: Answers) -> dict[str, object]:
    if end is None:
        return {}
    said: dict[str, object] = {name: end.toponym.text or end.toponym.name, f"{name}_text": end.toponym.text, f"{name}_basis": end.basis}
    place = answers.get(end.toponym)
    if not isinstance(place, Place):
        return said
    return said | place_columns(name, place)


def place_columns(end: str, place: Place) -> dict[str, object]:
    """What a resolved place says in the columns of an end ("origin" or "destination")."""
    parts = ("country", "lat", "lon", "precision", "radius_km", "match", "place_id", "confidence")
    return {end: place.name} | {f"{end}_{part}": getattr(place, part) for part in parts}


def _more(ends: Sequence[End], answers: Answers) -> str:
    return list_places(place if isinstance(place := answers.get(end.toponym), Place) else end.toponym.text for end in ends)


def list_places(places: Iterable[Place | str]) -> str:
    """The cell of further places: a JSON list of names with coordinates, of the words alone where the place is unknown; empty for none."""
    parts, nothing = ("country", "lat", "lon", "precision"), {"country": "", "lat": None, "lon": None, "precision": ""}
    listed = [
        {"name": place, **nothing} if isinstance(place, str) else {"name": place.name, **{part: getattr(place, part) for part in parts}}
        for place in places
    ]
    return json.dumps(listed, ensure_ascii=False) if listed else ""


#: The column of a CSV that tells where the table is from; no column of the table itself.
ABOUT = "about"


def to_csv(frame: pd.DataFrame, path: str | Path | None = None, about: str = "") -> bytes:
    """The table as CSV: UTF-8 with a byte order mark, ISO dates, cells that would start a formula defused.

    Writes it to ``path`` where one is given, and returns the bytes either way. A text ``about`` the whole table stands in one
    more column at the end, in the first row; ``read_csv`` passes it over.
    """
    out = conform(frame).copy()
    for column in COLUMNS:
        if column.dtype == TEXT:
            cells = out[column.name]
            out[column.name] = cells.where(~cells.str.startswith((*FORMULA_STARTS, "'")), "'" + cells)
        elif column.dtype == DAY:
            out[column.name] = out[column.name].dt.strftime("%Y-%m-%d")
    if about:
        out[ABOUT] = [("'" if about.startswith((*FORMULA_STARTS, "'")) else "") + about, *[""] * len(out)][: len(out)]
    data = out.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    if path is not None:
        Path(path).write_bytes(data)
    return data


def read_csv(source: str | Path | IO[bytes] | bytes) -> pd.DataFrame:
    """The frame that ``to_csv`` was given: the same values and dtypes (Namibia's ``NA`` stays a text).

    Columns that are none of the table's, ``about`` among them, are passed over.
    """
    handle: str | Path | IO[bytes] = io.BytesIO(source) if isinstance(source, bytes) else source
    name = source if isinstance(source, (str, Path)) else "the file"
    try:
        raw = pd.read_csv(handle, dtype=str, keep_default_na=False, encoding="utf-8-sig", comment=None)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise TableError(f"{name}: not a deployment CSV ({error}); write one with `python -m tracker extract IN -o OUT.csv`") from None
    absent = [column for column in ("deployment_id", "count", "kind") if column not in raw.columns]
    if absent:
        raise TableError(f"{name}: columns {', '.join(absent)} are missing; this is not a deployment CSV")
    return conform(raw.assign(**{column.name: _parsed(name, column, raw[column.name]) for column in COLUMNS if column.name in raw.columns}))


def _parsed(name: object, column: Column, cells: pd.Series) -> pd.Series:
    """A column's cells from their texts. Raises ``TableError`` for the first cell that is not of the column's type."""
    if column.dtype == TEXT:
        return cells.where(~cells.str.startswith("'"), cells.str[1:])
    values: pd.Series
    if column.dtype == FLAG:
        values = cells.str.lower().map({"true": True, "false": False})
    elif column.dtype == DAY:
        values = pd.to_datetime(cells, errors="coerce", format="ISO8601")
    else:
        values = pd.to_numeric(cells.where(cells != "", None), errors="coerce")
    wrong = values.isna() & (cells != "")
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise TableError(f"{name}, row {row + 1}: {cells.iloc[row]!r} is no value for the column {column.name}; mend the cell or empty it")
    return values
