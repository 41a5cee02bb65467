"""The finding of a selection in words: totals with their band, the country that most go to or leave, the days."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from tracker.figures.cube import NEVER_FIRST, NEVER_LAST
from tracker.figures.palette import LOOKS
from tracker.figures.selection import Selection
from tracker.figures.wording import say_period, say_share, say_total
from tracker.posture import Share, Total


def sum_persons(selection: Selection) -> Total:
    """`tracker.posture.count_persons` of a selection, out of its cube."""
    cube = selection.cube
    rows = selection.rows[cube.persons[selection.rows] > 0]
    persons, low, high = (int(column[rows].sum()) for column in (cube.persons, cube.low, cube.high))
    return Total(persons, low, high, bool(cube.is_open[rows].any()), len(rows))


def sum_possible(selection: Selection) -> int:
    """Persons of the movements that are only possible; in no total."""
    cube = selection.cube
    rows = selection.rows[cube.facets["look"].codes[selection.rows] == LOOKS.index("possible")]
    return int(cube.weight[rows].sum())


def find_share(selection: Selection) -> Share | None:
    """`tracker.posture.find_largest_share` of a selection, out of its cube."""
    cube, places = selection.cube, selection.cube.places
    sums = np.bincount(cube.shift[selection.rows], weights=cube.persons[selection.rows], minlength=2 * len(places))
    best: Share | None = None
    for direction, part in (("from", sums[len(places) :]), ("to", sums[: len(places)])):
        part[0] = 0
        at = int(part.argmax())
        if part[at] > 0 and (best is None or part[at] > best.persons):
            best = Share(direction, places[at], int(part[at]))
    return best


def find_period(selection: Selection) -> tuple[date | None, date | None]:
    """First and last day of the dated rows."""
    days = selection.cube.days[selection.choice.basis]
    first, last = days.first[selection.rows], days.last[selection.rows]
    low, high = (first.min(), last.max()) if len(first) else (NEVER_FIRST, NEVER_LAST)
    begin = date(1970, 1, 1)
    return (None if low == NEVER_FIRST else begin + timedelta(int(low))), (None if high == NEVER_LAST else begin + timedelta(int(high)))


def write_headline(selection: Selection) -> tuple[str, str]:
    """Headline and the line under it, as plain text."""
    if selection.masks:
        return _write(selection)
    key = f"headline-{selection.choice.basis}"
    if key not in selection.cube.whole:
        selection.cube.whole[key] = _write(selection)
    head, under = selection.cube.whole[key]
    return head, under


def _write(selection: Selection) -> tuple[str, str]:
    rows = len(selection)
    if not len(selection.cube):
        return "No movement yet", "Add an article of your own, or name a table in TRACKER_ROWS."
    if not rows:
        return "No row fits these filters", "Clear one of them, or add an article of your own."
    total, possible = sum_persons(selection), sum_possible(selection)
    others = rows - total.rows
    head = (
        f"{say_total(total)} in {total.rows:,} movement{'s' if total.rows != 1 else ''}"
        if total.rows
        else f"No counted movement in {rows:,} row{'s' if rows != 1 else ''}"
    )
    share = say_share(find_share(selection), total)
    under = [
        part
        for part in (
            say_period(*find_period(selection)),
            "each soldier counted once" if total.rows else "",
            f"{possible:,} more are only possible" if possible else "",
            f"{others:,} row{'s' if others != 1 else ''} (denied, possible, alert, presence, totals) add nothing" if others else "",
        )
        if part
    ]
    return f"{head}; {share}" if share else head, " \u00b7 ".join(under)
