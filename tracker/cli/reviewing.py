"""The command of reviewers: what waits for a look, and what they decide."""

from __future__ import annotations

import argparse
import getpass
import json
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.console import Console

from tracker.cli.terminal import PROG, READ, Command, Refusal, add_store, many, opened, say

if TYPE_CHECKING:
    from tracker.store import Act, Store

#: Whose name stands on decisions, where none is given.
REVIEWER = "TRACKER_REVIEWER"


def _add_review(parser: argparse.ArgumentParser) -> None:
    add_store(parser)
    parser.set_defaults(act=_list, most=20)
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    listed = _action(actions, "list", "what waits for a look, the most persons first", _list, signed=False)
    listed.add_argument("--most", type=int, default=20, metavar="N", help="show so many (default 20)")
    for name, told in (("accept", "this row is right as it stands"), ("reject", "this is no movement; it adds nobody to totals")):
        _action(actions, name, told, _decide).add_argument("row", metavar="ROW", help="the deployment_id")
        actions.choices[name].set_defaults(what=name)
    corrected = _action(actions, "correct", "say what a field should be", _correct)
    corrected.add_argument("row", metavar="ROW", help="the deployment_id")
    corrected.add_argument(
        "fields", nargs="+", metavar="FIELD=VALUE", help='such as destination="Tapa, Estonia", count=1200, status=denied, speaker='
    )
    undone = _action(actions, "undo", "take a decision back", _undo)
    undone.add_argument("number", type=int, metavar="N", help="the number of the decision, as `history` tells it")
    carried = _action(actions, "carry", "say a decision that lost its row of another row", _carry)
    carried.add_argument("number", type=int, metavar="N", help="the number of the decision")
    carried.add_argument("row", metavar="ROW", help="the deployment_id of the row that stands there now")
    history = _action(actions, "history", "everything that happened to a row, oldest first", _history, signed=False)
    history.add_argument("row", metavar="ROW", help="the deployment_id")
    history.add_argument("--format", choices=("text", "jsonl", "csv"), default="text", help="how to write it (default text)")


def _action(actions: Any, name: str, told: str, run: Callable[..., int], signed: bool = True) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=told, description=told[0].upper() + told[1:] + ".")
    # The store may be named before or behind the action.
    parser.add_argument("--db", default=argparse.SUPPRESS, metavar="STORE", help="the store, as above")
    if signed:
        parser.add_argument("--by", default="", metavar="NAME", help=f"who decides; else ${REVIEWER}, else your login name")
        parser.add_argument("--why", default="", metavar="TEXT", help="the reason, for those who read the history")
    parser.set_defaults(act=run)
    return parser


def _review(args: argparse.Namespace) -> int:
    from tracker.corrections import ReviewError
    from tracker.store import StoreError

    with opened(args) as store:
        try:
            code: int = args.act(args, store)
        except (ReviewError, StoreError) as error:
            raise Refusal(str(error)) from None
    return code


def _who(args: argparse.Namespace) -> str:
    return str(args.by or os.environ.get(REVIEWER, "") or getpass.getuser())


def _say(text: str) -> None:
    say(Console(), text)


def _list(args: argparse.Namespace, store: Store) -> int:
    from tracker import review

    there = store.count()
    _say(f"{there['unreviewed']:,} of {many(there['rows'], 'row')} nobody has looked at")
    items = review.queue(store, args.most)
    for item in items:
        row = item.row
        ends = f"{row.get('origin') or '?'} -> {row.get('destination') or '?'}"
        what = " ".join(str(row.get(name) or "") for name in ("count", "actor", "kind", "status"))
        _say(f"\n{item.deployment_id}  {what}  {ends}\n  {item.reason}")
        if row.get("evidence"):
            _say(f"  {str(row['evidence'])[:300]}")
    if not items:
        _say("nothing waits for a look")
    return READ


def _decide(args: argparse.Namespace, store: Store) -> int:
    from tracker import review

    decide = {"accept": review.accept, "reject": review.reject}[args.what]
    return _told(decide(store, args.row, _who(args), args.why))


def _correct(args: argparse.Namespace, store: Store) -> int:
    from tracker import review

    fields = dict(pair.partition("=")[::2] for pair in args.fields)
    if wrong := [pair for pair in args.fields if "=" not in pair]:
        raise Refusal(f"{wrong[0]!r}: write FIELD=VALUE, such as status=denied")
    return _told(review.correct(store, args.row, fields, _who(args), args.why))


def _undo(args: argparse.Namespace, store: Store) -> int:
    from tracker import review

    return _told(review.undo(store, args.number, _who(args), args.why))


def _carry(args: argparse.Namespace, store: Store) -> int:
    from tracker import review

    return _told(review.carry(store, args.number, args.row, _who(args)))


def _told(act: Act) -> int:
    said = "; ".join(f"{name}: {old!r} -> {new!r}" for name, (old, new) in act.fields.items())
    _say(f"decision {act.number} of {act.who}: {act.what} {act.deployment_id} ({said}). `{PROG} review undo {act.number}` takes it back")
    return READ


def _history(args: argparse.Namespace, store: Store) -> int:
    from tracker import review

    lines = review.history(store, args.row)
    if not lines and store.article_of(args.row) is None:
        raise Refusal(f"{args.row}: there is no such row in {store.where}")
    if args.format == "jsonl":
        for line in lines:
            print(json.dumps(line, ensure_ascii=False))
    elif args.format == "csv":
        print(review.history_csv(lines).decode(), end="")
    else:
        for line in lines:
            number = f"decision {line['act']}" if line["act"] else "extraction"
            undone = " (undone)" if line["undone"] else ""
            why = f" because {line['why']}" if line["why"] else ""
            _say(f"{line['at']}  {number}{undone}, {line['who']}: {line['what']} {line['field']} {line['old']!r} -> {line['new']!r}{why}")
        if not lines:
            _say("nothing has happened to this row since it was read")
    return READ


COMMANDS: tuple[Command, ...] = (
    Command(
        "review",
        "look at doubtful rows, and accept, correct or reject them",
        f"  {PROG} review\n"
        f"  {PROG} review accept 1f0c2a9b8d7e6f55\n"
        f'  {PROG} review correct 1f0c2a9b8d7e6f55 destination="Tapa, Estonia" count=1200 --why "the release says so"\n'
        f"  {PROG} review reject 1f0c2a9b8d7e6f55 --by Ada\n"
        f"  {PROG} review history 1f0c2a9b8d7e6f55 --format csv\n"
        f"  {PROG} review undo 12",
        _add_review,
        _review,
    ),
)
