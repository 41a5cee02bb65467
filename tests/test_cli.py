"""The command line: what it writes, what it says, and the code it ends with. Never a traceback."""

import io
import json
import subprocess
import sys
import types
from pathlib import Path

import pandas as pd
import pytest

from tracker import __version__, cli, table
from tracker.models import Reading, Span, Verdict

ROOT = Path(__file__).resolve().parent.parent
LEFT, SAILED = "120 soldiers left Gao on Monday.", "Two ships sailed with 300 marines."


def rows_of(article):
    """One row for every article that says "soldiers": enough to see what the command line does with rows."""
    found = [{"deployment_id": article.id, "article_id": article.id, "count": 120, "kind": "deploy", "source": article.source}]
    return table.conform(pd.DataFrame(found if "soldiers" in article.text else [], columns=list(table.NAMES)))


def read(article):
    start = article.text.find("120")
    verdicts = (Verdict(Span(start, start + 3), "vehicles, no persons", "units"),) if start >= 0 else ()
    return Reading(article, verdicts=verdicts, notes=("a note",))


@pytest.fixture
def pipeline(monkeypatch):
    """A stand-in for the real pipeline, so that these tests are about the command line alone."""
    fake = types.SimpleNamespace(track_articles=lambda articles: map(rows_of, articles), read=read)
    monkeypatch.setitem(sys.modules, "tracker.pipeline", fake)
    monkeypatch.setattr("tracker.pipeline", fake, raising=False)
    return fake


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(LEFT, encoding="utf-8")
    Path("r.jsonl").write_text(json.dumps({"text": SAILED}) + "\n{bad\n", encoding="utf-8")
    return tmp_path


def test_extract_writes_the_good_part_and_counts_the_rest(pipeline, folder, capsys):
    assert cli.main(["extract", "a.txt", "r.jsonl", "nope.txt", "-o", "out.csv", "--source", "Wire"]) == 0
    frame = table.read_csv("out.csv")
    assert frame["source"].tolist() == ["Wire"] and frame["count"].tolist() == [120]
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "r.jsonl, line 2: not valid JSON (Expecting property name enclosed in double quotes at character 2); fix or delete the line",
        "nope.txt: there is no such file or folder; check the path",
        "2 articles, 1 row, 2 left out",
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "out.csv", "r.jsonl"]


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("out.jsonl", lambda data: json.loads(data)["count"]),
        ("out.parquet", lambda data: pd.read_parquet(io.BytesIO(data))["count"][0]),
        ("OUT.GeoJSON", lambda data: json.loads(data)["features"][0]["properties"]["count"]),
    ],
)
def test_extract_writes_what_the_name_asks_for(pipeline, folder, name, reads):
    assert cli.main(["extract", "a.txt", "-o", name]) == 0
    assert reads(Path(name).read_bytes()) == 120


def test_a_format_goes_before_the_name(pipeline, folder, capsysbinary):
    assert cli.main(["extract", "a.txt", "-o", "-", "--format", "jsonl"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["count"] == 120


def test_a_dash_is_csv_on_standard_output(pipeline, folder, capsysbinary):
    assert cli.main(["extract", "a.txt", "-o", "-"]) == 0
    out, err = capsysbinary.readouterr()
    assert table.read_csv(out)["count"].tolist() == [120]
    assert err.decode().splitlines() == ["1 article, 1 row, 0 left out"]


def test_articles_without_a_movement_make_an_empty_table(pipeline, folder):
    assert cli.main(["extract", "r.jsonl", "-o", "out.csv"]) == 0
    assert len(table.read_csv("out.csv")) == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["extract", "nope.txt", "-o", "out.csv"], "nothing could be read, so nothing was written"),
        (["extract", "a.txt", "-o", "out.xlsx"], "out.xlsx: ends with none of .csv .jsonl .parquet .geojson"),
        (["extract", "a.txt", "-o", "no/such/out.csv"], "no/such/out.csv: cannot be written"),
        (["extract", "a.txt", "-o", "."], "ends with none of"),
        (["extract", "a.txt", "-o", "a.txt", "--format", "csv"], "a.txt: is an input too"),
        (["explain", "nope.txt"], "nothing could be read"),
    ],
)
def test_what_cannot_be_done_is_told(pipeline, folder, capsys, arguments, told):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert cli.main(arguments) == 2
    assert told in capsys.readouterr().err.splitlines()[-1]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    "arguments", [[], ["extract"], ["extract", "a.txt"], ["explain", "a.txt", "--published", "soon"], ["dance"], ["extract", "--speed"]]
)
def test_bad_usage_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m tracker")


def test_an_output_that_cannot_be_written_is_told_before_the_work(pipeline, folder, capsys):
    pipeline.track_articles = lambda articles: pytest.fail("the work began")
    assert cli.main(["extract", "a.txt", "-o", "no/out.csv"]) == 2


@pytest.mark.parametrize(("error", "code", "told"), [(KeyboardInterrupt(), 130, "interrupted"), (ValueError("a bad row"), 1, "a bad row")])
def test_what_was_done_before_a_stop_is_kept(pipeline, folder, capsys, error, code, told):
    def track_articles(articles):
        yield rows_of(next(iter(articles)))
        raise error

    pipeline.track_articles = track_articles
    assert cli.main(["extract", "a.txt", "r.jsonl", "-o", "out.csv"]) == code
    assert table.read_csv("out.csv")["count"].tolist() == [120]
    said = capsys.readouterr().err.splitlines()
    assert told in said[0] and "kept" in said[0] and said[-1] == "1 article, 1 row, 0 left out"


def test_a_stop_before_the_first_article_leaves_no_file(pipeline, folder, capsys):
    def track_articles(articles):
        raise FileNotFoundError(2, "No such file", "places.sqlite")
        yield

    pipeline.track_articles = track_articles
    assert cli.main(["extract", "a.txt", "-o", "out.csv"]) == 2
    assert "places.sqlite" in capsys.readouterr().err
    assert not Path("out.csv").exists()


def test_a_flood_of_problems_is_counted_not_shown(pipeline, folder, capsys):
    Path("r.jsonl").write_text("{bad\n" * 900 + json.dumps({"text": LEFT}), encoding="utf-8")
    assert cli.main(["extract", "r.jsonl", "-o", "out.csv"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert len(said) < 60
    assert said[-2:] == ["... and 850 more problems", "1 article, 1 row, 900 left out"]


def test_explain_tells_every_number(pipeline, folder, capsys):
    assert cli.main(["explain", "a.txt", "--published", "2022-02-02", "--title", "[b]Gao[/b]"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "[b]Gao[/b], 2022-02-02",
        "  0-3  120: vehicles, no persons [units]",
        "  note: a note",
    ]


def test_explain_says_when_there_is_no_number(pipeline, folder, capsys):
    Path("a.txt").write_text("Nothing moved.", encoding="utf-8")
    assert cli.main(["explain", "a.txt"]) == 0
    assert "no number of personnel was found" in capsys.readouterr().out


def test_explain_as_json(pipeline, folder, capsys):
    assert cli.main(["explain", "a.txt", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["numbers"] == [
        {"number": "120", "start": 0, "end": 3, "verdict": "vehicles, no persons", "found_by": "units", "deployment_id": ""}
    ]
    assert told["notes"] == ["a note"] and told["article_id"]


@pytest.mark.parametrize("command", [[], *([command.name] for command in cli.COMMANDS)])
def test_help_teaches_with_examples(command, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main([*command, "--help"])
    assert stop.value.code == 0
    assert f"examples:\n  python -m tracker {command[0] if command else 'extract'}" in capsys.readouterr().out


def test_version_from_the_outside():
    done = subprocess.run([sys.executable, "-m", "tracker", "--version"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"tracker {__version__}\n"
