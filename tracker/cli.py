"""The command line: arguments in, calls of the library, files out. ``COMMANDS`` is the list of what it can do."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from tracker import __version__
from tracker.articles import InputError, Problem, read_inputs

if TYPE_CHECKING:
    import pandas as pd

    from tracker.explanation import Explained
    from tracker.models import Article, Reading

PROG = "python -m tracker"
READ, STOPPED, REFUSED, INTERRUPTED = 0, 1, 2, 130
_MOST_PROBLEMS_TOLD = 50

#: The keys of ``exports.FORMATS``, said here so that ``--help`` need not load pandas.
FORMATS = ("csv", "jsonl", "parquet", "geojson")
INPUTS = "a file (.txt .html .jsonl .jsonl.gz .csv .parquet), a folder, or - for standard input"


class Refusal(Exception):
    """Something that stops a command before or while it works; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its name, what it does in a line, examples, its arguments, and what runs it (giving the exit code)."""

    name: str
    summary: str
    examples: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 read, 1 stopped half way, 2 refused, 130 interrupted."""
    args = _parser().parse_args(arguments)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print(f"{PROG}: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is wrong. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READ
    except (Refusal, InputError, OSError, ValueError) as error:
        print(f"{PROG}: {error}", file=sys.stderr)
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    examples = "\n".join(command.examples.splitlines()[0] for command in COMMANDS)
    parser = argparse.ArgumentParser(
        prog=PROG,
        description="Reads news articles and writes a table of the troop movements in them, each with the sentence that says so.",
        epilog=f"examples:\n{examples}\n\n{PROG} COMMAND --help tells more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"tracker {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(
            command.name,
            help=command.summary,
            description=command.summary[0].upper() + command.summary[1:] + ".",
            epilog="examples:\n" + command.examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return parser


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as YYYY-MM-DD, such as 2022-02-02") from None


def _add_facts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--published", type=_date, metavar="DATE", help="day of publication (YYYY-MM-DD) where the input does not say")
    parser.add_argument("--source", default="", help="the outlet")
    parser.add_argument("--title", default="", help="the headline")
    parser.add_argument("--url", default="", help="the address of the article")


def _add_extract(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help=INPUTS)
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="file to write: .csv .jsonl .parquet .geojson; - for CSV here")
    parser.add_argument("--format", choices=FORMATS, help="write this format, whatever OUT ends with")
    _add_facts(parser)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs=1, metavar="FILE", help=INPUTS)
    parser.add_argument("--json", action="store_true", help="one JSON object an article")
    _add_facts(parser)


@dataclass(slots=True)
class _Tally:
    """What was read and what was left out; tells each problem as it comes, and only counts them when there are too many."""

    console: Console
    problems: int = 0
    left_out: int = 0
    frames: list[pd.DataFrame] = field(default_factory=list)

    def articles(self, args: argparse.Namespace) -> Iterator[Article]:
        """The articles of the inputs; problems go to the console."""
        facts = {name: getattr(args, name) for name in ("published", "title", "source", "url")}
        for found in read_inputs(args.inputs, **facts):
            if isinstance(found, Problem):
                self._tell(found)
            else:
                yield found

    def _tell(self, problem: Problem) -> None:
        self.problems += 1
        self.left_out += problem.left_out
        if self.problems <= _MOST_PROBLEMS_TOLD:
            self.say(str(problem))

    def say(self, text: str) -> None:
        self.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def close(self, rows: int, articles: int) -> None:
        """The last line of every run."""
        if self.problems > _MOST_PROBLEMS_TOLD:
            self.say(f"... and {self.problems - _MOST_PROBLEMS_TOLD:,} more problems")
        self.say(f"{articles:,} articles, {rows:,} rows, {self.left_out:,} left out")


def _extract(args: argparse.Namespace) -> int:
    from tracker import exports

    kind = args.format or ("csv" if args.output == exports.STDOUT else exports.format_of(args.output))
    with exports.claimed(args.output, args.inputs) as write:
        import pandas as pd

        from tracker import pipeline, table

        tally = _Tally(Console(stderr=True))
        code = _collect(tally, lambda: pipeline.track_articles(tally.articles(args)))
        frame = table.conform(pd.concat(tally.frames)) if tally.frames else table.empty()
        if tally.frames:
            write(exports.FORMATS[kind](frame))
        tally.close(len(frame), len(tally.frames))
    if not tally.frames:
        raise Refusal("nothing could be read, so nothing was written" if code == READ else "stopped before an article was read")
    return code


def _collect(tally: _Tally, frames: Callable[[], Iterator[pd.DataFrame]]) -> int:
    """Take the frames into the tally, one an article. What was done before an interruption or an error is kept."""
    try:
        with _progress(tally.console) as tick:
            for frame in frames():
                tally.frames.append(frame)
                tick(len(frame))
    except KeyboardInterrupt:
        tally.say("interrupted: what was read until now is kept")
        return INTERRUPTED
    except (OSError, ValueError) as error:
        if not tally.frames:
            raise
        tally.say(f"stopped after {len(tally.frames):,} articles ({error}): what was read until now is kept")
        return STOPPED
    return READ


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[int], None]]:
    """A line on the terminal that counts articles and rows; nothing where the output goes to a file."""
    columns = (SpinnerColumn(), TextColumn("{task.completed:,} articles, {task.fields[rows]:,} rows"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task, rows = progress.add_task("", total=None, rows=0), 0

        def tick(found: int) -> None:
            nonlocal rows
            rows += found
            progress.update(task, advance=1, rows=rows)

        yield tick


def _explain(args: argparse.Namespace) -> int:
    from tracker import pipeline
    from tracker.explanation import explain

    tally = _Tally(Console(stderr=True))
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
)
