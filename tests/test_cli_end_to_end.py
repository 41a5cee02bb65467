"""The command line with everything behind it, as a stranger would run it: good input, and every kind of bad input."""

import json

import pytest

from tracker import cli, table

SENT = "Peru will send 120 soldiers to Chad in June, the defence ministry said. "


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs `extract` on one file with the given content; gives the exit code, the table (or None), and what was said."""
    monkeypatch.chdir(tmp_path)

    def extract(name, content, *arguments):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        code = cli.main(["extract", name, "-o", "out.csv", *arguments])
        out = tmp_path / "out.csv"
        return code, table.read_csv(out) if out.exists() else None, capsys.readouterr().err

    return extract


def test_a_text_becomes_a_row_with_its_proof(run):
    code, frame, said = run("a.txt", SENT, "--published", "2021-05-01", "--source", "Wire")
    assert code == 0 and said.splitlines()[-1] == "1 article, 1 row, 0 left out"
    row = frame.iloc[0]
    assert (row["count"], row["actor"], row["kind"], row["destination"], row["source"]) == (120, "PE", "deploy", "Chad", "Wire")
    assert row["destination_country"] == "TD" and row["counted_persons"] == 120
    assert SENT[row["quote_start"] : row["quote_end"]] == row["quote"] and row["quote"].startswith("120")
    assert SENT[row["evidence_start"] : row["evidence_end"]].strip() == SENT.strip()
    assert str(row["published"].date()) == "2021-05-01"


def test_offsets_count_in_the_whole_file_with_its_date_line(run):
    text = " date 2021-05-01 Headline.\n\n" + SENT
    _, frame, _ = run("a.txt", text)
    row = frame.iloc[0]
    assert text[row["quote_start"] : row["quote_end"]] == row["quote"]
    assert str(row["published"].date()) == "2021-05-01"


@pytest.mark.parametrize("text", ["The minister spoke about the weather in Chad.", "Parliament met 120 times in Lima last year."])
def test_a_text_without_a_number_of_troops_or_a_movement_gives_an_empty_table(run, text):
    code, frame, said = run("a.txt", text)
    assert code == 0 and len(frame) == 0
    assert said.splitlines() == ["1 article, 0 rows, 0 left out"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "this is a picture, not text"),
        ("a.docx", b"PK\x03\x04", "not a type of file that is read"),
        ("a.jsonl", b'{"text": ', "a.jsonl, line 1: not valid JSON"),
        ("a.txt", "Das Ministerium teilte mit, dass 200 Soldaten nach Mali verlegt werden. " * 6, "seems to be not English"),
    ],
)
def test_input_that_gives_nothing_ends_with_2(run, name, content, told):
    code, frame, said = run(name, content)
    assert code == 2 and frame is None
    assert told in said.splitlines()[0] and said.splitlines()[-1].endswith("nothing could be read, so nothing was written")


def test_a_broken_line_costs_only_itself(run):
    content = json.dumps({"id": "a", "text": SENT}) + "\n{broken\n" + json.dumps({"id": "b", "text": "Nothing moved."}) + "\n"
    code, frame, said = run("r.jsonl", content)
    assert code == 0 and frame["article_id"].tolist() == ["a"]
    assert "r.jsonl, line 2" in said and said.splitlines()[-1] == "2 articles, 1 row, 1 left out"


def test_five_megabytes_of_text_are_read_to_the_end(run):
    # Numbers everywhere, but no personnel: such sentences must be passed over cheaply.
    filler = "".join(f"Ward {n} of the town held a fair at noon, and the paper wrote that the road was mended.\n" for n in range(57_000))
    text = filler + SENT
    code, frame, _ = run("a.txt", text)
    assert len(text) > 5_000_000 and code == 0
    assert [text[a:b] for a, b in zip(frame["quote_start"], frame["quote_end"], strict=True)] == ["120 soldiers"]


def test_explain_names_the_numbers_that_make_no_row(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(SENT + "It bought 14 trucks.", encoding="utf-8")
    assert cli.main(["explain", str(path), "--json"]) == 0
    told = {number["number"]: number for number in json.loads(capsys.readouterr().out)["numbers"]}
    assert told["120 soldiers"]["deployment_id"] and "counts 120" in told["120 soldiers"]["verdict"]
    assert not told["14"]["deployment_id"] and told["14"]["verdict"]
