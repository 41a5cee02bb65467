"""What comes packed is unpacked within a limit, and no more of it is taken than that limit needs."""

import gzip
import zlib

import pytest

from tracker.articles import InputError
from tracker.articles.packing import unpacked

TEXT = b"120 soldiers left Gao on Monday, and nobody said when they come home. " * 400
PACKED = gzip.compress(TEXT)
BARE = zlib.compressobj(wbits=-15)
RAW = BARE.compress(TEXT) + BARE.flush()


def pieces(data, size):
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize("size", [1, 7, 1_000_000])
@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", RAW),
    ],
)
def test_every_coding_in_pieces_of_every_size(coding, data, size):
    assert unpacked(pieces(data, size), coding, len(TEXT)) == TEXT


@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
def test_an_empty_body_is_empty(coding):
    assert unpacked([], coding, 10) == unpacked([b""], coding, 10) == b""


@pytest.mark.parametrize("level", [0, 9])
@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
def test_one_byte_too_many_is_too_large_and_the_rest_is_not_taken(coding, level):
    packing = zlib.compressobj(level, wbits=31 if coding == "gzip" else 15)
    body = b"x" * 3_000_000
    data = packing.compress(body) + packing.flush() if coding else body
    given = iter(pieces(data, 500))
    with pytest.raises(InputError, match=r"larger than 0\.1 MB"):
        unpacked(given, coding, 100_000)
    assert next(given, None) is not None


def test_packed_data_that_unpack_to_nothing_are_too_large_all_the_same():
    # Empty blocks: five bytes each, and not one character.
    with pytest.raises(InputError, match="larger than"):
        unpacked([b"\x00\x00\x00\xff\xff" * 1000] * 1000, "deflate", 100_000)


@pytest.mark.parametrize(
    ("coding", "data", "reason"),
    [
        ("gzip", PACKED[:-100], "its packed data break off"),
        ("deflate", RAW[:-5], "its packed data break off"),
        ("gzip", TEXT, "its packed data are damaged"),
        ("deflate", b"\x78rubbish", "its packed data are damaged"),
        ("br", TEXT, "the server packs it as 'br', which was not asked for"),
        ("gzip, gzip", TEXT, "the server packs it as 'gzip, gzip', which was not asked for"),
    ],
)
def test_what_cannot_be_unpacked_is_told(coding, data, reason):
    with pytest.raises(InputError) as told:
        unpacked([data], coding, 1_000_000)
    assert told.value.reason == reason and told.value.cure


def test_what_stands_behind_the_end_is_passed_over():
    assert unpacked([PACKED + b"more", b"and more"], "gzip", len(TEXT)) == TEXT
