"""The commands of the store: what they keep, what they say, and what they end with."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.articles.conftest import Site, site  # noqa: F401  (a fixture)
from tracker import cli, pipeline, table
from tracker.articles import inputs
from tracker.articles.addresses import Pace
from tracker.cli import adding
from tracker.store import Store

ROOT = Path(__file__).resolve().parent.parent
SENT = "Norway will send 150 soldiers to Mali in June, the defence ministry in Oslo said."
LEFT = "Chad pulled 200 troops out of Mali on Monday, a spokesman for the army in the capital told reporters in the evening."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_DB", "kept.sqlite")
    Path("in").mkdir()
    Path("in/a.txt").write_text(SENT, encoding="utf-8")
    return tmp_path


def run(capsys, *arguments):
    """The exit code, and what was said on both streams together."""
    code = cli.main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out + said.err


def page(title: str, text: str, day: str = "2022-02-03") -> str:
    head = f'<title>{title}</title><meta property="article:published_time" content="{day}T07:00:00Z">'
    return f"<html><head>{head}</head><body><article><p>{text}</p></article></body></html>"


def test_what_came_in_is_what_became_of_it(folder, capsys):
    Path("in/again.txt").write_text(SENT, encoding="utf-8")
    Path("in/two.jsonl").write_text(json.dumps({"text": LEFT}) + "\n{bad\n", encoding="utf-8")
    Path("in/scan.pdf").write_bytes(b"%PDF-1.4")
    Path("in/empty.txt").write_text("")
    code, said = run(capsys, "add", "in", "nowhere.txt")
    assert code == 0 and said.splitlines()[-1] == "2 done, 1 duplicate, 4 quarantined"
    code, said = run(capsys, "add", "in")
    assert said.splitlines()[-1] == "0 done, 3 duplicate, 3 quarantined"
    store = Store("kept.sqlite")
    assert sorted(store.read()["count"]) == [150, 200]
    assert sorted(Path(place.partition(",")[0]).name for place in store.quarantined()["place"]) == [
        "empty.txt", "nowhere.txt", "scan.pdf", "two.jsonl",
    ]  # fmt: skip


def test_nothing_that_can_be_read_is_an_exit_code(folder, capsys):
    code, said = run(capsys, "add", "nowhere.txt")
    assert code == 2 and said.splitlines()[-1] == "0 done, 0 duplicate, 1 quarantined"


class TestFromTheWeb:
    @pytest.fixture(autouse=True)
    def news(self, site: Site, monkeypatch, folder):  # noqa: F811
        """A feed of two reports; the commands may fetch from this site alone."""
        self.site = site
        site.page("/1", page("First", SENT))
        site.page("/2", page("Second", LEFT))
        self.feed("/1", "/2")
        monkeypatch.setattr(adding, "Fetcher", lambda: site.fetcher)
        monkeypatch.setattr(inputs, "Pace", lambda: Pace(0.0))

    def feed(self, *paths):
        items = "".join(f"<item><link>{self.site.url(path)}</link></item>" for path in paths)
        self.site.page("/feed", f"<rss version='2.0'><channel><title>Ledger</title>{items}</channel></rss>", "text/xml")

    def test_pages_and_feeds_are_kept_with_what_the_page_says(self, capsys):
        code, said = run(capsys, "add", self.site.url("/feed"), self.site.url("/1"), self.site.url("/gone"))
        assert code == 0 and said.splitlines()[-1] == "2 done, 1 duplicate, 1 quarantined"
        assert f"{self.site.url('/gone')}: answers 404" in said
        frame = Store("kept.sqlite").read().set_index("count")
        assert frame.loc[150, ["title", "url", "source"]].tolist() == ["First", self.site.url("/1"), "Ledger"]
        assert str(frame.loc[150, "published"])[:10] == "2022-02-03"

    def test_a_watch_fetches_each_page_once(self, capsys):
        assert run(capsys, "watch", self.site.url("/feed"), "--once")[1].splitlines()[-2] == "2 done, 0 duplicate, 0 quarantined"
        self.site.page("/3", page("Third", "Peru flew 90 soldiers from Lima to Haiti in May, and nobody else was sent, officials said."))
        self.feed("/1", "/2", "/3")
        self.site.asked.clear()
        assert run(capsys, "watch", self.site.url("/feed"), "--once")[1].splitlines()[-2] == "1 done, 0 duplicate, 0 quarantined"
        assert [path for _, path in self.site.asked] == ["/feed", "/3"]

    def test_a_page_that_was_away_is_asked_for_again(self, capsys):
        self.site.page("/2", "", status=503)
        assert run(capsys, "watch", self.site.url("/feed"), "--once")[1].splitlines()[-2] == "1 done, 0 duplicate, 1 quarantined"
        self.site.page("/2", page("Second", LEFT))
        assert run(capsys, "watch", self.site.url("/feed"), "--once")[1].splitlines()[-2] == "1 done, 0 duplicate, 0 quarantined"

    def test_a_feed_that_is_none_is_told_and_the_next_is_read(self, capsys):
        self.site.page("/broken", "<rss><channel><item>", "text/xml")
        code, said = run(capsys, "add", self.site.url("/broken"), self.site.url("/feed"))
        assert code == 0 and said.splitlines()[-1].startswith("2 done, 0 duplicate, ")
        assert self.site.url("/broken") in said


def test_a_watch_stops_cleanly_when_it_is_told_to(tmp_path):
    """With an address that the guard refuses, so that nothing is fetched: the round ends, and the wait is broken off."""
    environment = {**os.environ, "TRACKER_DB": str(tmp_path / "kept.sqlite"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "tracker", "watch", "http://127.0.0.1/feed", "--every", "1h"]
    watch = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    assert watch.stderr is not None
    for line in watch.stderr:
        if "quarantined" in line:
            break
    watch.send_signal(signal.SIGTERM)
    rest = watch.stderr.read()
    assert watch.wait(30) == 0 and "stopped" in rest and "Traceback" not in rest


def test_reading_again_tells_what_changed_and_keeps_corrections(folder, capsys, monkeypatch):
    run(capsys, "add", "in")
    [key] = Store("kept.sqlite").read()["deployment_id"]
    assert run(capsys, "review", "correct", key, "destination=Gao", "--by", "Ada", "--why", "the release names it")[0] == 0
    track = pipeline.track_articles
    monkeypatch.setattr(pipeline, "track_articles", lambda articles: (f.assign(status="possible") for f in track(articles)))
    code, said = run(capsys, "refresh", "--dry-run")
    assert code == 0 and "0 new, 0 gone, 1 altered" in said.splitlines()[-1]
    assert Store("kept.sqlite").read()["status"].tolist() == ["planned"]
    code, said = run(capsys, "refresh", "-o", "changes.jsonl")
    assert "1 decision kept, 0 without a row" in said.splitlines()[-1]
    row = Store("kept.sqlite").read().iloc[0]
    assert (row["status"], row["destination"], row["review"]) == ("possible", "Gao", "corrected")
    [change] = [json.loads(line) for line in Path("changes.jsonl").read_text().splitlines()]
    assert change["fields"]["status"] == ["planned", "possible"]


def test_review_by_command(folder, capsys):
    run(capsys, "add", "in")
    [key] = Store("kept.sqlite").read()["deployment_id"]
    assert run(capsys, "review")[1].splitlines()[0] == "1 of 1 row nobody has looked at"
    code, said = run(capsys, "review", "reject", key, "--by", "Ada")
    number = re.search(r"decision (\d+) of Ada", said)[1]
    assert code == 0 and run(capsys, "export", "-o", "out.csv")[1].startswith("0 rows")
    assert run(capsys, "review", "undo", number, "--by", "Ben")[0] == 0
    code, said = run(capsys, "review", "history", key)
    assert [re.sub(r"^\S+\s+", "", line) for line in said.splitlines()] == [
        f"decision {number} (undone), Ada: reject review '' -> 'rejected'",
        f"decision {int(number) + 1}, Ben: undo review 'rejected' -> ''",
    ]
    assert run(capsys, "review", "history", key, "--format", "csv")[1].splitlines()[0] == "at,who,what,field,old,new,why,act,undone"
    assert run(capsys, "export", "-o", "out.csv")[0] == 0 and table.read_csv("out.csv")["count"].tolist() == [150]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["review", "correct", "KEY", "destination=Xqzptl"], "cannot be placed"),
        (["review", "correct", "KEY", "status"], "write FIELD=VALUE"),
        (["review", "accept", "nothing"], "no such row"),
        (["review", "undo", "99"], "no act 99"),
        (["review", "history", "nothing"], "no such row"),
        (["db", "check", "--db", "mysql://a/b"], "mysql is not supported"),
        (["add", "in", "--db", "postgresql://a:secret@127.0.0.1:1/b"], "no server answers there"),
    ],
)
def test_what_cannot_be_done_is_a_line(folder, capsys, arguments, words):
    run(capsys, "add", "in")
    [key] = Store("kept.sqlite").read()["deployment_id"]
    code, said = run(capsys, *[key if argument == "KEY" else argument for argument in arguments])
    assert code == 2 and words in said and "secret" not in said and len(said.strip().splitlines()) == 1


def test_the_check_finds_what_somebody_altered(folder, capsys):
    import sqlite3

    run(capsys, "add", "in")
    [key] = Store("kept.sqlite").read()["deployment_id"]
    run(capsys, "review", "correct", key, "status=denied", "--by", "Ada")
    code, said = run(capsys, "db", "check")
    assert code == 0 and "BAD" not in said and "1 rows" in said
    for statement, question in (
        ("UPDATE correction SET new = '\"completed\"'", "every correction is as it was written"),
        ("UPDATE claim SET count = 151", "every row is what was read"),
        ("UPDATE source SET body = body || '!'", "every text has the hash"),
        ("UPDATE claim SET quote = 'x'", "every row stands on the words"),
    ):
        with sqlite3.connect("kept.sqlite") as connection:
            connection.execute(statement)
        code, said = run(capsys, "db", "check")
        assert code == 2 and any("BAD" in line and question in line for line in said.splitlines()), statement


def test_a_store_on_a_disk_that_cannot_be_written_is_read(folder, capsys, monkeypatch):
    run(capsys, "add", "in")
    Store("kept.sqlite").close()
    monkeypatch.setattr("tracker.store.connection._lies_on_read_only", lambda path: True)
    code, said = run(capsys, "export", "-o", "-")
    assert code == 0 and "150 soldiers" in said
    code, said = run(capsys, "add", "in")
    assert code == 2 and "lies on a disk that cannot be written; copy it to a folder of yours" in said
    code, said = run(capsys, "add", "in", "--db", "new.sqlite")
    assert code == 2 and "new.sqlite: the disk is read-only; name another place in TRACKER_DB" in said


def test_a_store_opens_soon(folder, capsys):
    """The gazetteer and the language model are not loaded to look at a store."""
    run(capsys, "add", "in")
    code = "import sys; from tracker.cli import main; main(['db', 'check']); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stdout.splitlines()[-1] == "False", done.stderr
