"""Days and bars: a row without a date of its own stands on its report's day and is told, one without any is in no bar."""

from __future__ import annotations

from datetime import date

import altair
import pandas as pd

from tests.rows import make_rows
from tracker import table
from tracker.figures.choice import Choice
from tracker.figures.cube import build_cube
from tracker.figures.histogram import (
    BRUSH,
    UNDATED,
    choose_bins,
    choose_unit,
    count_bars,
    draw_timeline,
    find_bar_rows,
    read_bar,
    read_window,
)
from tracker.figures.records import find_days
from tracker.figures.selection import select


def test_days_are_the_movements_else_the_reports() -> None:
    days = find_days(make_rows())
    assert days.loc[23, ["first", "dated_by"]].tolist() == [pd.Timestamp("2022-05-16"), "report"]
    assert days.loc[22, ["first", "dated_by"]].tolist() == [pd.Timestamp("2011-10-16"), "movement"]
    assert days.loc[58, "dated_by"] == ""
    assert find_days(make_rows(), "report").loc[22, "first"] == pd.Timestamp("2011-10-18")


def test_one_open_end_of_a_period_is_the_other() -> None:
    rows = table.conform(pd.DataFrame({"deployment_id": ["a"], "ends": ["2022-02-09"], "published": ["2022-02-02"]}))
    assert find_days(rows).loc[0].tolist() == [pd.Timestamp("2022-02-09"), pd.Timestamp("2022-02-09"), "movement"]


def test_bars_hold_every_dated_row_once() -> None:
    bars = count_bars(select(build_cube(make_rows()), Choice()))
    assert bars["rows"].sum() == 60
    assert bars[bars["begin"].isna()]["rows"].sum() == 2, "two rows without any date have a bar of their own"
    of_2022 = bars[bars["begin"] == pd.Timestamp("2022-01-01")].set_index("look")["rows"]
    assert of_2022["alert"] == 2 and of_2022["presence"] == 1 and of_2022["denied"] == 1


def test_bars_grow_with_the_span() -> None:
    assert [choose_unit(date(2022, 1, 1), date(2022 + y, m, 1)) for y, m in ((0, 2), (0, 12), (3, 1), (20, 1))] == ["D", "W-SUN", "M", "Y"]


def test_the_chart_has_a_brush_that_can_begin_anywhere() -> None:
    spec = draw_timeline(count_bars(select(build_cube(make_rows()), Choice())), (date(2022, 2, 1), None))
    brush = next(param for param in spec["params"] if param["name"] == BRUSH)
    assert brush["value"]["x"][0] == {"year": 2022, "month": 2, "date": 1, "utc": True}


def test_other_bars_come_under_another_name() -> None:
    cube = build_cube(make_rows())
    names = [set(draw_timeline(count_bars(select(cube, choice)))["datasets"]) for choice in (Choice(), Choice(forces=("US",)), Choice())]
    assert names[0] == names[2] != names[1], "the browser keeps the bars of a name that it knows"


def test_the_chart_is_one_that_vega_lite_takes() -> None:
    spec = draw_timeline(count_bars(select(build_cube(make_rows()), Choice())))
    altair.Chart.from_dict(spec)
    (rows,) = spec["datasets"].values()
    assert sum(row["rows"] for row in rows) == 60 and {row["key"] for row in rows} >= {UNDATED, "2022-01-01"}


def test_of_a_few_days_the_axis_tells_no_hours() -> None:
    cube = build_cube(make_rows())
    ticks = [
        draw_timeline(count_bars(select(cube, choice)))["layer"][0]["encoding"]["x"]["axis"]["tickCount"]
        for choice in (Choice(), Choice(words="Report 36:"))
    ]
    assert ticks == [8, {"interval": "day", "step": 1}]


def test_a_dragged_window_becomes_days() -> None:
    day = 86_400_000
    assert read_window({BRUSH: {"begin": [0, 2 * day]}}) == (date(1970, 1, 1), date(1970, 1, 2)), (
        "the right edge is the first moment outside"
    )
    assert read_window({BRUSH: {}}) is None and read_window({}) is None and read_window(None) is None


def test_a_clicked_bar_gives_exactly_its_rows() -> None:
    selection = select(build_cube(make_rows()), Choice())
    bars = count_bars(selection)
    for bar in bars.to_dict("records"):
        begin = UNDATED if pd.isna(bar["begin"]) else bar["begin"].date().isoformat()
        assert len(find_bar_rows(selection, begin, bar["look"])) == bar["rows"]
    assert find_bar_rows(selection, "1999-01-01", "planned") == [] and find_bar_rows(selection, "nonsense", "planned") == []
    assert read_bar({"bar": [{"key": "2022-01-01", "look": "planned"}]}) == ("2022-01-01", "planned")
    assert read_bar({"bar": []}) is None and read_bar({}) is None


def test_every_bar_stands_in_the_bin_of_its_days() -> None:
    bins = choose_bins(select(build_cube(make_rows()), Choice()))
    assert bins is not None and bins.unit == "Y"
    assert bins.begins[0] == date(2002, 1, 1) and bins.begins[-1] == date(2025, 1, 1)
    days = pd.to_datetime(["2002-12-31", "2003-01-01", "2024-12-31"]).to_numpy(dtype="datetime64[D]").astype(int)
    assert bins.number(days).tolist() == [0, 1, 22]
