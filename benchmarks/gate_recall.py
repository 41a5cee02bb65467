"""Whether the gate shuts out anything that the gold asks for.

    python benchmarks/gate_recall.py GOLD.jsonl [GOLD.jsonl ...]

A record is let through where one of its mentions stands in a sentence that passes, or beside one (neighbours are parsed as well). Records
without a number are left out: they make no row. Ends with 1 where a firm record is shut out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tracker.articles import Problem
from tracker.evaluation import GoldArticle, Record, read_gold
from tracker.extraction import gate
from tracker.vocabulary import load


@dataclass(slots=True)
class Passage:
    """What went through: firm records and all of them, sentences and all of them; and the records shut out."""

    firm: int = 0
    firm_through: int = 0
    optional: int = 0
    optional_through: int = 0
    sentences: int = 0
    sentences_through: int = 0
    shut_out: list[tuple[str, Record]] = field(default_factory=list)


def pass_through(golds: Iterable[GoldArticle]) -> Passage:
    """Every record with a number held against the gate."""
    found, vocabulary = Passage(), load()
    for gold in golds:
        opened = gate.open_for(gold.text, vocabulary)
        spans = opened.spans or tuple(gate.split(gold.text))
        around = [spans[i] for i in gate.widened(opened.hits, len(spans))]
        found.sentences += len(spans)
        found.sentences_through += len(opened.hits)
        for record in gold.records:
            if record.vague:
                continue
            through = any(record.touches(sentence) for sentence in around)
            if record.optional:
                found.optional += 1
                found.optional_through += through
                continue
            found.firm += 1
            found.firm_through += through
            if not through:
                found.shut_out.append((gold.id, record))
    return found


def main() -> int:
    """Print a line a file, and every firm record that is shut out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    lost = 0
    for path in parser.parse_args().gold:
        read = list(read_gold(path))
        for problem in read:
            if isinstance(problem, Problem) and problem.left_out:
                print(problem, file=sys.stderr)
        found = pass_through(one for one in read if isinstance(one, GoldArticle))
        lost += len(found.shut_out)
        print(
            f"{Path(path).name}: {found.firm_through} of {found.firm} firm records pass, {found.optional_through} of {found.optional}"
            f" optional; {found.sentences_through} of {found.sentences} sentences are parsed first"
        )
        for name, record in found.shut_out:
            print(f"  shut out: {name} {record.spans[0].start}-{record.spans[0].end} {record.kind}: {record.quote}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
