"""The record of people's acts: lines that are only ever added, each sealed by the one before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tracker.store.acts import Act, seal
from tracker.store.schema import CORRECTION, next_number

_FIRST = "0" * 64


def append(connection: Connection, act: Act) -> Act:
    """Writes an act at the end of the record; gives it with its number."""
    act = replace(act, number=next_number(connection, "act"))
    last = connection.execute(sa.select(CORRECTION.c.seal).order_by(CORRECTION.c.id.desc()).limit(1)).scalar() or _FIRST
    for name, (old, new) in act.fields.items():
        kept = json.dumps(old, ensure_ascii=False), json.dumps(new, ensure_ascii=False)
        last = seal(last, act, name, *kept)
        connection.execute(
            CORRECTION.insert(),
            {
                "act": act.number, "what": act.what, "deployment_id": act.deployment_id, "source_id": act.source_id, "field": name,
                "old": kept[0], "new": kept[1], "who": act.who, "at": act.at, "why": act.why, "undoes": act.undoes,
                "seen": json.dumps(dict(act.seen), ensure_ascii=False), "seal": last,
            },
        )  # fmt: skip
    return act


def of_source(connection: Connection, source_id: int) -> list[Act]:
    """All acts on the rows of one article, in their order, the undone ones among them."""
    return read(connection, CORRECTION.c.source_id == source_id)


def find(connection: Connection, number: int) -> Act | None:
    """The act with this number."""
    found = read(connection, CORRECTION.c.act == number)
    return found[0] if found else None


def of_row(connection: Connection, deployment_id: str) -> list[Act]:
    """All acts on one row, in their order."""
    return read(connection, CORRECTION.c.deployment_id == deployment_id)


def read(connection: Connection, *conditions: sa.ColumnElement[bool]) -> list[Act]:
    """The acts that fulfil the conditions, in the order in which they were done."""
    lines = connection.execute(sa.select(CORRECTION).where(*conditions).order_by(CORRECTION.c.id)).all()
    return [_act(list(group)) for _, group in groupby(lines, key=lambda line: line.act)]


def _act(lines: Sequence[sa.Row[Any]]) -> Act:
    first = lines[0]
    fields = {line.field: (json.loads(line.old), json.loads(line.new)) for line in lines}
    seen = json.loads(first.seen)
    told = (first.who, first.at, first.why, seen, first.undoes)
    return Act(first.act, first.what, first.deployment_id, first.source_id, fields, *told)


def broken_seals(connection: Connection) -> Iterable[int]:
    """The numbers of the acts whose lines are not as they were written, or before which a line is missing."""
    before = _FIRST
    for line in connection.execute(sa.select(CORRECTION).order_by(CORRECTION.c.id)):
        expected = seal(before, _act([line]), line.field, line.old, line.new)
        if line.seal != expected:
            yield int(line.act)
        before = line.seal
