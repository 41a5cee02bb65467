"""What each row of one article adds to totals, so that nobody counts twice. Arithmetic only; ``extraction/ledger.py`` finds the parts.

Only movements that are planned, ongoing or completed count. A whole gives what its parts leave; an aggregate, an alert, a
presence, a denial and a mere possibility give nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.models import MOVEMENTS

#: What was, is or will be done. The other statuses move nobody.
LIVE = frozenset({"planned", "ongoing", "completed"})


@dataclass(frozen=True, slots=True)
class Told:
    """A row as far as counting needs it: its id, the number, what happens, whose part it is, and the words it stands on."""

    id: str
    count: int
    kind: str
    status: str
    aggregate: bool = False
    part_of: str = ""
    quote: tuple[int, int] = (0, 0)
    ordinal: int = 0

    @property
    def moves(self) -> bool:
        """Whether somebody changes place."""
        return self.kind in MOVEMENTS


def count(rows: Sequence[Told]) -> list[tuple[int, str]]:
    """Persons counted and the reason in words, one pair a row of the same article.

    >>> count([Told("a", 500, "deploy", "planned"), Told("b", 300, "deploy", "planned", part_of="a")])
    [(200, '500 - 300 = 200: the rest beside its parts'), (300, '300: part of 500, counted here')]
    """
    return [_count(row, rows) for row in rows]


def _count(row: Told, rows: Sequence[Told]) -> tuple[int, str]:
    number = f"{row.count:,}"
    if not row.moves:
        return 0, f"{number}: {'readied, not moved' if row.kind == 'alert' else 'already there'}, not counted"
    if row.status not in LIVE:
        return 0, f"{number}: {row.status or 'unclear'}, not counted"
    if row.aggregate:
        return 0, f"{number}: a total of several movements, not counted again"
    if any(other.quote == row.quote and other.ordinal < row.ordinal and other.kind == row.kind for other in rows):
        return 0, f"{number}: told already on the same words, not counted again"
    parts = [part for part in rows if part.part_of == row.id and part.moves and part.status in LIVE]
    if not parts:
        whole = next((other for other in rows if other.id == row.part_of), None)
        return row.count, f"{number}: part of {whole.count:,}, counted here" if whole is not None and whole.moves else f"{number}: counted"
    terms = " + ".join(f"{part.count:,}" for part in parts)
    left = max(0, row.count - sum(part.count for part in parts))
    if left == 0:
        return 0, f"{terms} = {number}: counted by its parts"
    return left, f"{number} - {terms} = {left:,}: the rest beside its parts"
