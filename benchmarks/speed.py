"""How long a corpus takes from start to CSV on one core, and what the gate is worth.

    python benchmarks/speed.py CORPUS.jsonl[.gz] [--sample 2000] [--profile] [--json]

The whole run is `python -m tracker extract CORPUS -o TABLE.csv` in a process of its own, bound to one core: start of Python, loading of
parser and gazetteer, reading, writing. Then a sample (every n-th item) is read twice in this process, once as it is and once with a gate
that lets every sentence through; the rows are compared, so that what the gate costs is told beside what it saves. `--profile` tells
where the time of the sample goes. Wall time needs a machine that does nothing else; processor time nearly does not.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tracker import pipeline
from tracker.articles import Problem, read_inputs
from tracker.extraction import gate
from tracker.models import Article
from tracker.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[1]


def one_core() -> None:
    """Bind this process, and those that it starts, to one of its cores. Where the system cannot, say so."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    else:
        print("this system cannot bind a process to one core; the figures may be of several", file=sys.stderr)


def whole_run(corpus: str) -> dict[str, Any]:
    """Seconds (wall and processor), peak resident memory in MB, articles and rows of one run of `extract`."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rows.csv"
        command = [sys.executable, "-m", "tracker", "extract", str(Path(corpus).resolve()), "-o", str(out)]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise SystemExit(done.stderr)
    said = done.stderr.strip().splitlines()[-1]
    articles, rows = (int(part.strip().split()[0].replace(",", "")) for part in said.replace(" articles,", " |").split("|"))
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return {
        "articles": articles,
        "rows": rows,
        "seconds": round(wall, 1),
        "processor_seconds": round(processor, 1),
        "articles_per_second": round(articles / wall),
        "peak_memory_mb": round(after.ru_maxrss / unit),
    }


def sample(corpus: str, size: int) -> list[Article]:
    """Every n-th article of a corpus, about ``size`` of them."""
    articles = [a for a in read_inputs([corpus]) if not isinstance(a, Problem)]
    return articles[:: max(1, len(articles) // size)][:size]


@contextmanager
def open_gate() -> Iterator[None]:
    """Every sentence passes."""

    def everything(text: str, vocabulary: Vocabulary, **_: Any) -> gate.Opened:
        spans = tuple(gate.split(text))
        return gate.Opened(spans, tuple(range(len(spans))))

    with mock.patch.object(gate, "open_for", everything):
        yield


def read(articles: Sequence[Article]) -> tuple[float, set[tuple[str, int, int, str]]]:
    """Processor seconds for the tables of the articles, and which rows came out."""
    start = time.process_time()
    frames = list(pipeline.track_articles(articles))
    seconds = time.process_time() - start
    columns = ("article_id", "quote_start", "quote_end", "kind")
    return seconds, {key for frame in frames if len(frame) for key in zip(*(frame[c] for c in columns), strict=True)}


def gate_ratio(articles: Sequence[Article]) -> dict[str, Any]:
    """How many times as fast the gate makes the work, and the rows that only one of the two ways finds."""
    list(pipeline.track_articles(articles[:20]))  # parser and gazetteer are loaded before the clock starts
    gated, with_gate = read(articles)
    with open_gate():
        ungated, without_gate = read(articles)
    return {
        "sample": len(articles),
        "seconds_with_gate": round(gated, 2),
        "seconds_parsing_everything": round(ungated, 2),
        "times_as_fast": round(ungated / gated, 1),
        "rows_with_gate": len(with_gate),
        "rows_lost_by_gate": len(without_gate - with_gate),
    }


def profile(articles: Sequence[Article]) -> None:
    """The fifteen functions in which most time is spent, then the fifteen under which it is."""
    profiler = cProfile.Profile()
    profiler.runcall(lambda: list(pipeline.track_articles(articles)))
    for order in ("tottime", "cumulative"):
        pstats.Stats(profiler).strip_dirs().sort_stats(order).print_stats(15)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--sample", type=int, default=2000, help="articles for the ratio; 0 leaves it out")
    parser.add_argument("--profile", action="store_true", help="tell where the time of the sample goes")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    one_core()
    found = whole_run(args.corpus)
    chosen = sample(args.corpus, args.sample) if args.sample else []
    if chosen:
        found |= gate_ratio(chosen)
    if args.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name.replace('_', ' '):28} {value:,}")
    if args.profile and chosen:
        profile(chosen)


if __name__ == "__main__":
    main()
