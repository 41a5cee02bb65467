"""The whole table of a large store, read from a file beside it instead of row by row; what changed since is read from the store.

A snapshot is only ever a copy: it bears the store's identity and revision, and one that does not fit is passed over and made
anew. Deleting it costs a few seconds and nothing else.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tracker.store.connection import DEFAULT
from tracker.store.store import Store
from tracker.table import COLUMNS, DAY, DTYPES, FLAG, INTEGER, NAMES, REAL, TEXT

#: Smaller stores are read whole: that takes less than a second.
LEAST_ROWS = 20_000
#: A snapshot is made anew when more than this share of the rows has changed.
MOST_CHANGED = 0.05
#: Rows fetched at a time, so that making a snapshot costs memory for these only.
_PART = 50_000

_ARROW = {TEXT: pa.string(), INTEGER: pa.int64(), REAL: pa.float64(), FLAG: pa.bool_(), DAY: pa.timestamp("s")}
_PANDAS: dict[pa.DataType, Any] = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}
_SCHEMA = pa.schema([(column.name, _ARROW[column.dtype]) for column in COLUMNS])


def load(store: Store, columns: Sequence[str] = NAMES) -> tuple[pd.DataFrame, int]:
    """All live rows with these columns, and the revision that they stand at."""
    identity, revision, rows = store.state()
    if rows < LEAST_ROWS:
        return store.read(columns=columns), revision
    path = path_of(store, identity)
    known = revision_of(path, identity)
    if known is None or store.count_changed(known) > MOST_CHANGED * rows:
        with suppress(OSError):
            known = write(store, path)
        if known is None:
            return store.read(columns=columns), revision
    frame = read(path, columns)
    return catch_up(store, frame, known, columns) if known < revision else (frame, known)


def path_of(store: Store, identity: int) -> Path:
    """Where a store's snapshot lies: beside its file, or for a server in the default folder."""
    folder = store.path.parent if store.path else DEFAULT.parent
    return folder / f".snapshot-{identity:x}.parquet"


def revision_of(path: Path, identity: int) -> int | None:
    """The revision of a snapshot; None where there is none of this store and these columns."""
    try:
        schema = pq.read_schema(path)
    except (OSError, pa.ArrowException):
        return None
    told = schema.metadata or {}
    fits = told.get(b"identity") == str(identity).encode() and schema.names == list(NAMES)
    return int(told[b"revision"]) if fits else None


def write(store: Store, path: Path) -> int:
    """Makes a snapshot of all live rows, whole or not at all; gives its revision."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    os.close(handle)
    try:
        with store.whole(_PART) as (identity, revision, parts):
            schema = _SCHEMA.with_metadata({"identity": str(identity), "revision": str(revision)})
            with pq.ParquetWriter(name, schema, compression="zstd", compression_level=1) as writer:
                for part in parts:
                    writer.write_table(pa.Table.from_pandas(part, schema=schema, preserve_index=False))
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    return revision


def read(path: Path, columns: Sequence[str] = NAMES) -> pd.DataFrame:
    """The columns of a snapshot, with the dtypes of the table."""
    table = pq.read_table(path, columns=list(columns))
    frame: pd.DataFrame = table.to_pandas(types_mapper=_PANDAS.get, split_blocks=True)
    return frame


def catch_up(store: Store, frame: pd.DataFrame, known: int, columns: Sequence[str] = NAMES) -> tuple[pd.DataFrame, int]:
    """The same table with what has changed in the store since a revision."""
    revision = store.revision
    if revision == known:
        return frame, known
    names = list(dict.fromkeys(["deployment_id", *columns]))
    changed = store.read(changed_after=known, columns=names)
    gone = store.gone_after(known) | set(changed["deployment_id"])
    kept = frame[~frame["deployment_id"].isin(gone)]
    whole = pd.concat([kept, changed[list(columns)]], ignore_index=True)
    return whole.astype({name: DTYPES[name] for name in columns}), revision
