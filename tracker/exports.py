"""The deployment table as bytes to hand out, and as a file: Parquet, JSON Lines and GeoJSON; CSV is ``table.to_csv``.

Whatever leaves here holds plain values: ISO dates, numbers, texts, null for "the article does not say". The ``<`` in
texts is written as ``\\u003c`` in JSON, so that a file pasted into a web page cannot end a script.
"""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

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


def to_parquet(frame: pd.DataFrame) -> bytes:
    """The table as Parquet. ``pandas.read_parquet`` gives back the same rows and dtypes, with dates in milliseconds.

    (Parquet has no dates in seconds; ``table.conform`` makes the frame equal to the last bit.)
    """
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    typed = pyarrow.Table.from_pandas(table.conform(frame), preserve_index=False)
    note = {b"credits": CREDITS.encode()}
    pyarrow.parquet.write_table(typed.replace_schema_metadata({**(typed.schema.metadata or {}), **note}), out, compression="zstd")
    return out.getvalue()


def to_geojson(frame: pd.DataFrame) -> bytes:
    """A FeatureCollection (RFC 7946): one feature a row, in the order of the rows.

    A line from origin to destination where both are known, cut in two at the antimeridian so that it goes the short
    way; a point where one is known; geometry null where none is. Positions are longitude, latitude in WGS84 degrees.
    """
    features = [{"type": "Feature", "id": row["deployment_id"], "geometry": _geometry(row), "properties": row} for row in plain_rows(frame)]
    return _dumps({"type": "FeatureCollection", "credits": CREDITS, "features": features}).encode()


#: The formats by the ending of a file's name.
FORMATS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": table.to_csv,
    "jsonl": to_jsonl,
    "parquet": to_parquet,
    "geojson": to_geojson,
}


#: The name that stands for standard output.
STDOUT = "-"


class ExportError(ValueError):
    """A file that cannot be written; the message names it and the cure."""


def format_of(name: str) -> str:
    """The format that a file's name asks for. Raises ``ExportError`` where it is none of ``FORMATS``.

    >>> format_of("OUT/rows.GeoJSON")
    'geojson'
    """
    ending = Path(name).suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise ExportError(f"{name}: ends with none of {' '.join('.' + known for known in FORMATS)}; name it so, or give the format")
    return ending


@contextmanager
def claimed(output: str, inputs: Sequence[str] = ()) -> Iterator[Callable[[bytes], None]]:
    """Hold the place of a file from the start, so that long work never ends at a folder that cannot be written.

    Gives the function that writes the bytes. They go to a hidden file beside the target, which takes the name at the
    end: there is never half a file, and without a write there is none. ``-`` is standard output. Raises ``ExportError``.
    """
    if output == STDOUT:
        yield _to_stdout
        return
    target = Path(output).resolve()
    if target.exists() and not target.is_file():
        raise ExportError(f"{output}: is not a plain file; give the name of a file, or - for standard output")
    if target.exists() and any(Path(name).is_file() and target.samefile(name) for name in inputs):
        raise ExportError(f"{output}: is an input too; give another name")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        part.touch(exist_ok=False)
    except OSError as error:
        raise ExportError(f"{output}: cannot be written ({error.strerror}); check the folder and its permissions") from None

    def write(data: bytes) -> None:
        part.write_bytes(data)
        part.replace(target)

    try:
        yield write
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _to_stdout(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


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
