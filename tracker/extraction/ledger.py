"""Who is counted once: repeats, wholes and their parts, and what each row adds to totals.

Only movements that are planned, ongoing or completed count. A whole gives what its parts leave; a repeat, an aggregate, an alert, a
presence, a denial and a mere possibility give nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from tracker.models import Deployment

MOST_PARTS = 6
_LIVE = frozenset({"planned", "ongoing", "completed"})


def settle(rows: Sequence[Deployment], text: str) -> list[Deployment]:
    """The rows without repeats, with ``part_of``, ``counted_persons`` and ``ledger`` filled."""
    kept = _without_repeats(rows)
    wholes = _wholes(kept, text)
    linked = [replace(row, part_of=kept[wholes[i]].deployment_id) if i in wholes else row for i, row in enumerate(kept)]
    return [_counted(i, row, linked) for i, row in enumerate(linked)]


def _completeness(row: Deployment) -> tuple[int, int, int, int]:
    stated = sum(1 for e in (row.origin, row.destination) if e is not None and e.basis != "implied")
    return (row.moves, stated, bool(row.actor), -row.quote.start)


def _without_repeats(rows: Sequence[Deployment]) -> list[Deployment]:
    kept: list[Deployment] = []
    for row in rows:
        twin = next((i for i, other in enumerate(kept) if _same(other, row)), None)
        if twin is None:
            kept.append(row)
        elif _completeness(row) > _completeness(kept[twin]):
            kept[twin] = row
    return sorted(kept, key=lambda r: (r.quote.start, r.ordinal))


def _same(a: Deployment, b: Deployment) -> bool:
    """Whether two mentions tell of one movement: same number, actors and ends that do not contradict each other."""
    if a.quote == b.quote:
        return False
    if (a.quantity.low, a.quantity.high) != (b.quantity.low, b.quantity.high) and not (
        a.quantity.count == b.quantity.count and a.quantity.count >= 100 and a.quantity.count % 10 == 0
    ):
        return False
    if b.quantity.additional and not a.quantity.additional and "another" in b.quote.of(b.article.text).lower():
        return False
    if a.actor and b.actor and a.actor != b.actor:
        return False
    if a.moves != b.moves and not ("presence" in {a.kind, b.kind} and a.quantity.count >= 50):
        return False
    if {a.kind, b.kind} == {"deploy", "withdraw"} or (a.status == "denied") != (b.status == "denied"):
        return False
    return _agree(a, b, "origin") and _agree(a, b, "destination")


def _agree(a: Deployment, b: Deployment, end: str) -> bool:
    left, right = getattr(a, end), getattr(b, end)
    if left is None or right is None or "implied" in {left.basis, right.basis}:
        return True
    x, y = left.toponym, right.toponym
    if x.country and y.country:
        return bool(x.country == y.country)
    return bool(x.name.lower() in y.name.lower() or y.name.lower() in x.name.lower())


def _wholes(rows: Sequence[Deployment], text: str) -> dict[int, int]:
    """Part -> whole, by index: stated ("including 300", "of them 200") or by a sum that comes out exactly."""
    found: dict[int, int] = {}
    for i, row in enumerate(rows):
        before = text[max(0, row.quote.start - 40) : row.quote.start].lower()
        owner = _stated_whole(rows, i, before)
        if owner is not None:
            found[i] = owner
    for w, whole in enumerate(rows):
        if whole.aggregate or not whole.moves or w in found.values():
            continue
        parts = _summing(rows, w, found)
        found.update(dict.fromkeys(parts, w))
    return found


def _stated_whole(rows: Sequence[Deployment], i: int, before: str) -> int | None:
    if i == 0:
        return None
    stripped = before.rstrip()
    row = rows[i]
    for j in range(i - 1, -1, -1):
        whole = rows[j]
        if row.quote.start - whole.quote.end > 250:
            break
        if whole.quantity.count <= row.quantity.count or whole.quote == row.quote:
            continue
        gap = row.article.text[whole.quote.end : row.quote.start].lower()
        including = stripped.endswith(("including", "included", "of whom", "of which", "of them", "among them", "including some", "including about", "of which about", "of whom about", "including up to", "including around"))
        of_them = row.article.text[row.quote.end : row.quote.end + 12].lower().startswith((" of them", " of whom", " of these", " of which"))
        if (including or of_them) and "." not in gap.rstrip(".") and row.moves == whole.moves:
            return j
        first = row.article.text[row.quote.start : row.quote.end].lower().startswith(("the first", "the remaining", "the rest"))
        if first and row.moves and whole.moves:
            return j
    return None


def _summing(rows: Sequence[Deployment], w: int, found: dict[int, int]) -> tuple[int, ...]:
    whole = rows[w]
    total = whole.quantity.count
    options = [
        i
        for i, row in enumerate(rows)
        if i != w and i not in found and row.moves and not row.aggregate and 0 < row.quantity.count < total and row.quote.start > whole.quote.start
        and (not row.actor or not whole.actor or row.actor == whole.actor or whole.actor in {"NATO", "UN", "EU", "African Union"})
        and (row.status == "denied") == (whole.status == "denied") and row.kind != "redeploy"
    ]  # fmt: skip
    near = options[:12]
    for size in range(2, min(MOST_PARTS, len(near)) + 1):
        for group in combinations(near, size):
            if sum(rows[i].quantity.count for i in group) == total:
                return group
    return ()


def _counted(i: int, row: Deployment, rows: Sequence[Deployment]) -> Deployment:
    number = f"{row.quantity.count:,}"
    if not row.moves:
        return replace(row, counted_persons=0, ledger=f"{number}: {'readied, not moved' if row.kind == 'alert' else 'already there'}, not counted")
    if row.status not in _LIVE:
        return replace(row, counted_persons=0, ledger=f"{number}: {row.status or 'unclear'}, not counted")
    if row.aggregate:
        return replace(row, counted_persons=0, ledger=f"{number}: a total of several movements, not counted again")
    if any(other.quote == row.quote and other.ordinal < row.ordinal and other.kind == row.kind for other in rows):
        return replace(row, counted_persons=0, ledger=f"{number}: told already on the same words, not counted again")
    parts = [p for p in rows if p.part_of == row.deployment_id and p.moves and p.status in _LIVE]
    if not parts:
        whole = next((r for r in rows if r.deployment_id == row.part_of), None)
        why = f"{number}: part of {whole.quantity.count:,}, counted here" if whole is not None and whole.moves else f"{number}: counted"
        return replace(row, counted_persons=row.quantity.count, ledger=why)
    covered = sum(p.quantity.count for p in parts)
    left = max(0, row.quantity.count - covered)
    terms = " + ".join(f"{p.quantity.count:,}" for p in parts)
    if left == 0:
        return replace(row, counted_persons=0, ledger=f"{terms} = {number}: counted by its parts")
    return replace(row, counted_persons=left, ledger=f"{number} - {terms} = {left:,}: the rest beside its parts")
