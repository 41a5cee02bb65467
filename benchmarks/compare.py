"""What a change gained and lost: the same annotated texts read by two revisions, record by record.

    python benchmarks/compare.py REV [--to REV] [--gold GOLD.jsonl ...]
    make compare REV=HEAD~3 [TO=HEAD] [GOLD=gold.jsonl]

Without `--to` the second side is the working tree as it stands, changes that are not committed included. The gold is always today's: the
corpora of the repository, and what `--gold` adds. Each revision is laid out in a temporary folder (`git worktree`), which is removed
afterwards; the working tree is only read. A revision brings its own tables, weights and gazetteer; the parser is the installed one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tracker import table
from tracker.articles import Problem
from tracker.evaluation import Evaluation, GoldArticle, Mark, answers_of, evaluate, read_gold, tell
from tracker.models import Span

ROOT = Path(__file__).resolve().parents[1]
CORPORA = [ROOT / "tests" / "corpus" / f"{name}.jsonl" for name in ("dispatches", "traps", "articles")]
Key = tuple[str, Span, str, int]  # article, words, record or row, ordinal on these words


class CompareError(RuntimeError):
    """A side that cannot be read; the message says which, and why."""


def git(folder: Path, *arguments: str) -> str:
    """The output of a git command run in a folder. Raises ``CompareError`` with what git says."""
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CompareError(f"git {' '.join(arguments)}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'failed'}")
    return done.stdout.strip()


@contextmanager
def laid_out(revision: str | None, repository: Path = ROOT) -> Iterator[Path]:
    """The folder of a revision, gone afterwards; the repository itself for None."""
    if revision is None:
        yield repository
        return
    commit = git(repository, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        place = Path(folder) / "tree"
        git(repository, "worktree", "add", "--detach", "--force", str(place), commit)
        try:
            yield place
        finally:
            git(repository, "worktree", "remove", "--force", str(place))


def extract(side: Path, gold: Path, out: Path) -> Evaluation:
    """The gold's texts read by the tracker in ``side`` and scored by this one. Raises ``CompareError`` where it does not run."""
    command = [sys.executable, "-m", "tracker", "extract", str(gold.resolve()), "-o", str(out)]
    done = subprocess.run(command, cwd=side, capture_output=True, text=True, check=False)
    if done.returncode or not out.is_file():
        said = done.stderr.strip().splitlines()
        raise CompareError(f"the tracker in {side} does not read {gold.name}: {said[-1] if said else 'no message'}")
    articles = [one for one in read_gold(gold) if isinstance(one, GoldArticle)]
    return evaluate(articles, answers_of([table.read_csv(out)]))


def changes(before: Evaluation, after: Evaluation) -> dict[str, list[str]]:
    """Records that became right or wrong, and rows without a record that are new or gone, each told in a line."""
    old, new = _by_key(before), _by_key(after)
    both = [key for key in new if key in old]
    return {
        "became right": [_turned(old[key], new[key]) for key in both if good(new[key]) and not good(old[key])],
        "became wrong": [_turned(old[key], new[key]) for key in both if good(old[key]) and not good(new[key])],
        "rows new beside the gold": [tell(mark) for key, mark in new.items() if key not in old],
        "rows gone beside the gold": [tell(mark) for key, mark in old.items() if key not in new],
    }


def good(mark: Mark) -> bool:
    """Whether a record was found with all that arcs and totals need."""
    return mark.what == "right" and mark.told


def _turned(was: Mark, now: Mark) -> str:
    bad = now if good(was) else was
    return tell(bad) if bad.what != "right" else tell(bad).replace("right |", "right, but denied or possible is not told |", 1)


def _by_key(side: Evaluation) -> dict[Key, Mark]:
    """Every mark under a name that is the same on both sides."""
    found: dict[Key, Mark] = {}
    seen: Counter[tuple[str, Span, str]] = Counter()
    for mark in side.marks:
        about = (mark.article, mark.span, "record" if mark.record else "row")
        found[*about, seen[about]] = mark
        seen[about] += 1
    return found


def figures(before: Evaluation, after: Evaluation) -> str:
    """The headline figures of both sides in a line."""
    parts = [f"{name} {getattr(before, name).f1:.3f} -> {getattr(after, name).f1:.3f}" for name in ("number", "movement", "told")]
    exact = " -> ".join(f"{side.totals.exact}/{side.totals.articles}" for side in (before, after))
    return ", ".join([*parts, f"totals {exact}"])


def report(gold: Path, before: Evaluation, after: Evaluation) -> str:
    """All that changed in one gold."""
    found = changes(before, after)
    counts = ", ".join(f"{len(lines)} {name}" for name, lines in found.items())
    parts = [f"== {gold.name}: {counts}", f"   {figures(before, after)}"]
    for name, lines in found.items():
        when = {"became right": " (as they were)", "became wrong": " (as they are)"}.get(name, "")
        parts += [f"-- {name}{when}", *(f"   {line}" for line in lines)] if lines else []
    return "\n".join(parts)


def compare(revision: str, to: str | None, golds: Sequence[Path], repository: Path = ROOT) -> str:
    """The reports of all golds."""
    with (
        laid_out(revision, repository) as old,
        laid_out(to, repository) as new,
        tempfile.TemporaryDirectory(prefix="compare-rows-") as rows,
    ):
        parts = []
        for index, gold in enumerate(golds):
            before, after = (extract(side, gold, Path(rows) / f"{name}-{index}.csv") for side, name in ((old, "before"), (new, "after")))
            parts.append(report(gold, before, after))
    return "\n\n".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print; 2 where a side or a gold cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revision", help="the revision before: a commit, a tag, HEAD~3")
    parser.add_argument("--to", help="the revision after; without it the working tree")
    parser.add_argument("--gold", nargs="*", default=[], type=Path, help="further annotated texts")
    args = parser.parse_args(arguments)
    golds = [*CORPORA, *args.gold]
    for gold in golds:
        for problem in read_gold(gold):
            if isinstance(problem, Problem) and problem.left_out:
                print(problem, file=sys.stderr)
    try:
        print(compare(args.revision, args.to, [gold for gold in golds if gold.is_file()]))
    except CompareError as error:
        print(f"compare: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
