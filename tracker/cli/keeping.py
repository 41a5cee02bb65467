"""The commands that look after the store: refresh, export, and db check."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from rich.console import Console

from tracker.articles import Problem
from tracker.cli.terminal import (
    INTERRUPTED,
    PROG,
    READ,
    STOPPED,
    Command,
    Refusal,
    Tally,
    add_store,
    as_date,
    many,
    opened,
    say,
    show_progress,
)

if TYPE_CHECKING:
    from tracker.models import Article
    from tracker.store import Changes, Store

_MOST_SHOWN = 40

# --- read again ---------------------------------------------------------------------------------------------------------


def _add_refresh(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="tell what would change, and change nothing")
    parser.add_argument("-o", "--output", metavar="OUT", help="write every change as a JSON line (.jsonl); - writes here")
    add_store(parser)


def _refresh(args: argparse.Namespace) -> int:
    from tracker import exports
    from tracker.store import Changes

    tally, found, lines = Tally(Console(stderr=True)), Changes(), list[dict[str, Any]]()
    with opened(args) as store, exports.claimed(args.output) if args.output else nullcontext(_write_nowhere) as write:
        before, code = len(store.orphans()), READ
        try:
            _read_anew(store, args.dry_run, tally, found, lines)
        except KeyboardInterrupt:
            tally.say("interrupted: what was read anew is kept; run it again for the rest")
            code = INTERRUPTED
        write("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode())
        if not args.output:
            _show_changes(tally, lines)
        orphans = store.orphans()
        for act in orphans[:20]:
            tally.say(f"decision {act.number} of {act.who} on {act.deployment_id} has lost its row: look at it with `{PROG} review`")
        decisions = f"{many(len(store.acts()), 'decision')} kept, {len(orphans):,} without a row ({before:,} before)"
    did = "would be read anew" if args.dry_run else "read anew"
    changes = f"{len(found.new):,} new, {len(found.gone):,} gone, {len(found.altered):,} altered, {found.same:,} the same"
    tally.say(f"{many(tally.read, 'article')} {did}: {changes}, {decisions}")
    return code or (STOPPED if tally.left_out else READ)


def _write_nowhere(data: bytes) -> None:
    """Where nobody asked for a file."""


def _read_anew(store: Store, dry_run: bool, tally: Tally, found: Changes, lines: list[dict[str, Any]]) -> None:
    from tracker.ingestion import refresh

    with show_progress(tally.console) as tick:
        for event in refresh(store, dry_run=dry_run):
            if isinstance(event, Problem):
                tally.tell(event)
                continue
            tally.read += 1
            tick(len(event.changes.new))
            found.add(event.changes)
            lines += _tell_changes(event.article, event.changes)


def _show_changes(tally: Tally, lines: list[dict[str, Any]]) -> None:
    for line in lines[:_MOST_SHOWN]:
        tally.say(_in_words(line))
    if len(lines) > _MOST_SHOWN:
        tally.say(f"... and {len(lines) - _MOST_SHOWN:,} more; -o changes.jsonl writes them all")


def _tell_changes(article: Article, changes: Any) -> Iterator[dict[str, Any]]:
    about = {"article": article.title or article.id}
    for what in ("new", "gone"):
        for key in getattr(changes, what):
            yield {"what": what, "deployment_id": key, **about}
    for key, fields in changes.altered.items():
        yield {"what": "altered", "deployment_id": key, **about, "fields": fields}


def _in_words(line: dict[str, Any]) -> str:
    fields = ", ".join(
        f"{name} {old!r} -> {new!r}" for name, (old, new) in line.get("fields", {}).items() if name not in ("marks", "found_by")
    )
    return f"{line['what']:7} {line['deployment_id']}  {line['article'][:60]}{': ' + fields[:200] if fields else ''}"


# --- the table, and the store itself ------------------------------------------------------------------------------------


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="file to write: .csv .jsonl .parquet .geojson; - for CSV here")
    parser.add_argument("--since", type=as_date, metavar="DATE", help="only movements that end on this day or later (YYYY-MM-DD)")
    parser.add_argument("--until", type=as_date, metavar="DATE", help="only movements that begin on this day or earlier")
    parser.add_argument("--with-rejected", action="store_true", help="rows that a reviewer rejected too")
    add_store(parser)


def _export(args: argparse.Namespace) -> int:
    from tracker import exports

    kind = "csv" if args.output == exports.STDOUT else exports.format_of(args.output)
    with opened(args) as store, exports.claimed(args.output) as write:
        frame = store.read(args.since, args.until)
        if not args.with_rejected:
            frame = frame[frame["review"] != "rejected"].reset_index(drop=True)
        write(exports.FORMATS[kind](frame))
    say(Console(stderr=True), f"{many(len(frame), 'row')} of {store.where}")
    return READ


def _add_db(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="ask the store whether it is as it should be")
    add_store(check)


def _db(args: argparse.Namespace) -> int:
    from tracker.store.health import check

    console = Console()
    well = True
    with opened(args) as store:
        say(console, store.where + ("" if store.writable else " (cannot be written)"))
        for name, number in store.count().items():
            say(console, f"  {number:>10,} {name}")
        for finding in check(store):
            well &= finding.well
            say(console, f"  {'ok ' if finding.well else 'BAD'} {finding.question}: {finding.told}")
    if not well:
        raise Refusal("the store is not as it should be; copy it before you do anything else, then restore a backup or ask for help")
    return READ


COMMANDS: tuple[Command, ...] = (
    Command(
        "refresh",
        "read all texts of the store again with the present extractor; corrections stay",
        f"  {PROG} refresh --dry-run\n  {PROG} refresh -o changes.jsonl",
        _add_refresh,
        _refresh,
    ),
    Command(
        "export",
        "write the table of the store, with people's corrections",
        f"  {PROG} export -o movements.csv\n  {PROG} export --since 2022-02-01 --until 2022-02-28 -o february.parquet",
        _add_export,
        _export,
    ),
    Command("db", "look after the store", f"  {PROG} db check\n  {PROG} db check --db postgresql://maria@db.example/troops", _add_db, _db),
)
