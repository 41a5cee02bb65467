"""The commands that bring articles into the store: add, and watch."""

from __future__ import annotations

import argparse
import re
import signal
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console

from tracker.articles import Fetcher, Problem, read_inputs
from tracker.cli.terminal import (
    INTERRUPTED,
    PROG,
    READ,
    REFUSED,
    STOPPED,
    Command,
    Tally,
    add_facts,
    add_store,
    facts_of,
    many,
    opened,
    say,
    show_progress,
)

if TYPE_CHECKING:
    from tracker.models import Article
    from tracker.store import Store

ADDED = "a file, a folder, a web address, a feed's address, a list of feeds (.opml), portal:2022-02-02, or - for standard input"


@dataclass(slots=True)
class Account:
    """What came in and what became of it: the three add up to what came in."""

    done: int = 0
    duplicate: int = 0
    quarantined: int = 0
    rows: int = 0

    @property
    def came_in(self) -> int:
        """How much there was."""
        return self.done + self.duplicate + self.quarantined

    def __str__(self) -> str:
        return f"{self.done:,} done, {self.duplicate:,} duplicate, {self.quarantined:,} quarantined"


def _add_add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help=ADDED)
    add_store(parser)
    add_facts(parser)


def _add(args: argparse.Namespace) -> int:
    from tracker.store import StoreError

    console = Console(stderr=True)
    account, code = Account(), READ
    with opened(args) as store:
        try:
            _take(store, read_inputs(args.inputs, fetcher=Fetcher(), **facts_of(args)), console, account)
        except KeyboardInterrupt:
            say(console, "interrupted: what is told as done is kept; run it again to go on")
            code = INTERRUPTED
        except StoreError as error:
            if not account.came_in:
                raise
            say(console, f"{error}; what is told as done is kept")
            code = STOPPED
        _tell_account(console, account, store)
    return code if account.done or account.duplicate else code or REFUSED


def _until(stop: threading.Event, found: Iterable[Article | Problem]) -> Iterator[Article | Problem]:
    """What comes before the stop; what came is still kept, and nothing more is fetched."""
    for item in found:
        yield item
        if stop.is_set():
            return


def _take(store: Store, found: Iterable[Article | Problem], console: Console, account: Account) -> None:
    """Ingests what was found and tells each problem and near-duplicate as it comes."""
    from tracker import pipeline
    from tracker.ingestion import Kept, Known, ingest

    tally = Tally(console)
    run_id = store.begin("add", pipeline.EXTRACTOR, pipeline.configuration())
    with show_progress(console) as tick:
        for event in ingest(store, found, run_id):
            if isinstance(event, Kept):
                account.done += 1
                account.rows += len(event.frame)
                tick(len(event.frame))
                if event.twin:
                    article = event.article
                    like = f"nearly repeats {event.twin.article_id} ({event.twin.likeness:.0%} of the wording); both are kept"
                    tally.say(f"{article.url or article.title or article.id}: {like}, look at them with `{PROG} review`")
            elif isinstance(event, Known) or event.repeat:
                account.duplicate += 1
                tick(0)
            else:
                account.quarantined += event.left_out
                tally.tell(event)


def _tell_account(console: Console, account: Account, store: Store) -> None:
    say(console, f"{many(account.rows, 'row')} in {store.where}")
    say(console, str(account))


# --- watch --------------------------------------------------------------------------------------------------------------

_SPAN = re.compile(r"(\d{1,5})\s*([smhd]?)")
_SECONDS = {"s": 1, "": 60, "m": 60, "h": 3600, "d": 86400}


def _span(text: str) -> float:
    """Seconds from "15m", "2h", "1d"; a bare number is minutes."""
    found = _SPAN.fullmatch(text.strip().lower())
    if not found or not int(found[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is no span of time; write 15m, 2h or 1d")
    return int(found[1]) * _SECONDS[found[2]]


def _add_watch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "inputs", nargs="+", metavar="FEEDS", help="a list of feeds (.opml, or a .txt with an address a line), or feeds' addresses"
    )
    parser.add_argument(
        "--every", type=_span, default=900.0, metavar="SPAN", help="how long to wait between two rounds (15m, 2h; default 15m)"
    )
    parser.add_argument("--once", action="store_true", help="one round, for a timer of your own")
    add_store(parser)


def _watch(args: argparse.Namespace) -> int:
    console = Console(stderr=True)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with opened(args) as store:
        while not stop.is_set():
            account = Account()
            _round(store, args, console, account, stop)
            _tell_account(console, account, store)
            if args.once or stop.wait(args.every):
                break
    say(console, "stopped: everything that was told as done is kept")
    return READ


def _round(store: Store, args: argparse.Namespace, console: Console, account: Account, stop: threading.Event) -> None:
    """One look at all feeds. A store that is busy or a disk that is full for a while ends the round and not the watch."""
    from tracker.ingestion import Visits
    from tracker.store import StoreError

    visits = Visits(store)
    try:
        _take(store, _until(stop, read_inputs(args.inputs, fetcher=Fetcher(), visited=visits)), console, account)
        visits.keep()
    except StoreError as error:
        if args.once:
            raise
        say(console, f"{error}; the next round tries again")


COMMANDS: tuple[Command, ...] = (
    Command(
        "add",
        "read articles from files, folders, addresses and feeds into the store",
        f"  {PROG} add reports/ page.html\n"
        f"  {PROG} add https://news.example/world/troops-leave --published 2024-05-01\n"
        f"  {PROG} add https://news.example/feed.xml feeds.opml\n"
        f"  {PROG} add portal:2022-02-01..2022-02-07 --db movements.sqlite\n\n"
        "  Each text is kept once. What cannot be read is set aside with its reason. The last line adds up to what came in.",
        _add_add,
        _add,
    ),
    Command(
        "watch",
        "keep the store fresh from feeds, until Ctrl+C",
        f"  {PROG} watch feeds.opml --every 15m\n  {PROG} watch https://news.example/feed.xml --once",
        _add_watch,
        _watch,
    ),
)
