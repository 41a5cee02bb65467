"""The deployment table as bytes to hand out: Parquet, JSON Lines, GeoJSON, and CSV with a note.

Whatever leaves here holds plain values: ISO dates, numbers, texts, null for "the article does not say". The ``<`` in
texts is written as ``\\u003c`` in JSON, so that a file pasted into a web page cannot end a script.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping

import pandas as pd

from tracker import table

#: Credits that the data behind the coordinates ask for.
CREDITS = (
    "Place positions: GeoNames (https://www.geonames.org, CC BY 4.0), OurAirports (public domain), "
    "Natural Earth (public domain). Quotes belong to the outlets named in each row."
)

Position = list[float]


def to_jsonl(frame: pd.DataFrame) -> bytes:
    """One JSON object a row, all columns in the declared order.

    >>> to_jsonl(table.empty())
    b''
    """
    return "".join(_dumps(row) + "\n" for row in plain_rows(frame)).encode()


def to_parquet(frame: pd.DataFrame, made_with: str = "") -> bytes:
    """The table as Parquet. ``pandas.read_parquet`` gives back the same rows and dtypes, with dates in milliseconds.
    Credits and filter are in the schema's metadata.

    (Parquet has no dates in seconds; ``table.conform`` makes the frame equal to the last bit.)
    """
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    typed = pyarrow.Table.from_pandas(table.conform(frame), preserve_index=False)
    note = {b"credits": CREDITS.encode(), **({b"filter": made_with.encode()} if made_with else {})}
    pyarrow.parquet.write_table(typed.replace_schema_metadata({**(typed.schema.metadata or {}), **note}), out, compression="zstd")
    return out.getvalue()


def to_geojson(frame: pd.DataFrame, made_with: str = "") -> bytes:
    """A FeatureCollection (RFC 7946): one feature a row, in the order of the rows.

    A line from origin to destination where both are known, cut in two at the antimeridian so that it goes the short
    way; a point where one is known; geometry null where none is. Positions are longitude, latitude in WGS84 degrees.
    Credits and filter are members of the collection.
    """
    features = [{"type": "Feature", "id": row["deployment_id"], "geometry": _geometry(row), "properties": row} for row in plain_rows(frame)]
    about = {"credits": CREDITS, **({"filter": made_with} if made_with else {})}
    return _dumps({"type": "FeatureCollection", **about, "features": features}).encode()


def to_noted_csv(frame: pd.DataFrame, made_with: str = "") -> bytes:
    """The CSV of ``table.to_csv`` with credits and filter in the first row of one more column, ``about``.

    ``table.read_csv`` passes that column over and gives back the same frame.

    >>> row = table.conform(pd.DataFrame([{"deployment_id": "a", "count": 5, "kind": "deploy"}]))
    >>> bool(table.read_csv(to_noted_csv(row, "all rows")).equals(row))
    True
    """
    return table.to_csv(frame, about=f"Filter: {made_with or 'all rows'}. {CREDITS}")


def plain_rows(frame: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Each row as JSON types: str, int, float, bool, None; dates as ISO texts."""
    whole = table.conform(frame)
    columns = [_plain_column(whole[column.name], column.dtype) for column in table.COLUMNS]
    for values in zip(*columns, strict=True):
        yield dict(zip(table.NAMES, values, strict=True))


def _plain_column(values: pd.Series, dtype: str) -> list[object]:
    if dtype == table.DAY:
        values = values.dt.strftime("%Y-%m-%d")
    cells = values.astype(object)
    return [None if missing else cell for cell, missing in zip(cells.tolist(), cells.isna().tolist(), strict=True)]


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")


def _geometry(row: Mapping[str, object]) -> dict[str, object] | None:
    known = [position for end in ("origin", "destination") if (position := _position(row, end))]
    if not known:
        return None
    if len(known) == 1:
        return {"type": "Point", "coordinates": known[0]}
    lines = short_way(*known)
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def _position(row: Mapping[str, object], end: str) -> Position | None:
    lat, lon = row[f"{end}_lat"], row[f"{end}_lon"]
    return [lon, lat] if isinstance(lat, float) and isinstance(lon, float) else None


def short_way(start: Position, stop: Position) -> list[list[Position]]:
    """The line between two [longitude, latitude] positions the short way round, in two where it crosses 180 degrees.

    >>> short_way([170.0, 0.0], [-170.0, 10.0])
    [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]
    """
    (lon, lat), (lon2, lat2) = start, stop
    if abs(lon2 - lon) <= 180:
        return [[start, stop]]
    edge = 180.0 if lon2 < lon else -180.0
    # An end on the edge has two longitudes: with the one on the other end's side nothing has to be cut.
    if lon == edge:
        return [[[-edge, lat], stop]]
    if lon2 == -edge:
        return [[start, [edge, lat2]]]
    crossing = lat + (lat2 - lat) * (edge - lon) / (lon2 + 2 * edge - lon)
    return [[start, [edge, crossing]], [[-edge, crossing], stop]]
