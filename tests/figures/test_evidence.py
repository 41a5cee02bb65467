"""The card: the words of the article, escaped, with the right ones marked."""

from __future__ import annotations

import json

import pytest

from tests.rows import make_rows
from tracker.figures.evidence import choose_link, find_marks, mark_evidence, write_card, write_facts
from tracker.figures.records import list_records
from tracker.figures.wording import SAMPLE_NOTE


def test_marks_lie_on_their_words() -> None:
    row = list_records(make_rows())[1]
    words = {role: row["evidence"][start:end] for role, start, end in find_marks(row)}
    assert words == {"actor": "US", "number": "1,700", "cue": "a deploy", "origin": "Fort Bragg", "destination": "Poland"}


def test_overlapping_and_outlying_marks_lose_no_word() -> None:
    marks = json.dumps([["number", 0, 5], ["cue", 3, 9], ["date", 90, 99], ["actor", 6, 8], ["x", "a", 2], "junk"])
    row = {"evidence": "1,700 men left", "evidence_start": 0, "marks": marks}
    assert find_marks(row) == [("number", 0, 5), ("actor", 6, 8)]
    assert mark_evidence(row).count("men") == 0 and "1,700" in mark_evidence(row)


def test_the_quote_is_marked_where_a_row_has_no_marks() -> None:
    row = {"evidence": "We sent 300.", "evidence_start": 40, "marks": "", "quote_start": 48, "quote_end": 51}
    assert find_marks(row) == [("number", 8, 11)]


@pytest.mark.parametrize("column", ["evidence", "title", "source", "personnel", "unit", "actor_name", "destination", "ledger", "speaker"])
def test_no_text_of_an_article_becomes_markup(column: str) -> None:
    row = list_records(make_rows())[3] | {column: "<script>alert(1)</script>", "actor": ""}
    assert "<script" not in write_card(row) + write_facts(row, row)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http:///nohost", "http://[broken", ""])
def test_only_web_addresses_are_links(url: str) -> None:
    assert choose_link({"url": url}) == ""


def test_a_sample_says_whose_words_it_is() -> None:
    sample, report = list_records(make_rows())[1], list_records(make_rows())[3]
    assert SAMPLE_NOTE.replace("'", "&#x27;") in write_card(sample)
    assert "The sentence is ours" not in write_card(report)


def test_the_card_tells_what_is_not_known() -> None:
    rows = list_records(make_rows())
    assert "not found in the gazetteer, so not drawn" in write_facts(rows[50])
    assert "not in the article: the force&#x27;s home is taken" in write_facts(rows[5])
    assert "the article does not say" in write_facts(rows[14])


def test_a_part_names_its_whole() -> None:
    rows = list_records(make_rows())
    assert "2,000 more troops: United States → Europe" in write_facts(rows[1], rows[0])
