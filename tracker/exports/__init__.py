"""Files that leave the project: the deployment table in six formats, each with its credits, and the safe way to write one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from tracker import table
from tracker.exports.files import STDOUT, ExportError, claimed
from tracker.exports.kml import to_kml
from tracker.exports.page import to_page
from tracker.exports.tables import CREDITS, plain_rows, short_way, to_geojson, to_jsonl, to_noted_csv, to_parquet

__all__ = [
    "CREDITS",
    "DOWNLOADS",
    "FORMATS",
    "STDOUT",
    "ExportError",
    "claimed",
    "format_of",
    "plain_rows",
    "short_way",
    "to_geojson",
    "to_jsonl",
    "to_kml",
    "to_noted_csv",
    "to_page",
    "to_parquet",
]

#: The formats of the command line by the ending of a file's name.
FORMATS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": table.to_csv,
    "jsonl": to_jsonl,
    "parquet": to_parquet,
    "geojson": to_geojson,
}
#: The formats of the page: each takes the rows and the filter, in words, that they were chosen with.
DOWNLOADS: Mapping[str, Callable[[pd.DataFrame, str], bytes]] = {
    "csv": to_noted_csv,
    "geojson": to_geojson,
    "kml": to_kml,
    "parquet": to_parquet,
    "html": to_page,
}


def format_of(name: str) -> str:
    """The format that a file's name asks for. Raises ``ExportError`` where it is none of ``FORMATS``.

    >>> format_of("OUT/rows.GeoJSON")
    'geojson'
    """
    ending = Path(name).suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise ExportError(f"{name}: ends with none of {' '.join('.' + known for known in FORMATS)}; name it so, or give the format")
    return ending
