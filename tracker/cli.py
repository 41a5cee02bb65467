"""The command line: arguments in, calls of the library, files out. ``COMMANDS`` is the list of what it can do."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from tracker import __version__
from tracker.articles import InputError, Problem, read_inputs

if TYPE_CHECKING:
    import pandas as pd

    from tracker.explanation import Explained
    from tracker.geocoding import Gazetteer
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
    read: int = 0
    frames: list[pd.DataFrame] = field(default_factory=list)

    def articles(self, args: argparse.Namespace) -> Iterator[Article]:
        """The articles of the inputs; problems go to the console."""
        facts = {name: getattr(args, name) for name in ("published", "title", "source", "url")}
        for found in read_inputs(args.inputs, **facts):
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
        self.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def close(self, rows: int, articles: int) -> None:
        """The last line of every run."""
        self.end(f"{_many(articles, 'article')}, {_many(rows, 'row')}")

    def end(self, done: str) -> None:
        """What was done and what was left out."""
        if self.problems > _MOST_PROBLEMS_TOLD:
            self.say(f"... and {self.problems - _MOST_PROBLEMS_TOLD:,} more problems")
        self.say(f"{done}, {self.left_out:,} left out")


def _many(count: int, noun: str) -> str:
    """ "1 row", "1,200 rows"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _extract(args: argparse.Namespace) -> int:
    from tracker import exports

    kind = args.format or ("csv" if args.output == exports.STDOUT else exports.format_of(args.output))
    with exports.claimed(args.output, args.inputs) as write:
        import pandas as pd

        from tracker import pipeline, table

        tally = _Tally(Console(stderr=True))
        code = _collect(tally, lambda: pipeline.track_articles(tally.articles(args)))
        frame = table.conform(pd.concat(tally.frames)) if tally.frames else table.empty()
        if tally.read:
            write(exports.FORMATS[kind](frame))
        tally.close(len(frame), tally.read)
    if not tally.read:
        raise Refusal("nothing could be read, so nothing was written" if code == READ else "stopped before an article was read")
    return code


def _collect(tally: _Tally, frames: Callable[[], Iterator[pd.DataFrame]]) -> int:
    """Take the frames into the tally, one an article. What was done before an interruption or an error is kept."""
    try:
        with _progress(tally.console) as tick:
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
        tally.say(f"stopped after {_many(tally.read, 'article')} ({error}): what was read until now is kept")
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


def _add_geocode(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", nargs="+", metavar="PLACE", help="the name of a place; with -o, a file of JSON lines (.jsonl .jsonl.gz)")
    parser.add_argument("-o", "--output", metavar="OUT", help="place the toponyms of a file and write this file (.jsonl); - writes here")
    parser.add_argument("--published", type=_date, metavar="DATE", help="day of publication (YYYY-MM-DD): former names had their time")
    parser.add_argument("--worldview", default="", metavar="XX", help="country codes as this state draws its borders, such as RU or IN")
    parser.add_argument("--json", action="store_true", help="the answer to one name as a JSON object")


def _geocode(args: argparse.Namespace) -> int:
    from tracker.geocoding import Gazetteer

    gazetteer = Gazetteer(worldview=args.worldview.upper())
    words = " ".join(args.place)
    if args.output is not None:
        return _geocode_file(args, gazetteer)
    if words.lower().endswith((".jsonl", ".jsonl.gz")):
        raise Refusal(f"{words}: is a file; add -o OUT.jsonl to place the toponyms in it")
    return _geocode_name(words, args, gazetteer)


def _geocode_name(name: str, args: argparse.Namespace, gazetteer: Gazetteer) -> int:
    from tracker.geocoding.toponym_lines import describe, tell
    from tracker.models import Place, Toponym

    [found] = gazetteer.resolve("", [Toponym(name, name)], args.published, lenient=True)
    if args.json:
        print(json.dumps({"query": name} | describe(found), ensure_ascii=False))
        return READ if isinstance(found, Place) else REFUSED
    if not isinstance(found, Place):
        raise Refusal(f"{name}: {found.reason}")
    print(tell(found, gazetteer.country_name(found.country)))
    return READ


def _geocode_file(args: argparse.Namespace, gazetteer: Gazetteer) -> int:
    from tracker import exports

    if len(args.place) > 1 or args.json:
        raise Refusal("with -o, give one file of JSON lines (and no --json: that is what is written)")
    if args.output != exports.STDOUT and not args.output.lower().endswith(".jsonl"):
        raise Refusal(f"{args.output}: this command writes JSON lines; give a name that ends with .jsonl, or -")
    tally, done, code = _Tally(Console(stderr=True)), list[dict[str, Any]](), READ
    with exports.claimed(args.output, args.place) as write:
        try:
            for line in _placed_lines(args, gazetteer, tally):
                done.append(line)
        except KeyboardInterrupt:
            tally.say("interrupted: what was read until now is kept")
            code = INTERRUPTED
        if done:
            write("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in done).encode("utf-8", "backslashreplace"))
    found = [toponym["lat"] is not None for line in done for toponym in line["toponyms"]]
    tally.end(f"{_many(len(done), 'text')}, {sum(found):,} of {len(found):,} toponyms placed")
    if not done:
        raise Refusal("nothing could be read, so nothing was written")
    return code


def _placed_lines(args: argparse.Namespace, gazetteer: Gazetteer, tally: _Tally) -> Iterator[dict[str, Any]]:
    """The lines with their toponyms placed; problems go to the tally."""
    from tracker.geocoding.toponym_lines import LineError, read_day, resolve_line

    name, undated = "standard input" if args.place == ["-"] else args.place[0], 0
    for number, line in _json_lines(args.place[0]):
        if isinstance(line, Problem):
            tally.tell(replace(line, where=name, line=number or None))
            continue
        try:
            yield resolve_line(line, gazetteer, args.published)
        except LineError as error:
            tally.tell(Problem(name, str(error), "fix or delete the line", number))
        else:
            undated += bool(line.get("published")) and read_day(line["published"]) is None
    if undated:
        tally.say(f"{name}: in {undated:,} lines `published` is no date, and was not used; write YYYY-MM-DD")


def _json_lines(name: str) -> Iterator[tuple[int, Mapping[str, object] | Problem]]:
    """The objects of a file of JSON lines or of standard input (``-``), each with its line number; 0 is the file as a whole."""
    from tracker.articles.formats import FILE_CAP
    from tracker.articles.jsonlines import read_lines

    if name != "-" and not Path(name).is_file():
        raise Refusal(f"{name}: there is no such file; check the path, or leave -o out to ask for a place of that name")
    try:
        if name == "-":
            yield from read_lines(sys.stdin.buffer, FILE_CAP)
            return
        with gzip.open(name) if name.lower().endswith(".gz") else Path(name).open("rb") as stream:
            yield from read_lines(stream, FILE_CAP)
    except InputError as error:
        yield 0, Problem(name, error.reason, error.cure)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield 0, Problem(name, f"cannot be unpacked ({error})", "pack it again")


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", metavar="GOLD", help="annotated texts, one JSON object a line (.jsonl .jsonl.gz); see docs/quality.md")
    parser.add_argument("--predicted", metavar="FILE", help="score this table (.csv of `extract`) instead of reading the texts now")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list the first N things that are wrong")
    parser.add_argument("--json", action="store_true", help="the figures as one JSON object")


def _evaluate(args: argparse.Namespace) -> int:
    from tracker import evaluation, pipeline, table

    tally = _Tally(Console(stderr=True))
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
        with _progress(tally.console) as tick:
            for frame in pipeline.track_articles(g.article for g in gold if g.article):
                tally.frames.append(frame)
                tick(len(frame))
        frames = tally.frames
    result = evaluation.evaluate(gold, evaluation.answers_of(frames))
    print(json.dumps(evaluation.as_json(result)) if args.json else evaluation.as_text(result, args.errors))
    tally.end(f"{_many(len(gold), 'text')} scored")
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
        "geocode",
        "tell where a place lies, or place the toponyms of a file",
        f'  {PROG} geocode "Fort Liberty" --published 2024-05-01\n'
        f'  {PROG} geocode "northern Iraq" --json\n'
        f"  {PROG} geocode Sevastopol --worldview RU\n"
        f"  {PROG} geocode articles.jsonl -o places.jsonl\n\n"
        '  A line of the file: {"id": "1", "text": "Two ships left Rota.", "published": "2022-02-02",\n'
        '                       "toponyms": [{"start": 15, "end": 19, "text": "Rota"}]}\n'
        "  Each toponym gains lat, lon, name, country, precision, radius_km, match, confidence and place_id;\n"
        "  one that is refused gains a reason and no coordinates. A name that is refused ends with exit code 2.",
        _add_geocode,
        _geocode,
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
