"""What happens to a counted group: the event that governs its number."""

import pytest

from tracker.extraction import personnel, quantities, triggers

DEPLOY = [
    "Peru sent 300 soldiers to Mali.",
    "Some 300 soldiers arrived in Mali.",
    "300 soldiers will deploy to Mali.",
    "Peru dispatched 300 soldiers to Mali.",
    "Mali received 300 soldiers from Peru.",
    "300 soldiers were flown to Mali.",
    "The deployment of 300 soldiers to Mali began.",
    "Peru ordered 300 soldiers to Mali.",
    "Peru plans to send 300 soldiers to Mali.",
    "300 soldiers landed in Mali.",
    "The 300 soldiers sent to Mali are safe.",
    "The arrival of 300 soldiers in Gao calmed the town.",
    "Peru will deploy 300 soldiers in hospitals across the country.",
]
WITHDRAW = [
    "Peru withdrew 300 soldiers from Mali.",
    "300 soldiers have left Mali.",
    "Peru pulled 300 soldiers out of Mali.",
    "The withdrawal of 300 soldiers from Mali began.",
    "Peru brought 300 soldiers home from Mali.",
    "300 soldiers returned home from Mali.",
    "Peru is pulling out its 300 soldiers.",
]
REDEPLOY = ["Peru redeployed 300 soldiers from Mali to Niger.", "Peru repositioned 300 soldiers from Mali to Niger."]
ALERT = [
    "Peru put 300 soldiers on alert.",
    "Peru mobilised 300 soldiers.",
    "300 soldiers were placed on stand-by.",
    "Peru called up 300 reservists.",
]
PRESENCE = [
    "Peru has 300 soldiers in Mali.",
    "There are 300 soldiers in Mali.",
    "Peru stations 300 soldiers in Mali.",
    "300 soldiers are based in Mali.",
    "Peru keeps 300 soldiers in Mali.",
]
CASUALTIES = [
    "300 soldiers were killed in Mali.",
    "300 soldiers died in Mali.",
    "The rebels captured 300 soldiers in Mali.",
    "The blast wounded 300 soldiers in Mali.",
    "Malaria has put 300 soldiers in hospital, a month after they came.",
    "Some 300 soldiers are in custody in Lima.",
]

CASES = [
    (text, kind)
    for kind, texts in (("deploy", DEPLOY), ("withdraw", WITHDRAW), ("redeploy", REDEPLOY), ("alert", ALERT), ("presence", PRESENCE))
    for text in texts
]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_the_governing_event_gives_the_kind(framed, text, kind):
    frame = framed(text)
    assert not frame.refused
    assert frame.kind == kind


@pytest.mark.parametrize("text", CASUALTIES)
def test_casualties_and_captives_are_refused(framed, text):
    assert framed(text).refused


@pytest.mark.parametrize(
    "text",
    [
        "The bodies of 300 soldiers were flown home from Mali.",
        "The remains of 300 soldiers left Mali.",
        "Coffins with 300 soldiers arrived in Lima.",
    ],
)
def test_remains_are_refused(framed, text):
    assert framed(text).refused


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Peru sent 300 soldiers to Mali.", "send"),
        ("Peru plans to send 300 soldiers to Mali.", "send"),
        ("The withdrawal of 300 soldiers from Mali began.", "withdrawal"),
    ],
)
def test_the_trigger_is_the_word_that_says_so(framed, text, lemma):
    frame = framed(text)
    assert frame.trigger is not None and frame.trigger.lemma == lemma
    assert text[frame.trigger.start : frame.trigger.end] == frame.trigger.text


def test_a_group_without_an_event_has_no_trigger(framed):
    frame = framed("Only 300 soldiers in Mali.")
    assert frame.trigger is None and frame.chain == ()


@pytest.mark.parametrize(
    ("text", "kind", "lemma"),
    [
        ("A convoy rolled into Mali, joining the 300 soldiers already on their way there.", "deploy", "be on the way"),
        ("Two planes landed in Gao, carrying a general and 300 soldiers.", "deploy", "land"),
        ("300 soldiers began their withdrawal from Mali.", "withdraw", "withdrawal"),
        ("300 soldiers started their journey to Mali.", "deploy", "journey"),
        ("Some 300 soldiers are expected in Mali on Sunday.", "deploy", "expect"),
    ],
)
def test_the_event_is_found_beside_a_light_verb(framed, text, kind, lemma):
    frame = framed(text)
    assert (frame.kind, frame.row.lemma) == (kind, lemma)


def test_a_whole_keeps_the_movement_that_is_told_of_it(parsed, vocabulary):
    text = "At least 40 of the 300 soldiers sent to Mali are ill."
    groups, _ = personnel.find(parsed(text), quantities.find(text, vocabulary, 0), vocabulary)
    assert [triggers.frame(group, vocabulary).kind for group in groups] == ["presence", "deploy"]
