"""Train the weights of the learned decisions: the places of both ends, the actor, the kind, the status.

    python benchmarks/train_decisions.py GOLD.jsonl [GOLD.jsonl ...] [--folds 2] [-o data/weights/decisions.json]

GOLD lines follow the annotation format of `tests/corpus/README.md`. For every counted group whose number a gold record holds, the options
of each decision are written down with the right ones among them (a place may be mentioned twice); a softmax over the options is fitted by
gradient descent with a ridge. An end whose place is among no option teaches nothing: "none" would be as wrong as the others. The ends are
learned first, with the gold's kind and actor given; then actor, kind and status, with the ends as they are chosen by then. Deterministic:
no sampling, sorted features, fixed folds by article. Cross-validated accuracy is printed (unless --folds 0) before the weights of all
articles are written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from gold_texts import Text, found_place, read_texts

from tracker.evaluation import Record, same_place
from tracker.evaluation.places import plain
from tracker.extraction import decisions
from tracker.extraction.confidence import Chances
from tracker.extraction.decisions import Option, Tables
from tracker.extraction.extractor import Extractor
from tracker.extraction.triggers import Frame
from tracker.geocoding import Gazetteer
from tracker.models import Toponym

ENDS = ("destination", "origin")
NAMES = (*ENDS, "actor", "kind", "status")
RIDGE, STEPS = 8.0, 300
LEAST = 0.02  # weights nearer to nothing are left out


class Instance(NamedTuple):
    """One decision: the text it stands in, its name, the features of each option, and which options are right."""

    text: str
    name: str
    options: list[tuple[str, ...]]
    right: tuple[int, ...]


class Recorder:
    """Stands in for the decisions: decides by the weights so far, or gives the gold's kind and actor, and writes down what it was asked."""

    def __init__(self, forcing: bool) -> None:
        self.forcing = forcing
        self.records: Sequence[Record] = ()
        self.asked: dict[tuple[int, str], tuple[Frame, Sequence[Option]]] = {}

    def __call__(self, name: str, frame: Frame, options: Sequence[Option], proposed: int) -> tuple[int, float]:
        self.asked[frame.counted.mention.span.start, name] = (frame, options)
        record = gold_record(self.records, frame) if self.forcing else None
        if record is not None and name in {"kind", "actor"}:
            return labelled(name, record, options, proposed), 1.0
        return decisions.decide(name, frame, options, proposed)


def instances(texts: Sequence[Text], names: Sequence[str], forcing: bool) -> list[Instance]:
    """The named decisions on every counted group that the gold knows."""
    recorder, gazetteer = Recorder(forcing), Gazetteer.default()
    extractor = Extractor(gazetteer, decide=recorder, estimate=lambda case: Chances(1.0, 1.0))
    found: list[Instance] = []
    for text in texts:
        if not text.gold.records:
            continue
        recorder.asked.clear()
        recorder.records = text.gold.records
        reading = extractor.read(text.article)
        links = [option.value for (_, name), (_, options) in recorder.asked.items() if name in ENDS for option in options[1:]]
        tops = list(dict.fromkeys([*reading.toponyms, *(link.place.toponym for link in links)]))
        answers = dict(zip(tops, gazetteer.resolve(text.article.text, tops, text.article.published, ""), strict=True))
        for (_, name), (frame, options) in recorder.asked.items():
            record = gold_record(text.gold.records, frame)
            if name not in names or record is None or (name == "status" and not record.status):
                continue
            right = placed(record, name, options, answers) if name in ENDS else (labelled(name, record, options, 0),)
            if right:
                found.append(Instance(text.gold.id, name, [tuple(sorted(option.features)) for option in options], right))
    return found


def gold_record(records: Sequence[Record], frame: Frame) -> Record | None:
    """The gold record on the frame's number."""
    span, quantity = frame.counted.mention.span, frame.counted.mention.quantity
    fitting = (r for r in records if not r.vague and r.touches(span) and r.counts(quantity.low, quantity.high))
    return next(fitting, None)


def labelled(name: str, record: Record, options: Sequence[Option], otherwise: int) -> int:
    """The index of the option that is the record's actor, kind or status."""
    wanted = plain(str(getattr(record, name)))
    return next((i for i, option in enumerate(options) if plain(str(option.value)) == wanted), otherwise)


def placed(record: Record, end: str, options: Sequence[Option], answers: Mapping[Toponym, object]) -> tuple[int, ...]:
    """The indices of the links whose place is the record's: 0 where it states none, nothing where no link leads there."""
    wanted = record.places(end)
    if not wanted:
        return (0,)
    links = list(enumerate(options))[1:]
    return tuple(i for i, link in links if any(same_place(gold, found_place(link.value.place.toponym, answers)) for gold in wanted))


def fit(data: Sequence[Instance], ridge: float = RIDGE, steps: int = STEPS) -> dict[str, float]:
    """Weights by gradient descent (Adagrad) with a ridge; the loss is minus the log of all that the right options have together."""
    if not data:
        return {}
    options = [row for each in data for row in each.options]
    index = {name: i for i, name in enumerate(sorted({f for row in options for f in row}))}
    sizes = np.array([len(each.options) for each in data])
    first = np.concatenate(([0], np.cumsum(sizes)[:-1]))  # of each decision, the first of its options
    of = np.repeat(np.arange(len(data)), sizes)
    feature = np.array([index[f] for row in options for f in row])
    option = np.repeat(np.arange(len(options)), [len(row) for row in options])
    fitting = np.zeros(len(options))
    fitting[[start + i for start, each in zip(first, data, strict=True) for i in each.right]] = 1
    w, grad_sum = np.zeros(len(index)), np.full(len(index), 1e-8)
    for _ in range(steps):
        scores = np.bincount(option, w[feature], minlength=len(options))
        odds = np.exp(scores - np.maximum.reduceat(scores, first)[of])
        wrong = odds / np.add.reduceat(odds, first)[of] - fitting * odds / np.add.reduceat(fitting * odds, first)[of]
        grad = np.bincount(feature, wrong[option], minlength=len(index)) + ridge * w
        grad_sum += grad**2
        w -= 0.5 * grad / np.sqrt(grad_sum)
    return {name: round(float(w[i]), 4) for name, i in index.items() if abs(w[i]) >= LEAST}


def train(texts: Sequence[Text], keep: Callable[[Text], bool] = lambda text: True) -> dict[str, dict[str, float]]:
    """The weights of every decision, learned on the texts that ``keep`` lets through."""
    chosen = [text for text in texts if keep(text)]
    tables: dict[str, dict[str, float]] = {}
    with mock.patch.object(decisions, "weights", lambda: tables):
        for names, forcing in ((ENDS, True), (("actor", "kind"), False), (("status",), False)):
            data = instances(chosen, names, forcing)
            tables |= {name: fit([each for each in data if each.name == name]) for name in names}
    return tables


def accuracy(tables: Tables, data: Sequence[Instance]) -> dict[str, list[int]]:
    """Right and all, by decision."""
    out: dict[str, list[int]] = {name: [0, 0] for name in NAMES}
    for each in data:
        scores = [sum(tables[each.name].get(f, 0.0) for f in row) for row in each.options]
        out[each.name][0] += max(range(len(scores)), key=lambda i: (scores[i], -i)) in each.right
        out[each.name][1] += 1
    return out


def fold(name: str, folds: int) -> int:
    """Which fold a text belongs to."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % folds


def main() -> None:
    """Read the gold, cross-validate, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("-o", "--out", default=str(decisions.WEIGHTS))
    args = parser.parse_args()
    texts = read_texts(args.gold)
    right = {name: [0, 0] for name in NAMES}
    for held in range(args.folds):
        tables = train(texts, lambda text, held=held: fold(text.gold.id, args.folds) != held)
        with mock.patch.object(decisions, "weights", lambda tables=tables: tables):
            data = instances([text for text in texts if fold(text.gold.id, args.folds) == held], NAMES, forcing=False)
        for name, (good, every) in accuracy(tables, data).items():
            right[name][0] += good
            right[name][1] += every
    for name, (good, every) in right.items():
        if every:
            print(f"{name}: {good}/{every} = {good / every:.3f} in {args.folds}-fold cross-validation")
    tables = train(texts)
    header = {"what": "weights of the learned decisions; trained by benchmarks/train_decisions.py", "texts": len(texts), "ridge": RIDGE}
    written = {**header, "weights": {name: dict(sorted(table.items())) for name, table in tables.items()}}
    Path(args.out).write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    print(f"{sum(map(len, tables.values()))} weights written to {args.out}")


if __name__ == "__main__":
    main()
