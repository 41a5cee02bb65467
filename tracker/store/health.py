"""Is the store as it should be? Each question with its answer in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from tracker.models import digest_of
from tracker.store import record, rows, sources
from tracker.store.acts import decide
from tracker.store.connection import reading
from tracker.store.schema import CLAIM, METADATA, SOURCE, VERSION, version_of
from tracker.store.store import Store
from tracker.table import NAMES

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One question, whether all is well, and what was found."""

    question: str
    well: bool
    told: str


def check(store: Store) -> Iterator[Finding]:
    """All questions, one after the other; those over all rows read the store once."""
    with reading(store._engine) as connection:
        yield _version(connection)
        if connection.dialect.name == "sqlite":
            words = [str(line[0]) for line in connection.exec_driver_sql("PRAGMA integrity_check").all()]
            yield Finding("the file is whole", words == ["ok"], "no damage found" if words == ["ok"] else "; ".join(words[:_SHOWN]))
        yield _list("every text has the hash that it is kept under", _altered_texts(connection))
        yield _list("every row stands on the words that it quotes", _misplaced_rows(connection))
        yield _list("every correction is as it was written", [str(act) for act in dict.fromkeys(record.broken_seals(connection))])
        yield _list("every row is what was read and what people said of it", _undecided_rows(connection))
    orphans = store.orphans()
    told = f"{len(orphans)} wait for a look: `python -m tracker review`" if orphans else "none is without its row"
    yield Finding("every decision has its row", True, told)


def _version(connection: sa.Connection) -> Finding:
    absent = set(METADATA.tables) - set(sa.inspect(connection).get_table_names())
    told = f"version {version_of(connection)} of {VERSION}" + (f", without the tables {', '.join(sorted(absent))}" if absent else "")
    return Finding("the tables are those of this tracker", not absent, told)


def _list(question: str, wrong: list[str]) -> Finding:
    shown = ", ".join(wrong[:_SHOWN]) + (f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else "")
    return Finding(question, not wrong, f"not so: {shown}" if wrong else "so it is")


def _altered_texts(connection: sa.Connection) -> list[str]:
    lines = connection.execute(sa.select(SOURCE.c.id, SOURCE.c.digest, SOURCE.c.body).execution_options(yield_per=1000))
    return [f"text {line.id}" for line in lines if digest_of(line.body) != line.digest]


def _misplaced_rows(connection: sa.Connection) -> list[str]:
    columns = (CLAIM.c.deployment_id, CLAIM.c.quote, CLAIM.c.quote_start, CLAIM.c.quote_end, SOURCE.c.body)
    lines = connection.execute(sa.select(*columns).join(SOURCE, SOURCE.c.id == CLAIM.c.source_id).execution_options(yield_per=1000))
    return [line.deployment_id for line in lines if line.body[line.quote_start : line.quote_end] != line.quote]


def _undecided_rows(connection: sa.Connection) -> list[str]:
    """Rows that are not what the acts make of what the extractor read."""
    wrong = []
    for source_id in dict.fromkeys(act.source_id for act in record.read(connection)):
        raw, digest = rows.of_source(connection, source_id), sources.digest_of(connection, source_id)
        stored = {
            line["deployment_id"]: line for line in connection.execute(sa.select(CLAIM).where(CLAIM.c.source_id == source_id)).mappings()
        }
        for row in decide(raw, record.of_source(connection, source_id), digest):
            line = stored[row["deployment_id"]]
            if any(json.dumps(line[name]) != json.dumps(row[name]) for name in NAMES):
                wrong.append(row["deployment_id"])
    return wrong
