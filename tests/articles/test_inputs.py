"""Files, folders and standard input: each article once, nothing lost without a word."""

import io
import json
import os
import sys

import pytest

from tracker.articles import Problem, read_inputs

LEFT, SAILED = "120 soldiers left Gao on Monday.", "Two ships sailed with 300 marines."


def read(*inputs, **given):
    found = list(read_inputs([str(name) for name in inputs], **given))
    return [x for x in found if not isinstance(x, Problem)], [x for x in found if isinstance(x, Problem)]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".cache").mkdir()
    files = {"b/two.txt": SAILED, "one.txt": LEFT, "scan.pdf": "%PDF", ".hidden.txt": "no", ".cache/x.txt": "no"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"text": "A third report."}\nnot json\n', encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_in_order_with_all_below_it(folder):
    articles, problems = read(folder, source="Wire")
    assert [a.text for a in articles] == ["A third report.", LEFT, SAILED]
    assert {a.source for a in articles} == {"Wire"}
    assert [str(p).split(": ")[0] for p in problems] == [f"{folder}{os.sep}c.jsonl, line 2", f"{folder}{os.sep}scan.pdf"]


def test_what_is_not_there_is_told_and_the_rest_is_read(folder):
    empty = folder / "empty"
    empty.mkdir()
    articles, problems = read(folder / "nope.txt", empty, "https://news.example/a", folder / "one.txt")
    assert [a.text for a in articles] == [LEFT]
    assert [p.reason for p in problems] == ["there is no such file or folder", "the folder holds no files", "addresses are not fetched"]


def test_a_folder_that_cannot_be_opened_is_told(folder, monkeypatch):
    real = os.scandir

    def scandir(path):
        if str(path).endswith("b"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    articles, problems = read(folder)
    assert [a.text for a in articles] == ["A third report.", LEFT]
    assert str(problems[-1]) == f"{folder}{os.sep}b: the folder cannot be opened (Permission denied); check its permissions"


def test_a_file_that_cannot_be_opened_is_told(folder, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    articles, (problem,) = read(folder / "one.txt")
    assert not articles and problem.reason == "the file cannot be read (Permission denied)"


def test_a_device_is_not_waited_for():
    _, (problem,) = read(os.devnull)
    assert problem.reason == "this is not a plain file"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (LEFT, [LEFT]),
        (json.dumps({"text": LEFT}) + "\n" + json.dumps({"text": SAILED}), [LEFT, SAILED]),
    ],
)
def test_standard_input_is_text_or_json_lines(monkeypatch, data, texts):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert [a.text for a in read("-")[0]] == texts


def test_problems_of_standard_input_are_named_so(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": ')))
    assert str(read("-")[1][0]).startswith("standard input, line 1: not valid JSON")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert str(read("-")[1][0]) == "standard input: the file is empty; leave it out"


def test_an_article_given_twice_is_read_once(folder):
    (folder / "copy.txt").write_text(LEFT, encoding="utf-8")
    articles, problems = read(folder / "one.txt", folder / "copy.txt", folder / "one.txt")
    assert len(articles) == 1
    assert [p.reason for p in problems] == ["the same article was read before"] * 2
    assert all(p.left_out for p in problems)


def write_lines(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_one_text_under_two_ids_is_two_reports_but_not_a_third_without_an_id(tmp_path):
    ids = [{"id": "a"}, {"id": "b"}, {}, {"id": "a"}]
    articles, problems = read(write_lines(tmp_path / "r.jsonl", *({"text": LEFT} | own for own in ids)))
    assert [a.id for a in articles] == ["a", "b"]
    assert len(problems) == 2


def test_another_text_under_a_known_id_gets_an_id_of_its_own(tmp_path):
    texts = [LEFT, SAILED, "A third report."]
    articles, problems = read(write_lines(tmp_path / "r.jsonl", *({"id": "a", "text": text} for text in texts)))
    assert [(a.id, a.text) for a in articles] == list(zip(["a", "a-2", "a-3"], texts, strict=True))
    assert [p.left_out for p in problems] == [False, False]
    assert "id a stands on another article too, so this one is a-2" in str(problems[0])
