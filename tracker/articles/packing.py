"""A body as it comes over the line -> its bytes, unpacked, within a limit that holds before and after unpacking."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Protocol

from tracker.articles.problems import SAVE_TEXT, InputError

#: What is offered to servers; the empty coding and "identity" mean that nothing is packed.
CODINGS = "gzip, deflate"

_AGAIN = "try again, or save the page as .html and read that file"


class _Engine(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def too_large(cap: int) -> InputError:
    """The error for more than ``cap`` bytes.

    >>> str(too_large(10_000_000))
    'larger than 10 MB; save its words as plain text (.txt) and read that file'
    """
    return InputError(f"larger than {cap / 1_000_000:g} MB", SAVE_TEXT)


def unpacked(chunks: Iterable[bytes], coding: str, cap: int) -> bytes:
    """The bytes of a body that comes in ``chunks``, packed by ``coding``; no more of it is taken than the limit needs.

    Raises ``InputError`` for more than ``cap`` bytes before or after unpacking, for a coding that was not offered, and
    for damaged or broken-off data. What stands behind the end of packed data is passed over, as browsers do.

    >>> unpacked([zlib.compress(b"120 soldiers left Gao.")], "deflate", 100)
    b'120 soldiers left Gao.'
    """
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise InputError(f"the server packs it as {coding[:20]!r}, which was not asked for", _AGAIN)
    packed = coding not in ("", "identity")
    body = bytearray()
    engine: _Engine | None = None
    taken = 0
    for chunk in chunks:
        if packed and engine is None and chunk:
            engine = _engine(coding, chunk)
        taken += len(chunk)
        # Never 0, which zlib would take for "without a limit".
        room = cap + 1 - len(body)
        body += _unpack(engine, chunk, room) if engine else chunk
        if max(taken, len(body)) > cap:
            raise too_large(cap)
    if engine and not engine.eof:
        raise InputError("its packed data break off", _AGAIN)
    return bytes(body)


def _engine(coding: str, start: bytes) -> _Engine:
    if coding != "deflate":
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    # "deflate" means zlib; some servers send the bare stream, which cannot begin with zlib's method in these four bits.
    return zlib.decompressobj(zlib.MAX_WBITS if start[0] & 0x0F == 8 else -zlib.MAX_WBITS)


def _unpack(engine: _Engine, chunk: bytes, room: int) -> bytes:
    try:
        return b"" if engine.eof else engine.decompress(chunk, room)
    except zlib.error:
        raise InputError("its packed data are damaged", _AGAIN) from None
