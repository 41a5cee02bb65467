"""Bytes -> characters. Never raises a UnicodeError: bytes that are no text are told as what they seem to be."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from tracker.articles.problems import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN_BINARIES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_DECLARED = re.compile(rb"charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_.:-]{2,40})|encoding=[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
#: Charsets of the web. Python knows more codecs, and some of them (idna, unicode_escape) are no charsets.
_CHARSETS = ("iso8859", "cp", "koi8", "mac", "gb", "big5", "euc", "shift_jis", "utf-16")
_SAMPLE = 65_536
_CURE = "save it as plain text (.txt) or as a web page (.html) and read that"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, and whether some bytes could not be read and stand as the replacement character."""

    text: str
    damaged: bool = False


def decode(data: bytes, *, markup: bool = False, charset: str = "") -> Decoded:
    """The characters of ``data``: by byte order mark, as UTF-8, by ``charset`` or what markup declares, else by likelihood.

    ``charset`` is what a server said; UTF-8 goes before it, since old texts in other charsets are hardly ever valid UTF-8.
    Raises ``InputError`` for bytes that are no text, such as a picture or a PDF.

    >>> decode("Škofja Loka".encode("utf-16")).text
    'Škofja Loka'
    """
    for start, what in _KNOWN_BINARIES:
        if data.startswith(start):
            raise InputError(f"this is {what}, not text", _CURE)
    text, damaged = _characters(data, markup, charset)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > 0.02 * len(sample) + 1:
        raise InputError("these bytes are not text", _CURE)
    return Decoded(text, damaged)


def _characters(data: bytes, markup: bool, charset: str) -> tuple[str, bool]:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _forgiving(data, codec)
    if wide := _unmarked_utf16(data):
        return _forgiving(data, wide)
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    declared = _codec(charset) or (_declared(data) if markup else "")
    if declared:
        return _forgiving(data, declared)
    return _forgiving(data, _likely(data))


def _forgiving(data: bytes, codec: str) -> tuple[str, bool]:
    try:
        return data.decode(codec), False
    except UnicodeDecodeError:
        return data.decode(codec, "replace"), True


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without its mark: in western text every second byte is 0."""
    sample = data[:2000]
    half = len(sample) // 2
    if half >= 4 and sample[1::2].count(0) > 0.8 * half:
        return "utf-16-le"
    return "utf-16-be" if half >= 4 and sample[0::2].count(0) > 0.8 * half else ""


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:4096])
    return _codec((found[1] or found[2]).decode("ascii")) if found else ""


def _codec(name: str) -> str:
    """The codec of a charset's name; empty for none, for unknown ones and for codecs that are no charsets."""
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    # Pages that say Latin-1 or ASCII mean Windows-1252; pages that say UTF-8 and got here are not.
    return "cp1252" if codec in ("iso8859-1", "ascii") else codec if codec.startswith(_CHARSETS) else ""


def _likely(data: bytes) -> str:
    # English in an old encoding is Windows-1252 nearly always; on its few odd bytes a statistical guess goes astray.
    sample = data[:_SAMPLE]
    if sum(byte >= 0x80 for byte in sample) < 0.15 * len(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"
