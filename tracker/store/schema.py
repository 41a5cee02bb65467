"""The tables of the store. The columns of a claim are those of the deployment table, made from its declaration.

| table | a line is |
| --- | --- |
| source | a text, once, for ever the same |
| sketch | a few numbers of a text, by which another that is nearly the same is found |
| run | one pass of an extractor |
| claim | a row of the deployment table as it stands now; `extracted` has what the extractor said where a person said otherwise |
| change | what a later run found different |
| correction | what a person decided; only ever added to, each line sealed by the one before |
| quarantine | an input that gave no article, and why |
| visit | an address that was fetched |
| meta | the version of these tables, and the number of the last change |
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tracker.store.connection import StoreError, reading, tell, writing
from tracker.table import COLUMNS, DAY, FLAG, INTEGER, REAL, TEXT

#: The version of the tables. A store of a newer one is refused.
VERSION = 1

#: Days are ISO 8601 texts in both engines: they sort and compare as days do, and no driver turns them into anything else.
_TYPES = {TEXT: sa.Text, INTEGER: sa.BigInteger, REAL: sa.Double, FLAG: sa.Boolean, DAY: sa.Text}
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

METADATA = sa.MetaData()

META = sa.Table("meta", METADATA, sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.BigInteger, nullable=False))

SOURCE = sa.Table(
    "source",
    METADATA,
    sa.Column("id", _NUMBER, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False, unique=True),
    sa.Column("article_id", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("published", sa.Text),
    sa.Column("fetched_at", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("twin_id", sa.ForeignKey("source.id")),
    sa.Column("likeness", sa.Double),
)

SKETCH = sa.Table(
    "sketch",
    METADATA,
    sa.Column("key", sa.BigInteger, nullable=False),
    sa.Column("source_id", sa.ForeignKey("source.id"), nullable=False),
    sa.Index("sketch_key", "key"),
)

RUN = sa.Table(
    "run",
    METADATA,
    sa.Column("id", _NUMBER, primary_key=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("extractor", sa.Text, nullable=False),
    sa.Column("configuration", sa.Text, nullable=False),
    sa.Column("started_at", sa.Text, nullable=False),
)

CLAIM = sa.Table(
    "claim",
    METADATA,
    sa.Column("id", _NUMBER, primary_key=True),
    sa.Column("source_id", sa.ForeignKey("source.id"), nullable=False),
    sa.Column("run_id", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("live", sa.Boolean, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("first_day", sa.Text),
    sa.Column("last_day", sa.Text),
    sa.Column("extracted", sa.Text, nullable=False),
    sa.Column("doubtful", sa.Boolean, nullable=False),
    *(
        sa.Column(column.name, _TYPES[column.dtype], unique=column.name == "deployment_id", nullable=column.dtype != TEXT)
        for column in COLUMNS
    ),
    sa.Index("claim_source", "source_id"),
    sa.Index("claim_revision", "revision"),
    sa.Index("claim_first_day", "first_day"),
    sa.Index("claim_published", "published"),
    sa.Index("claim_review", "review", "live", "doubtful", "counted_persons"),
)

#: Rows that last longer than a day are few; a window asks for those that began before it.
_LASTING = CLAIM.c.last_day > CLAIM.c.first_day
sa.Index("claim_lasting", CLAIM.c.last_day, CLAIM.c.first_day, sqlite_where=_LASTING, postgresql_where=_LASTING)

CHANGE = sa.Table(
    "change",
    METADATA,
    sa.Column("id", _NUMBER, primary_key=True),
    sa.Column("run_id", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("deployment_id", sa.Text, nullable=False, index=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("fields", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

CORRECTION = sa.Table(
    "correction",
    METADATA,
    sa.Column("id", _NUMBER, primary_key=True),
    sa.Column("act", sa.BigInteger, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("deployment_id", sa.Text, nullable=False, index=True),
    sa.Column("source_id", sa.ForeignKey("source.id"), nullable=False, index=True),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("old", sa.Text, nullable=False),
    sa.Column("new", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("undoes", sa.BigInteger),
    sa.Column("seen", sa.Text, nullable=False),
    sa.Column("seal", sa.Text, nullable=False),
)

QUARANTINE = sa.Table(
    "quarantine",
    METADATA,
    sa.Column("id", _NUMBER, primary_key=True),
    sa.Column("place", sa.Text, nullable=False, index=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("cure", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

VISIT = sa.Table("visit", METADATA, sa.Column("url", sa.Text, primary_key=True), sa.Column("at", sa.Text, nullable=False))


def prepare(engine: Engine, writable: bool) -> None:
    """Makes the tables of a new store; refuses what is no store, or one of a newer version. Raises ``StoreError``."""
    where = tell(engine.url)
    with reading(engine) as connection:
        names = set(sa.inspect(connection).get_table_names())
        version = version_of(connection) if "meta" in names else None
    if version is None:
        if names & set(METADATA.tables) or (names and engine.url.get_backend_name() == "sqlite"):
            raise StoreError(f"{where}: this database holds something else (tables {', '.join(sorted(names)[:5])}); name another one")
        if not writable:
            raise StoreError(f"{where}: is empty and cannot be written; name another place")
        _create(engine)
    elif version > VERSION:
        raise StoreError(
            f"{where}: was made by a newer tracker (tables of version {version}, this one knows {VERSION}); "
            "update the tracker, or name another store. Nothing was changed"
        )


def version_of(connection: Connection) -> int | None:
    """The version of a store's tables; None where they are not the tracker's."""
    if {column["name"] for column in sa.inspect(connection).get_columns("meta")} != {"key", "value"}:
        return None
    found = connection.execute(sa.select(META.c.value).where(META.c.key == "schema")).scalar()
    return None if found is None else int(found)


def _create(engine: Engine) -> None:
    """All tables in one transaction. Of two programs that begin at once, the second finds them made."""
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(7_402_211)))
        METADATA.create_all(connection)
        if connection.execute(sa.select(META.c.value).where(META.c.key == "schema")).scalar() is None:
            first = {"schema": VERSION, "revision": 0, "act": 0, "identity": secrets.randbits(62)}
            connection.execute(META.insert(), [{"key": key, "value": value} for key, value in first.items()])


def numbers_of(connection: Connection) -> dict[str, int]:
    """The numbers that the store keeps of itself: schema, identity, revision, act."""
    return {str(line.key): int(line.value) for line in connection.execute(sa.select(META.c.key, META.c.value))}


def next_number(connection: Connection, key: str) -> int:
    """Counts one up and gives the number. The line stays locked until the end of the transaction, so writers take turns."""
    counted = sa.update(META).where(META.c.key == key).values(value=META.c.value + 1).returning(META.c.value)
    return int(connection.execute(counted).scalar_one())
