"""`python -m tracker evaluate`, from the outside: figures on the output, problems on the other, an exit code."""

import json
from pathlib import Path

import pytest

from tracker import cli

SENT = "Peru will send 120 soldiers to Chad in June, the defence ministry said."
CHAD = {"name": "Chad", "country": "TD", "lat": 15.4, "lon": 18.7, "precision": "country"}
RECORD = {
    "quote": "120 soldiers",
    "start": 15,
    "end": 27,
    "low": 120,
    "high": 120,
    "actor": "PE",
    "kind": "deploy",
    "status": "planned",
    "origin": None,
    "destination": CHAD,
}
GOOD = {"id": "a", "published": "2021-05-01", "text": SENT, "records": [RECORD]}


@pytest.fixture
def gold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("gold.jsonl").write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
    return Path("gold.jsonl")


def test_the_texts_are_read_and_scored(gold, capsys):
    assert cli.main(["evaluate", "gold.jsonl"]) == 0
    said = capsys.readouterr()
    figures = said.out.splitlines()
    assert figures[1] == "movement  P 1.000  R 1.000  F1 1.000   (tp 1 fp 0 fn 0)"
    assert "exact 1.000  above 0.000" in figures[3] and "  destination  1/1 1.000" in figures
    assert said.err.splitlines() == ["1 text scored, 0 left out"]


def test_a_table_gives_the_figures_of_the_texts_that_it_was_made_of(gold, capsys):
    assert cli.main(["extract", "gold.jsonl", "-o", "rows.csv"]) == 0
    assert cli.main(["evaluate", "gold.jsonl", "--json"]) == 0
    fresh = json.loads(capsys.readouterr().out)
    assert cli.main(["evaluate", "gold.jsonl", "--predicted", "rows.csv", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == fresh
    assert fresh["articles"] == 1 and fresh["told"]["tp"] == 1


def test_what_is_wrong_is_listed_where_it_is_asked_for(gold, capsys):
    wrong = GOOD | {"records": [RECORD | {"destination": CHAD | {"name": "Mali", "country": "ML"}}]}
    gold.write_text(json.dumps(wrong), encoding="utf-8")
    assert cli.main(["evaluate", "gold.jsonl", "--errors", "3"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("wrong | a | 120 soldiers | expected 120, PE, deploy, planned, not stated -> Mali | found 120")


def test_a_bad_line_costs_only_itself(gold, capsys):
    gold.write_text(json.dumps(GOOD) + "\n" + json.dumps(GOOD | {"id": "b", "records": [RECORD | {"end": 999}]}), encoding="utf-8")
    assert cli.main(["evaluate", "gold.jsonl", "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["articles"] == 1
    assert said.err.splitlines() == [
        "gold.jsonl, line 2: record 0: 15 to 999 are no offsets in a text of 71 characters; count the offsets again",
        "1 text scored, 1 left out",
    ]


@pytest.mark.parametrize(
    ("content", "arguments", "told"),
    [
        ("{bad", [], "gold.jsonl: no annotated text could be read; docs/quality.md shows the format"),
        (json.dumps(GOOD), ["--predicted", "nope.csv"], "nope.csv"),
        (json.dumps(GOOD), ["--predicted", "gold.jsonl"], "not a deployment CSV"),
    ],
)
def test_what_cannot_be_scored_ends_with_2(gold, capsys, content, arguments, told):
    gold.write_text(content, encoding="utf-8")
    assert cli.main(["evaluate", "gold.jsonl", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == "" and told in said.err.splitlines()[-1] and "Traceback" not in said.err


def test_gold_that_is_not_there_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["evaluate", "nope.jsonl"]) == 2
    assert capsys.readouterr().err.splitlines()[0] == "nope.jsonl: there is no such file; check the path"
