"""The timeline: rows a day, week, month or year, stacked by status, with a window that drags and a bar for the undated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import altair as alt
import numpy as np
import pandas as pd

from tracker.figures.cube import Days, Ints
from tracker.figures.palette import COLOURS, LOOKS
from tracker.figures.selection import Selection, day_number
from tracker.figures.wording import say_day

#: The names of the window and of a clicked bar in the selection that the page receives.
BRUSH, BAR = "window", "bar"
#: Bars are days up to 75 days, weeks up to 14 months, months up to 12 years, else years.
UNITS = ((75, "D"), (430, "W-SUN"), (4400, "M"))
UNDATED = "no date"
EPOCH = date(1970, 1, 1)


def choose_unit(first: date, last: date) -> str:
    """The pandas period that gives a readable number of bars between two days.

    >>> choose_unit(date(2022, 1, 1), date(2022, 2, 1)), choose_unit(date(2014, 1, 1), date(2022, 2, 1))
    ('D', 'M')
    """
    return next((unit for days, unit in UNITS if (last - first).days <= days), "Y")


@dataclass(frozen=True, slots=True)
class Bins:
    """Equal steps of time over a selection. ``begins`` has one day more than there are bins: the end of the last."""

    unit: str
    begins: tuple[date, ...]

    def number(self, days: Ints) -> Ints:
        """The bin of each day number; days outside all bins must not occur."""
        edges = np.array([day_number(day) for day in self.begins[1:]], dtype=np.int64)
        return np.searchsorted(edges, days, side="right")

    def label(self, at: int) -> str:
        """A bin in words."""
        day = self.begins[at]
        if self.unit == "D":
            return say_day(day)
        if self.unit == "W-SUN":
            return f"week of {say_day(day)}"
        return f"{day:%B %Y}" if self.unit == "M" else f"{day:%Y}"


def choose_bins(selection: Selection) -> Bins | None:
    """The bins that hold every dated row of a selection; None where no row has a date."""
    days = selection.cube.days[selection.choice.basis]
    dated = _dated(selection, days)
    if not len(dated):
        return None
    numbers = days.first[dated]
    first, last = (EPOCH + timedelta(int(number)) for number in (numbers.min(), numbers.max()))
    unit = choose_unit(first, last)
    periods = pd.period_range(pd.Timestamp(first), pd.Timestamp(last), freq=unit)
    begins = [period.start_time.date() for period in periods]
    return Bins(unit, (*begins, periods[-1].end_time.date() + timedelta(days=1)))


def _dated(selection: Selection, days: Days) -> Ints:
    return selection.rows[days.dated_by[selection.rows] > 0]


def count_bars(selection: Selection) -> pd.DataFrame:
    """Bars of the timeline: ``begin``, ``end`` (exclusive), ``look``, ``rows``, ``persons``, ``reported`` (rows that stand on
    their report's day), ``label``. Undated rows are bars of their own with no ``begin``.
    """
    if selection.masks:
        return _count_bars(selection)
    key = f"bars-{selection.choice.basis}"
    if key not in selection.cube.whole:
        selection.cube.whole[key] = _count_bars(selection)
    bars: pd.DataFrame = selection.cube.whole[key]
    return bars


def _count_bars(selection: Selection) -> pd.DataFrame:
    cube, days = selection.cube, selection.cube.days[selection.choice.basis]
    looks, width = cube.facets["look"].codes, len(LOOKS)
    bins, dated = choose_bins(selection), _dated(selection, days)
    bars: list[dict[str, Any]] = []
    if bins is not None:
        # The bin of a day is looked up once a day that occurs, not once a row.
        shift = int(days.first[dated].min())
        table = bins.number(np.arange(shift, int(days.first[dated].max()) + 1))
        key = table[days.first[dated] - shift] * width + looks[dated]
        length = (len(bins.begins) - 1) * width
        rows = np.bincount(key, minlength=length)
        persons = np.bincount(key, weights=cube.weight[dated], minlength=length)
        reported = np.bincount(key, weights=days.dated_by[dated] == 1, minlength=length)
        for at in np.flatnonzero(rows).tolist():
            step, look = divmod(at, width)
            begin, end = (pd.Timestamp(day) for day in bins.begins[step : step + 2])
            bars.append({"begin": begin, "end": end, "look": LOOKS[look], "rows": int(rows[at]), "persons": int(persons[at]),
                         "reported": int(reported[at]), "label": bins.label(step)})  # fmt: skip
    undated = selection.rows[days.dated_by[selection.rows] == 0]
    rows = np.bincount(looks[undated], minlength=width)
    persons = np.bincount(looks[undated], weights=cube.weight[undated], minlength=width)
    bars += [
        {"begin": pd.NaT, "end": pd.NaT, "look": LOOKS[look], "rows": int(rows[look]), "persons": int(persons[look]), "reported": 0,
         "label": UNDATED}
        for look in np.flatnonzero(rows).tolist()
    ]  # fmt: skip
    columns = ["begin", "end", "look", "rows", "persons", "reported", "label"]
    return pd.DataFrame(bars, columns=columns).astype({"begin": "datetime64[s]", "end": "datetime64[s]"})


def find_bar_rows(selection: Selection, begin: str, look: str) -> list[int]:
    """Positions of the rows of a bar, largest first; ``begin`` is its first day in ISO form, or ``UNDATED``."""
    days, bins = selection.cube.days[selection.choice.basis], choose_bins(selection)
    rows = selection.rows[selection.cube.facets["look"].codes[selection.rows] == LOOKS.index(look)] if look in LOOKS else selection.rows
    if begin == UNDATED:
        rows = rows[days.dated_by[rows] == 0]
    elif bins is None or begin not in (starts := [day.isoformat() for day in bins.begins[:-1]]):
        return []
    else:
        step = starts.index(begin)
        low, high = (day_number(day) for day in bins.begins[step : step + 2])
        rows = rows[(days.first[rows] >= low) & (days.first[rows] < high) & (days.dated_by[rows] > 0)]
    found: list[int] = rows[np.argsort(-selection.cube.weight[rows], kind="stable")].tolist()
    return found


def draw_timeline(bars: pd.DataFrame, window: tuple[date | None, date | None] = (None, None), theme: str = "light") -> alt.LayerChart:
    """The dated bars of ``count_bars`` as a chart whose brush is called ``BRUSH``, undated ones in a place of their own at the
    right; ``window`` is the one to begin with."""
    dated, undated = bars[bars["begin"].notna()], bars[bars["begin"].isna()]
    first, last = dated["begin"].min(), dated["end"].max()
    pad = max(timedelta(days=1), (last - first) / 40)
    right = last + pad
    if len(undated):
        room = max(timedelta(days=2), (last - first) / 45)
        undated = undated.assign(begin=last + 2 * pad, end=last + 2 * pad + room)
        right = last + 3 * pad + room
    shown = pd.concat([dated.assign(key=dated["begin"].dt.strftime("%Y-%m-%d")), undated.assign(key=UNDATED)])
    shown = shown.assign(
        begin=shown["begin"].dt.strftime("%Y-%m-%d"),
        end=shown["end"].dt.strftime("%Y-%m-%d"),
        order=[LOOKS.index(look) for look in shown["look"]],
    )
    # Dates are written as UTC on both sides: a browser elsewhere would else shift a day's bar by hours.
    scale = alt.Scale(type="utc", domain=[_moment((first - pad).date()), _moment(right.date())])
    begin, until = window
    value: Any = alt.Undefined
    if begin or until:
        value = {"x": [_moment(begin or first.date()), _moment((until or last.date()) + timedelta(days=1))]}
    brush = alt.selection_interval(name=BRUSH, encodings=["x"], value=value)
    click = alt.selection_point(name=BAR, fields=["key", "look"], on="click", clear="dblclick")
    looks = [look for look in LOOKS if look in set(shown["look"])]
    bars_drawn = (
        alt.Chart(shown)
        .mark_bar(stroke=None, binSpacing=1, cursor="pointer")
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
        .add_params(brush, click)
    )
    layers = [bars_drawn]
    if len(undated):
        note = pd.DataFrame({"x": [shown["begin"].iloc[-1]], "label": [UNDATED]})
        layers.append(
            alt.Chart(note)
            .mark_text(align="center", baseline="bottom", dy=-3, dx=8, fontSize=11, opacity=0.8)
            .encode(x=alt.X("x:T", scale=scale), y=alt.value(12), text="label:N")
        )
    chart = alt.layer(*layers).properties(height=130, padding={"left": 5, "right": 14, "top": 5, "bottom": 5})
    return cast(alt.LayerChart, chart)


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


def read_bar(selection: Any) -> tuple[str, str] | None:
    """First day (ISO, or ``UNDATED``) and look of the clicked bar out of a chart's selection; None where none is."""
    picked = selection.get(BAR) if selection else None
    first = picked[0] if isinstance(picked, list) and picked else None
    return (str(first["key"]), str(first["look"])) if isinstance(first, dict) and "key" in first and "look" in first else None
