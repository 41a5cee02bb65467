"""The timeline: rows a day, week, month or year, stacked by status, with a window that drags and a bar for the undated."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from tracker.figures.cube import Days, Ints
from tracker.figures.palette import COLOURS, LOOKS
from tracker.figures.selection import Selection, day_number
from tracker.figures.wording import say_day

#: The names of the window and of a clicked bar in the selection that the page receives.
BRUSH, BAR = "window", "bar"
Spec = dict[str, Any]
#: A click on a bar, which the page receives by the bar's first day and status.
CLICK: Spec = {
    "name": BAR,
    "select": {"type": "point", "fields": ["key", "look"], "on": "click", "clear": "dblclick"},
    "views": ["bars"],
}
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
        first = days.first[dated]
        shift = int(first.min())
        table = bins.number(np.arange(shift, int(first.max()) + 1)) * width
        key = table[first - shift] + looks[dated]
        length = (len(bins.begins) - 1) * width
        rows = np.bincount(key, minlength=length)
        persons = np.bincount(key, weights=cube.weight[dated], minlength=length)
        reported = np.bincount(key[days.dated_by[dated] == 1], minlength=length)
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


def draw_timeline(bars: pd.DataFrame, window: tuple[date | None, date | None] = (None, None), theme: str = "light") -> Spec:
    """The dated bars of ``count_bars`` as a Vega-Lite chart whose brush is called ``BRUSH``, undated ones in a place of their own
    at the right; ``window`` is the one to begin with.

    It is written down and not built with Altair, which would check it anew at every rerun: 40 ms for a text that never changes.
    """
    dated, undated = bars[bars["begin"].notna()], bars[bars["begin"].isna()]
    first, last = dated["begin"].min(), dated["end"].max()
    pad = max(timedelta(days=1), (last - first) / 40)
    right = last + pad
    if len(undated):
        room = max(timedelta(days=2), (last - first) / 45)
        undated = undated.assign(begin=last + 2 * pad, end=last + 2 * pad + room)
        right = last + 3 * pad + room
    shown = pd.concat([dated.assign(key=dated["begin"].dt.strftime("%Y-%m-%d")), undated.assign(key=UNDATED)])
    begin, end = shown["begin"].dt.strftime("%Y-%m-%d"), shown["end"].dt.strftime("%Y-%m-%d")
    shown = shown.assign(begin=begin, end=end, order=[LOOKS.index(look) for look in shown["look"]])
    # Dates are written as UTC on both sides: a browser elsewhere would else shift a day's bar by hours.
    scale = {"type": "utc", "domain": [_moment((first - pad).date()), _moment(right.date())]}
    brush: Spec = {"name": BRUSH, "select": {"type": "interval", "encodings": ["x"]}, "views": ["bars"]}
    since, until = window
    if since or until:
        brush["value"] = {"x": [_moment(since or first.date()), _moment((until or last.date()) + timedelta(days=1))]}
    # A name of its own for other data, or the browser keeps the bars that it has.
    name = f"bars-{zlib.crc32(shown.to_csv().encode()):x}"
    # Of a few days the axis would tell the hours.
    ticks: Any = {"interval": "day", "step": 1} if (right - first).days <= 8 else 8
    layers = [_draw_bars(name, scale, [look for look in LOOKS if look in set(shown["look"])], theme, ticks)]
    if len(undated):
        layers.append(_draw_note(shown["begin"].iloc[-1], scale))
    return {
        "layer": layers,
        "height": 130,
        "padding": {"left": 5, "right": 14, "top": 5, "bottom": 5},
        "params": [brush, CLICK],
        "datasets": {name: shown.to_dict("records")},
    }


def _draw_bars(data: str, scale: Spec, looks: list[str], theme: str, ticks: Any) -> Spec:
    colour = {"domain": looks, "range": [COLOURS[theme][look] for look in looks]}
    axis = {"grid": False, "labelFlush": False, "labelOverlap": "greedy", "tickCount": ticks}
    return {
        "name": "bars",
        "data": {"name": data},
        "mark": {"type": "bar", "binSpacing": 1, "cursor": "pointer", "stroke": None},
        "encoding": {
            "x": {"field": "begin", "type": "temporal", "bin": "binned", "scale": scale, "title": None, "axis": axis},
            "x2": {"field": "end"},
            "y": {"field": "rows", "type": "quantitative", "stack": "zero", "title": None, "axis": {"tickMinStep": 1, "tickCount": 3}},
            "color": {"field": "look", "type": "nominal", "scale": colour, "legend": None},
            "opacity": {"condition": {"param": BRUSH, "value": 0.95}, "value": 0.3},
            "order": {"field": "order", "type": "quantitative"},
            "tooltip": [
                {"field": "label", "title": "When", "type": "nominal"},
                {"field": "look", "title": "Status", "type": "nominal"},
                {"field": "rows", "title": "Rows", "type": "quantitative"},
                {"field": "persons", "title": "Persons", "type": "quantitative", "format": ","},
                {"field": "reported", "title": "On the report's day", "type": "quantitative"},
            ],
        },
    }


def _draw_note(day: str, scale: Spec) -> Spec:
    """The words over the bar of the undated rows."""
    return {
        "data": {"values": [{"x": day, "label": UNDATED}]},
        "mark": {"type": "text", "align": "center", "baseline": "bottom", "dx": 8, "dy": -3, "fontSize": 11, "opacity": 0.8},
        "encoding": {
            "x": {"field": "x", "type": "temporal", "scale": scale},
            "y": {"value": 12},
            "text": {"field": "label", "type": "nominal"},
        },
    }


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
