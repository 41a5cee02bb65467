"""What people decided about rows, and what a row is under their decisions. No database here: rows and acts in, rows out.

An act hangs on the words that its row stands on (the ``deployment_id`` is made of the text and the offsets), and remembers
the row as it was seen. Acts are never altered: undoing one is another act.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tracker import counting
from tracker.models import identify
from tracker.table import NAMES

#: A row as plain values: texts, numbers, flags, days as ISO texts, None for what is empty.
Row = dict[str, Any]
What = Literal["accept", "correct", "reject", "undo"]

#: What makes a row the row it is; nobody corrects that.
FIXED = frozenset(
    "deployment_id event_id article_id quote quote_start quote_end evidence evidence_start evidence_end marks found_by extractor"
    " confidence".split()
)
#: What follows from other fields and from the acts.
DERIVED = frozenset({"counted_persons", "ledger", "review", "reviewed_by", "reviewed_at"})
#: What a person may correct.
OPEN = tuple(name for name in NAMES if name not in FIXED | DERIVED)
_REVIEWS = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Act:
    """One decision: what was done to which row, by whom, when and why, with old and new value of each field.

    ``seen`` is the row as it was looked at, with two things more: ``siblings``, the number of rows on the same words, and
    ``read``, the fields by which the extractor's reading is told from theirs.
    """

    number: int
    what: What
    deployment_id: str
    source_id: int
    fields: Mapping[str, tuple[Any, Any]]
    who: str
    at: str
    why: str
    seen: Mapping[str, Any]
    undoes: int | None = None


def in_force(acts: Sequence[Act]) -> list[Act]:
    """The acts that nobody has undone, in their order. An undone undoing lets the first act stand again."""
    undone: set[int] = set()
    for act in reversed(acts):
        if act.undoes is not None and act.number not in undone:
            undone.add(act.undoes)
    return [act for act in acts if act.undoes is None and act.number not in undone]


def fits(act: Act, row: Row, siblings: int) -> bool:
    """Whether a row is the one that an act was about: alone on its words then and now, or else telling the same."""
    if act.seen.get("siblings") == siblings == 1:
        return True
    return bool(act.seen.get("read") == telling(row))


def telling(row: Row) -> dict[str, Any]:
    """The fields of a reading by which it is told from another on the same words."""
    return {name: row[name] for name in ("kind", "origin_text", "destination_text")}


def count_siblings(rows: Iterable[Row]) -> dict[tuple[int, int], int]:
    """How many rows stand on each span of words."""
    found: dict[tuple[int, int], int] = {}
    for row in rows:
        found[span_of(row)] = found.get(span_of(row), 0) + 1
    return found


def span_of(row: Row) -> tuple[int, int]:
    """The offsets of the words that a row stands on."""
    return int(row["quote_start"]), int(row["quote_end"])


def decide(rows: Sequence[Row], acts: Sequence[Act], digest: str) -> list[Row]:
    """The rows of one article under the acts that fit them, counted anew where an act changes what counts.

    ``rows`` are the extractor's; ``digest`` is the hash of the article's text, from which the ids are made.
    """
    standing = in_force(acts)
    if not standing:
        return [dict(row) for row in rows]
    siblings = count_siblings(rows)
    decided = [_decide(row, [a for a in standing if a.deployment_id == row["deployment_id"] and fits(a, row, siblings[span_of(row)])])
               for row in rows]  # fmt: skip
    # Without a decision that changes numbers, the extractor's own ledger stands: it knows of repeats that it left out.
    if any(_differs(old, new) for old, new in zip(rows, decided, strict=True)):
        _count(decided, digest)
    return decided


def _decide(row: Row, acts: Sequence[Act]) -> Row:
    """A row under its acts: who accepts vouches for the whole row as it was, who corrects for the fields that he corrects."""
    now = dict(row)
    told: Row = {}
    for act in acts:
        if act.what == "accept":
            now |= {name: act.seen[name] for name in OPEN if name in act.seen}
        elif act.what == "correct":
            told |= {name: new for name, (_, new) in act.fields.items()}
    now |= told
    if acts:
        # An acceptance of a corrected row is still a corrected row to whoever counts what software got right.
        last = acts[-1]
        review = "corrected" if told and last.what == "accept" else _REVIEWS[last.what]
        now |= {"review": review, "reviewed_by": last.who, "reviewed_at": last.at}
    return now


def _differs(old: Row, new: Row) -> bool:
    return new["review"] == "rejected" or any(old[name] != new[name] for name in ("count", "kind", "status", "aggregate", "part_of"))


def _count(rows: Sequence[Row], digest: str) -> None:
    kept = [row for row in rows if row["review"] != "rejected"]
    told = [
        counting.Told(
            row["deployment_id"], int(row["count"] or 0), row["kind"], row["status"], bool(row["aggregate"]), row["part_of"],
            span_of(row), _ordinal(row, digest),
        )
        for row in kept
    ]  # fmt: skip
    for row, (persons, why) in zip(kept, counting.count(told), strict=True):
        row |= {"counted_persons": persons, "ledger": why}
    for row in rows:
        if row["review"] == "rejected":
            row |= {"counted_persons": 0, "ledger": f"{int(row['count'] or 0):,}: rejected by {row['reviewed_by']}, not counted"}


def _ordinal(row: Row, digest: str) -> int:
    start, end = span_of(row)
    return next((n for n in range(20) if identify(digest, start, end, n) == row["deployment_id"]), 0)


def seal(before: str, act: Act, field: str, old: str, new: str) -> str:
    """What closes a line of the record: it depends on the line and on all before it, so that none can be altered unseen.

    ``old`` and ``new`` are the values as they are kept.
    """
    line = [before, act.number, act.what, act.deployment_id, act.source_id, field, old, new, act.who, act.at, act.why, act.undoes]
    return hashlib.sha256(json.dumps([*line, dict(act.seen)], ensure_ascii=False, sort_keys=True).encode()).hexdigest()
