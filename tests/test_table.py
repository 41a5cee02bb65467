"""The table: every column is declared and documented, and a CSV gives back the frame it was made from."""

import csv
import io
import math
import string
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker import table
from tracker.models import Article, Deployment, End, Place, Quantity, Span, Toponym, Unresolved

ROOT = Path(__file__).resolve().parent.parent

#: What can stand in a cell: an article's cleaned text holds no NUL and no half surrogate pair.
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.sampled_from(["", "NA", "NaN", "null", "None", "<NA>", "nan", "True", "1e5", "007", "'", "''", "'=1", '"', '","', "#", "\\N"]),
    st.builds(str.__add__, st.sampled_from(table.FORMULA_STARTS), st.text(string.printable, max_size=6)),
    st.sampled_from(["a\nb", "a\r\nb", "\r", "\n", "Škofja Loka", "\u200f", "🪖", "line\u2028end", "\ufefffirst"]),
)
CELLS = {
    table.TEXT: WORDS,
    table.INTEGER: st.none() | st.integers(-(2**53), 2**53),
    table.REAL: st.none() | st.floats(allow_nan=False, allow_infinity=False),
    table.FLAG: st.none() | st.booleans(),
    table.DAY: st.none() | st.dates().map(str),
}


def frame_of(*rows: dict[str, object]) -> pd.DataFrame:
    return table.conform(pd.DataFrame(list(rows), columns=list(table.NAMES)))


def as_read(frame: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.to_csv(frame).decode("utf-8-sig"), newline="")))


@settings(max_examples=40)
@given(st.lists(st.fixed_dictionaries({column.name: CELLS[column.dtype] for column in table.COLUMNS}), max_size=3))
@example([{"actor": "NA", "source": "=1+1", "speaker": "'quoted'", "origin_lat": 0.1 + 0.2, "count": 2**53}])
def test_a_csv_gives_back_the_same_frame(rows):
    frame = frame_of(*rows)
    pd.testing.assert_frame_equal(table.read_csv(table.to_csv(frame)), frame, check_exact=True)


@given(WORDS)
def test_no_text_cell_starts_a_formula(word):
    cells = as_read(frame_of({"source": word, "title": word}))[1]
    assert not any(cells[table.NAMES.index(name)].startswith(table.FORMULA_STARTS) for name in ("source", "title"))


def test_the_header_is_the_declared_order_with_a_byte_order_mark():
    data = table.to_csv(table.empty())
    assert data.startswith(b"\xef\xbb\xbfdeployment_id,event_id,article_id,")
    assert as_read(table.empty()) == [list(table.NAMES)]


def test_numbers_below_zero_stay_numbers():
    assert as_read(frame_of({"origin_lat": -12.5}))[1][table.NAMES.index("origin_lat")] == "-12.5"


def test_an_empty_table_keeps_its_dtypes_through_a_file(tmp_path):
    path = tmp_path / "none.csv"
    table.to_csv(table.empty(), path)
    again = table.read_csv(path)
    assert len(again) == 0
    assert {name: str(dtype) for name, dtype in again.dtypes.items()} == {name: str(dtype) for name, dtype in table.empty().dtypes.items()}


@pytest.mark.parametrize("column", table.COLUMNS, ids=lambda column: column.name)
def test_every_column_is_documented(column):
    assert column.meaning[0].isupper() or column.meaning.split()[0].rstrip(",;").islower()
    assert column.meaning.endswith((".", ")"))
    assert column.title and column.dtype in CELLS
    assert column.unit if column.dtype == table.REAL else True


def test_no_column_is_declared_twice():
    assert len(set(table.NAMES)) == len(table.NAMES)


def test_the_data_dictionary_in_the_docs_is_up_to_date(tmp_path):
    made = "import sys; sys.path.insert(0, 'docs'); import make_dictionary; sys.stdout.reconfigure(encoding='utf-8')"
    done = subprocess.run(
        [sys.executable, "-c", f"{made}; sys.stdout.write(make_dictionary.write_dictionary())"], cwd=ROOT, capture_output=True, check=True
    )
    kept = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert kept == done.stdout.decode("utf-8").replace("\r\n", "\n"), "run `make docs`"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not a deployment CSV"),
        (b"\xff\xfe\x00rubbish\x81", "not a deployment CSV"),
        (b"name,age\nx,1\n", "columns deployment_id, count, kind are missing"),
        (b'deployment_id,count,kind\n"open', "not a deployment CSV"),
        (b"deployment_id,count,kind\nx,12,deploy\ny,many,deploy\n", "row 2: 'many' is no value for the column count"),
        (b"deployment_id,count,kind,published\nx,12,deploy,soon\n", "row 1: 'soon' is no value for the column published"),
        (b"deployment_id,count,kind,additional\nx,12,deploy,maybe\n", "row 1: 'maybe' is no value for the column additional"),
    ],
)
def test_a_file_that_is_no_table_is_told(data, told):
    with pytest.raises(table.TableError, match=told):
        table.read_csv(data)


def test_flags_that_a_spreadsheet_wrote_in_capitals_are_read():
    frame = table.read_csv(b"deployment_id,count,kind,additional,aggregate\nx,12,deploy,TRUE,FALSE\n")
    assert frame.loc[0, ["additional", "aggregate"]].tolist() == [True, False]


def test_columns_that_are_unknown_are_dropped_and_missing_ones_empty():
    frame = table.read_csv(b"deployment_id,count,kind,mood\nx,120,deploy,calm\n")
    assert list(frame.columns) == list(table.NAMES)
    assert frame.loc[0, "count"] == 120
    assert frame.loc[0, "origin"] == "" and pd.isna(frame.loc[0, "origin_lat"])


def test_a_refused_place_keeps_its_words_and_gets_no_coordinates():
    article = Article("Peru sent 120 soldiers from Camp Nowhere to Chad.")
    known, refused = Toponym("Chad", "Chad", Span(44, 48)), Toponym("Camp Nowhere", "Camp Nowhere", Span(28, 40))
    row = Deployment(article, Span(10, 22), Quantity(Span(10, 13), 120, 120), "soldiers", "deploy", "completed",
                     origin=End(refused), destination=End(known))  # fmt: skip
    places = {known: Place("Chad", "TD", 15.4, 18.7, "country", 700.0), refused: Unresolved("Camp Nowhere", "unknown")}
    cells = table.build([([row], places)], "test 1").iloc[0]
    assert (cells["origin"], cells["origin_text"], cells["origin_country"]) == ("Camp Nowhere", "Camp Nowhere", "")
    assert pd.isna(cells["origin_lat"]) and pd.isna(cells["origin_lon"])
    assert math.isclose(cells["destination_lon"], 18.7)
    assert cells["quote"] == "120 soldiers"
