"""Lines of JSON, one by one and within limits, with the number of each."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator, Mapping
from typing import Protocol

from tracker.articles.decoding import decode
from tracker.articles.problems import InputError, Problem

_CURE = "fix or delete the line"


class Bytes(Protocol):
    """What is asked of an open file; plain files and gzip files fulfil it."""

    def read(self, size: int, /) -> bytes: ...

    def readline(self, size: int, /) -> bytes: ...


def read_lines(stream: Bytes, cap: int) -> Iterator[tuple[int, Mapping[str, object] | Problem]]:
    """Each line's number, counted from 1, with its object or with what is wrong with it. Blank lines are passed over.

    Raises ``InputError`` where the whole is no JSON Lines file, and as soon as more than ``cap`` bytes were read.
    """
    size = number = 0
    for number, line in enumerate(_lines(stream, cap), start=1):
        size += len(line)
        if size > cap:
            raise InputError(
                f"holds more than {cap // 1_000_000} MB; the lines from {number} on are left out", "split it into smaller files"
            )
        if number == 1:
            _check_beginning(line)
        if line.strip():
            yield number, _parse(line)
    if not size:
        raise InputError("the file is empty", "leave it out")


def _lines(stream: Bytes, cap: int) -> Iterator[bytes]:
    # A line without an end could be all of a gzip bomb: never ask for more than the limit and one.
    line = stream.readline(cap + 1)
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        rest = stream.read(max(0, cap + 1 - len(line)))
        yield from io.BytesIO(decode(line + rest).text.encode("utf-8", "replace"))
        return
    while line:
        yield line
        line = stream.readline(cap + 1)


def _check_beginning(line: bytes) -> None:
    start = decode(line[:4096]).text.lstrip()
    if start.startswith("["):
        raise InputError("this is one JSON list, not one object a line", "write each article's object on a line of its own")


def _parse(line: bytes) -> Mapping[str, object] | Problem:
    try:
        fields = json.loads(decode(line).text)
    except InputError as error:
        return Problem("", error.reason, _CURE)
    except json.JSONDecodeError as error:
        return Problem("", f"not valid JSON ({error.msg} at character {error.pos + 1})", _CURE)
    except (ValueError, RecursionError):
        return Problem("", "JSON with a number too long or lists too deep", _CURE)
    if not isinstance(fields, dict):
        return Problem("", "not a JSON object", 'write {"text": "..."}')
    return fields
