"""People look at rows: what waits for a look, their decisions, and what was said. What may be said is ``corrections.py``'s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tracker.corrections import FIELDS, ReviewError, check
from tracker.store import Act, Store, StoreError
from tracker.store.rows import LOW_CONFIDENCE, LOW_PLACE, as_rows
from tracker.table import FORMULA_STARTS


@dataclass(frozen=True, slots=True)
class Item:
    """Something that waits for a look: why, and which row. ``act`` is set where an earlier decision lost its row."""

    reason: str
    deployment_id: str
    row: Mapping[str, Any]
    act: Act | None = None


def queue(store: Store, most: int = 200) -> list[Item]:
    """What waits for a look: first decisions that lost their row, then accepted rows that now read otherwise, then doubtful rows.

    Among doubtful rows those that add most persons to totals come first.
    """
    items = [Item(_tell_orphan(act), act.deployment_id, act.seen, act) for act in store.orphans()]
    items += _read_otherwise(store)
    twins = {str(line["article_id"]): line for line in store.twins().to_dict("records")}
    for row in as_rows(store.doubtful(most)):
        items.append(Item("; ".join(_doubts(row, twins)), row["deployment_id"], row))
    return items[:most]


def _tell_orphan(act: Act) -> str:
    said = ", ".join(f"{name} {new!r}" for name, (_, new) in act.fields.items())
    return f"decision {act.number} of {act.who} ({act.what}: {said}) lost its row: the extractor no longer reads it"


def _read_otherwise(store: Store) -> list[Item]:
    """Accepted rows of which the present extractor says something else."""
    accepted = {act.deployment_id: act for act in store.acts() if act.what == "accept"}
    if not accepted:
        return []
    said = store.extracted(list(accepted))
    rows = {row["deployment_id"]: row for row in as_rows(store.read(ids=list(said)))} if said else {}
    items = []
    for key, row in rows.items():
        if row["review"] != "accepted":
            continue
        fields = [f"{name} {said[key][name]!r}" for name in FIELDS if name in said[key]]
        if fields:
            items.append(Item(f"accepted, but now read otherwise: {', '.join(fields)}", key, row))
    return items


def _doubts(row: Mapping[str, Any], twins: Mapping[str, Any]) -> list[str]:
    found = []
    if row["confidence"] is not None and row["confidence"] < LOW_CONFIDENCE:
        found.append(f"confidence {row['confidence']:.2f}")
    for end in ("origin", "destination"):
        if row[f"{end}_match"] == "fuzzy":
            found.append(f"{end} {row[end]} was found by a near spelling of {row[f'{end}_text']!r}")
        elif row[f"{end}_confidence"] is not None and row[f"{end}_confidence"] < LOW_PLACE:
            found.append(f"{end} {row[end]} may be another place of that name")
    twin = twins.get(row["article_id"])
    if twin is not None:
        found.append(f"its article nearly repeats {twin['twin_title'] or twin['twin_id']} ({twin['likeness']:.0%} of the wording)")
    return found


# --- decisions ---------------------------------------------------------------------------------------------------------


def accept(store: Store, deployment_id: str, who: str, why: str = "") -> Act:
    """Vouches for a row as it stands; it stays so whatever a later extractor reads."""
    return store.act("accept", deployment_id, {}, _name(who), why)


def reject(store: Store, deployment_id: str, who: str, why: str = "") -> Act:
    """Says that a row is no movement; it adds nobody to totals."""
    return store.act("reject", deployment_id, {}, _name(who), why)


def correct(store: Store, deployment_id: str, fields: Mapping[str, str], who: str, why: str = "") -> Act:
    """Corrects fields of a row, each given as a person writes it. Raises ``ReviewError`` for what cannot be said."""
    rows = {row["deployment_id"]: row for row in as_rows(store.siblings(deployment_id))}
    if deployment_id not in rows:
        raise StoreError(f"{deployment_id}: there is no such row in {store.where}; ids stand in the column deployment_id")
    return store.act("correct", deployment_id, check(rows[deployment_id], fields, rows), _name(who), why)


def undo(store: Store, number: int, who: str, why: str = "") -> Act:
    """Takes a decision back; it stays on record."""
    return store.undo(number, _name(who), why)


def carry(store: Store, number: int, deployment_id: str, who: str) -> Act:
    """Says a decision that lost its row again, of the row that stands there now; the lost one is undone."""
    act = next((act for act in store.acts() if act.number == number), None)
    if act is None:
        raise StoreError(f"there is no decision {number}")
    why = f"carried over from {act.deployment_id}: {act.why}".rstrip(": ")
    fields = {name: new for name, (_, new) in act.fields.items()} if act.what == "correct" else {}
    if act.what == "undo":
        raise ReviewError(f"decision {number} is an undoing; undo it, or decide anew")
    done = store.act(act.what, deployment_id, fields, _name(who), why)
    store.undo(number, _name(who), f"carried over to {deployment_id}")
    return done


def _name(who: str) -> str:
    name = " ".join(who.split())[:100]
    if not name:
        raise ReviewError("say who decides: a correction without a name is worth nothing to others")
    return name


# --- what was said ------------------------------------------------------------------------------------------------------


def history(store: Store, deployment_id: str) -> list[dict[str, Any]]:
    """Everything that happened to a row, oldest first: at, by whom, what, field, old, new, why, act (its number), undone."""
    lines: list[dict[str, Any]] = []
    for change in store.changes(deployment_id):
        fields = change["fields"] or {"": (None, None)}
        lines += [_line(change["at"], change["extractor"], change["what"], name, *values) for name, values in fields.items()]
    acts = store.acts(deployment_id)
    undone = {act.undoes for act in acts if act.undoes is not None}
    for act in acts:
        for name, (old, new) in act.fields.items():
            line = _line(act.at, act.who, act.what, name, old, new)
            lines.append(line | {"why": act.why, "act": act.number, "undone": act.number in undone})
    return sorted(lines, key=lambda line: str(line["at"]))


def _line(at: str, who: str, what: str, name: str, old: Any, new: Any) -> dict[str, Any]:
    return {"at": at, "who": who, "what": what, "field": name, "old": old, "new": new, "why": "", "act": None, "undone": False}


def history_csv(lines: list[dict[str, Any]]) -> bytes:
    """A history as CSV; cells that would start a formula are defused."""
    frame = pd.DataFrame(lines, columns=["at", "who", "what", "field", "old", "new", "why", "act", "undone"])
    texts = frame.map(lambda cell: "" if cell is None else f"'{cell}" if str(cell).startswith(FORMULA_STARTS) else cell)
    return texts.to_csv(index=False).encode()
