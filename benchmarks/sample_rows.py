"""Draw movement rows of a corpus that nobody annotated, to be judged by reading, and count the verdicts.

    python benchmarks/sample_rows.py draw CORPUS.jsonl[.gz] [-n 100] [--seed 1] [--rows TABLE.csv] [-o SHEET.txt]
    python benchmarks/sample_rows.py count VERDICTS.csv
    python benchmarks/sample_rows.py again VERDICTS.csv CORPUS.jsonl[.gz] [--rows TABLE.csv]

`draw` prints what a reader needs: offsets, quote, evidence, and what the row says. `--rows` takes a table that `extract` wrote, else the
corpus is read now. The choice depends on the seed and the rows' ids only, so a change elsewhere leaves most of the sample as it was.

A verdict file holds no text: article_id, start, end, verdict, and the class of the error. A row is `right` where its number, that they
move, both ends (implied ones included), and denied, possible or firm are what the text says; `open` where reasonable people differ.
`again` tells how many of the rows judged right or wrong are still in the table.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import sys
from collections import Counter
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tracker import pipeline, table
from tracker.articles import Problem, read_inputs
from tracker.models import MOVEMENTS

COLUMNS = ["article_id", "start", "end", "verdict", "error"]
SHOWN = ("count_low", "count_high", "actor", "kind", "status", "starts", "ends", "counted_persons", "found_by", "confidence")


def movements(corpus: str, rows: str | None) -> pd.DataFrame:
    """The movement rows of a corpus, read now or from a table of it."""
    if rows:
        frame = table.read_csv(rows)
    else:
        articles = (a for a in read_inputs([corpus]) if not isinstance(a, Problem))
        found = [frame for frame in pipeline.track_articles(articles) if len(frame)]
        frame = table.conform(pd.concat(found)) if found else table.empty()
    return frame[frame["kind"].isin(MOVEMENTS)].reset_index(drop=True)


def draw(frame: pd.DataFrame, count: int, seed: int) -> pd.DataFrame:
    """``count`` rows, those whose ids hash lowest under the seed, in the order of the corpus."""
    rank = frame["deployment_id"].map(lambda name: hashlib.sha256(f"{seed}|{name}".encode()).hexdigest())
    return frame.loc[rank.sort_values(kind="stable").index[:count]].sort_index()


def sheet(frame: pd.DataFrame) -> str:
    """Everything that a reader needs to judge the rows, a paragraph each."""
    parts = []
    for number, row in enumerate(frame.to_dict("records"), start=1):
        said = ", ".join(f"{name} {row[name]}" for name in SHOWN if pd.notna(row[name]) and row[name] != "")
        ends = "; ".join(f"{end}: {_end(row, end)}" for end in ("origin", "destination"))
        parts.append(
            f"[{number}] {row['article_id']} {row['quote_start']}-{row['quote_end']} ({row['published']:%Y-%m-%d})\n"
            f"  {row['quote']} | {said}\n  {ends}\n  {' '.join(row['evidence'].split())}\n"
        )
    return "\n".join(parts)


def _end(row: dict, end: str) -> str:
    if not row[end]:
        return "not stated"
    facts = (row[f"{end}_country"], row[f"{end}_precision"], row[f"{end}_basis"])
    return f"{row[end]} ({', '.join(fact for fact in facts if fact)}; said {row[f'{end}_text']!r})"


def read_verdicts(path: str) -> list[dict[str, str]]:
    """The verdicts of a file. Raises SystemExit with line and cure for one that cannot be read."""
    with Path(path).open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if reader.fieldnames != COLUMNS:
            raise SystemExit(f"{path}, line 1: the columns are not {','.join(COLUMNS)}; write them so")
        verdicts = list(reader)
    for line, verdict in enumerate(verdicts, start=2):
        if verdict["verdict"] not in {"right", "wrong", "open"} or not (verdict["start"].isdigit() and verdict["end"].isdigit()):
            raise SystemExit(f"{path}, line {line}: needs offsets, and right, wrong or open as the verdict; mend the line")
    return verdicts


def precision(verdicts: list[dict[str, str]]) -> tuple[int, int, float, float]:
    """Right, all but the open ones, and the 95 % interval of the share (Wilson)."""
    right, wrong, z = (*(sum(v["verdict"] == name for v in verdicts) for name in ("right", "wrong")), 1.96)
    every = right + wrong
    if not every:
        raise SystemExit("no row is judged right or wrong yet")
    share = right / every
    middle, half = share + z * z / (2 * every), z * math.sqrt(share * (1 - share) / every + z * z / (4 * every * every))
    scale = 1 + z * z / every
    return right, every, (middle - half) / scale, (middle + half) / scale


def count(path: str) -> str:
    """Precision and the classes of errors."""
    verdicts = read_verdicts(path)
    right, every, low, high = precision(verdicts)
    errors = Counter(v["error"] or "not said" for v in verdicts if v["verdict"] == "wrong")
    lines = [f"{right} of {every} rows right: {right / every:.1%} (95 % interval {low:.1%} to {high:.1%})"]
    return "\n".join(lines + [f"  {n:4} {error}" for error, n in sorted(errors.items(), key=lambda item: (-item[1], item[0]))])


def again(path: str, frame: pd.DataFrame) -> str:
    """What became of the judged rows: a row stands where one of the article still touches the offsets."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for name, start, end in zip(frame["article_id"], frame["quote_start"], frame["quote_end"], strict=True):
        spans.setdefault(name, []).append((start, end))
    standing = Counter(
        v["verdict"]
        for v in read_verdicts(path)
        if any(start < int(v["end"]) and int(v["start"]) < end for start, end in spans.get(v["article_id"], ()))
    )
    every = Counter(v["verdict"] for v in read_verdicts(path))
    return "\n".join(f"of {every[name]} rows judged {name}, {standing[name]} are still movements" for name in ("right", "wrong"))


def main() -> None:
    """Draw, count, or look again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    drawing, counting, looking = (steps.add_parser(name) for name in ("draw", "count", "again"))
    for step in (counting, looking):
        step.add_argument("verdicts")
    for step in (drawing, looking):
        step.add_argument("corpus")
        step.add_argument("--rows", help="a table of the corpus, written by `python -m tracker extract`")
    drawing.add_argument("-n", type=int, default=100)
    drawing.add_argument("--seed", type=int, default=1)
    drawing.add_argument("-o", "--out", help="write the sheet here")
    args = parser.parse_args()
    if args.step == "count":
        print(count(args.verdicts))
    elif args.step == "again":
        print(again(args.verdicts, movements(args.corpus, args.rows)))
    else:
        frame = movements(args.corpus, args.rows)
        told = f"{len(frame):,} movement rows, {min(args.n, len(frame))} drawn\n\n" + sheet(draw(frame, args.n, args.seed))
        if args.out:
            Path(args.out).write_text(told, encoding="utf-8")
        else:
            print(told)


if __name__ == "__main__":
    main()
