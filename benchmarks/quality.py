"""Measure, and write the figures into docs/quality.md between their markers.

    python benchmarks/quality.py [GOLD.jsonl ...] [--trained GOLD.jsonl ...] [--corpus CORPUS.jsonl.gz] [--check]
    make quality [GOLD=...]

The repository's own corpora are always measured. GOLD adds annotated texts; `--trained` adds those on which the weights were trained (the
dispatches are), which are scored twice: as they are, and out of fold, each half read with weights that were trained without it. `--weighed`
names those that only trained how sure a row is. `--corpus` measures speed. Sets that are not given keep the rows that they have, with the
commit on which they were measured. `--check` writes nothing.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import gate_recall
import sample_rows
import train_confidence
import train_decisions
from gold_texts import read_texts

from tracker import pipeline
from tracker.evaluation import Answer, Evaluation, GoldArticle, Rate, answers_of, evaluate, read_gold
from tracker.extraction import confidence, decisions

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "quality.md"
CORPUS = ROOT / "tests" / "corpus"
DISPATCHES = CORPUS / "dispatches.jsonl"
OWN = [CORPUS / f"{name}.jsonl" for name in ("dispatches", "traps", "articles")]
SLOTS = ("destination", "origin", "kind", "status", "actor", "when", "part_of")
HEADER = ("set", "texts", "firm records", "number F1", "movement P / R / F1", "told F1", "totals exact / above", *SLOTS, "commit")


def commit() -> str:
    """The commit that is measured, with a plus where the working tree differs from it."""
    said = [
        subprocess.run(["git", "-C", str(ROOT), *command], capture_output=True, text=True, check=True).stdout.strip()
        for command in (["rev-parse", "--short", "HEAD"], ["status", "--porcelain", "--", "tracker", "data"])
    ]
    return said[0] + ("+" if said[1] else "")


def texts(path: Path) -> list[GoldArticle]:
    """The annotated texts of a file."""
    return [one for one in read_gold(path) if isinstance(one, GoldArticle)]


def score(golds: Sequence[GoldArticle]) -> Evaluation:
    """Read the texts now and score what comes out."""
    return evaluate(golds, answers_of(pipeline.track_articles(gold.article for gold in golds if gold.article)))


def half(name: str) -> int:
    """Which half a text belongs to, 0 or 1."""
    return int(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def out_of_fold(paths: Sequence[Path], weighed: Sequence[Path]) -> dict[Path, Evaluation]:
    """Each half of all trained sets read with weights trained on the other half; ``weighed`` train how sure a row is, and nothing else."""
    known = read_texts([str(path) for path in paths])
    beside = read_texts([str(path) for path in weighed])
    golds = {path: texts(path) for path in paths}
    rows: dict[str, list[Answer]] = {}
    for held in (0, 1):
        tables = train_decisions.train(known, lambda text, held=held: half(text.gold.id) != held)
        with mock.patch.object(decisions, "weights", lambda tables=tables: tables):
            seen = [text for text in (*known, *beside) if half(text.gold.id) != held]
            sure = train_confidence.fit(train_confidence.rows(seen))
            with mock.patch.object(confidence, "weights", lambda sure=sure: sure):
                mine = (gold.article for group in golds.values() for gold in group if gold.article and half(gold.id) == held)
                rows |= answers_of(pipeline.track_articles(mine))
    return {path: evaluate(group, {gold.id: rows.get(gold.id, []) for gold in group}) for path, group in golds.items()}


def row(name: str, golds: Sequence[GoldArticle], result: Evaluation, measured: str) -> tuple[str, ...]:
    """A row of the table."""
    firm = sum(not record.optional for gold in golds for record in gold.records)
    totals = result.totals
    some = max(1, totals.articles)
    slots = (_share(*result.slots.get(slot, (0, 0))) for slot in SLOTS)
    movement = result.movement
    return (
        name,
        f"{len(golds):,}",
        f"{firm:,}",
        _f1(result.number),
        f"{movement.precision:.2f} / {movement.recall:.2f} / **{movement.f1:.3f}**",
        _f1(result.told),
        f"{totals.exact / some:.2f} / {totals.above / some:.2f} of {totals.articles}",
        *slots,
        measured,
    )


def _f1(rate: Rate) -> str:
    return f"{rate.f1:.3f}"


def _share(right: int, every: int) -> str:
    return f"{right / every:.2f}" if every else ""


def merged(old: str, new: Iterable[tuple[str, ...]]) -> str:
    """The table with the new rows in place of those of the same name; the others stay."""
    kept = {cells[0]: cells for line in old.splitlines()[2:] if len(cells := tuple(c.strip() for c in line.strip("| ").split(" | "))) > 1}
    rows = kept | {cells[0]: cells for cells in new}
    return table(HEADER, rows.values())


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def passage(paths: Sequence[Path], measured: str, old: str) -> str:
    """What the gate lets through, a row a set."""
    header = ("set", "firm records that pass", "optional ones", "sentences parsed first", "commit")
    kept = {line.split(" | ")[0].strip("| "): line for line in old.splitlines()[2:]}
    for path in paths:
        found = gate_recall.pass_through(texts(path))
        cells = (
            path.stem,
            f"{found.firm_through} of {found.firm}",
            f"{found.optional_through} of {found.optional}",
            f"{found.sentences_through:,} of {found.sentences:,}",
            measured,
        )
        kept[path.stem] = "| " + " | ".join(cells) + " |"
    return "\n".join([*table(header, []).splitlines(), *kept.values()])


def reliability(paths: Sequence[Path], measured: str) -> str:
    """How often rows are right that say how sure they are, each outlet judged by the others."""
    held = train_confidence.held_out(train_confidence.rows(read_texts([str(path) for path in paths])))
    error, bins = train_confidence.reliability(held)
    rows = [(name, str(n), f"{said:.2f}", f"{right:.2f}") for name, n, said, right in bins]
    told = f"{len(held)} rows of {', '.join(path.stem for path in paths)}; expected calibration error **{error:.3f}** (commit {measured})."
    return told + "\n\n" + table(("said", "rows", "mean said", "right"), rows)


def known_failures() -> str:
    """The checks of the repository's corpora that fail today, by cause."""
    with (CORPUS / "known_failures.csv").open(encoding="utf-8", newline="") as handle:
        causes = Counter(line["cause"] for line in csv.DictReader(handle))
    rows = [(cause, str(n)) for cause, n in sorted(causes.items(), key=lambda item: (-item[1], item[0]))]
    return table(("cause", "checks"), [*rows, ("all", str(causes.total()))])


def sampled() -> str:
    """What reading the drawn rows gave, file by file."""
    paths = sorted((ROOT / "benchmarks" / "verdicts").glob("*.csv"))
    return "\n\n".join(f"`{path.name}`:\n\n```\n{sample_rows.count(str(path))}\n```" for path in paths)


def speed(corpus: str, measured: str) -> str:
    """The figures of benchmarks/speed.py."""
    command = [sys.executable, str(ROOT / "benchmarks" / "speed.py"), corpus, "--json"]
    found: Mapping[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return table(("figure", "value"), [*((name.replace("_", " "), f"{value:,}") for name, value in found.items()), ("commit", measured)])


def filled(page: str, blocks: Mapping[str, str]) -> str:
    """The page with each block between its markers. Raises ``ValueError`` for a block without markers."""
    for name, content in blocks.items():
        pattern = re.compile(rf"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)", re.DOTALL)
        if not pattern.search(page):
            raise ValueError(f"docs/quality.md has no markers for {name}")
        page = pattern.sub(lambda found, content=content: f"{found[1]}{content}\n{found[2]}", page)
    return page


def block(page: str, name: str) -> str:
    """What stands between the markers of a block now."""
    found = re.search(rf"<!-- {name}: begin -->\n(.*?)<!-- {name}: end -->", page, re.DOTALL)
    return found[1] if found else ""


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--trained", nargs="*", default=[], type=Path)
    parser.add_argument("--weighed", nargs="*", default=[], type=Path)
    parser.add_argument("--corpus")
    parser.add_argument("--check", action="store_true", help="print the page instead of writing it")
    args = parser.parse_args()
    page, measured = PAGE.read_text(encoding="utf-8"), commit()
    sets = [*OWN, *args.gold, *args.trained]
    trained = [DISPATCHES, *args.trained]
    rows = [row(path.stem, golds, score(golds), measured) for path in sets for golds in [texts(path)]]
    folded = out_of_fold(trained, args.weighed) if args.trained else {}
    rows += [row(f"{path.stem}, out of fold", texts(path), result, measured) for path, result in folded.items()]
    blocks = {
        "sets": merged(block(page, "sets"), rows),
        "gate": passage(sets, measured, block(page, "gate")),
        "known failures": known_failures(),
        "sample": sampled(),
    }
    if args.trained:
        blocks["confidence"] = reliability([*trained, *args.weighed], measured)
    if args.corpus:
        blocks["speed"] = speed(args.corpus, measured)
    page = filled(page, blocks)
    if args.check:
        print(page)
    else:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
