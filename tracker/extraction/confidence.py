"""How sure the extractor is of a row: the chance that its number, its movement and both its ends are right.

A logistic model over what fired (``data/weights/confidence.json``; trained and calibrated by ``benchmarks/train_confidence.py``): how sure
the choice of each end was, which rule found the row, how its number and its noun were read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from tracker.extraction.roles import Ends
from tracker.extraction.triggers import Frame

WEIGHTS = Path(__file__).resolve().parents[2] / "data" / "weights" / "confidence.json"

#: A row that is less sure than this is left out: of ten such rows, eight are wrong.
LEAST = 0.15
#: (frame, ends, actor, status) -> chance that the row is right, None where no weights are.
Estimate = Callable[[Frame, Ends, str, str], float | None]


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The trained weights by feature name; empty where the file is absent."""
    if not WEIGHTS.is_file():
        return {}
    found: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return found


def estimate(frame: Frame, ends: Ends, actor: str, status: str) -> float | None:
    """The chance that a row is right, 0 to 1 in steps of a hundredth."""
    table = weights()
    if not table:
        return None
    score = math.fsum(table.get(name, 0.0) * value for name, value in sorted(features(frame, ends, actor, status)))
    return round(1 / (1 + math.exp(-score)), 2)


def features(frame: Frame, ends: Ends, actor: str, status: str) -> Iterator[tuple[str, float]]:
    """(name, value) of each feature of a row."""
    counted = frame.counted
    move = frame.kind if frame.kind in {"presence", "alert", "withdraw"} else "move"
    yield "bias", 1.0
    for end, sure, place in (("destination", ends.destination_sure, ends.destination), ("origin", ends.origin_sure, ends.origin)):
        yield f"{end} sure", _logit(sure)
        yield f"{end} {'given' if place is not None else 'open'}|{move}", 1.0
        if place is not None:
            yield f"{end} {'loose' if place.span.end <= counted.sentence.span.start else 'near'}", 1.0
    yield f"kind {move}", 1.0
    yield f"noun {counted.noun_class}", 1.0
    yield f"strength {frame.row.strength if frame.row else 'bare'}", 1.0
    yield f"role {frame.role}", 1.0
    yield f"elliptical {counted.elliptical}", 1.0
    yield f"actor {'known' if actor else 'unknown'}", 1.0
    yield f"status {status or 'none'}", 1.0
    yield "small", float((counted.mention.quantity.high or counted.mention.quantity.low or 0) < 10)
    yield "long sentence", float(len(counted.sentence.words) > 45)


def _logit(chance: float) -> float:
    held = min(max(chance, 0.02), 0.98)
    return math.log(held / (1 - held))
