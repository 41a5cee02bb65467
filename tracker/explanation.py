"""What became of every number of an article, in words: the answer to "why is this not in the table?"."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.models import Deployment, End, Reading, Verdict


@dataclass(frozen=True, slots=True)
class Explained:
    """One number: its words and half-open offsets, what became of it, which rule says so, and the row it is in, if any."""

    number: str
    start: int
    end: int
    verdict: str
    found_by: str
    deployment_id: str = ""


def explain(reading: Reading) -> list[Explained]:
    """Every number of the article in the order of the text.

    >>> from tracker.models import Article, Span
    >>> article = Article("Hundreds of troops left.")
    >>> told = explain(Reading(article, verdicts=(Verdict(Span(0, 8), "a vague number makes no row", "vague"),)))
    >>> (told[0].number, told[0].verdict)
    ('Hundreds', 'a vague number makes no row')
    """
    rows = {deployment.deployment_id: deployment for deployment in reading.deployments}
    return [_explained(reading, verdict, rows.get(verdict.deployment_id)) for verdict in sorted(reading.verdicts, key=lambda v: v.span)]


def _explained(reading: Reading, verdict: Verdict, row: Deployment | None) -> Explained:
    said = _sentence(row) if row else verdict.verdict
    number = " ".join(verdict.span.of(reading.article.text).split())
    return Explained(number, verdict.span.start, verdict.span.end, said, verdict.found_by, verdict.deployment_id)


def _sentence(row: Deployment) -> str:
    """A row in one line: who, what, from where to where, and what it adds to the totals."""
    kind = f"{row.kind} ({row.status})" if row.status else row.kind
    ends = f"{_place(row.origin)} -> {_place(row.destination)}" if row.origin or row.destination else ""
    counted = f"counts {row.counted_persons:,}" + (f" ({row.ledger})" if row.ledger else "")
    return ", ".join(part for part in (f"row: {row.actor or 'unknown force'}", kind, ends, counted) if part)


def _place(end: End | None) -> str:
    if end is None:
        return "not stated"
    name = end.toponym.text or end.toponym.name
    return name if end.basis == "stated" else f"{end.toponym.name or name} [{end.basis}]"
