"""Cutting an article into sentences, and the words of a parse with their places in the article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.extraction import sentences


def cut(text):
    return [span.of(text) for span in sentences.split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Traore flew to Gao.",
        "Lt. Col. Diallo met Mr. Keita.",
        "The U.S. Army left.",
        "He spoke for the U.N. mission in Juba.",
        "They left at 9 a.m. on Monday.",
        "It costs 2.5 million.",
        "St. Louis waited.",
        "J. K. Mbeki signed.",
        "They came in Sept. 2004 and stayed.",
        "The firm, Acme Inc. of Lima, paid.",
        "Ft. Bragg emptied.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text):
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One left. Two came.", ["One left.", "Two came."]),
        ("Really? Yes! Good.", ["Really?", "Yes!", "Good."]),
        ("“They left.” He wept.", ["“They left.”", "He wept."]),
        ("They went to the U.S. The rest stayed.", ["They went to the U.S.", "The rest stayed."]),
        ("He left… Nobody saw it. 300 men stayed.", ["He left… Nobody saw it.", "300 men stayed."]),
        ("300 soldiers left. 40 came back.", ["300 soldiers left.", "40 came back."]),
    ],
)
def test_a_full_stop_ends_one(text, parts):
    assert cut(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("France sends troops\n\nFrance will send 300 soldiers.", ["France sends troops", "France will send 300 soldiers."]),
        ("Headline\nA body of text.", ["Headline", "A body of text."]),
        ("They moved 300 soldiers from\nLima to Gao.", ["They moved 300 soldiers from\nLima to Gao."]),
        ("They moved 300\nsoldiers to Gao.", ["They moved 300\nsoldiers to Gao."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("\n\n  One.  \n\n\n Two. \n", ["One.", "Two."]),
        ("- first item\n- second item", ["- first item", "- second item"]),
    ],
)
def test_line_breaks(text, parts):
    assert cut(text) == parts


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t\u00a0\n"])
def test_nothing_gives_nothing(text):
    assert cut(text) == []


def test_a_text_without_an_end_is_cut_to_a_bearable_length():
    text = "word " * 5_000
    spans = sentences.split(text)
    assert len(spans) > 1 and all(span.end - span.start <= sentences.LONGEST for span in spans)
    assert "".join(span.of(text) for span in spans).replace(" ", "") == text.replace(" ", "")


PIECES = st.sampled_from(
    [
        "Gen.",
        "U.S.",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        ".",
        "!",
        "?",
        "…",
        "”",
        "300",
        "soldiers",
        "İ",
        "ß",
        "\x00",
        "\u2028",
        "\u200b",
        "🤔",
        "a",
        "The",
        "from",
        ",",
        "-",
        "x" * 200,
    ]
)


@given(st.text(max_size=400) | st.lists(PIECES, max_size=80).map("".join))
def test_sentences_hold_every_visible_character_once_and_in_order(text):
    spans = sentences.split(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    left = [c for i, c in enumerate(text) if not any(s.start <= i < s.end for s in spans)]
    assert all(c.isspace() for c in left)
    assert all(not s.of(text)[0].isspace() and not s.of(text)[-1].isspace() for s in spans)


@settings(max_examples=40)
@given(st.lists(PIECES, min_size=1, max_size=30).map("".join))
def test_every_word_of_a_parse_slices(text):
    spans = list(enumerate(sentences.split(text)))
    for sentence in sentences.parse(text, spans):
        assert sentence.text == sentence.span.of(text)
        for word in sentence.words:
            assert sentence.span.start <= word.start < word.end <= sentence.span.end
            assert text[word.start : word.end].replace("\n", " ") == word.text


def test_words_carry_their_place_in_the_article():
    text = "It rained.\n\nGen. Traore sent 300 U.S.-trained\nsoldiers to Gao."
    spans = sentences.split(text)
    (sentence,) = sentences.parse(text, [(1, spans[1])])
    assert sentence.index == 1
    assert [text[w.start : w.end] for w in sentence.words][-4:] == ["soldiers", "to", "Gao", "."]
    assert sentence.at(text.index("Gao")).text == "Gao"
    assert [w.text for w in sentence.under(sentence.at(text.index("300")).span)] == ["300"]


def test_the_tree_can_be_walked(parsed):
    sentence = parsed("Peru sent 300 soldiers to Mali.")
    verb = next(w for w in sentence.words if w.lemma == "send")
    assert sentence.head(verb) is None
    assert {w.text for w in sentence.children(verb)} >= {"Peru", "soldiers", "to"}
    mali = next(w for w in sentence.words if w.text == "Mali")
    assert [w.lemma for w in sentence.ancestors(mali)][-1] == "send"
    assert [w.text for w in sentence.subtree(sentence.child(verb, "dobj"))] == ["300", "soldiers"]


def test_many_sentences_come_back_in_order():
    text = " ".join(f"Peru sent {n} soldiers." for n in range(100, 300))
    spans = sentences.split(text)
    parsed = sentences.parse(text, list(enumerate(spans)))
    assert [s.index for s in parsed] == list(range(200)) and [s.span for s in parsed] == spans
