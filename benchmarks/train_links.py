"""Train the weights by which an end of a movement chooses its place.

    python benchmarks/train_links.py GOLD.jsonl [GOLD.jsonl ...] [--folds 5] [-o data/weights/links.json]

GOLD lines follow the annotation format of `tests/corpus/README.md`. For every counted group whose number a gold record holds, the
candidates of each end are written down with the gold place among them (or "none"); a softmax over the candidates is fitted by gradient
descent with a ridge. Deterministic: no sampling, sorted features, fixed folds by article. Cross-validated accuracy is printed before the
weights of all articles are written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tracker.articles import Problem
from tracker.evaluation import Record, read_gold, same
from tracker.extraction import linking, roles
from tracker.extraction.extractor import Extractor
from tracker.extraction.triggers import Frame
from tracker.geocoding import Gazetteer
from tracker.models import Place, Toponym

Instance = tuple[str, str, list[list[str]], int]  # article, end, features of (none, candidates ...), index of the right one


class Recorder:
    """Stands in for the chooser, answers as the hand-made table does, and writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Frame, list[roles.Link], str, str]] = []

    def __call__(self, frame: Frame, links: Sequence[roles.Link], actor: str, end: str) -> tuple[roles.Link | None, float]:
        self.asked.append((frame, list(links), actor, end))
        return roles.best_by_worth(frame, links, actor, end)


def instances(paths: Sequence[str]) -> list[Instance]:
    """Every end of every counted group that the gold knows."""
    recorder = Recorder()
    gazetteer = Gazetteer.default()
    extractor = Extractor(gazetteer, choose=recorder)
    found: list[Instance] = []
    for path in paths:
        for gold in read_gold(path):
            if isinstance(gold, Problem):
                print(gold, file=sys.stderr)
            if isinstance(gold, Problem) or gold.article is None:
                continue
            recorder.asked.clear()
            reading = extractor.read(gold.article)
            tops = list(dict.fromkeys([*reading.toponyms, *(k.place.toponym for _, links, _, _ in recorder.asked for k in links)]))
            answers = dict(zip(tops, gazetteer.resolve(gold.text, tops, gold.article.published, ""), strict=True))
            last: dict[tuple[int, str], tuple[Frame, list[roles.Link], str, str]] = {}
            for asked in recorder.asked:
                last[asked[0].counted.mention.span.start, asked[3]] = asked
            for frame, links, actor, end in last.values():
                record = gold_record(gold.records, frame)
                if record is not None:
                    found.append(instance(gold.id, record, frame, links, actor, end, answers))
    return found


def gold_record(records: Sequence[Record], frame: Frame) -> Record | None:
    """The gold record on the frame's number."""
    span, quantity = frame.counted.mention.span, frame.counted.mention.quantity
    fitting = (r for r in records if not r.vague and r.touches(span) and r.counts(quantity.low, quantity.high))
    return next(fitting, None)


def instance(
    article: str, record: Record, frame: Frame, links: list[roles.Link], actor: str, end: str, answers: dict[Toponym, object]
) -> Instance:
    """One end as features and the index of the right candidate (0 is none)."""
    golds = record.places(end)
    rows = [sorted(linking.none_features(frame, links, actor, end))] + [
        sorted(linking.features(frame, k, links, actor, end)) for k in links
    ]
    right = 0
    best = -99.0
    for i, link in enumerate(links, start=1):
        answer = answers[link.place.toponym]
        place = answer if isinstance(answer, Place) else None
        if any(same(g, place.name if place else link.place.toponym.name, place) for g in golds):
            value = roles.worth(link, frame, end) - link.distance
            if value > best:
                right, best = i, value
    return article, end, rows, right


def fit(data: Sequence[Instance], ridge: float, steps: int) -> dict[str, float]:
    """Weights by gradient descent (Adagrad) on the mean log loss with a ridge."""
    names = sorted({f for _, _, rows, _ in data for row in rows for f in row})
    index = {name: i for i, name in enumerate(names)}
    packed = [([np.array([index[f] for f in row]) for row in rows], right) for _, _, rows, right in data]
    w, grad_sum = np.zeros(len(names)), np.full(len(names), 1e-8)
    for _ in range(steps):
        grad = ridge * w
        for rows, right in packed:
            scores = np.array([w[row].sum() for row in rows])
            p = np.exp(scores - scores.max())
            p /= p.sum()
            for k, row in enumerate(rows):
                np.add.at(grad, row, (p[k] - (k == right)))
        grad_sum += grad**2
        w -= 0.5 * grad / np.sqrt(grad_sum)
    return {name: round(float(w[i]), 4) for name, i in index.items() if abs(w[i]) >= 0.005}


def accuracy(table: dict[str, float], data: Sequence[Instance]) -> dict[str, list[int]]:
    """Right and all, by end."""
    out: dict[str, list[int]] = {"destination": [0, 0], "origin": [0, 0]}
    for _, end, rows, right in data:
        scores = [sum(table.get(f, 0.0) for f in row) for row in rows]
        out[end][0] += max(range(len(scores)), key=lambda i: (scores[i], -i)) == right
        out[end][1] += 1
    return out


def main() -> None:
    """Read the gold, cross-validate, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("-o", "--out", default=str(linking.WEIGHTS))
    args = parser.parse_args()
    data = instances(args.gold)
    right = {"destination": [0, 0], "origin": [0, 0]}
    for fold in range(args.folds):
        held = [d for d in data if int(hashlib.sha256(d[0].encode()).hexdigest(), 16) % args.folds == fold]
        rest = [d for d in data if int(hashlib.sha256(d[0].encode()).hexdigest(), 16) % args.folds != fold]
        for end, (a, b) in accuracy(fit(rest, args.ridge, args.steps), held).items():
            right[end][0] += a
            right[end][1] += b
    for end, (a, b) in right.items():
        if b:
            print(f"{end}: {a}/{b} = {a / b:.3f} in {args.folds}-fold cross-validation")
    table = fit(data, args.ridge, args.steps)
    Path(args.out).parent.mkdir(parents=True, exist_ok=True)
    header = {"what": "weights of the choice of places; trained by benchmarks/train_links.py", "instances": len(data), "ridge": args.ridge}
    Path(args.out).write_text(json.dumps({**header, "weights": dict(sorted(table.items()))}, indent=1) + "\n", encoding="utf-8")
    print(f"{len(table)} weights written to {args.out}")


if __name__ == "__main__":
    main()
