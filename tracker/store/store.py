"""The store as the rest of the program sees it: texts and rows in, frames and acts out. SQLite or PostgreSQL, one code.

Every call is one transaction. Writers take turns; readers see the last finished state and wait for nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import sqlalchemy as sa

from tracker.articles import Problem
from tracker.models import Article
from tracker.store import record, rows, sources
from tracker.store.acts import OPEN, Act, Row, count_siblings, fits, in_force, span_of, telling
from tracker.store.connection import VARIABLE, StoreError, address_of, connect, reading, tell, writing
from tracker.store.rows import Changes
from tracker.store.schema import CHANGE, CLAIM, META, QUARANTINE, RUN, SOURCE, VISIT, next_number, numbers_of, prepare
from tracker.store.sources import Twin
from tracker.table import NAMES


@dataclass(slots=True)
class Added:
    """What one call of ``Store.add`` kept: articles, rows, the hashes of texts that were there, and near-duplicates by article id."""

    articles: int = 0
    rows: int = 0
    known: set[str] = field(default_factory=set)
    twins: dict[str, Twin] = field(default_factory=dict)


class Store:
    """A store of texts, rows and corrections.

    ``where`` tells people where it lies (never a password); ``writable`` is False for a file on a read-only disk.

    >>> import tempfile
    >>> store = Store(Path(tempfile.mkdtemp()) / "tracker.sqlite")
    >>> store.read().empty, store.revision
    (True, 0)
    >>> store.close()
    """

    def __init__(self, address: str | Path | None = None) -> None:
        """Opens the store at a path or SQLAlchemy address (or ``TRACKER_DB``, or the default place), made if it is new.

        Raises ``StoreError``, which names the place and the cure.
        """
        url = address_of(address)
        self.where = tell(url)
        self._engine, self.writable = connect(url)
        prepare(self._engine, self.writable)

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()

    @property
    def path(self) -> Path | None:
        """The file of the store; None for a server."""
        url = self._engine.url
        return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None

    @property
    def revision(self) -> int:
        """A number that grows with every change of a row."""
        with reading(self._engine) as connection:
            return numbers_of(connection)["revision"]

    def state(self) -> tuple[int, int, int]:
        """What tells this store from others, its revision, and how many rows it has."""
        with reading(self._engine) as connection:
            told = numbers_of(connection)
            count = connection.execute(sa.select(sa.func.count()).select_from(CLAIM).where(CLAIM.c.live == sa.true())).scalar_one()
        return told["identity"], told["revision"], int(count)

    # --- texts in ---------------------------------------------------------------------------------------------------

    def begin(self, what: str, extractor: str, configuration: str = "") -> int:
        """Notes a pass of an extractor (``add``, ``refresh``, ``page``); gives its number for the calls that follow."""
        line = {"what": what, "extractor": extractor, "configuration": configuration, "started_at": rows.now()}
        with self._writing() as connection:
            return int(connection.execute(RUN.insert().returning(RUN.c.id), line).scalar_one())

    def knows(self, digests: Iterable[str]) -> set[str]:
        """Those hashes of texts that are in the store."""
        with reading(self._engine) as connection:
            return sources.known(connection, digests)

    def add(self, read: Sequence[tuple[Article, pd.DataFrame]], run_id: int) -> Added:
        """Keeps articles with the rows that were read out of them, all or none. A text that is there already is counted and left."""
        added = Added()
        lines = rows.as_rows_each([frame for _, frame in read])
        with self._writing() as connection:
            revision = next_number(connection, "revision")
            there = sources.known(connection, [article.digest for article, _ in read])
            new: list[tuple[int, list[Row], bool]] = []
            for (article, _), found in zip(read, lines, strict=True):
                if article.digest in there:
                    added.known.add(article.digest)
                    continue
                there.add(article.digest)
                source_id, twin = sources.insert(connection, article)
                new.append((source_id, found, twin is not None))
                added.articles += 1
                added.rows += len(found)
                if twin:
                    added.twins[article.id] = twin
            rows.insert(connection, new, run_id, revision)
        return added

    def quarantine(self, problems: Iterable[Problem]) -> None:
        """Keeps what gave no article, with the reason and the cure."""
        lines = [{"place": str(p).partition(f": {p.reason}")[0], "reason": p.reason, "cure": p.cure, "at": rows.now()} for p in problems]
        if lines:
            with self._writing() as connection:
                for line in lines:
                    # A feed that is broken today is broken in every round; it is told each time and kept once.
                    same = sa.select(QUARANTINE.c.id).where(QUARANTINE.c.place == line["place"], QUARANTINE.c.reason == line["reason"])
                    if connection.execute(same).first() is None:
                        connection.execute(QUARANTINE.insert(), line)

    def quarantined(self) -> pd.DataFrame:
        """What gave no article: place, reason, cure, at."""
        columns = [QUARANTINE.c.place, QUARANTINE.c.reason, QUARANTINE.c.cure, QUARANTINE.c.at]
        with reading(self._engine) as connection:
            found = connection.execute(sa.select(*columns).order_by(QUARANTINE.c.id)).all()
        return pd.DataFrame([tuple(line) for line in found], columns=[column.name for column in columns])

    def visited(self, url: str) -> bool:
        """Whether an address was fetched before."""
        with reading(self._engine) as connection:
            return connection.execute(sa.select(VISIT.c.at).where(VISIT.c.url == url)).first() is not None

    def visit(self, urls: Iterable[str]) -> None:
        """Notes that addresses were fetched, so that a feed that is read again costs no page again."""
        with self._writing() as connection:
            for url in dict.fromkeys(urls):
                if connection.execute(sa.select(VISIT.c.at).where(VISIT.c.url == url)).first() is None:
                    connection.execute(VISIT.insert(), {"url": url, "at": rows.now()})

    # --- rows out ---------------------------------------------------------------------------------------------------

    def read(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        basis: str = "movement",
        changed_after: int | None = None,
        ids: Sequence[str] | None = None,
        columns: Sequence[str] = NAMES,
    ) -> pd.DataFrame:
        """The deployment table under people's corrections, or the part of it in a window of days (both ends included).

        ``basis`` says whose day counts: the "movement"'s (or else the report's) or the "report"'s. ``changed_after`` leaves
        out what has not changed since that revision. Rejected rows are in it, with nobody counted.
        """
        with reading(self._engine) as connection:
            found = connection.execute(rows.select(since, until, basis, changed_after, ids, columns)).all()
        return rows.as_frame(found, columns)

    def count_changed(self, revision: int) -> int:
        """How many rows have changed since a revision."""
        with reading(self._engine) as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(CLAIM).where(CLAIM.c.revision > revision)).scalar_one())

    @contextmanager
    def whole(self, most: int) -> Iterator[tuple[int, int, Iterator[pd.DataFrame]]]:
        """The store's identity, its revision, and all live rows at that revision, so many at a time."""
        with reading(self._engine) as connection:
            told = numbers_of(connection)
            result = connection.execute(rows.select().execution_options(yield_per=most))
            yield told["identity"], told["revision"], (rows.as_frame(part) for part in result.partitions())

    def siblings(self, deployment_id: str) -> pd.DataFrame:
        """All rows of the article that a row was read from, itself among them."""
        same = sa.select(CLAIM.c.source_id).where(CLAIM.c.deployment_id == deployment_id)
        with reading(self._engine) as connection:
            found = connection.execute(rows.select().where(CLAIM.c.source_id.in_(same))).all()
        return rows.as_frame(found)

    def doubtful(self, most: int) -> pd.DataFrame:
        """Rows that nobody has looked at and that are unsure, or of an article that nearly repeats another.

        Those that add most persons to totals come first.
        """
        first = (CLAIM.c.counted_persons.desc(), CLAIM.c.confidence, CLAIM.c.id)
        statement = rows.select().where(CLAIM.c.review == "", CLAIM.c.doubtful == sa.true()).order_by(None).order_by(*first).limit(most)
        with reading(self._engine) as connection:
            return rows.as_frame(connection.execute(statement).all())

    def gone_after(self, revision: int) -> set[str]:
        """The ids of rows that a later extractor no longer read, since a revision."""
        statement = sa.select(CLAIM.c.deployment_id).where(~CLAIM.c.live, CLAIM.c.revision > revision)
        with reading(self._engine) as connection:
            return set(connection.execute(statement).scalars())

    def article_of(self, deployment_id: str) -> Article | None:
        """The text that a row was read from."""
        statement = sa.select(SOURCE).join(CLAIM, CLAIM.c.source_id == SOURCE.c.id).where(CLAIM.c.deployment_id == deployment_id)
        with reading(self._engine) as connection:
            found = connection.execute(statement).first()
        return sources.as_article(found) if found else None

    def articles(self, batch: int = 100) -> Iterator[list[tuple[int, Article]]]:
        """All texts with their numbers, in batches, in the order in which they came."""
        last = 0
        while True:
            with reading(self._engine) as connection:
                found = list(sources.after(connection, last, batch))
            if not found:
                return
            yield found
            last = found[-1][0]

    def twins(self) -> pd.DataFrame:
        """Texts that nearly repeat an earlier one: article_id, title, source, twin_id, twin_title, likeness, newest first."""
        earlier = SOURCE.alias()
        columns = [
            SOURCE.c.article_id, SOURCE.c.title, SOURCE.c.source,
            earlier.c.article_id.label("twin_id"), earlier.c.title.label("twin_title"), SOURCE.c.likeness,
        ]  # fmt: skip
        statement = sa.select(*columns).join(earlier, SOURCE.c.twin_id == earlier.c.id).order_by(SOURCE.c.id.desc())
        with reading(self._engine) as connection:
            found = connection.execute(statement).all()
        return pd.DataFrame([tuple(line) for line in found], columns=[column.name for column in columns])

    def count(self) -> dict[str, int]:
        """How much is in the store: articles, rows, unreviewed, corrections, quarantined."""
        questions = {
            "articles": sa.select(sa.func.count()).select_from(SOURCE),
            "rows": sa.select(sa.func.count()).select_from(CLAIM).where(CLAIM.c.live == sa.true()),
            "unreviewed": sa.select(sa.func.count()).select_from(CLAIM).where(CLAIM.c.live == sa.true(), CLAIM.c.review == ""),
            "acts": sa.select(META.c.value).where(META.c.key == "act"),
            "quarantined": sa.select(sa.func.count()).select_from(QUARANTINE),
        }
        with reading(self._engine) as connection:
            return {name: int(connection.execute(question).scalar_one()) for name, question in questions.items()}

    # --- read again -------------------------------------------------------------------------------------------------

    def replace(self, source_id: int, frame: pd.DataFrame, run_id: int) -> Changes:
        """Puts a new reading of a text in the place of the old one; people's acts stay. What was altered is kept as history."""
        after = rows.as_rows(frame)
        with self._writing() as connection:
            found = rows.compare(rows.of_source(connection, source_id), after)
            if found:
                self._settle(connection, source_id, after, run_id)
                rows.note(connection, found, run_id)
            elif after:
                same = sa.update(CLAIM).where(CLAIM.c.source_id == source_id, CLAIM.c.live)
                connection.execute(same.values(run_id=run_id, extractor=after[0]["extractor"]))
        return found

    def preview(self, source_id: int, frame: pd.DataFrame) -> Changes:
        """What ``replace`` would change."""
        with reading(self._engine) as connection:
            return rows.compare(rows.of_source(connection, source_id), rows.as_rows(frame))

    # --- people's acts ----------------------------------------------------------------------------------------------

    def act(
        self, what: Literal["accept", "correct", "reject"], deployment_id: str, fields: Mapping[str, Any], who: str, why: str = ""
    ) -> Act:
        """Accepts, corrects or rejects a row. ``fields`` are the new values of a correction, checked by the caller.

        Raises ``StoreError`` where there is no such row or nothing to correct.
        """
        if unknown := sorted(set(fields) - set(OPEN)):
            raise StoreError(f"{deployment_id}: {', '.join(unknown)} cannot be corrected; correct one of {', '.join(OPEN)}")
        with self._writing() as connection:
            source_id, raw, current, siblings = self._find(connection, deployment_id)
            told = {name: (current[name], new) for name, new in fields.items() if current[name] != new}
            if what == "correct" and not told:
                raise StoreError(f"{deployment_id}: the row says so already; nothing was changed")
            if what != "correct":
                told = {"review": (current["review"], {"accept": "accepted", "reject": "rejected"}[what])}
            seen = {name: current[name] for name in OPEN} | {"siblings": siblings, "read": telling(raw)}
            done = record.append(connection, Act(0, what, deployment_id, source_id, told, who, rows.now(), why, seen))
            self._settle(connection, source_id)
        return done

    def undo(self, number: int, who: str, why: str = "") -> Act:
        """Takes an act back. The act stays on record, and so does its undoing, which can be undone in its turn."""
        with self._writing() as connection:
            act = record.find(connection, number)
            if act is None:
                raise StoreError(f"there is no act {number}; `python -m tracker review history ROW` lists them")
            if any(other.undoes == number for other in record.of_row(connection, act.deployment_id)):
                raise StoreError(f"act {number} has been undone before; undo that undoing to bring it back")
            back = {name: (new, old) for name, (old, new) in act.fields.items()}
            undone = Act(0, "undo", act.deployment_id, act.source_id, back, who, rows.now(), why, act.seen, number)
            done = record.append(connection, undone)
            self._settle(connection, act.source_id)
        return done

    def acts(self, deployment_id: str | None = None) -> list[Act]:
        """All acts, or those on one row, in their order."""
        with reading(self._engine) as connection:
            return record.read(connection) if deployment_id is None else record.of_row(connection, deployment_id)

    def changes(self, deployment_id: str) -> list[dict[str, Any]]:
        """How later runs altered a row: at, what, extractor, fields."""
        statement = sa.select(CHANGE, RUN.c.extractor).join(RUN, RUN.c.id == CHANGE.c.run_id).where(CHANGE.c.deployment_id == deployment_id)
        with reading(self._engine) as connection:
            found = connection.execute(statement.order_by(CHANGE.c.id)).all()
        return [{"at": line.at, "what": line.what, "extractor": line.extractor, "fields": json.loads(line.fields)} for line in found]

    def orphans(self) -> list[Act]:
        """The acts in force whose row is gone, or is another one now. They alter nothing until somebody looks."""
        found: list[Act] = []
        with reading(self._engine) as connection:
            standing = in_force(record.read(connection))
            for source_id in dict.fromkeys(act.source_id for act in standing):
                now = {row["deployment_id"]: row for row in rows.of_source(connection, source_id)}
                siblings = count_siblings(now.values())
                found += [
                    act for act in standing if act.source_id == source_id
                    and ((row := now.get(act.deployment_id)) is None or not fits(act, row, siblings[span_of(row)]))
                ]  # fmt: skip
        return found

    def extracted(self, ids: Sequence[str]) -> dict[str, Row]:
        """What the extractor says where the row now says otherwise, by row."""
        statement = sa.select(CLAIM.c.deployment_id, CLAIM.c.extracted).where(CLAIM.c.deployment_id.in_(list(ids)), CLAIM.c.extracted != "")
        with reading(self._engine) as connection:
            return {line.deployment_id: json.loads(line.extracted) for line in connection.execute(statement)}

    # --- inside -----------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        if not self.writable:
            cure = f"copy it to a folder of yours and name that in {VARIABLE}"
            raise StoreError(f"{self.where}: lies on a disk that cannot be written; {cure}")
        with writing(self._engine) as connection:
            # Writers take turns from their first look on, so that none decides by a state that another is about to change.
            # SQLite's BEGIN IMMEDIATE has done that already, and passes over FOR UPDATE.
            connection.execute(sa.select(META.c.value).where(META.c.key == "revision").with_for_update())
            yield connection

    def _find(self, connection: sa.Connection, deployment_id: str) -> tuple[int, Row, Row, int]:
        """The article's number, the row as read and as it stands, and how many rows stand on its words."""
        line = connection.execute(sa.select(CLAIM).where(CLAIM.c.deployment_id == deployment_id, CLAIM.c.live)).mappings().first()
        if line is None:
            raise StoreError(f"{deployment_id}: there is no such row in {self.where}; ids stand in the column deployment_id")
        readings = rows.of_source(connection, line["source_id"])
        raw = next(row for row in readings if row["deployment_id"] == deployment_id)
        siblings = count_siblings(readings)[span_of(raw)]
        return line["source_id"], raw, {name: line[name] for name in NAMES}, siblings

    def _settle(self, connection: sa.Connection, source_id: int, readings: Sequence[Row] | None = None, run_id: int | None = None) -> None:
        """Applies all acts on an article to its rows anew: as a run has just read them, or as they were read last."""
        current = rows.of_source(connection, source_id) if readings is None else readings
        acts, digest = record.of_source(connection, source_id), sources.digest_of(connection, source_id)
        rows.rewrite(connection, source_id, digest, current, acts, run_id, next_number(connection, "revision"))
