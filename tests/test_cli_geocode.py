"""`python -m tracker geocode`: one name, or a file of texts with their toponyms."""

import gzip
import io
import json
import sys
import types
from pathlib import Path

import pytest

from tracker import cli

ROTA = {"id": "a", "text": "Ships left Rota in Spain for Zzyxw.", "toponyms": [{"start": 11, "end": 15}, {"start": 29, "end": 34}]}
LIBERTY = {
    "id": "b",
    "text": "They left Fort Liberty.",
    "published": "2024-05-01",
    "toponyms": [{"start": 10, "end": 22, "text": "Fort Liberty"}],
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = [
        json.dumps(ROTA),
        "{bad",
        json.dumps({"id": "c", "text": "x", "toponyms": [{"start": 5, "end": 9}]}),
        "[]",
        json.dumps(LIBERTY),
    ]
    Path("in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def answers(path="out.jsonl"):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def test_a_file_keeps_its_good_lines_and_tells_of_the_rest(folder, capsys):
    assert cli.main(["geocode", "in.jsonl", "-o", "out.jsonl"]) == 0
    first, second = answers()
    assert first["id"] == "a" and first["text"] == ROTA["text"]
    rota, unknown = first["toponyms"]
    assert (rota["start"], rota["country"], rota["precision"]) == (11, "ES", "site")
    assert {"lat", "lon", "name", "country", "precision", "radius_km", "match", "confidence", "place_id"} <= set(rota)
    assert unknown["lat"] is None and unknown["lon"] is None and unknown["reason"]
    assert second["toponyms"][0]["match"] == "alias" and second["toponyms"][0]["name"] == "Fort Bragg"
    said = capsys.readouterr()
    assert said.out == ""
    told = said.err.splitlines()
    assert told[0].startswith("in.jsonl, line 2: not valid JSON")
    assert told[1] == "in.jsonl, line 3: characters 5 to 9 lie outside the text, which has 1; fix or delete the line"
    assert told[2].startswith("in.jsonl, line 4: not a JSON object")
    assert told[3:] == ["2 texts, 2 of 3 toponyms placed, 3 left out"]
    assert sorted(path.name for path in folder.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_packed_lines_and_standard_streams(folder, monkeypatch, capsysbinary):
    Path("in.jsonl.gz").write_bytes(gzip.compress(json.dumps(ROTA).encode()))
    assert cli.main(["geocode", "in.jsonl.gz", "-o", "out.jsonl"]) == 0
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(json.dumps(ROTA).encode())))
    assert cli.main(["geocode", "-", "-o", "-"]) == 0
    assert json.loads(capsysbinary.readouterr().out) == answers()[0]


def test_a_date_that_is_none_is_told_and_the_line_is_kept(folder, capsys):
    Path("in.jsonl").write_text(json.dumps(ROTA | {"published": "soon"}) + "\n", encoding="utf-8")
    assert cli.main(["geocode", "in.jsonl", "-o", "out.jsonl"]) == 0
    assert answers()[0]["toponyms"][0]["country"] == "ES"
    assert capsys.readouterr().err.splitlines()[0].startswith("in.jsonl: in 1 lines `published` is no date")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nope.jsonl", "-o", "out.jsonl"], "nope.jsonl: there is no such file"),
        (["in.jsonl"], "in.jsonl: is a file; add -o OUT.jsonl"),
        (["in.jsonl", "-o", "in.jsonl"], "in.jsonl: is an input too"),
        (["in.jsonl", "-o", "out.csv"], "this command writes JSON lines"),
        (["in.jsonl", "-o", "no/such/out.jsonl"], "cannot be written"),
        (["in.jsonl", "in.jsonl", "-o", "out.jsonl"], "give one file"),
        (["empty.jsonl", "-o", "out.jsonl"], "nothing could be read, so nothing was written"),
        (["torn.jsonl.gz", "-o", "out.jsonl"], "nothing could be read, so nothing was written"),
        (["Kyiv", "--worldview", "QQ"], "worldview 'QQ' is not one of"),
        (["Qwrtzuplk"], "Qwrtzuplk: the gazetteer knows no place of this name"),
        (["the", "border"], "the border: a border of which the article names no state"),
    ],
)
def test_what_cannot_be_done_is_told(folder, capsys, arguments, told):
    Path("empty.jsonl").write_bytes(b"")
    Path("torn.jsonl.gz").write_bytes(gzip.compress(b"x" * 5000)[:30])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert cli.main(["geocode", *arguments]) == 2
    said = capsys.readouterr()
    assert told in said.err.splitlines()[-1] and "Traceback" not in said.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_one_name_is_told_with_its_rivals(capsys):
    assert cli.main(["geocode", "Fort", "Bragg"]) == 0
    name, where, match, also = capsys.readouterr().out.splitlines()
    assert name == "Fort Bragg, United States (US)"
    assert where.startswith("  site, within 15 km of 35.1")
    assert match.startswith("  match exact, confidence 0.9") and match.endswith("base-us-fort-bragg")
    assert also == "  also: Fort Bragg, California, United States"


def test_the_day_weighs_in(capsys):
    shares = []
    for day in ("2024-05-01", "2035-05-01"):
        assert cli.main(["geocode", "Fort Liberty", "--published", day, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["query"], found["name"], found["match"]) == ("Fort Liberty", "Fort Bragg", "alias")
        shares.append(found["confidence"])
    assert shares[0] > shares[1]


def test_a_worldview_changes_the_country_and_nothing_else(capsys):
    seen = []
    for view in ([], ["--worldview", "ru"]):
        assert cli.main(["geocode", "Sevastopol", "--json", *view]) == 0
        seen.append(json.loads(capsys.readouterr().out))
    assert [found["country"] for found in seen] == ["UA", "RU"]
    assert seen[0]["lat"] == seen[1]["lat"]


def test_a_refusal_as_json_has_a_reason_and_no_coordinates(capsys):
    assert cli.main(["geocode", "Qwrtzuplk", "--json"]) == 2
    assert json.loads(capsys.readouterr().out) == {
        "query": "Qwrtzuplk",
        "lat": None,
        "lon": None,
        "reason": "the gazetteer knows no place of this name",
    }


def test_an_interruption_keeps_what_was_done(folder, monkeypatch, capsys):
    from tracker.geocoding import toponym_lines

    real, calls = toponym_lines.resolve_line, []

    def resolve_line(*given):
        calls.append(given)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(toponym_lines, "resolve_line", resolve_line)
    assert cli.main(["geocode", "in.jsonl", "-o", "out.jsonl"]) == 130
    assert [line["id"] for line in answers()] == ["a"]
    assert "kept" in capsys.readouterr().err
