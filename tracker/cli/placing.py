"""The command that places toponyms: geocode."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from tracker.articles import InputError, Problem
from tracker.cli.terminal import INTERRUPTED, PROG, READ, REFUSED, Command, Refusal, Tally, as_date, many

if TYPE_CHECKING:
    from tracker.geocoding import Gazetteer


def _add_geocode(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", nargs="+", metavar="PLACE", help="the name of a place; with -o, a file of JSON lines (.jsonl .jsonl.gz)")
    parser.add_argument("-o", "--output", metavar="OUT", help="place the toponyms of a file and write this file (.jsonl); - writes here")
    parser.add_argument("--published", type=as_date, metavar="DATE", help="day of publication (YYYY-MM-DD): former names had their time")
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
    tally, done, code = Tally(Console(stderr=True)), list[dict[str, Any]](), READ
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
    tally.end(f"{many(len(done), 'text')}, {sum(found):,} of {len(found):,} toponyms placed")
    if not done:
        raise Refusal("nothing could be read, so nothing was written")
    return code


def _placed_lines(args: argparse.Namespace, gazetteer: Gazetteer, tally: Tally) -> Iterator[dict[str, Any]]:
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


COMMANDS: tuple[Command, ...] = (
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
)
