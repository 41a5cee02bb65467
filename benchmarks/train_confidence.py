"""Train and calibrate how sure the extractor is: that a number makes a row, and that the row is right.

    python benchmarks/train_confidence.py GOLD.jsonl [GOLD.jsonl ...] [-o data/weights/confidence.json]

A number makes a row where it stands in the gold as a firm record; the row is right where movement is told from presence and alert, and both
ends are the gold's. Folds go by source (the gold's `source`, else the file), so that no outlet is judged by itself; the reliability table
and the expected calibration error of the held-out rows are printed before the weights of all rows are written.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from gold_texts import Text, found_place, read_texts

from tracker.evaluation import GoldPlace, Record, same_place
from tracker.extraction import confidence
from tracker.extraction.admission import Case
from tracker.extraction.confidence import Chances
from tracker.extraction.decisions import Tables
from tracker.extraction.extractor import Extractor
from tracker.geocoding import Gazetteer
from tracker.models import Deployment, End, Toponym

#: (source, features, whether it is a record at all, whether the row is right)
Row = tuple[str, dict[str, float], bool, bool]


def rows(texts: Sequence[Text]) -> list[Row]:
    """Every counted group that the extractor weighs in the texts, none refused."""
    asked: dict[int, dict[str, float]] = {}

    def record(case: Case) -> Chances:
        asked[case.frame.counted.mention.span.start] = dict(confidence.features(case))
        return Chances(1.0, 1.0)

    gazetteer = Gazetteer.default()
    extractor = Extractor(gazetteer, estimate=record)
    found: list[Row] = []
    for text in texts:
        asked.clear()
        reading = extractor.read(text.article)
        tops = list(dict.fromkeys([*reading.toponyms, *(e.toponym for d in reading.deployments for e in d.stated_ends)]))
        answers = dict(zip(tops, gazetteer.resolve(text.gold.text, tops, text.article.published, ""), strict=True))
        for row in reading.deployments:
            verdict = judge(row, text.gold.records, answers)
            if verdict is not None and row.quote.start in asked:
                found.append((text.source, asked[row.quote.start], *verdict))
    return found


def judge(row: Deployment, records: Sequence[Record], answers: Mapping[Toponym, object]) -> tuple[bool, bool] | None:
    """Whether a row's number is a record, and whether the row is right; None where only an optional record stands on its number."""
    touching = [r for r in records if r.touches(row.quote)]
    firm = [r for r in touching if not r.optional]
    if touching and not firm:
        return None
    counted = [r for r in firm if (r.low, r.high) == (row.quantity.low, row.quantity.high)]
    right = any(
        r.moves == row.moves
        and end_right(r.places("origin"), row.origin, answers)
        and end_right(r.places("destination"), row.destination, answers)
        for r in counted
    )
    return bool(counted), right


def end_right(golds: Sequence[GoldPlace], end: End | None, answers: Mapping[Toponym, object]) -> bool:
    """Whether an end is one of the gold's; an implied one counts as empty."""
    if end is None or end.basis == "implied" or not golds:
        return not golds and (end is None or end.basis == "implied")
    return any(same_place(gold, found_place(end.toponym, answers)) for gold in golds)


def fit(data: Sequence[Row]) -> Tables:
    """The weights of both models."""
    return {name: logistic([(row[1], row[column]) for row in data]) for name, column in (("record", 2), ("right", 3))}


def logistic(data: Sequence[tuple[dict[str, float], bool]], ridge: float = 2.0, steps: int = 400) -> dict[str, float]:
    """Logistic regression with a ridge, by gradient descent (Adagrad)."""
    names = sorted({f for x, _ in data for f in x})
    index = {n: i for i, n in enumerate(names)}
    matrix = np.zeros((len(data), len(names)))
    for i, (x, _) in enumerate(data):
        for name, value in x.items():
            matrix[i, index[name]] = value
    target = np.array([true for _, true in data], dtype=float)
    w, total = np.zeros(len(names)), np.full(len(names), 1e-8)
    for _ in range(steps):
        grad = matrix.T @ (1 / (1 + np.exp(-(matrix @ w))) - target) + ridge * w
        total += grad**2
        w -= 0.3 * grad / np.sqrt(total)
    return {n: round(float(w[i]), 4) for n, i in index.items()}


def chance(table: Mapping[str, float], x: dict[str, float]) -> float:
    """The model's probability for one row."""
    return 1 / (1 + math.exp(-sum(table.get(n, 0.0) * v for n, v in x.items())))


def reliability(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> tuple[float, list[tuple[str, int, float, float]]]:
    """Expected calibration error, and (bin, rows, mean said, share right) of each bin."""
    table, error = [], 0.0
    for b in range(bins):
        inside = [(p, r) for p, r in pairs if b / bins <= p < (b + 1) / bins or (b == bins - 1 and p == 1)]
        if inside:
            said, right = sum(p for p, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside)
            table.append((f"{b / bins:.1f}-{(b + 1) / bins:.1f}", len(inside), said, right))
            error += len(inside) / len(pairs) * abs(said - right)
    return error, table


def least(x: dict[str, float]) -> float:
    """How sure a group must be to make a row, by whether the grammar has a doubt of it."""
    return confidence.LEAST_RECORD if "doubts 0" in x else confidence.LEAST_DOUBTED


def held_out(data: Sequence[Row], parts: int = 5) -> list[tuple[float, bool]]:
    """(probability, right) of every row that is admitted, judged by models that have not seen its source."""
    folds = {source: i % parts for i, source in enumerate(sorted({row[0] for row in data}))}
    held: list[tuple[float, bool]] = []
    for fold in range(parts):
        tables = fit([d for d in data if folds[d[0]] != fold])
        mine = [(x, right) for source, x, _, right in data if folds[source] == fold]
        admitted = [(x, right) for x, right in mine if chance(tables["record"], x) >= least(x)]
        said = [(chance(tables["right"], x), right) for x, right in admitted]
        held += [(p, right) for p, right in said if p >= confidence.LEAST_RIGHT]
    return held


def main() -> None:
    """Read the gold, cross-validate by source, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("-o", "--out", default=str(confidence.WEIGHTS))
    args = parser.parse_args()
    data = rows(read_texts(args.gold))
    sources = {row[0] for row in data}
    held = held_out(data)
    error, table_rows = reliability(held)
    print(
        f"{len(data)} counted groups of {len(sources)} sources, {sum(row[2] for row in data)} records, {sum(row[3] for row in data)} right;"
        f" expected calibration error {error:.3f} (folds by source)"
    )
    for name, n, said, right in table_rows:
        print(f"  {name}  {n:4} rows  said {said:.2f}  right {right:.2f}")
    header = {
        "what": "weights of being a record and of being right; trained by benchmarks/train_confidence.py",
        "rows": len(data),
        "ece": round(error, 3),
    }
    Path(args.out).write_text(json.dumps({**header, "weights": fit(data)}, indent=1) + "\n", encoding="utf-8")
    print(f"written to {args.out}")


if __name__ == "__main__":
    main()
