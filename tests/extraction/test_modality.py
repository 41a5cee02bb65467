"""Whether it happened, happens, will happen, may happen, or is said not to."""

import pytest

from tracker.extraction import modality

STATUS = {
    "completed": [
        "300 soldiers are reported to have landed in Mali.",
        "Peru is believed to have sent 300 soldiers to Mali.",
        "The government fell following the withdrawal of 300 soldiers from Mali.",
        "The transfer of 300 soldiers to Gao is complete.",
        "Peru was forced to withdraw 300 soldiers from Mali.",
        "It turned out that 300 soldiers had landed in Mali.",
        "Talk of a retreat is false, said a minister who added that 300 soldiers had landed in Mali.",
        "Peru sent 300 soldiers to Mali; it is untrue that they have left.",
        "Peru sent 300 soldiers to Mali.",
        "Peru has sent 300 soldiers to Mali.",
        "300 soldiers arrived in Mali.",
        "Peru said it had sent 300 soldiers to Mali.",
        "300 soldiers were flown to Mali on Monday.",
        "Peru managed to send 300 soldiers to Mali.",
        "Peru finished withdrawing 300 soldiers from Mali.",
    ],
    "ongoing": [
        "300 soldiers are arriving in Mali.",
        "300 soldiers are being flown to Mali.",
        "300 soldiers have begun to leave Mali.",
        "300 soldiers are on their way to Mali.",
        "Peru has started to withdraw 300 soldiers from Mali.",
    ],
    "planned": [
        "Peru will not change its plan to send 300 soldiers to Mali.",
        "All 300 soldiers are expected to have left Mali by June.",
        "The transfer of 300 soldiers to Gao will be complete by May.",
        "Peru will be forced to withdraw 300 soldiers from Mali.",
        "Peru will send 300 soldiers to Mali.",
        "Peru is to send 300 soldiers to Mali.",
        "Peru plans to send 300 soldiers to Mali.",
        "Peru is sending 300 soldiers to Mali.",
        "Peru ordered 300 soldiers to Mali.",
        "Peru said it would send 300 soldiers to Mali.",
        "300 soldiers are due to leave Mali.",
        "Peru agreed to send 300 soldiers to Mali.",
        "Parliament approved the deployment of 300 soldiers to Mali.",
        "Peru promised to send 300 soldiers to Mali.",
        "Peru announced the withdrawal of 300 soldiers from Mali.",
    ],
    "possible": [
        "Leaders called for 300 soldiers to be sent to Mali.",
        "Peru is ready to send 300 soldiers to Mali.",
        "Peace is conditional on the withdrawal of 300 soldiers from Mali.",
        "Pulling 300 soldiers out of Mali depends on a truce.",
        "The plan foresees sending 300 soldiers to Mali should the truce fail.",
        "Should the truce fail, Peru will send 300 soldiers to Mali.",
        "Premier weighs sending 300 soldiers to Mali: report",
        "Pressure may force Peru to withdraw 300 soldiers from Mali.",
        "Peru may send 300 soldiers to Mali.",
        "Peru could send 300 soldiers to Mali.",
        "Peru might withdraw 300 soldiers from Mali.",
        "Peru is considering sending 300 soldiers to Mali.",
        "Peru offered to send 300 soldiers to Mali.",
        "Mali asked Peru to send 300 soldiers.",
        "Peru proposed to send 300 soldiers to Mali.",
        "Peru is weighing the withdrawal of 300 soldiers from Mali.",
        "Peru would send 300 soldiers to Mali if asked.",
        "If the talks fail, Peru will send 300 soldiers to Mali.",
        "Perhaps 300 soldiers will go to Mali.",
    ],
    "denied": [
        "Nobody has ordered 300 soldiers to Mali.",
        "No country has sent 300 soldiers to Mali.",
        "Rumours that 300 soldiers had landed in Mali turned out to be untrue.",
        "Reports that 300 soldiers had landed in Mali proved false.",
        "Peru will not send 300 soldiers to Mali.",
        "Peru did not send 300 soldiers to Mali.",
        "Peru denied that it had sent 300 soldiers to Mali.",
        "Peru denied sending 300 soldiers to Mali.",
        "Peru never sent 300 soldiers to Mali.",
        "Peru ruled out sending 300 soldiers to Mali.",
        "Peru refused to send 300 soldiers to Mali.",
        "Peru has no plans to send 300 soldiers to Mali.",
        "Peru cancelled the deployment of 300 soldiers to Mali.",
        "Peru rejected a plan to send 300 soldiers to Mali.",
        "Peru won't send 300 soldiers to Mali.",
        "No decision to send 300 soldiers to Mali has been taken.",
    ],
}


@pytest.mark.parametrize(
    ("text", "status"),
    [(t, s) for s, texts in STATUS.items() for t in texts],
)
def test_status(framed, vocabulary, text, status):
    assert modality.read(framed(text), vocabulary).status == status


@pytest.mark.parametrize("text", ["Peru has 300 soldiers in Mali.", "There are 300 soldiers in Mali."])
def test_a_presence_has_no_status(framed, vocabulary, text):
    assert modality.read(framed(text), vocabulary).status == ""


def test_the_cue_is_the_word_that_decided(framed, vocabulary):
    assert modality.read(framed("Peru may send 300 soldiers to Mali."), vocabulary).cue.lower == "may"
    assert modality.read(framed("Peru denied sending 300 soldiers to Mali."), vocabulary).cue.lemma == "deny"


def test_a_negation_elsewhere_in_the_sentence_denies_nothing(framed, vocabulary):
    assert modality.read(framed("Peru, which is not a member of NATO, sent 300 soldiers to Mali."), vocabulary).status == "completed"
    assert modality.read(framed("Peru sent 300 soldiers to Mali but did not say why."), vocabulary).status == "completed"
    assert modality.read(framed("Peru sent not 200 but 300 soldiers to Mali."), vocabulary).status in {"completed", "denied"}
