"""Every type of file, whole and broken: the good part is read, the rest is told with its line and a cure."""

import csv
import gzip
import io
import json
from datetime import date, datetime

import pyarrow
import pyarrow.parquet
import pytest

from tracker.articles import ENDINGS, InputError, Problem, formats, read_bytes
from tracker.models import Article

LEFT, SAILED = "120 soldiers left Gao on Monday.", "Two ships sailed with 300 marines, officials said."


def read(name, data, **given):
    """The articles and the problems of some bytes."""
    found = list(read_bytes(name, data if isinstance(data, bytes) else data.encode(), **given))
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, Problem)]


def lines(*objects):
    return "".join(json.dumps(x) + "\n" for x in objects).encode()


def parquet(**columns):
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), out, compression="zstd")
    return out.getvalue()


def test_a_text_file_is_one_article():
    (article,), problems = read("Note.TXT", " date 2022-02-02\r\n" + LEFT, source="Wire", title="T", url="u")
    assert article.text == " date 2022-02-02\n" + LEFT
    assert (article.published, article.source, article.title, article.url) == (date(2022, 2, 2), "Wire", "T", "u")
    assert not problems


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"", "a.txt: the file is empty; leave it out"),
        ("a.txt", b" \n ", "a.txt: the file is empty; leave it out"),
        ("a.jsonl", b"", "a.jsonl: the file is empty; leave it out"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a.txt: this is a picture, not text; save it as plain text"),
        ("a.html", bytes(range(256)), "a.html: these bytes are not text"),
        ("a.html", b"<html><body></body></html>", "a.html: no article was found in the page; copy its words into a .txt file"),
        ("a.pdf", b"%PDF-1.7", "a.pdf: not a type of file that is read; give one of .jsonl .jsonl.gz .txt"),
        ("noending", b"x", "noending: not a type of file that is read"),
        ("a.csv", b"title,body\nx,y\n", 'a.csv: there is no column "text"; name the columns id, text, published'),
        ("a.csv", b"id,text\n", "a.csv: there is no article in it; leave it out"),
        ("a.jsonl", b"\n\n\n", "a.jsonl: there is no article in it; leave it out"),
        ("a.parquet", b"PAR1 rubbish", "a.parquet: not a Parquet file that can be read"),
        ("a.parquet", parquet(body=["x"]), 'a.parquet: there is no column "text"'),
        ("a.jsonl.gz", b"{}", "a.jsonl.gz: its end cannot be read (Not a gzipped file"),
        ("a.jsonl", b'[{"text": "x"}]', "a.jsonl: this is one JSON list, not one object a line"),
        ("a.jsonl", b"PK\x03\x04" + bytes(80), "a.jsonl: this is a zip archive"),
        ("a.txt", "Das Ministerium teilte mit, dass 200 Mann nach Mali verlegt werden. " * 6, "a.txt: the text seems to be not English"),
    ],
)
def test_a_file_that_gives_nothing_is_told(name, data, told):
    articles, problems = read(name, data)
    assert not articles
    assert [str(problem)[: len(told)] for problem in problems] == [told]
    assert problems[0].left_out


def test_a_bad_day_for_all_is_refused_before_anything_is_read():
    with pytest.raises(InputError, match="is not a date"):
        read_bytes("a.txt", b"x", published="soon")


def test_json_lines_keep_the_good_lines():
    data = lines({"text": LEFT, "id": "a", "published": "2022-02-02"}) + b'{"text": \n\n' + lines({"no": 1}, 5, {"text": SAILED})
    articles, problems = read("r.jsonl", data, source="Wire")
    assert [(a.text, a.source) for a in articles] == [(LEFT, "Wire"), (SAILED, "Wire")]
    assert articles[0].id == "a"
    assert [str(p) for p in problems] == [
        "r.jsonl, line 2: not valid JSON (Expecting value at character 11); fix or delete the line",
        'r.jsonl, line 4: there is no field "text"; put the words of the article into "text"',
        'r.jsonl, line 5: not a JSON object; write {"text": "..."}',
    ]


@pytest.mark.parametrize("line", ['{"text": ' + "[" * 100_000, '{"text": "x", "id": ' + "9" * 5000 + "}"], ids=["deep", "huge number"])
def test_a_hostile_json_line_is_left_out(line):
    articles, problems = read("r.jsonl", line + "\n" + json.dumps({"text": LEFT}))
    assert [a.text for a in articles] == [LEFT]
    assert problems[0].line == 1 and problems[0].cure == "fix or delete the line"


def test_half_a_surrogate_pair_in_json_is_mended():
    (article,), _ = read("r.jsonl", b'{"text": "Gao \\ud83d fell \\u0000 silent", "title": "\\udc00"}')
    assert article.text == "Gao \ufffd fell   silent" and article.title == "\ufffd"


def test_a_line_with_a_bad_day_is_read_and_noted():
    (article,), (note,) = read("r.jsonl", lines({"text": LEFT, "published": "Monday"}), published="2020-01-01")
    assert article.published == date(2020, 1, 1)
    assert not note.left_out and note.line == 1


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_json_lines_of_other_encodings(codec):
    text = json.dumps({"text": "Ñuñoa: 120 men"}, ensure_ascii=False) + "\n" + json.dumps({"text": SAILED})
    assert [a.text for a in read("r.jsonl", text.encode(codec))[0]] == ["Ñuñoa: 120 men", SAILED]


def test_packed_json_lines_are_read_and_a_cut_end_is_told():
    data = gzip.compress(lines(*({"text": f"{LEFT} {n} {hash(str(n))}"} for n in range(5000))))
    assert len(read("r.jsonl.gz", data)[0]) == 5000
    articles, problems = read("r.jsonl.gz", data[: len(data) // 2])
    assert 0 < len(articles) < 5000
    assert "what came before was read" in str(problems[-1])


@pytest.mark.parametrize("bomb", [b'{"text": "' + b"x" * 3_000_000 + b'"}', lines({"text": LEFT}) * 60_000], ids=["one line", "many lines"])
def test_a_packed_bomb_stops_at_the_cap(monkeypatch, bomb):
    monkeypatch.setattr(formats, "UNPACKED_CAP", 1_000_000)
    articles, problems = read("r.jsonl.gz", gzip.compress(bomb))
    assert sum(len(a.text) for a in articles) < 1_000_000
    assert "holds more than 1 MB" in problems[-1].reason and problems[-1].cure == "split it into smaller files"


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html", "a.parquet"])
def test_a_file_over_the_cap_is_told(monkeypatch, name):
    monkeypatch.setattr(formats, "FILE_CAP", 1_000_000)
    monkeypatch.setattr(formats, "PAGE_CAP", 1_000_000)
    articles, (problem,) = read(name, b"x" * 1_000_001)
    assert not articles and str(problem) == f"{name}: larger than 1 MB; split it into smaller files"


def test_five_megabytes_of_text_are_one_article():
    text = f"{LEFT} The others, it said, will follow.\n" * 80_000
    (article,), problems = read("a.txt", text)
    assert len(text) > 5_000_000 and article.text == text and not problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_cells_of_several_lines(delimiter):
    out = io.StringIO(newline="")
    rows = [["a", f'{LEFT}\n"So,; they said"', "2022-02-02", ""], ["b", "", "", ""], ["c", SAILED, "", ""]]
    csv.writer(out, delimiter=delimiter).writerows([["ID", " Text", "published", "mood"], *rows])
    articles, problems = read("r.csv", out.getvalue().encode("utf-8-sig"))
    assert [(a.id, a.text) for a in articles] == [("a", f'{LEFT}\n"So,; they said"'), ("c", SAILED)]
    assert articles[0].published == date(2022, 2, 2)
    assert [str(p) for p in problems] == ["r.csv, line 4: the text is empty; give the words of the article"]


def test_a_csv_row_with_a_stray_comma_is_not_read_by_half():
    articles, problems = read("r.csv", f"id,text\n1,Of 300 sent, 120 left\n2,{LEFT}\n3\n")
    assert [a.text for a in articles] == [LEFT]
    assert [p.line for p in problems] == [2, 4]
    assert problems[0].reason == "more cells than columns"


def test_a_quote_that_is_never_closed_is_told_and_swallows_no_row():
    articles, problems = read("r.csv", f'id,text\n1,{LEFT}\n2,"Chad sent 200 soldiers to Mali\n3,{LEFT}\n')
    assert [a.id for a in articles] == ["1"]
    assert [str(p).startswith("r.csv, line 3: not valid CSV") for p in problems] == [True]


def test_a_csv_cell_may_hold_a_long_article():
    text = LEFT * 10_000
    assert [a.text for a in read("r.csv", f"text\n{text}\n")[0]] == [text]


def test_parquet_rows():
    published = [datetime(2022, 2, 2, 8), None]
    articles, problems = read("r.parquet", parquet(id=[1, 2], text=[LEFT, None], published=published, mood=[[1], []]))
    assert [(a.id, a.text, a.published) for a in articles] == [("1", LEFT, date(2022, 2, 2))]
    assert [str(p) for p in problems] == ['r.parquet, row 2: there is no field "text"; put the words of the article into "text"']


def test_a_parquet_bomb_stops_at_the_cap(monkeypatch):
    monkeypatch.setattr(formats, "UNPACKED_CAP", 10_000_000)
    data = parquet(text=[LEFT + "x" * 1_000_000] * 200)
    assert len(data) < 1_000_000
    articles, problems = read("r.parquet", data)
    assert len(articles) <= 10
    assert "unpacks to more than 10 MB; rows from" in problems[-1].reason


PAGE = f"""<!doctype html><html><head><title>Convoy leaves Gao</title><meta property="og:site_name" content="The Sahel Ledger">
<meta property="article:published_time" content="2022-02-03T07:00:00Z"><script>alert("7 soldiers")</script></head>
<body><nav><a href="/">900 soldiers: our archive</a></nav><article><h1>Convoy leaves Gao</h1>
<p>{LEFT} The column was seen on the road to the river, according to two shopkeepers who watched it pass before noon.</p>
<p>{SAILED} They will join the soldiers who hold the ferry landing, and nothing was said about when they come home.</p></article>
<footer>Follow our 4,000 troops of readers</footer></body></html>"""


def test_a_page_gives_its_article_and_what_it_says_of_itself():
    (article,), problems = read("page.html", PAGE)
    assert LEFT in article.text and SAILED in article.text and not problems
    assert "archive" not in article.text and "alert" not in article.text and "4,000" not in article.text
    assert (article.title, article.source, article.published) == ("Convoy leaves Gao", "The Sahel Ledger", date(2022, 2, 3))


def test_what_is_given_goes_before_what_a_page_says():
    (article,), _ = read("page.htm", PAGE, published="2020-01-01", source="Mine", title="T", url="https://x.example")
    assert (article.published, article.source, article.title, article.url) == (date(2020, 1, 1), "Mine", "T", "https://x.example")


@pytest.mark.parametrize("page", ["<div>" * 100_000, "<b><i>" * 100_000 + LEFT, "<p " + "a=1 " * 100_000 + ">", "<?xml version", "<" * 999])
def test_a_hostile_page_is_read_or_told(page):
    articles, problems = read("page.html", f"<html><body>{page}")
    assert articles or problems


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("data", [b"\0", b"\x1f\x8b\x08", b"PAR1PAR1", b'"', b"{", b"\xff\xfe", b",,,\n,,", b"\n\n\n"])
def test_no_rubbish_raises(ending, data):
    articles, problems = read(f"a{ending}", data)
    assert all(problem.cure for problem in problems)
    assert articles or problems
