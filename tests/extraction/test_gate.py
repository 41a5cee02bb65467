"""The gate lets through what may tell of a movement, and little else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction import gate
from tracker.extraction.sentences import split
from tracker.vocabulary import load

WORDS = load()


def passed(text):
    spans = split(text)
    return [spans[i].of(text) for i in gate.hits(text, spans, WORDS)]


@pytest.mark.parametrize(
    "text",
    [
        "Peru sent 300 soldiers to Mali.",
        "A contingent of 320 left Lima.",
        "Some 4,800 men crossed the river.",
        "An 800-strong force landed.",
        "Two hundred policemen flew in.",
        "FRANCE SENDS 300 PARATROOPERS",
        "Sixty-three peacekeepers arrived.",
        "A thousand Marines sailed.",
        "The battalion, 850 in all, is on its way.",
        "Kenya moved 70 gendarmes.",
        "They have 1 200 fighters there.",
        "12 militiamen returned.",
        "A dozen commandos parachuted in.",
        "The 2,000 personnel go home.",
        "Chad called up 900 reservists.",
        "The brigade numbers 4,500.",
        "60K troops are massed there.",
    ],
)
def test_a_number_of_a_force_passes(text):
    assert passed(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "It rained in Lima for 14 days.",
        "The soldiers left.",
        "Prices rose by 3 percent.",
        "The fair drew a crowd.",
        "",
        "In 2011 the bridge was mended.",
    ],
)
def test_a_text_without_one_is_kept_out(text):
    assert passed(text) == []


def test_only_the_sentence_with_both_passes():
    text = "It rained for 14 days. The soldiers waited. Then 300 soldiers left. Nobody waved."
    assert passed(text) == ["Then 300 soldiers left."]


def test_a_letter_that_grows_in_lower_case_moves_no_offset():
    text = "İ" * 40 + " spoke. Then 300 soldiers left."
    assert passed(text) == ["Then 300 soldiers left."]


@pytest.mark.parametrize(
    ("hits", "count", "wanted"),
    [
        ([], 12, []),
        ([0], 12, [0, 1, 2, 3]),
        ([11], 12, [8, 9, 10, 11]),
        ([4, 5], 12, [*range(1, 9)]),
        ([1, 9], 12, [*range(5), *range(6, 12)]),
        ([0], 1, [0]),
    ],
)
def test_the_neighbours_of_a_hit_are_read_too(hits, count, wanted):
    assert gate.widened(hits, count) == wanted


@given(st.text(max_size=300))
def test_no_text_makes_it_stumble(text):
    spans = split(text)
    hits = gate.hits(text, spans, WORDS)
    assert hits == sorted(set(hits)) and all(0 <= i < len(spans) for i in hits)


@given(st.sampled_from(sorted(n for n, kind in WORDS.personnel.items() if kind != "not")), st.integers(2, 99_999))
def test_every_noun_of_the_table_opens_it(noun, number):
    text = f"Peru sent {number:,} {noun} to Mali."
    assert passed(text) == [text]
