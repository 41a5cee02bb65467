"""Which row answers which record: greedily, the best answers first, each row and each record once."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.evaluation.answers import Answer
from tracker.evaluation.gold import Record
from tracker.evaluation.places import same_place


def end_right(record: Record, row: Answer, end: str) -> bool:
    """Whether an end (``origin`` or ``destination``) is one of the record's, or is empty where the record's is."""
    gold, found = record.places(end), row.place(end)
    return found is None if not gold else any(same_place(place, found) for place in gold)


def agreement(record: Record, row: Answer) -> int:
    """How well a row answers a record, 1 to 5; 0 where it speaks of another number or of other words.

    One point each for the number, movement or not, the origin, the destination and the kind.
    """
    if not record.touches(row.quote) or not record.counts(row.low, row.high):
        return 0
    ends = end_right(record, row, "origin") + end_right(record, row, "destination")
    return 1 + (record.moves == row.moves) + ends + (record.kind == row.kind)


def pair(records: Sequence[Record], rows: Sequence[Answer]) -> dict[int, int]:
    """Index of a record -> index of the row that answers it. At equal agreement firm records and earlier ones go first.

    >>> from tracker.models import Span
    >>> records = [Record((Span(0, 9),), "", 5, 5), Record((Span(0, 9),), "", 5, 5, kind="withdraw")]
    >>> pair(records, [Answer("a", Span(0, 3), 5, 5, kind="withdraw"), Answer("b", Span(40, 43), 5, 5)])
    {1: 0}
    """
    offers = [
        (-score, record.optional, i, j)
        for i, record in enumerate(records)
        for j, row in enumerate(rows)
        if (score := agreement(record, row)) > 0
    ]
    paired: dict[int, int] = {}
    for _, _, i, j in sorted(offers):
        if i not in paired and j not in paired.values():
            paired[i] = j
    return paired
