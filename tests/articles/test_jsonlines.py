"""Lines are counted as an editor counts them, and reading never asks for more than the limit."""

import io

import pytest

from tracker.articles.jsonlines import read_lines
from tracker.articles.problems import InputError


class Endless(io.RawIOBase):
    """A stream without an end and without a line end, that remembers how much was asked of it."""

    asked = 0

    def readline(self, size=-1, /):
        assert size >= 0, "an unbounded read"
        self.asked += size
        return b"x" * size


def test_a_line_without_an_end_is_not_read_to_its_end():
    stream = Endless()
    with pytest.raises(InputError, match="holds more than 1 MB; the lines from 1 on are left out"):
        list(read_lines(stream, 1_000_000))
    assert stream.asked == 1_000_001


def test_blank_lines_count_but_give_nothing():
    assert [(number, fields) for number, fields in read_lines(io.BytesIO(b'\n\n{"a": 1}\n'), 100)] == [(3, {"a": 1})]


def test_lines_before_the_limit_are_given():
    lines = read_lines(io.BytesIO(b'{"a": 1}\n' * 30), 100)
    assert [next(lines)[0] for _ in range(11)] == list(range(1, 12))
    with pytest.raises(InputError, match="the lines from 12 on are left out"):
        next(lines)
