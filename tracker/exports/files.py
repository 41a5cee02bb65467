"""A place for a file from the start of the work to its end: never half a file, never an input overwritten."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

#: The name that stands for standard output.
STDOUT = "-"


class ExportError(ValueError):
    """A file that cannot be written; the message names it and the cure."""


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
