"""The figures: what share of the gold was found, what share of the rows is right, and what the totals come to.

``number``: the number was found, with its bounds. ``movement``: and it is known whether they move, and both ends are right.
``told``: and denied, possible and all else are told apart. ``totals``: articles whose counted persons are the gold's.
Optional records neither cost nor earn anything, found or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tracker.evaluation.answers import Answer
from tracker.evaluation.gold import GoldArticle, Record
from tracker.evaluation.pairing import end_right, pair
from tracker.evaluation.places import plain
from tracker.models import Span

_FIRM = frozenset({"planned", "ongoing", "completed"})


@dataclass(slots=True)
class Rate:
    """Right, too many, and missed.

    >>> Rate(right=3, extra=1, missed=3).f1
    0.6
    """

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        """Share of what is in the gold that was found; 0 where there is nothing."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.extra + self.missed)


@dataclass(slots=True)
class Totals:
    """Articles in which the gold or the table counts persons; in how many they count the same, in how many the table more."""

    articles: int = 0
    exact: int = 0
    above: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a firm record or of a row: ``right``, ``wrong`` (a slot), ``missed`` (no row) or ``extra`` (no record).

    ``told`` is False where it would be right, but what is denied or possible is not told as such.
    """

    what: Literal["right", "wrong", "missed", "extra"]
    article: str
    quote: str
    record: Record | None = None
    row: Answer | None = None
    told: bool = True

    @property
    def span(self) -> Span:
        """The words that it is about."""
        return self.record.spans[0] if self.record else self.row.quote if self.row else Span(0, 0)


@dataclass(slots=True)
class Evaluation:
    """All figures of one gold. ``slots``: name -> [right, all] over the numbers that were found."""

    articles: int = 0
    number: Rate = field(default_factory=Rate)
    movement: Rate = field(default_factory=Rate)
    told: Rate = field(default_factory=Rate)
    totals: Totals = field(default_factory=Totals)
    slots: dict[str, list[int]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    strange_rows: int = 0

    @property
    def errors(self) -> list[Mark]:
        """Everything that is not right, in the order of the gold."""
        return [mark for mark in self.marks if mark.what != "right"]


def evaluate(gold: Iterable[GoldArticle], rows: Mapping[str, Sequence[Answer]]) -> Evaluation:
    """Score rows, listed by article id, against the gold. Rows of other articles are only counted (``strange_rows``)."""
    result, known = Evaluation(), set[str]()
    for article in gold:
        known.add(article.id)
        _Sheet(result, article, rows.get(article.id, ())).score()
    result.strange_rows = sum(len(found) for name, found in rows.items() if name not in known)
    return result


def counted_persons(records: Sequence[Record]) -> float:
    """Persons that the gold counts: firm movements, each once; a whole adds what its parts leave.

    >>> from tracker.models import Span
    >>> whole, part = (Record((Span(0, 1),), "", n, n, status="planned", part_of=w) for n, w in ((3000, None), (1000, 0)))
    >>> counted_persons([whole, part])
    3000.0
    """
    live = {
        i: _middle(r) for i, r in enumerate(records) if r.moves and not r.aggregate and not r.optional and not r.vague and r.status in _FIRM
    }
    parts = dict.fromkeys(live, 0.0)
    for i, persons in live.items():
        whole = records[i].part_of
        if whole in parts:
            parts[whole] += persons
    return sum(max(0.0, persons - parts[i]) for i, persons in live.items())


def _middle(record: Record) -> float:
    bounds = [bound for bound in (record.low, record.high) if bound is not None]
    return sum(bounds) / len(bounds)


def stance(status: str) -> str:
    """What totals care for: denied, possible, or said to be so."""
    return status if status in {"denied", "possible"} else "said"


class _Sheet:
    """The marks of one article, added to the figures of all."""

    def __init__(self, result: Evaluation, article: GoldArticle, rows: Sequence[Answer]) -> None:
        self.result, self.article, self.rows = result, article, rows
        self.paired = pair(article.records, rows)

    def score(self) -> None:
        """Mark every record, every row that no record asks for, and the total."""
        self.result.articles += 1
        for index, record in enumerate(self.article.records):
            if not record.optional:
                self._mark(index, record)
        answering = set(self.paired.values())
        for j, row in enumerate(self.rows):
            if j not in answering and not self._beside_optional(row):
                self.result.number.extra += 1
                self.result.movement.extra += row.moves
                self.result.told.extra += row.moves
                self.result.marks.append(Mark("extra", self.article.id, row.words, None, row))
        self._total()

    def _mark(self, index: int, record: Record) -> None:
        result, row = self.result, self.rows[self.paired[index]] if index in self.paired else None
        if row is None:
            result.number.missed += 1
            result.movement.missed += record.moves
            result.told.missed += record.moves
            self.result.marks.append(Mark("missed", self.article.id, record.quote, record))
            return
        result.number.right += 1
        origin, destination = (end_right(record, row, end) for end in ("origin", "destination"))
        right = origin and destination and record.moves == row.moves
        told = right and (not record.moves or stance(record.status) == stance(row.status))
        for rate, good in ((result.movement, right), (result.told, told)):
            rate.right += good and record.moves
            rate.missed += record.moves and not good
            rate.extra += row.moves and not (good and record.moves)
        self._slots(index, record, row, origin, destination)
        self.result.marks.append(Mark("right" if right else "wrong", self.article.id, record.quote, record, row, told or not right))

    def _slots(self, index: int, record: Record, row: Answer, origin: bool, destination: bool) -> None:
        self._slot("origin", origin)
        self._slot("destination", destination)
        self._slot("moves", record.moves == row.moves)
        self._slot("kind", record.kind == row.kind)
        self._slot("actor", plain(record.actor) == plain(row.actor))
        if record.kind != "presence":
            self._slot("status", record.status == row.status)
        if record.destinations_more:
            self._slot("more places", len(record.destinations_more) == row.more)
        if record.when:
            self._slot("when", record.when == (row.starts, row.ends))
        whole = next((other for other in reversed(self.rows) if row.part_of and other.id == row.part_of), None)
        if record.part_of is not None:
            asked = self.paired.get(record.part_of)
            self._slot("part_of", whole is not None and asked is not None and self.rows[asked] is whole)
        elif whole is not None:
            self._slot("part_of", False)

    def _total(self) -> None:
        asked_for = {j for i, j in self.paired.items() if not self.article.records[i].optional}
        found = sum(row.counted for j, row in enumerate(self.rows) if j in asked_for or not self._beside_optional(row))
        wanted = counted_persons(self.article.records)
        if found or wanted:
            self.result.totals.articles += 1
            self.result.totals.exact += abs(found - wanted) <= 0.5
            self.result.totals.above += found > wanted + 0.5

    def _beside_optional(self, row: Answer) -> bool:
        return any(record.optional and record.touches(row.quote) for record in self.article.records)

    def _slot(self, name: str, right: bool) -> None:
        marks = self.result.slots.setdefault(name, [0, 0])
        marks[0] += right
        marks[1] += 1
