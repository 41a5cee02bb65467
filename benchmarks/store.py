"""How fast the store is, and whether it keeps its word while many use it and when it is killed.

    python benchmarks/store.py speed --rows 1000000            in a new file, which is gone afterwards
    python benchmarks/store.py speed --rows 1000000 --db postgresql://tracker@127.0.0.1:5432/empty
    python benchmarks/store.py together --seconds 60           two writers and four readers
    python benchmarks/store.py killed --times 20               a writer killed with -9 in the middle of its work

The rows are made up: the sixty of tests/rows.py over and over, with other days and other texts.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.rows import make_rows  # noqa: E402
from tracker import table  # noqa: E402
from tracker.models import Article  # noqa: E402
from tracker.store import Store, StoreError, snapshot  # noqa: E402

PER_ARTICLE = 20
#: What the map, the timeline and the counts of the page ask for.
MAP = (
    "deployment_id actor count count_low count_high counted_persons kind status starts ends published source review part_of"
    " origin origin_country origin_lat origin_lon origin_precision origin_radius_km origin_basis origins_more"
    " destination destination_country destination_lat destination_lon destination_precision destination_radius_km destination_basis"
    " destinations_more"
).split()
WORDS = [f"word{number}" for number in range(5000)]


def make_articles(rows: int, name: str, seed: int) -> list[tuple[Article, pd.DataFrame]]:
    """So many made-up rows, twenty an article."""
    chance, draw = np.random.default_rng(seed), random.Random(seed)
    base = table.conform(make_rows())
    frame = base.iloc[chance.integers(0, len(base), rows)].reset_index(drop=True)
    days = pd.Series(
        pd.Timestamp("2002-01-01") + pd.to_timedelta(np.repeat(chance.integers(0, 8700, rows // PER_ARTICLE), PER_ARTICLE), "D")
    )
    moved = pd.Series(np.arange(rows) % 6 == 0)
    frame = table.conform(
        frame.assign(
            deployment_id=[f"{name}-{number:x}" for number in range(rows)],
            published=days,
            part_of="",
            starts=days.where(moved),
            ends=days.where(moved),
            article_id=[f"{name}-{number // PER_ARTICLE:x}" for number in range(rows)],
        )
    )
    return [
        (Article(f"{name} " + " ".join(draw.choices(WORDS, k=120)), f"{name}-{number:x}"), frame.iloc[number * PER_ARTICLE :][:PER_ARTICLE])
        for number in range(rows // PER_ARTICLE)
    ]


def timed(ask: Callable[[], Any], times: int = 5) -> float:
    """The median of so many runs, in seconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def speed(args: argparse.Namespace) -> None:
    with _Place(args.db) as address:
        store = Store(address)
        run, taken, part = store.begin("add", "made up 1"), [], 10_000
        for number in range(args.rows // part):
            articles = make_articles(part, f"a{number:x}", number)
            began = time.perf_counter()
            store.add(articles, run)
            taken.append(time.perf_counter() - began)
            print(f"\r{(number + 1) * part:,} rows", end="", file=sys.stderr)
        print(file=sys.stderr)
        since = date(2012, 5, 1)
        month = since, since + timedelta(days=29)
        print(f"{store.where}: {args.rows:,} rows")
        first, last = statistics.median(taken[:10]), statistics.median(taken[-10:])
        print(f"  adding 10,000 rows, the first and the last ten times: {first:.2f} s, {last:.2f} s")
        print(f"  30 days into pandas ({len(store.read(*month)):,} rows): {timed(lambda: store.read(*month)):.3f} s")
        print(f"  30 days by the report's day: {timed(lambda: store.read(*month, basis='report')):.3f} s")
        print(f"  what waits for a look: {timed(lambda: store.doubtful(100)):.3f} s; all counts: {timed(store.count):.3f} s")
        print(f"  making the snapshot: {timed(lambda: snapshot.load(store, MAP), 1):.1f} s")
        print(f"  the map's table from it: {timed(lambda: snapshot.load(store, MAP)):.2f} s")
        print(f"  all columns from it: {timed(lambda: snapshot.load(store)):.2f} s")
        store.add(make_articles(1000, "late", 7), run)
        print(f"  the map's table with 1,000 rows more: {timed(lambda: snapshot.load(store, MAP)):.2f} s")
        path = snapshot.path_of(store, store.state()[0])
        store.close()
        path.unlink(missing_ok=True)


class _Place:
    """The address of a new store: a file that is gone afterwards, or what was named."""

    def __init__(self, db: str) -> None:
        self.db = db

    def __enter__(self) -> str:
        self.folder = tempfile.TemporaryDirectory(prefix="tracker-store-")
        return self.db or str(Path(self.folder.name) / "tracker.sqlite")

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()


def write(address: str, name: str, seconds: float, told: Any) -> None:
    """A writer: articles of twenty rows, one transaction each, as watch does it; tells its longest wait."""
    store, longest, done, errors = Store(address), 0.0, 0, []
    run = store.begin("add", "made up 1")
    articles = make_articles(20_000, name, hash(name) % 1000)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            store.add(articles[done % len(articles) :][:1], run)
        except StoreError as error:
            errors.append(str(error))
        longest = max(longest, time.monotonic() - began)
        done += 1
    told.put(("write", done, longest, errors))


def read(address: str, seconds: float, told: Any) -> None:
    """A reader: what the page asks for, over and over."""
    store, longest, done, errors, last = Store(address), 0.0, 0, [], -1
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            revision = store.revision
            if revision < last:
                errors.append(f"revision {revision} after {last}")
            store.read(changed_after=max(0, revision - 3))
            last = revision
        except StoreError as error:
            errors.append(str(error))
        longest = max(longest, time.monotonic() - began)
        done += 1
    told.put(("read", done, longest, errors))


def together(args: argparse.Namespace) -> None:
    """Two writers and four readers at once. Ends with an error where anybody met one."""
    with _Place(args.db) as address:
        Store(address).close()
        told: Any = multiprocessing.Queue()
        crowd = [multiprocessing.Process(target=write, args=(address, f"w{n}", args.seconds, told)) for n in range(2)]
        crowd += [multiprocessing.Process(target=read, args=(address, args.seconds, told)) for _ in range(4)]
        for one in crowd:
            one.start()
        results = [told.get(timeout=args.seconds + 120) for _ in crowd]
        for one in crowd:
            one.join()
        wrong = [error for _, _, _, errors in results for error in errors]
        for kind in ("write", "read"):
            mine = [result for result in results if result[0] == kind]
            print(f"  {kind}s: {sum(r[1] for r in mine):,}, the longest {max(r[2] for r in mine):.2f} s")
        print(f"  errors: {len(wrong)} {wrong[:3]}; rows: {len(Store(address).read()):,}")
        if wrong:
            sys.exit(1)


def kill(address: str, times: int) -> Iterator[tuple[int, int, int]]:
    """Kills a writer in the middle of its work, so many times; each time gives acknowledged, lost and doubled articles."""
    acknowledged: set[str] = set()
    for number in range(times):
        writer = subprocess.Popen(
            [sys.executable, __file__, "write", "--db", address, "--name", f"k{number}"], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert writer.stdout is not None
        wanted = random.Random(number).randint(1, 12)
        for line in writer.stdout:
            acknowledged.add(line.strip())
            wanted -= 1
            if not wanted:
                break
        time.sleep(random.Random(number).random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        # What it had told before it died counts too.
        acknowledged.update(line.strip() for line in writer.stdout.read().splitlines() if line.endswith("."))
        writer.wait()
        store = Store(address)
        rows = store.read(columns=["deployment_id", "article_id"])
        kept = rows.groupby("article_id").size()
        lost = sum(kept.get(name.rstrip("."), 0) != PER_ARTICLE for name in acknowledged if name)
        halves = int((kept != PER_ARTICLE).sum())
        doubled = int(rows["deployment_id"].duplicated().sum())
        store.close()
        yield len(acknowledged), lost + halves, doubled


def killed(args: argparse.Namespace) -> None:
    with _Place(args.db) as address:
        results = list(kill(address, args.times))
        lost, doubled = sum(r[1] for r in results), sum(r[2] for r in results)
        print(f"  killed {args.times} times: {results[-1][0]} articles acknowledged, {lost} lost, {doubled} doubled")
        if lost or doubled:
            sys.exit(1)


def write_and_tell(args: argparse.Namespace) -> None:
    """The writer that is killed: tells the name of each article when it is kept."""
    store = Store(args.db)
    run = store.begin("add", "made up 1")
    for article, frame in make_articles(4000, args.name, 1):
        store.add([(article, frame)], run)
        print(f"{article.id}.", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    actions = parser.add_subparsers(required=True)
    for name, run in (("speed", speed), ("together", together), ("killed", killed), ("write", write_and_tell)):
        action = actions.add_parser(name)
        action.add_argument("--db", default="", help="an empty store; else a new file")
        action.set_defaults(run=run)
        if name == "speed":
            action.add_argument("--rows", type=int, default=1_000_000)
        elif name == "together":
            action.add_argument("--seconds", type=float, default=60)
        elif name == "killed":
            action.add_argument("--times", type=int, default=20)
        else:
            action.add_argument("--name", default="k")
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
