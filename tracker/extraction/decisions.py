"""Learned decisions: one conditional choice among options that the grammar proposes (an end's place, the actor, the kind, the status).

A linear model in readable weights (``data/weights/decisions.json``; trained by ``benchmarks/train_decisions.py``) adds up what is known of
each option; the options of one decision share a softmax. Without weights, what the rules propose stands.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tracker.extraction.triggers import Frame

WEIGHTS = Path(__file__).resolve().parents[2] / "data" / "weights" / "decisions.json"


#: Name of the table -> feature -> weight.
Tables = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen, and the names of the features that speak for or against it."""

    value: Any
    features: tuple[str, ...]


#: (name of the decision, frame, options, index of the rules' own proposal) -> index of the choice, and its probability.
Decide = Callable[[str, Frame, Sequence[Option], int], tuple[int, float]]


@lru_cache(maxsize=1)
def weights() -> Tables:
    """The trained weights by decision and feature name; empty where the file is absent."""
    return read_weights(WEIGHTS)


def read_weights(path: Path) -> Tables:
    """The tables of weights in a file of ``data/weights``; empty where the file is absent."""
    if not path.is_file():
        return {}
    found: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))["weights"]
    return found


def decide(name: str, frame: Frame, options: Sequence[Option], proposed: int) -> tuple[int, float]:
    """The likeliest option by its index, and its probability; ``proposed`` with certainty where no weights are."""
    table = weights().get(name)
    if not table:
        return proposed, 1.0
    scores = [math.fsum(table.get(feature, 0.0) for feature in sorted(option.features)) for option in options]
    top = max(range(len(scores)), key=lambda i: (scores[i], -i))
    return top, 1.0 / sum(math.exp(score - scores[top]) for score in scores)
