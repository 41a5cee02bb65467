"""The commands that read articles: extract, explain, and evaluate."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tracker.articles import Problem
from tracker.cli.terminal import INPUTS, INTERRUPTED, PROG, READ, STOPPED, Command, Refusal, Tally, add_facts, many, show_progress

if TYPE_CHECKING:
    import pandas as pd

    from tracker.explanation import Explained
    from tracker.models import Reading

#: The keys of ``exports.FORMATS``, said here so that ``--help`` need not load pandas.
FORMATS = ("csv", "jsonl", "parquet", "geojson")


def _add_extract(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help=INPUTS)
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="file to write: .csv .jsonl .parquet .geojson; - for CSV here")
    parser.add_argument("--format", choices=FORMATS, help="write this format, whatever OUT ends with")
    add_facts(parser)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs=1, metavar="FILE", help=INPUTS)
    parser.add_argument("--json", action="store_true", help="one JSON object an article")
    add_facts(parser)


def _extract(args: argparse.Namespace) -> int:
    from tracker import exports

    kind = args.format or ("csv" if args.output == exports.STDOUT else exports.format_of(args.output))
    with exports.claimed(args.output, args.inputs) as write:
        import pandas as pd

        from tracker import pipeline, table

        tally = Tally(Console(stderr=True))
        code = _collect(tally, lambda: pipeline.track_articles(tally.articles(args)))
        frame = table.conform(pd.concat(tally.frames)) if tally.frames else table.empty()
        if tally.read:
            write(exports.FORMATS[kind](frame))
        tally.close(len(frame), tally.read)
    if not tally.read:
        raise Refusal("nothing could be read, so nothing was written" if code == READ else "stopped before an article was read")
    return code


def _collect(tally: Tally, frames: Callable[[], Iterator[pd.DataFrame]]) -> int:
    """Take the frames into the tally, one an article. What was done before an interruption or an error is kept."""
    try:
        with show_progress(tally.console) as tick:
            for frame in frames():
                tally.read += 1
                if len(frame):
                    tally.frames.append(frame)
                tick(len(frame))
    except KeyboardInterrupt:
        tally.say("interrupted: what was read until now is kept")
        return INTERRUPTED
    except (OSError, ValueError) as error:
        if not tally.read:
            raise
        tally.say(f"stopped after {many(tally.read, 'article')} ({error}): what was read until now is kept")
        return STOPPED
    return READ


def _explain(args: argparse.Namespace) -> int:
    from tracker import pipeline
    from tracker.explanation import explain

    tally = Tally(Console(stderr=True))
    articles = rows = 0
    for article in tally.articles(args):
        reading = pipeline.read(article)
        articles, rows = articles + 1, rows + len(reading.deployments)
        told = explain(reading)
        if args.json:
            print(json.dumps(_as_json(reading, told)))
        else:
            _show(reading, told)
    tally.close(rows, articles)
    if not articles:
        raise Refusal("nothing could be read")
    return READ


def _as_json(reading: Reading, told: Sequence[Explained]) -> dict[str, object]:
    return {"article_id": reading.article.id, "numbers": [asdict(number) for number in told], "notes": list(reading.notes)}


def _show(reading: Reading, told: Sequence[Explained]) -> None:
    """A table on a terminal, else one line a number."""
    console = Console(soft_wrap=True, highlight=False)
    article = reading.article
    heading = ", ".join(part for part in (article.title or article.id, str(article.published or "no date"), article.source) if part)
    console.print(heading, markup=False)
    if not told:
        console.print("  no number of personnel was found")
    elif console.is_terminal:
        table = Table("Number", "What became of it", "Found by", show_lines=False)
        for number in told:
            table.add_row(escape(number.number), escape(number.verdict), escape(number.found_by))
        Console(highlight=False).print(table)
    else:
        for number in told:
            console.print(f"  {number.start}-{number.end}  {number.number}: {number.verdict} [{number.found_by}]", markup=False)
    for note in reading.notes:
        console.print(f"  note: {note}", markup=False)


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", metavar="GOLD", help="annotated texts, one JSON object a line (.jsonl .jsonl.gz); see docs/quality.md")
    parser.add_argument("--predicted", metavar="FILE", help="score this table (.csv of `extract`) instead of reading the texts now")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list the first N things that are wrong")
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")


def _evaluate(args: argparse.Namespace) -> int:
    from tracker import evaluation, pipeline, table

    tally = Tally(Console(stderr=True))
    gold = []
    for found in evaluation.read_gold(args.gold):
        if isinstance(found, Problem):
            tally.tell(found)
        else:
            gold.append(found)
    if not gold:
        raise Refusal(f"{args.gold}: no annotated text could be read; docs/quality.md shows the format")
    if args.predicted:
        frames = [table.read_csv(args.predicted)]
    else:
        with show_progress(tally.console) as tick:
            for frame in pipeline.track_articles(g.article for g in gold if g.article):
                tally.frames.append(frame)
                tick(len(frame))
        frames = tally.frames
    result = evaluation.evaluate(gold, evaluation.answers_of(frames))
    print(json.dumps(evaluation.as_json(result)) if args.json else evaluation.as_text(result, args.errors))
    tally.end(f"{many(len(gold), 'text')} scored")
    return READ


COMMANDS: tuple[Command, ...] = (
    Command(
        "extract",
        "read articles and write the table of troop movements",
        f"  {PROG} extract article.txt --published 2022-02-02 -o movements.csv\n"
        f"  {PROG} extract reports/ more.jsonl.gz -o movements.parquet\n"
        f"  {PROG} extract page.html -o map.geojson\n"
        f"  cat article.txt | {PROG} extract - -o -",
        _add_extract,
        _extract,
    ),
    Command(
        "explain",
        "tell for every number of an article which row it became, or why none",
        f"  {PROG} explain article.txt --published 2022-02-02\n  {PROG} explain reports.jsonl --json",
        _add_explain,
        _explain,
    ),
    Command(
        "evaluate",
        "score the tracker, or a table that it wrote, against texts that you annotated by hand",
        f"  {PROG} evaluate gold.jsonl\n"
        f"  {PROG} evaluate gold.jsonl --predicted movements.csv --errors 20\n"
        f"  {PROG} evaluate gold.jsonl --json",
        _add_evaluate,
        _evaluate,
    ),
)
