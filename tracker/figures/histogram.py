"""The timeline: rows a day, week, month or year, stacked by status, with a window that drags."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from tracker.figures.palette import COLOURS, LOOKS, look_of
from tracker.figures.records import find_days, list_records, weigh
from tracker.figures.wording import say_day

#: The name of the window in the selection that the page receives.
BRUSH = "window"
#: Bars are days up to 75 days, weeks up to 14 months, months up to 12 years, else years.
UNITS = ((75, "D"), (430, "W-SUN"), (4400, "M"))


def choose_unit(first: date, last: date) -> str:
    """The pandas period that gives a readable number of bars between two days.

    >>> choose_unit(date(2022, 1, 1), date(2022, 2, 1)), choose_unit(date(2014, 1, 1), date(2022, 2, 1))
    ('D', 'M')
    """
    return next((unit for days, unit in UNITS if (last - first).days <= days), "Y")


def count_bars(frame: pd.DataFrame, basis: str = "movement") -> pd.DataFrame:
    """Bars of the timeline: ``begin``, ``end`` (exclusive), ``look``, ``rows``, ``persons``, ``reported`` (rows that stand on
    their report's day), ``label``. Undated rows are in none of them: the caption tells their number.
    """
    days = find_days(frame, basis)
    rows = pd.DataFrame(
        {
            "first": days["first"],
            "reported": (days["dated_by"] == "report").astype("int64"),
            "look": [look_of(row) for row in list_records(frame[["kind", "status"]])],
            "persons": [weigh(row) for row in list_records(frame[["count", "counted_persons"]])],
        }
    ).dropna(subset=["first"])
    if rows.empty:
        return pd.DataFrame(columns=["begin", "end", "look", "rows", "persons", "reported", "label"])
    unit = choose_unit(rows["first"].min().date(), rows["first"].max().date())
    period = rows["first"].dt.to_period(unit)
    bars = (
        rows.assign(period=period)
        .groupby(["period", "look"], as_index=False)
        .agg(rows=("persons", "size"), persons=("persons", "sum"), reported=("reported", "sum"))
    )
    begin = bars["period"].dt.start_time.dt.normalize()
    end = bars["period"].dt.end_time.dt.normalize() + pd.Timedelta(days=1)
    return bars.assign(begin=begin, end=end, label=[_label(p, unit) for p in bars["period"]]).drop(columns="period")


def _label(period: Any, unit: str) -> str:
    if unit == "D":
        return say_day(period.start_time.date())
    if unit == "W-SUN":
        return f"week of {say_day(period.start_time.date())}"
    return f"{period.start_time:%B %Y}" if unit == "M" else f"{period.start_time:%Y}"


def draw_timeline(bars: pd.DataFrame, window: tuple[date | None, date | None] = (None, None), theme: str = "light") -> alt.Chart:
    """The bars of ``count_bars`` as a chart whose brush is called ``BRUSH``; ``window`` is the one to begin with."""
    shown = bars.assign(
        begin=bars["begin"].dt.strftime("%Y-%m-%d"),
        end=bars["end"].dt.strftime("%Y-%m-%d"),
        order=[LOOKS.index(look) for look in bars["look"]],
    )
    first, last = bars["begin"].min(), bars["end"].max()
    pad = max(timedelta(days=1), (last - first) / 40)
    # Dates are written as UTC on both sides: a browser elsewhere would else shift a day's bar by hours.
    scale = alt.Scale(type="utc", domain=[_moment((first - pad).date()), _moment((last + pad).date())])
    begin, until = window
    value: Any = alt.Undefined
    if begin or until:
        value = {"x": [_moment(begin or first.date()), _moment((until or last.date()) + timedelta(days=1))]}
    brush = alt.selection_interval(name=BRUSH, encodings=["x"], value=value)
    looks = [look for look in LOOKS if look in set(bars["look"])]
    chart: alt.Chart = (
        alt.Chart(shown)
        .mark_bar(stroke=None, binSpacing=1)
        .encode(
            x=alt.X(
                "begin:T",
                bin="binned",
                scale=scale,
                title=None,
                axis=alt.Axis(grid=False, labelOverlap="greedy", labelFlush=False, tickCount=8),
            ),
            x2="end:T",
            y=alt.Y("rows:Q", title=None, stack="zero", axis=alt.Axis(tickMinStep=1, tickCount=3)),
            color=alt.Color("look:N", scale=alt.Scale(domain=looks, range=[COLOURS[theme][look] for look in looks]), legend=None),
            opacity=alt.condition(brush, alt.value(0.95), alt.value(0.3)),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("label:N", title="When"),
                alt.Tooltip("look:N", title="Status"),
                alt.Tooltip("rows:Q", title="Rows"),
                alt.Tooltip("persons:Q", title="Persons", format=","),
                alt.Tooltip("reported:Q", title="On the report's day"),
            ],
        )
        .add_params(brush)
        .properties(height=130, padding={"left": 5, "right": 14, "top": 5, "bottom": 5})
    )
    return chart


def _moment(day: date) -> dict[str, Any]:
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


def read_window(selection: Any) -> tuple[date, date] | None:
    """First and last day of the dragged window out of a chart's selection; None where no window is drawn."""
    axes = selection.get(BRUSH) if selection else None
    moments = next(iter(axes.values()), None) if axes else None
    if not moments or len(moments) != 2:
        return None
    low, high = (pd.to_datetime(float(moment), unit="ms") for moment in moments)
    # The right edge is the first moment outside, so the day before it is the last one in.
    return low.date(), max(low, high - pd.Timedelta(milliseconds=1)).date()
