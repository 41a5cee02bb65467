"""What the page hands out: every file carries its credits and its filter, and nothing in it can be more than text."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree

import pandas as pd
import pyarrow.parquet
import pytest

from tests.rows import make_rows
from tracker import exports, table

FILTER = "to Poland; status planned"
NAME = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return make_rows()


def read_text(form: str, frame: pd.DataFrame, made_with: str = FILTER) -> str:
    return exports.DOWNLOADS[form](frame, made_with).decode("utf-8-sig")


@pytest.mark.parametrize("form", ["csv", "geojson", "kml", "html"])
def test_credits_and_filter_are_in_the_text_formats(frame: pd.DataFrame, form: str) -> None:
    text = read_text(form, frame)
    assert FILTER in text and "GeoNames" in text and "CC BY 4.0" in text and "Natural Earth" in text


def test_credits_and_filter_are_in_the_metadata_of_parquet(frame: pd.DataFrame) -> None:
    notes = pyarrow.parquet.read_schema(io.BytesIO(exports.to_parquet(frame, FILTER))).metadata
    assert notes[b"filter"].decode() == FILTER and b"GeoNames" in notes[b"credits"]


def test_the_csv_reads_back_to_the_same_frame(frame: pd.DataFrame) -> None:
    odd = frame.assign(title='=1+1, a "quote"\nand a line', evidence="\N{RIGHT-TO-LEFT OVERRIDE}x, y")
    data = exports.to_noted_csv(odd, FILTER)
    pd.testing.assert_frame_equal(table.read_csv(data), table.conform(odd))
    assert b"\"'=1+1" in data, "the cell is still defused"
    widths = {len(row) for row in pd.read_csv(io.BytesIO(data), header=None, dtype=str, keep_default_na=False).to_numpy()}
    assert widths == {len(table.NAMES) + 1}


def test_the_note_of_a_csv_is_one_harmless_cell(frame: pd.DataFrame) -> None:
    # Longer than a cell that Python's own reader takes, and a filter that would run as a formula where it began a cell.
    long = frame.assign(evidence="x" * 200_000)
    assert table.read_csv(exports.to_noted_csv(long, "=cmd()")).equals(table.conform(long))
    told = pd.read_csv(io.BytesIO(exports.to_noted_csv(frame, "=cmd()")), dtype=str, keep_default_na=False)["about"]
    assert told[0].startswith("Filter: =cmd()") and set(told[1:]) == {""}
    assert b",'=now()" in table.to_csv(frame, about="=now()"), "a note of somebody else's is defused too"
    assert table.read_csv(exports.to_noted_csv(frame.head(0), "nothing")).equals(table.empty())


def test_kml_has_a_placemark_for_each_row_with_a_place(frame: pd.DataFrame) -> None:
    root = ElementTree.fromstring(exports.to_kml(frame, FILTER))
    marks = root.iter(f"{NAME}Placemark")
    ids = {mark.get("id") for mark in marks}
    placed = frame[frame["origin_lat"].notna() | frame["destination_lat"].notna()]
    assert ids == {f"row-{name}" for name in placed["deployment_id"]}
    lines = [line.text.split() for line in root.iter(f"{NAME}coordinates") if line.text and " " in line.text]
    jumps = [abs(float(a.split(",")[0]) - float(b.split(",")[0])) for line in lines for a, b in zip(line, line[1:], strict=False)]
    assert jumps and max(jumps) <= 180, "no line goes the long way round"
    assert {style.get("id") for style in root.iter(f"{NAME}Style")} >= {"completed", "denied", "presence"}


def test_kml_holds_no_character_that_xml_forbids(frame: pd.DataFrame) -> None:
    odd = frame.assign(evidence="a\x00\x0b<b> & \ufffe ]]>")
    told = [mark.findtext(f"{NAME}description") for mark in ElementTree.fromstring(exports.to_kml(odd)).iter(f"{NAME}Placemark")]
    assert told and all("<b> &" in (text or "") for text in told)


def test_the_map_of_the_page_tells_a_country_from_a_town(frame: pd.DataFrame) -> None:
    rows = frame[frame["deployment_id"].isin(["row-1", "row-36"])]
    for precision, dots, discs in (("city", 2, 0), ("country", 0, 2)):
        known = rows.assign(destination_precision=precision, origin_precision="city", destination_lat=[50.0, 10.0], destination="Ab & Cd")
        page = read_text("html", known)
        shapes = page[page.index("<svg") : page.index("</svg>")]
        assert shapes.count('class="disc"') == discs and shapes.count("<circle cx") == dots, precision
        assert "<text" in shapes and "Ab &amp; Cd</text>" in shapes


def test_the_page_needs_nothing_but_itself(frame: pd.DataFrame) -> None:
    page = read_text("html", frame)
    assert "print-color-adjust: exact" in page, "marks and keys are on paper too"
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\bon\w+=", page)
    links = re.findall(r'(?:href|src)="([^"]*)"', page)
    assert len(links) == len(frame) and all(link.startswith("https://news.example/") for link in links)
    assert page.count("<tr>") == len(frame) + 1 and page.count("<svg") == 1
    assert "105,470" in page or f"{int(frame['counted_persons'].sum()):,}" in page


def test_the_page_draws_what_the_map_draws(frame: pd.DataFrame) -> None:
    svg = re.search(r"<svg.*</svg>", read_text("html", frame), re.S)
    assert svg
    titles = re.findall(r"<title>(.*?)</title>", svg[0])
    assert sum("\N{RIGHTWARDS ARROW}" in title for title in titles) >= 48 and not any("2,000 more" in title for title in titles)
    assert 'stroke-dasharray="' in svg[0], "withdrawals are told apart"
    assert all(float(x) < 5000 for x in re.findall(r'cx="(-?[\d.]+)"', svg[0]))


@pytest.mark.parametrize("column", ["evidence", "title", "source", "personnel", "destination", "actor_name"])
def test_no_text_of_an_article_becomes_markup(frame: pd.DataFrame, column: str) -> None:
    hostile = frame.assign(**{column: "</title></svg><script>alert(1)</script>", "actor": "", "destination_country": "", "marks": ""})
    for form in ("html", "kml", "geojson"):
        assert "<script" not in read_text(form, hostile, "<script>x</script>")


def test_an_address_that_is_none_of_the_web_is_no_link(frame: pd.DataFrame) -> None:
    page = read_text("html", frame.assign(url="javascript:alert(1)"))
    assert "javascript" not in page and "<a " not in page


@pytest.mark.parametrize("form", list(exports.DOWNLOADS))
def test_an_empty_table_makes_an_empty_file(form: str) -> None:
    assert exports.DOWNLOADS[form](table.empty(), "")
    if form == "geojson":
        assert json.loads(exports.DOWNLOADS[form](table.empty(), ""))["features"] == []
