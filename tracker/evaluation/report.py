"""Figures in words: a few lines for a person, plain values for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.evaluation.answers import Answer, Found
from tracker.evaluation.gold import GoldPlace, Record
from tracker.evaluation.scores import Evaluation, Mark, Rate


def as_text(result: Evaluation, errors: int = 0) -> str:
    """The figures, after the first ``errors`` things that are wrong.

    >>> print(as_text(Evaluation(1, number=Rate(3, 1, 3))).splitlines()[0])
    number    P 0.750  R 0.500  F1 0.600   (tp 3 fp 1 fn 3)
    """
    return "\n".join([*map(tell, result.errors[:errors]), *_figures(result)])


def _figures(result: Evaluation) -> Iterator[str]:
    if result.strange_rows:
        yield f"note: {result.strange_rows:,} rows of articles that the gold does not hold are left out"
    for name, rate in (("number", result.number), ("movement", result.movement), ("told", result.told)):
        marks = f"(tp {rate.right} fp {rate.extra} fn {rate.missed})"
        yield f"{name:9} P {rate.precision:.3f}  R {rate.recall:.3f}  F1 {rate.f1:.3f}   {marks}"
    totals = result.totals
    some = max(1, totals.articles)
    yield (
        f"totals    {totals.articles} articles with movements in the gold or counted in the table:"
        f" exact {totals.exact / some:.3f}  above {totals.above / some:.3f}"
    )
    yield from (f"  {name:12} {right}/{every} {right / every:.3f}" for name, (right, every) in result.slots.items())


def as_json(result: Evaluation) -> dict[str, Any]:
    """The figures as plain values, shares rounded to three digits. Slots are ``"right/all share"``.

    >>> as_json(Evaluation(1, number=Rate(3, 1, 3)))["number"]
    {'p': 0.75, 'r': 0.5, 'f1': 0.6, 'tp': 3, 'fp': 1, 'fn': 3}
    """
    totals, some = result.totals, max(1, result.totals.articles)
    return {
        "articles": result.articles,
        "number": _rate(result.number),
        "movement": _rate(result.movement),
        "told": _rate(result.told),
        "totals": {"articles": totals.articles, "exact": round(totals.exact / some, 3), "above": round(totals.above / some, 3)},
        "slots": {name: f"{right}/{every} {right / every:.3f}" for name, (right, every) in result.slots.items()},
    }


def _rate(rate: Rate) -> dict[str, float]:
    shares = {"p": rate.precision, "r": rate.recall, "f1": rate.f1}
    return {name: round(share, 3) for name, share in shares.items()} | {"tp": rate.right, "fp": rate.extra, "fn": rate.missed}


def tell(mark: Mark) -> str:
    """One thing that is right or wrong, in a line.

    >>> from tracker.models import Span
    >>> tell(Mark("extra", "a", "40 soldiers", row=Answer("1", Span(0, 2), 40, 40, "FR", status="planned")))
    'extra | a | 40 soldiers | found 40, FR, deploy, planned, not stated -> not stated'
    """
    said = {"expected": mark.record, "found": mark.row}
    told = [f"{word} {_tell(one)}" for word, one in said.items() if one is not None]
    return " | ".join([mark.what, mark.article, " ".join(mark.quote.split()), *told])


def _tell(one: Record | Answer) -> str:
    number = f"{one.low:,}" if one.low is not None and one.low == one.high else f"{_bound(one.low)} to {_bound(one.high)}"
    ends = f"{_name(one.origin)} -> {_name(one.destination)}"
    return ", ".join(part for part in (number, one.actor, one.kind, one.status, ends) if part)


def _bound(bound: int | None) -> str:
    return "open" if bound is None else f"{bound:,}"


def _name(place: GoldPlace | Found | None) -> str:
    return place.name if place else "not stated"
