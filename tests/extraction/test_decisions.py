"""Learned decisions: weights that decide, and rules that stand where there are none."""

import json
import math

import pytest

from tracker.extraction import decisions
from tracker.extraction.decisions import Option

OPTIONS = [Option("stay", ("stay|any",)), Option("go", ("go|any", "go|verb=send"))]


def decide(monkeypatch, table, proposed=0):
    monkeypatch.setattr(decisions, "weights", lambda: {"kind": table} if table else {})
    return decisions.decide("kind", None, OPTIONS, proposed)


def test_the_option_with_the_greatest_sum_wins_and_its_share_is_the_softmax(monkeypatch):
    chosen, sure = decide(monkeypatch, {"go|any": 1.0, "go|verb=send": 1.0, "stay|any": 0.5})
    assert chosen == 1 and sure == pytest.approx(math.exp(2) / (math.exp(2) + math.exp(0.5)))


def test_a_tie_goes_to_the_first(monkeypatch):
    assert decide(monkeypatch, {"other|any": 1.0}) == (0, 0.5)


def test_without_weights_the_rules_own_proposal_stands(monkeypatch):
    assert decide(monkeypatch, {}, proposed=1) == (1, 1.0)


def test_the_weights_that_ship_are_readable_and_cover_every_decision():
    held = json.loads(decisions.WEIGHTS.read_text(encoding="utf-8"))["weights"]
    assert set(held) == {"destination", "origin", "actor", "kind", "status"}
    assert all(held[name] and all(isinstance(w, float) and abs(w) < 10 for w in held[name].values()) for name in held)


def test_a_denial_in_words_is_never_weighed_away(monkeypatch, read_text):
    tempted = {"status": {f"completed|rules={status}": 9.0 for status in ("denied", "possible", "planned")}}
    monkeypatch.setattr(decisions, "weights", lambda: tempted)
    statuses = [
        read_text(text).deployments[0].status
        for text in (
            "Peru will not send 300 soldiers to Mali.",
            "Peru may send 300 soldiers to Mali.",
            "Peru will send 300 soldiers to Mali.",
        )
    ]
    assert statuses == ["denied", "possible", "completed"]
