"""Where the store lies, how it is opened, and what its errors mean to the person who reads them.

SQLite gives a writer its lock when it first writes, which is too late for one that has read before: two such writers fail at
once, whatever the time-out. So a writer begins with ``BEGIN IMMEDIATE`` and waits for its turn; a reader never waits.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, SQLAlchemyError

#: The environment variable (and the key of Streamlit's secrets) that names the store: a path, or an SQLAlchemy address.
VARIABLE = "TRACKER_DB"
#: Where the store lies if nobody says otherwise: visible, beside the program, and free to be moved.
DEFAULT = Path(__file__).resolve().parents[2] / "store" / "tracker.sqlite"
#: How long a writer waits for the others, in seconds. Their work is cut into batches of well under a second.
PATIENCE = 30
_WRITES = "tracker_writes"


class StoreError(RuntimeError):
    """A store that cannot be opened, read or written: where it lies, the reason, and the cure."""


def address_of(given: str | Path | None = None) -> URL:
    """The address of a store from a path, an SQLAlchemy address, ``TRACKER_DB``, or else the default.

    >>> address_of("movements.sqlite").database
    'movements.sqlite'
    >>> address_of("postgresql://maria@db.example/troops").drivername
    'postgresql+psycopg'
    """
    text = str(given or os.environ.get(VARIABLE, "").strip() or DEFAULT)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser()))
    try:
        address = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreError(f"{_hidden(text)}: is no address of a database; {_EXAMPLES}") from None
    family = address.get_backend_name()
    if family not in ("sqlite", "postgresql"):
        raise StoreError(f"{tell(address)}: {family} is not supported; {_EXAMPLES}")
    if family == "sqlite" and not address.database:
        raise StoreError(f"{tell(address)}: names no file; {_EXAMPLES}")
    return address.set(drivername="postgresql+psycopg") if family == "postgresql" else address


_EXAMPLES = "write a path (movements.sqlite), sqlite:///movements.sqlite, or postgresql://user:password@host/database"


def _hidden(text: str) -> str:
    """An address that cannot be parsed, without what may be a password in it."""
    head, at, tail = text.rpartition("@")
    return f"{head.split('://')[0]}://***@{tail}" if at else text


def tell(address: URL) -> str:
    """The path of a store, or its address without the password."""
    is_file = address.get_backend_name() == "sqlite"
    return str(address.database) if is_file else address.render_as_string(hide_password=True).replace("+psycopg", "")


def connect(address: URL) -> tuple[Engine, bool]:
    """An engine for a store, and whether it can be written. The folder of a new file is made.

    Raises ``StoreError`` for what cannot be opened at all. A file on a disk that is read-only is opened for reading.
    """
    if address.get_backend_name() == "sqlite":
        return _connect_file(address)
    try:
        engine = sa.create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (NoSuchModuleError, ModuleNotFoundError):
        raise StoreError(f'{tell(address)}: the driver for PostgreSQL is not installed; pip install "psycopg[binary]"') from None
    with told(address), engine.connect():
        return engine, True


def _connect_file(address: URL) -> tuple[Engine, bool]:
    path = Path(str(address.database))
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a file, such as {path / 'tracker.sqlite'}")
    is_new = not path.exists()
    if not is_new and not os.access(path.parent, os.W_OK) or not is_new and not os.access(path, os.W_OK) or _lies_on_read_only(path):
        if is_new:
            raise StoreError(f"{path}: the disk is read-only; name another place in {VARIABLE}")
        return _read_only(path), False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: its folder cannot be made ({error.strerror}); name another place in {VARIABLE}") from None
    engine = sa.create_engine(address, connect_args={"timeout": PATIENCE, "check_same_thread": False})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    with told(address), engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    return engine, True


def _lies_on_read_only(path: Path) -> bool:
    folder = next((parent for parent in path.absolute().parents if parent.exists()), Path("/"))
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY) if hasattr(os, "statvfs") else False


def _read_only(path: Path) -> Engine:
    """A file that nobody can write, its log included, is read as it stands."""
    name = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    address = URL.create("sqlite", database=str(path))
    return sa.create_engine(address, creator=lambda: sqlite3.connect(name, uri=True, check_same_thread=False))


def _prepare(connection: Any, record: object) -> None:
    """Every new connection: pysqlite's own transactions off, readers beside a writer, nothing lost at a power cut."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in ("journal_mode = WAL", "synchronous = FULL", f"busy_timeout = {PATIENCE * 1000}", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose statements all see one state of the store."""
    with told(engine.url), engine.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection for one transaction: all of it is kept, or none."""
    with told(engine.url), engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def told(address: URL) -> Iterator[None]:
    """Errors of the database in words: where, why, and what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(_explain(tell(address), error)) from error


_CURES = (
    ("database is locked", "another program has been writing for a long time", "close it, or try again"),
    ("disk is full", "the disk is full", "make room, then run it again: what was told as done is kept"),
    ("file is not a database", "this file is no SQLite database", "name another file"),
    ("malformed", "the file is damaged", "restore it from a backup; `python -m tracker db check` tells how far it can be read"),
    ("readonly", "the store cannot be written", f"mend the permissions, or copy it to a folder of yours and name that in {VARIABLE}"),
    ("read-only", "the store cannot be written", f"mend the permissions, or copy it to a folder of yours and name that in {VARIABLE}"),
    ("unable to open", "the file cannot be opened", "check its path and permissions"),
    ("no such table", "this database is no store of the tracker", "name another file"),
    ("password authentication", "the server does not accept this user and password", "check them"),
    ("does not exist", "the server has no such database or user", "make it (createdb NAME), or check the name"),
    ("could not translate host", "the server's name is not known", "check the name"),
    ("refused", "no server answers there", "start it, or check host and port"),
    ("timeout expired", "the server does not answer", "check host and port"),
)


def _explain(where: str, error: SQLAlchemyError) -> str:
    original = error.orig if isinstance(error, DatabaseError) else error
    words = str(original).splitlines()[0] if str(original) else type(error).__name__
    low = words.lower()
    for sign, reason, cure in _CURES:
        if sign in low:
            return f"{where}: {reason}; {cure}"
    return f"{where}: {words}; `python -m tracker db check` tells more"
