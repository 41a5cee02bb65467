"""Whatever comes over the line, the readers answer with articles and problems, and never with a traceback."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.articles.addresses import ODD_FORMS, PRIVATE_LITERALS
from tracker.articles import InputError, Problem
from tracker.articles.answers import taken
from tracker.articles.guard import public_address, target_of
from tracker.articles.markup import plain
from tracker.articles.opml import is_address_list, read_list, read_opml
from tracker.articles.pages import canonical
from tracker.articles.portal import portal_day, portal_days, read_day

PIECES = [
    "http://",
    "https:",
    "//",
    "[",
    "]",
    "::1",
    "127.0.0.1",
    "@",
    ":80",
    "%",
    "\\",
    "é",
    "。",
    "①",
    "news.example",
    ".",
    "?",
    "#",
    "0x7f",
    "\u200b",
    "/",
]
TAGS = [
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<p><b>A</b></p>",
    "<a href='http://x.example'>",
    "</a>",
    "<h2>",
    "x",
    "&#0;",
    "<!--",
    "<",
    "\x00",
    "<div>",
]
addresses = st.one_of(
    st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.sampled_from(ODD_FORMS + PRIVATE_LITERALS)
)
markup = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(TAGS), max_size=30).map("".join))


@given(addresses)
def test_an_address_is_refused_or_plain(address):
    try:
        target = target_of(address)
    except InputError as error:
        assert error.reason and error.cure
        return
    assert target.url.isascii() and target_of(target.url) == target
    assert not set(target.host) & set("@/\\%?# []") and target.port in (80, 443)


@given(addresses, addresses)
def test_no_address_breaks_its_readers(one, other):
    assert public_address(one) in ("", one) or ":" in one
    assert portal_day(one) is None
    assert canonical(one, "https://news.example/gao").startswith(("https://news.example/", "https://www.news.example/"))
    canonical(one, other)


@given(markup)
def test_no_markup_breaks_its_readers(text):
    plain(text)
    data = text.encode("utf-8", "replace")
    assert all(found for found in read_opml("f", data)) and all(found for found in read_list("f", data))
    is_address_list(data)
    try:
        assert all(isinstance(found, Problem) or found.text for found in read_day(data, date(2022, 2, 2), "https://news.example/"))
    except InputError as error:
        assert error.cure


@given(st.binary(max_size=60))
def test_no_bytes_break_the_readers(data):
    assert all(found for found in read_opml("f", data)) and all(found for found in read_list("f", data))
    try:
        assert list(read_day(data, date(2022, 2, 2), "https://news.example/", "koi8-r"))
    except InputError as error:
        assert error.cure


@given(
    st.integers(100, 599),
    st.lists(st.tuples(st.sampled_from([b"Location", b"Content-Type", b"Content-Encoding", b"Content-Length"]), st.binary())),
)
def test_no_headers_break_the_reader(status, headers):
    try:
        assert taken("https://news.example/", status, headers, [b"x"], 10) is not None
    except InputError as error:
        assert error.reason and error.cure


@given(st.text(max_size=30))
def test_no_days_break_the_reader(text):
    with pytest.raises(InputError):
        portal_days("portal:" + text)
