"""Charts of posture: net persons of countries over time with their band, what comes and goes, and who sends where."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import altair as alt
import numpy as np
import pandas as pd

from tracker.figures.flows import Flow
from tracker.figures.histogram import EPOCH
from tracker.figures.palette import COLOURS
from tracker.figures.selection import Selection
from tracker.figures.wording import name_country
from tracker.posture import list_legs, net_over_time

#: The name of a clicked cell in the selection that the page receives.
CELL = "cell"
#: Hues for countries, none of them a status; with the dash they stay apart in grey.
HUES = {"light": ("#1E3A5F", "#B4532A", "#3F7D5B", "#7B4EA3", "#8C7A1E"), "dark": ("#9CC3F0", "#F0A37F", "#8FD6AE", "#C8A8EC", "#DCCB6B")}
#: How an axis tells persons: "40k", and plain "0" where the short form would say "0k".
SHORT = "datum.value === 0 ? '0' : format(datum.value, '~s')"
DASHES = ([1, 0], [6, 2], [2, 2], [8, 2, 2, 2], [4, 4])


def cut_legs(legs: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The legs of a cube's frame (`tracker.posture.list_legs`) whose rows are in a selection."""
    if len(selection) == len(selection.cube):
        return legs
    kept = np.zeros(len(selection.cube), dtype=bool)
    kept[selection.rows] = True
    found: pd.DataFrame = legs[kept[legs["row"].to_numpy(dtype=np.int64)]]
    return found


def legs_of(selection: Selection) -> pd.DataFrame:
    """The arrivals and departures of a selection; those of the whole table are listed once."""
    cube = selection.cube
    if cube.legs is None:
        cube.legs = list_legs(cube.frame)
    return cut_legs(cube.legs, selection)


def trace_net(selection: Selection, legs: pd.DataFrame, places: list[str]) -> pd.DataFrame:
    """For each place the net persons at the end of each day that changes them: ``place``, ``day``, ``net``, ``low``, ``high``.

    Legs of rows without any date have no day and are left out: the page tells how many.
    """
    days = selection.cube.days[selection.choice.basis]
    rows = legs["row"].to_numpy(dtype=np.int64)
    bins = pd.Series(np.where(days.dated_by[rows] > 0, days.first[rows], np.nan), index=legs.index)
    traces = []
    for place in places:
        trace = net_over_time(legs, bins, place)
        if len(trace):
            # Every line runs over the whole span: at 0 before its first change, level after its last.
            start = pd.DataFrame({"bin": [bins.min() - 1], "net": [0.0], "low": [0.0], "high": [0.0]})
            trace = pd.concat(
                [start, trace[["bin", "net", "low", "high"]], trace[["bin", "net", "low", "high"]].tail(1).assign(bin=bins.max() + 1)]
            )
            traces.append(trace.assign(place=name_country(place)))
    if not traces:
        return pd.DataFrame(columns=["day", "net", "low", "high", "place"])
    found = pd.concat(traces, ignore_index=True)
    return found.assign(day=[(EPOCH + timedelta(int(day))).isoformat() for day in found["bin"]]).drop(columns="bin")


def draw_net(traces: pd.DataFrame, theme: str = "light") -> alt.LayerChart:
    """Steps of net persons with the band that the words leave open; at most five places."""
    order = list(dict.fromkeys(traces["place"]))
    shown = _thin(traces)
    colour = alt.Color("place:N", scale=alt.Scale(domain=order, range=list(HUES[theme][: len(order)])), legend=None)
    base = alt.Chart(shown).encode(x=alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(grid=False, tickCount=7)))
    band = base.mark_area(interpolate="step-after", opacity=0.16).encode(y="low:Q", y2="high:Q", color=colour)
    dash = alt.StrokeDash("place:N", scale=alt.Scale(domain=order, range=list(DASHES[: len(order)])), legend=None)
    tips = [alt.Tooltip("place:N", title="Country"), alt.Tooltip("day:T", title="Day"), alt.Tooltip("net:Q", title="Net", format="+,")]
    tips += [alt.Tooltip("low:Q", title="Low", format="+,"), alt.Tooltip("high:Q", title="High", format="+,")]
    y = alt.Y("net:Q", title="net persons", axis=alt.Axis(labelExpr=SHORT))
    line = base.mark_line(interpolate="step-after", strokeWidth=2).encode(y=y, color=colour, strokeDash=dash, tooltip=tips)
    dots = base.mark_circle(size=40, opacity=0.01).encode(y="net:Q", tooltip=tips)
    ends = place_labels(traces)
    names = (
        alt.Chart(ends).mark_text(align="left", dx=6, fontSize=12, fontWeight=600).encode(x="day:T", y="at:Q", text="label:N", color=colour)
    )
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(strokeWidth=1, opacity=0.5).encode(y="y:Q")
    chart = alt.layer(zero, band, line, dots, names).properties(height=300, padding={"left": 5, "right": 14, "top": 5, "bottom": 5})
    return cast(alt.LayerChart, chart)


def place_labels(traces: pd.DataFrame, gap: float = 0.07) -> pd.DataFrame:
    """The end of each line with its name and number, and the height at which it is written so that no two touch."""
    ends = traces.groupby("place", sort=False).tail(1).sort_values("net", kind="stable")
    least = gap * max(1.0, float(traces["high"].max() - traces["low"].min()))
    heights: list[float] = []
    for net in ends["net"]:
        heights.append(max(float(net), heights[-1] + least) if heights else float(net))
    labels = [f"{place} {net:+,.0f}" for place, net in zip(ends["place"], ends["net"], strict=True)]
    return pd.DataFrame({"day": ends["day"], "place": ends["place"], "at": heights, "label": labels})


def _thin(traces: pd.DataFrame, most: int = 400) -> pd.DataFrame:
    """No more steps a place than pixels can show; the first and the last stay."""
    kept = []
    for _, trace in traces.groupby("place", sort=False):
        step = max(1, len(trace) // most)
        kept.append(trace if step == 1 else pd.concat([trace.iloc[::step], trace.tail(1)]).drop_duplicates())
    return pd.concat(kept) if kept else traces


def draw_balance(net: pd.DataFrame, theme: str = "light", most: int = 14) -> alt.LayerChart:
    """What comes (right) and goes (left) by country, stacked; the dot is the net with its band."""
    shown = net.head(most).assign(name=[name_country(place) for place in net["place"].head(most)])
    order = shown["name"].tolist()
    come, go = COLOURS[theme]["completed"], COLOURS[theme]["alert"]
    parts = pd.concat(
        [
            pd.DataFrame({"name": shown["name"], "persons": shown["come"], "what": "comes"}),
            pd.DataFrame({"name": shown["name"], "persons": -shown["go"], "what": "goes"}),
        ]
    )
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=150, labelOverlap=False))
    bars = (
        alt.Chart(parts)
        .mark_bar(height=11, opacity=0.75)
        .encode(
            x=alt.X("persons:Q", title="persons who go (left) and come (right)", axis=alt.Axis(labelExpr=SHORT, grid=True)),
            y=y,
            color=alt.Color(
                "what:N", scale=alt.Scale(domain=["comes", "goes"], range=[come, go]), legend=alt.Legend(title=None, orient="top")
            ),
            tooltip=[alt.Tooltip("name:N", title="Country"), alt.Tooltip("what:N", title="What"), alt.Tooltip("persons:Q", format=",")],
        )
    )
    tips = [alt.Tooltip("name:N", title="Country"), alt.Tooltip("net:Q", title="Net", format="+,")]
    tips += [alt.Tooltip("net_low:Q", title="Low", format="+,"), alt.Tooltip("net_high:Q", title="High", format="+,")]
    ink = "#1E293B" if theme == "light" else "#E2E8F0"
    base = alt.Chart(shown[["name", "net", "net_low", "net_high"]])
    band = base.mark_rule(strokeWidth=1.6, color=ink).encode(x="net_low:Q", x2="net_high:Q", y=y)
    dots = base.mark_circle(size=46, color=ink, opacity=1).encode(x="net:Q", y=y, tooltip=tips)
    chart = alt.layer(bars, band, dots).properties(height=23 * len(shown) + 100, padding={"left": 5, "right": 14, "top": 5, "bottom": 5})
    return cast(alt.LayerChart, chart)


def count_pairs(flows: list[Flow], most: int = 12) -> pd.DataFrame:
    """Counted persons by origin and destination among the places that move most: ``origin``, ``destination`` (codes),
    ``sender``, ``receiver`` (names), ``persons``, ``rows``."""
    pairs = pd.DataFrame(
        [(f.origin, f.destination, f.persons, f.rows) for f in flows if f.look not in ("denied", "possible")],
        columns=["origin", "destination", "persons", "rows"],
    )
    if pairs.empty:
        return pairs.assign(sender=[], receiver=[])
    sums = pairs.groupby(["origin", "destination"], as_index=False, sort=False).sum()
    for end in ("origin", "destination"):
        top = sums.groupby(end)["persons"].sum().nlargest(most).index
        sums = sums[sums[end].isin(top)]
    return sums.assign(sender=[name_country(p) for p in sums["origin"]], receiver=[name_country(p) for p in sums["destination"]])


def draw_matrix(pairs: pd.DataFrame, theme: str = "light") -> alt.LayerChart:
    """The pairs of ``count_pairs`` as a matrix: from (rows) to (columns), the darker the more; a click chooses a cell."""
    rows = pairs.groupby("sender")["persons"].sum().sort_values(ascending=False).index.tolist()
    columns = pairs.groupby("receiver")["persons"].sum().sort_values(ascending=False).index.tolist()
    ramp = ["#DCE9F5", "#0072B2", "#00304D"] if theme == "light" else ["#16324A", "#3B9FE0", "#D6ECFB"]
    click = alt.selection_point(name=CELL, fields=["origin", "destination"], on="click")
    base = alt.Chart(pairs).encode(
        x=alt.X("receiver:N", sort=columns, title="to", axis=alt.Axis(labelAngle=-40, orient="top", labelLimit=110, labelOverlap=False)),
        y=alt.Y("sender:N", sort=rows, title="from", axis=alt.Axis(labelLimit=130, labelOverlap=False)),
        tooltip=[
            alt.Tooltip("sender:N", title="From"),
            alt.Tooltip("receiver:N", title="To"),
            alt.Tooltip("persons:Q", title="Persons, counted once", format=","),
            alt.Tooltip("rows:Q", title="Movements"),
        ],
    )
    limit = float(pairs["persons"].max()) ** 0.5 * 0.45
    cells = base.mark_rect(stroke=None, cornerRadius=2, cursor="pointer").encode(
        color=alt.Color("persons:Q", scale=alt.Scale(type="sqrt", range=ramp), legend=None),
        opacity=alt.condition(click, alt.value(1), alt.value(0.45)),
    )
    light_text = "#FFFFFF" if theme == "light" else "#0B1016"
    dark_text = "#1E293B" if theme == "light" else "#E2E8F0"
    words = base.mark_text(fontSize=10.5).encode(
        text=alt.Text("persons:Q", format=",.3~s"),
        color=alt.condition(f"sqrt(datum.persons) > {limit}", alt.value(light_text), alt.value(dark_text)),
    )
    chart = alt.layer(cells.add_params(click), words).properties(
        height=max(140, 27 * len(rows) + 110), padding={"left": 5, "right": 14, "top": 5, "bottom": 5}
    )
    return cast(alt.LayerChart, chart)
