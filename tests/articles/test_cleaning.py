"""One cleaning: what is invisible or harmful goes, what readers see stays, and a second cleaning changes nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.articles import clean_text
from tracker.articles.cleaning import clean_line


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("50\x000 men", "50 0 men"),
        ("1\u200e,\u200f700 soldiers", "1,700 soldiers"),
        ("\ufeffFort\u00ad Bliss\u202e\u202c", "Fort Bliss"),
        ("bad \ud83d half", "bad \ufffd half"),
        ("page\x0cbreak\x0band\u2028line", "page\nbreak\nand\nline"),
        ("the \x93base\x94 \x81", "the “base”  "),
        ("tab\tand  blanks stay ", "tab\tand  blanks stay "),
        ("Zu\u0308rich, Z\u00fcrich, № 5, ﬁ, 1 000", "Zu\u0308rich, Z\u00fcrich, № 5, ﬁ, 1 000"),
    ],
)
def test_clean_text(raw, clean):
    assert clean_text(raw) == clean


@given(st.text(st.characters()))
def test_cleaning_twice_is_cleaning_once_and_nothing_harmful_is_left(raw):
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert "\r" not in clean and "\0" not in clean
    assert not any(unicodedata.category(c) == "Cs" or unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRE", "PDF") for c in clean)
    clean.encode("utf-8")


def test_a_headline_is_one_line_of_bounded_length():
    assert clean_line(" Troops\r\nleave \t Basra ") == "Troops leave Basra"
    assert clean_line(None) == "" and clean_line(17) == "17"
    assert len(clean_line("x" * 9999)) == 2000
