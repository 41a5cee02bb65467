"""What every command shares: how its lines are told on the terminal, what stops it, and how articles come in."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tracker.articles import Fetcher, Problem, read_inputs

if TYPE_CHECKING:
    import pandas as pd

    from tracker.models import Article
    from tracker.store import Store

PROG = "python -m tracker"
READ, STOPPED, REFUSED, INTERRUPTED = 0, 1, 2, 130
_MOST_PROBLEMS_TOLD = 50
INPUTS = "a file (.txt .html .jsonl .jsonl.gz .csv .parquet), a folder, a web address, or - for standard input"


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


def as_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as YYYY-MM-DD, such as 2022-02-02") from None


def add_facts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--published", type=as_date, metavar="DATE", help="day of publication (YYYY-MM-DD) where the input does not say")
    parser.add_argument("--source", default="", help="the outlet")
    parser.add_argument("--title", default="", help="the headline")
    parser.add_argument("--url", default="", help="the address of the article")


def facts_of(args: argparse.Namespace) -> dict[str, Any]:
    """What the user states for all articles, as ``add_facts`` asked it."""
    return {name: getattr(args, name) for name in ("published", "title", "source", "url")}


def say(console: Console, text: str) -> None:
    """A line as it stands: nothing in it is taken for markup, and nothing breaks it."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


@dataclass(slots=True)
class Tally:
    """What was read and what was left out; tells each problem as it comes, and only counts them when there are too many."""

    console: Console
    problems: int = 0
    left_out: int = 0
    read: int = 0
    frames: list[pd.DataFrame] = field(default_factory=list)

    def articles(self, args: argparse.Namespace) -> Iterator[Article]:
        """The articles of the inputs; problems go to the console."""
        for found in read_inputs(args.inputs, fetcher=Fetcher(), **facts_of(args)):
            if isinstance(found, Problem):
                self.tell(found)
            else:
                yield found

    def tell(self, problem: Problem) -> None:
        self.problems += 1
        self.left_out += problem.left_out
        if self.problems <= _MOST_PROBLEMS_TOLD:
            self.say(str(problem))

    def say(self, text: str) -> None:
        say(self.console, text)

    def close(self, rows: int, articles: int) -> None:
        """The last line of every run."""
        self.end(f"{many(articles, 'article')}, {many(rows, 'row')}")

    def end(self, done: str) -> None:
        """What was done and what was left out."""
        if self.problems > _MOST_PROBLEMS_TOLD:
            self.say(f"... and {self.problems - _MOST_PROBLEMS_TOLD:,} more problems")
        self.say(f"{done}, {self.left_out:,} left out")


def many(count: int, noun: str) -> str:
    """ "1 row", "1,200 rows"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


@contextmanager
def show_progress(console: Console) -> Iterator[Callable[[int], None]]:
    """A line on the terminal that counts articles and rows; nothing where the output goes to a file."""
    columns = (SpinnerColumn(), TextColumn("{task.completed:,} articles, {task.fields[rows]:,} rows"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task, rows = progress.add_task("", total=None, rows=0), 0

        def tick(found: int) -> None:
            nonlocal rows
            rows += found
            progress.update(task, advance=1, rows=rows)

        yield tick


def add_store(parser: argparse.ArgumentParser) -> None:
    """The option that names the store."""
    parser.add_argument(
        "--db", default="", metavar="STORE", help="path or SQLAlchemy address of the store; else $TRACKER_DB, else store/tracker.sqlite"
    )


@contextmanager
def opened(args: argparse.Namespace) -> Iterator[Store]:
    """The store that the arguments name."""
    from tracker.store import Store, StoreError

    try:
        with closing(Store(args.db or None)) as store:
            yield store
    except StoreError as error:
        raise Refusal(str(error)) from None
