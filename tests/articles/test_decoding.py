"""Bytes become characters whatever their encoding, and bytes that are no text are told as what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.articles.decoding import decode
from tracker.articles.problems import InputError

SENTENCE = "Peru’s army sent 120 men to Ñuñoa – “for now”, it said. " * 3


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_found(codec):
    assert decode(SENTENCE.encode(codec)).text == SENTENCE
    assert not decode(SENTENCE.encode(codec)).damaged


def test_text_that_is_mostly_not_latin_is_guessed():
    words = "Штаб направит сто двадцать солдат в соседнюю область до конца недели, сообщила газета. " * 5
    assert decode(words.encode("cp1251")).text == words


def test_a_page_says_its_charset():
    page = '<html><head><meta charset="iso-8859-2"></head><body>Žilina a Košice</body></html>'
    assert "Žilina a Košice" in decode(page.encode("iso-8859-2"), markup=True).text


@pytest.mark.parametrize("name", ["no-such-charset", "hex", "idna", "unicode_escape", "utf-8", "x" * 5000])
def test_a_charset_that_is_none_is_passed_over(name):
    page = f'<meta charset="{name}">caf\u00e9 in Lom\u00e9'.encode("cp1252")
    assert decode(page, markup=True).text.endswith("café in Lomé")


@pytest.mark.parametrize(
    ("codec", "charset"),
    [("iso-8859-2", "iso-8859-2"), ("iso-8859-2", "ISO-8859-2"), ("utf-8", "iso-8859-2"), ("utf-16", "iso-8859-2"), ("koi8-r", "koi8-r")],
)
def test_a_server_says_the_charset_and_is_believed_unless_the_bytes_are_utf(codec, charset):
    words = "Štábu v Žiline" if codec != "koi8-r" else "штаб"
    assert decode(words.encode(codec), charset=charset).text == words


def test_a_server_goes_before_the_page_and_nonsense_does_not():
    page = '<meta charset="iso-8859-1">Žilina'.encode("iso-8859-2")
    assert decode(page, markup=True, charset="iso-8859-2").text.endswith("Žilina")
    page = '<meta charset="iso-8859-2">Žilina'.encode("iso-8859-2")
    for nonsense in ("no-such", "hex", "idna", "utf-8", "a\0b"):
        assert decode(page, markup=True, charset=nonsense).text.endswith("Žilina")


def test_broken_bytes_cost_only_themselves():
    found = decode(b"\xff\xfe" + "a column left".encode("utf-16-le") + b"\x00")
    assert found.text.startswith("a column left") and found.damaged


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\x00", "an office document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (bytes(range(256)) * 20, "not text"),
        (b"\x00" * 500, "not text"),
    ],
)
def test_bytes_that_are_no_text(data, told):
    with pytest.raises(InputError, match=told) as caught:
        decode(data)
    assert "save it as plain text" in caught.value.cure


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_told(data):
    try:
        assert isinstance(decode(data, markup=True).text, str)
    except InputError as error:
        assert error.cure
