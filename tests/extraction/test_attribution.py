"""Who is quoted as saying so, and through whom."""

import pytest

from tracker.extraction import attribution


@pytest.fixture
def said(framed, vocabulary):
    def read(text):
        found = attribution.read(framed(text), vocabulary)
        assert found.span is None or found.span.of(text).strip() == found.speaker
        return found

    return read


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Peru will send 300 soldiers to Mali, the defence ministry said.", "the defence ministry"),
        ("The defence ministry said Peru will send 300 soldiers to Mali.", "The defence ministry"),
        ("General Ana Rojas told reporters that 300 soldiers had left Mali.", "General Ana Rojas"),
        ("According to the mayor, 300 soldiers arrived in Gao.", "the mayor"),
        ("300 soldiers arrived in Gao, according to the mayor.", "the mayor"),
        ("The governor announced that 300 soldiers would go to Gao.", "The governor"),
    ],
)
def test_the_speaker_is_who_says_it(said, text, speaker):
    assert said(text).speaker == speaker


@pytest.mark.parametrize("text", ["Peru sent 300 soldiers to Mali.", "300 soldiers left Mali on Monday."])
def test_nobody_is_quoted_where_nobody_speaks(said, text):
    found = said(text)
    assert (found.speaker, found.via, found.span) == ("", "", None)


def test_an_agency_is_the_way_not_the_speaker(said):
    found = said("The mayor told Reuters that 300 soldiers had arrived in Gao.")
    assert found.speaker == "The mayor" and "Reuters" in found.via and "anonymous" not in found.via


@pytest.mark.parametrize(
    "text",
    [
        "A source familiar with the plan told Reuters that 300 soldiers would go to Mali.",
        "Two officials told Reuters that 300 soldiers would go to Mali.",
    ],
)
def test_a_source_without_a_name_is_told_as_such(said, text):
    found = said(text)
    assert "anonymous" in found.via and "Reuters" in found.via


def test_a_named_official_is_not_anonymous(said):
    assert "anonymous" not in said("Army official Ana Rojas said 300 soldiers would go to Mali.").via


def test_offsets_are_those_of_the_article(vocabulary):
    from tracker.extraction import personnel, quantities, sentences, triggers

    text = "It rained.\n\nThe mayor said 300 soldiers had arrived in Gao."
    spans = sentences.split(text)
    (sentence,) = sentences.parse(text, [(1, spans[1])])
    counted, _ = personnel.find(sentence, quantities.find(sentence.text, vocabulary, sentence.span.start), vocabulary)
    found = attribution.read(triggers.frame(counted[0], vocabulary), vocabulary)
    assert text[found.span.start : found.span.end] == "The mayor"
