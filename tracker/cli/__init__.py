"""The command line: arguments in, calls of the library, files out. ``COMMANDS`` is the list of what it can do."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from tracker import __version__
from tracker.articles import InputError
from tracker.cli import adding, keeping, placing, reading, reviewing
from tracker.cli.reading import FORMATS
from tracker.cli.terminal import INTERRUPTED, PROG, READ, REFUSED, Command, Refusal

__all__ = ["COMMANDS", "FORMATS", "main"]

COMMANDS: tuple[Command, ...] = (*reading.COMMANDS, *placing.COMMANDS, *adding.COMMANDS, *keeping.COMMANDS, *reviewing.COMMANDS)


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
