"""Gains and losses between two revisions, over a small repository with a tracker that writes what it is told."""

import json
import subprocess

import pytest

from benchmarks import compare

TEXT = "Peru sends 120 soldiers to Chad, 80 to Mali and 40 to Niger; 9 cooks stay in Lima."
TRACKER = """
import sys
open(sys.argv[sys.argv.index("-o") + 1], "w").write({rows!r})
"""
HEADER = "deployment_id,article_id,count,count_low,count_high,kind,status,quote,quote_start,quote_end,destination,destination_country\n"


def row(number, country, status="completed"):
    start = TEXT.index(str(number))
    return f"{number},a,{number},{number},{number},deploy,{status},{number},{start},{start + len(str(number))},x,{country}\n"


def gold_record(number, country, status="completed"):
    start = TEXT.index(str(number))
    place = {"name": "x", "country": country, "lat": None, "lon": None, "precision": "country"}
    fields = {"start": start, "end": start + len(str(number)), "low": number, "high": number, "kind": "deploy", "status": status}
    return fields | {"quote": str(number), "origin": None, "destination": place}


def git(folder, *arguments):
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", "-C", str(folder), *identity, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(tmp_path):
    """Two commits: the first finds 120 and a cook, the second 80 and 40 (denied told as done); then a change not committed."""
    folder = tmp_path / "repository"
    (folder / "tracker").mkdir(parents=True)
    git(folder, "init", "-q")

    def write(*rows):
        (folder / "tracker" / "__main__.py").write_text(TRACKER.format(rows=HEADER + "".join(rows)), encoding="utf-8")

    write(row(120, "TD"), row(9, "PE"))
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    write(row(120, "XX"), row(80, "ML"), row(40, "NE"))
    git(folder, "commit", "-qam", "two")
    write(row(40, "NE", "denied"))
    return folder


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    records = [gold_record(120, "TD"), gold_record(80, "ML"), gold_record(40, "NE", "denied")]
    path.write_text(json.dumps({"id": "a", "text": TEXT, "records": records}), encoding="utf-8")
    return path


def test_gains_and_losses_between_two_commits(repository, gold):
    told = compare.compare("HEAD~1", "HEAD", [gold], repository).splitlines()
    assert told[0] == "== gold.jsonl: 1 became right, 1 became wrong, 0 rows new beside the gold, 1 rows gone beside the gold"
    assert told[1] == "   number 0.400 -> 1.000, movement 0.400 -> 0.667, told 0.400 -> 0.333, totals 0/1 -> 0/1"
    assert told[2:4] == ["-- became right (as they were)", "   missed | a | 80 | expected 80, deploy, completed, not stated -> x"]
    assert told[4] == "-- became wrong (as they are)" and told[5].startswith("   wrong | a | 120 | ")
    assert told[6:] == ["-- rows gone beside the gold", "   extra | a | 9 | found 9, deploy, completed, not stated -> x"]


def test_a_denial_told_as_done_is_wrong_until_it_is_told(repository, gold):
    told = compare.compare("HEAD", None, [gold], repository)
    assert "1 became right, 1 became wrong" in told
    assert "   right, but denied or possible is not told | a | 40 |" in told


def test_a_revision_beside_itself_changes_nothing(repository, gold):
    assert compare.compare("HEAD", "HEAD", [gold], repository).splitlines()[0] == (
        "== gold.jsonl: 0 became right, 0 became wrong, 0 rows new beside the gold, 0 rows gone beside the gold"
    )


def test_the_working_tree_is_left_alone(repository, gold):
    def state():
        files = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file() and ".git" not in path.parts}
        return files, git(repository, "status", "--porcelain"), git(repository, "worktree", "list"), git(repository, "branch", "-a")

    before = state()
    compare.compare("HEAD~1", None, [gold], repository)
    assert state() == before


def test_the_folder_goes_even_where_the_tracker_fails(repository, gold):
    (repository / "tracker" / "__main__.py").write_text("raise SystemExit('no model')", encoding="utf-8")
    git(repository, "commit", "-qam", "broken")
    with pytest.raises(compare.CompareError, match=r"does not read gold.jsonl: no model"):
        compare.compare("HEAD", "HEAD~1", [gold], repository)
    assert len(git(repository, "worktree", "list").splitlines()) == 1


@pytest.mark.parametrize("revision", ["nowhere", "--help", ""])
def test_a_revision_that_is_not_there_is_told(repository, gold, revision):
    with pytest.raises(compare.CompareError, match="git rev-parse"):
        compare.compare(revision, None, [gold], repository)


def test_the_command_ends_with_2_and_a_message(capsys):
    assert compare.main(["no-such-revision"]) == 2
    assert capsys.readouterr().err.startswith("compare: git rev-parse")
