"""Bytes with a name -> Articles and Problems, by the name's ending.

Limits, so that a hostile file costs memory and time that are known beforehand: 50 MB a file, 10 MB a web page,
200 MB of what lines or a Parquet file unpack to.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import IO

from tracker.articles.decoding import decode
from tracker.articles.jsonlines import read_lines
from tracker.articles.pages import PAGE_CAP, page_article
from tracker.articles.problems import InputError, Problem
from tracker.articles.records import FIELDS, Given, article_from_record, article_from_text, day
from tracker.models import Article

Read = Iterator[Article | Problem]

FILE_CAP = 50_000_000
UNPACKED_CAP = 200_000_000

_SMALLER = "split it into smaller files"
_DAMAGED = "some of its bytes could not be read and stand as \ufffd"
_AS_UTF8 = "save it as UTF-8 if words look wrong"


def read_bytes(name: str, data: bytes, *, published: date | str | None = None, title: str = "", source: str = "", url: str = "") -> Read:
    """The articles of one file's bytes. ``name`` tells the format, and stands in the problems.

    ``.txt`` and ``.html``/``.htm`` are one article each; ``.jsonl``, ``.jsonl.gz``, ``.csv`` and ``.parquet`` one a
    line or row with the fields id, text, published, title, url, source. For text and pages what is given here goes
    first; a line's own fields go before what is given. Raises ``InputError`` for a bad ``published``, nothing else.

    >>> [article.text for article in read_bytes("note.txt", b"120 soldiers left Gao.")]
    ['120 soldiers left Gao.']
    """
    return read_stream(name, io.BytesIO(data), Given(day(published), title, source, url))


def read_stream(name: str, stream: IO[bytes], given: Given) -> Read:
    """As ``read_bytes``, from an open binary file; lines are read one by one, other formats whole."""
    ending = ending_of(name)
    empty = True
    try:
        for found in _items(name, ending, stream, given):
            empty = False
            yield found
        if empty:
            yield Problem(name, "there is no article in it", "leave it out")
    except InputError as error:
        yield Problem(name, error.reason, error.cure)


def _items(name: str, ending: str, stream: IO[bytes], given: Given) -> Read:
    if not ending:
        raise InputError("not a type of file that is read", f"give one of {' '.join(ENDINGS)}")
    if ending.startswith(".jsonl"):
        return _read_jsonl(name, stream, given, packed=ending.endswith(".gz"))
    cap = PAGE_CAP if ending in (".html", ".htm") else FILE_CAP
    data = stream.read(cap + 1)
    if len(data) > cap:
        raise InputError(f"larger than {cap // 1_000_000} MB", _SMALLER)
    if not data.strip():
        raise InputError("the file is empty", "leave it out")
    return _READERS[ending](name, data, given)


def ending_of(name: str) -> str:
    """The ending by which a file is read, in lower case; empty for a type that is not read.

    >>> ending_of("Reports.JSONL.gz"), ending_of("scan.pdf")
    ('.jsonl.gz', '')
    """
    return next((ending for ending in ENDINGS if name.lower().endswith(ending)), "")


def _read_text(name: str, data: bytes, given: Given) -> Read:
    decoded = decode(data)
    yield article_from_text(decoded.text, published=given.published, title=given.title, source=given.source, url=given.url)
    if decoded.damaged:
        yield Problem(name, _DAMAGED, _AS_UTF8, left_out=False)


def _read_page(name: str, data: bytes, given: Given) -> Read:
    yield page_article(data, given)


def _read_jsonl(name: str, stream: IO[bytes], given: Given, packed: bool) -> Read:
    lines = gzip.GzipFile(fileobj=stream) if packed else stream
    try:
        for number, fields in read_lines(lines, UNPACKED_CAP):
            yield from _record(name, number, fields, given)
    except (OSError, EOFError, zlib.error) as error:
        yield Problem(name, f"its end cannot be read ({error})", "fetch or pack it again; what came before was read")


def _read_csv(name: str, data: bytes, given: Given) -> Read:
    text = decode(data).text
    header = text[:4096].partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(FILE_CAP)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows.fieldnames = [column.strip().lower() for column in rows.fieldnames or ()]
    except csv.Error as error:
        raise InputError(f"its header is not valid CSV ({error})", "mend the quotes in the first line") from None
    if "text" not in rows.fieldnames:
        raise InputError('there is no column "text"', f"name the columns {', '.join(FIELDS)}")
    begin = rows.line_num + 1
    try:
        for row in rows:
            if None in row:
                cure = "put cells that hold the delimiter between double quotes"
                yield Problem(name, "more cells than columns", cure, begin)
            else:
                yield from _record(name, begin, row, given)
            begin = rows.line_num + 1
    except csv.Error as error:
        yield Problem(name, f"not valid CSV ({error})", "mend the quotes from there on; what came before was read", begin)


def _read_parquet(name: str, data: bytes, given: Given) -> Read:
    import pyarrow
    import pyarrow.parquet

    cure = "write it again with pyarrow or pandas"
    try:
        file = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data))
        columns = [field for field in FIELDS if field in file.schema_arrow.names]
        if "text" not in columns:
            raise InputError('there is no column "text"', f"name the columns {', '.join(FIELDS)}")
        number = unpacked = 0
        # A small file can unpack to gigabytes, so only a few rows are ever unpacked at a time.
        for batch in file.iter_batches(batch_size=16, columns=columns, use_threads=False):
            unpacked += batch.nbytes
            if unpacked > UNPACKED_CAP:
                reason = f"unpacks to more than {UNPACKED_CAP // 1_000_000} MB; rows from {number + 1} on are left out"
                yield Problem(name, reason, _SMALLER)
                return
            for fields in batch.to_pylist():
                number += 1
                yield from _record(f"{name}, row {number}", None, fields, given)
    except pyarrow.ArrowException as error:
        yield Problem(name, f"not a Parquet file that can be read ({str(error)[:120]})", cure)


def _record(where: str, line: int | None, fields: Mapping[str, object] | Problem, given: Given) -> Read:
    if isinstance(fields, Problem):
        yield Problem(where, fields.reason, fields.cure, line)
        return
    try:
        article, note = article_from_record(fields, given)
    except InputError as error:
        yield Problem(where, error.reason, error.cure, line)
        return
    yield article
    if note:
        yield Problem(where, note, "write it as YYYY-MM-DD", line, left_out=False)


_READERS: Mapping[str, Callable[[str, bytes, Given], Read]] = {
    ".txt": _read_text,
    ".html": _read_page,
    ".htm": _read_page,
    ".csv": _read_csv,
    ".parquet": _read_parquet,
}

#: The endings of files that are read.
ENDINGS: tuple[str, ...] = (".jsonl", ".jsonl.gz", *_READERS)
