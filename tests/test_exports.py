"""Files that leave the project: plain values, short ways round the globe, and never half a file."""

import io
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import cli, exports, table

ROW = {
    "deployment_id": "abc", "count": 120, "count_low": 120, "additional": True, "kind": "deploy", "status": "planned",
    "actor": "NA", "published": "2016-05-02", "origin": "Windhoek", "origin_lat": -22.5, "origin_lon": 17.0,
    "destination": "Gao", "destination_lat": 16.25, "destination_lon": -0.05, "quote": "120 </script> troops",
}  # fmt: skip
EMPTY_ENDS = {"origin_lat": None, "origin_lon": None, "destination_lat": None, "destination_lon": None}


def frame_of(*rows):
    return table.conform(pd.DataFrame(list(rows), columns=list(table.NAMES)))


def geometry_of(**changes):
    collection = json.loads(exports.to_geojson(frame_of(ROW | changes)))
    return collection["features"][0]["geometry"]


def test_jsonl_holds_plain_values_in_the_declared_order():
    lines = exports.to_jsonl(frame_of(ROW, ROW | {"deployment_id": "def"})).decode().splitlines()
    row = json.loads(lines[0])
    assert len(lines) == 2 and list(row) == list(table.NAMES)
    assert (row["count"], row["additional"], row["aggregate"], row["actor"]) == (120, True, None, "NA")
    assert (row["published"], row["starts"], row["origin_lat"], row["speaker"]) == ("2016-05-02", None, -22.5, "")


def test_json_gives_back_the_same_frame():
    frame = frame_of(ROW)
    again = table.conform(pd.DataFrame([json.loads(line) for line in exports.to_jsonl(frame).splitlines()]))
    pd.testing.assert_frame_equal(again, frame)


@pytest.mark.parametrize("form", ["jsonl", "geojson"])
def test_text_cannot_end_a_script(form):
    data = exports.FORMATS[form](frame_of(ROW))
    assert b"<" not in data and b"\\u003c/script>" in data


@pytest.mark.parametrize("frame", [frame_of(ROW), table.empty()], ids=["a row", "no rows"])
def test_parquet_gives_back_the_same_frame(frame):
    again = pd.read_parquet(io.BytesIO(exports.to_parquet(frame)))
    pd.testing.assert_frame_equal(table.conform(again), frame)
    assert {str(again[c.name].dtype).replace("[ms]", "[s]") == c.dtype for c in table.COLUMNS} == {True}


def test_geojson_carries_its_credits_and_one_feature_a_row():
    collection = json.loads(exports.to_geojson(frame_of(ROW, ROW | EMPTY_ENDS)))
    assert collection["type"] == "FeatureCollection"
    assert "GeoNames" in collection["credits"] and "CC BY 4.0" in collection["credits"] and "Natural Earth" in collection["credits"]
    first, second = collection["features"]
    assert first["id"] == "abc" and first["properties"]["published"] == "2016-05-02"
    assert second["geometry"] is None


def test_geojson_draws_a_line_a_point_or_nothing():
    assert geometry_of() == {"type": "LineString", "coordinates": [[17.0, -22.5], [-0.05, 16.25]]}
    assert geometry_of(origin_lat=None, origin_lon=None) == {"type": "Point", "coordinates": [-0.05, 16.25]}
    assert geometry_of(destination_lat=None, destination_lon=None) == {"type": "Point", "coordinates": [17.0, -22.5]}
    assert geometry_of(**EMPTY_ENDS) is None


def test_a_place_with_half_a_position_is_not_drawn():
    assert geometry_of(origin_lat=None) == {"type": "Point", "coordinates": [-0.05, 16.25]}


def test_a_line_over_the_pacific_is_cut_at_the_antimeridian():
    drawn = geometry_of(origin_lat=0, origin_lon=-150, destination_lat=10, destination_lon=170)
    assert drawn == {"type": "MultiLineString", "coordinates": [[[-150, 0], [-180, 7.5]], [[180, 7.5], [170, 10]]]}


@pytest.mark.parametrize(("start", "stop"), [(180.0, -170.0), (-180.0, 170.0), (170.0, -180.0), (-170.0, 180.0), (180.0, -180.0)])
def test_an_end_on_the_antimeridian_needs_no_cut(start, stop):
    (line,) = exports.short_way([start, 1.0], [stop, 2.0])
    assert abs(line[1][0] - line[0][0]) <= 10
    assert [abs(lon) for lon, _ in line] == [abs(start), abs(stop)]


LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


@given(LON, LAT, LON, LAT)
def test_every_line_takes_the_short_way_and_keeps_its_ends(lon, lat, lon2, lat2):
    lines = exports.short_way([lon, lat], [lon2, lat2])
    assert sum(abs(line[1][0] - line[0][0]) for line in lines) <= 180 + 1e-9
    assert lines[0][0][1] == lat and lines[-1][1][1] == lat2
    assert (lines[0][0][0] - lon) % 360 == pytest.approx(0) and (lines[-1][1][0] - lon2) % 360 == pytest.approx(0)
    assert all(-180 <= x <= 180 and min(lat, lat2) - 1e-9 <= y <= max(lat, lat2) + 1e-9 for line in lines for x, y in line)


def test_the_command_line_offers_exactly_these_formats():
    assert tuple(exports.FORMATS) == cli.FORMATS


def test_a_name_without_a_known_ending_is_told():
    with pytest.raises(exports.ExportError, match=r"rows\.xlsx: ends with none of \.csv \.jsonl \.parquet \.geojson"):
        exports.format_of("rows.xlsx")


def test_a_file_takes_its_name_only_when_it_is_whole(tmp_path):
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), exports.claimed(str(target)) as write:
        assert len(list(tmp_path.iterdir())) == 2
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"] and target.read_bytes() == b"old"
    with exports.claimed(str(target)) as write:
        write(b"new")
        assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_what_cannot_be_written_is_told_before_the_work(tmp_path):
    occupied = tmp_path / "file"
    occupied.write_bytes(b"")
    for name, told in ((str(tmp_path), "not a plain file"), (str(tmp_path / "no" / "x.csv"), "cannot be written"),
                       (str(occupied / "x.csv"), "cannot be written"), ("/dev/null", "not a plain file")):  # fmt: skip
        with pytest.raises(exports.ExportError, match=told), exports.claimed(name):
            pytest.fail("the block must not run")


def test_an_input_is_never_overwritten(tmp_path):
    path = tmp_path / "articles.csv"
    path.write_text("text\nPeru sends 3 men.\n", encoding="utf-8")
    same = str(tmp_path / ".." / tmp_path.name / "articles.csv")
    with pytest.raises(exports.ExportError, match="is an input too"), exports.claimed(str(path), [same]):
        pytest.fail("the block must not run")
