"""The headline: the finding of the rows in view, with persons counted once."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from tracker.figures.records import find_days
from tracker.figures.wording import say_period, say_share, say_total
from tracker.posture import count_persons, find_largest_share


def write_headline(frame: pd.DataFrame, basis: str = "movement") -> tuple[str, str]:
    """Headline and the line under it, as plain text."""
    if frame.empty:
        return "No row fits these filters", "Clear one of them, or add an article of your own."
    total = count_persons(frame)
    days = find_days(frame, basis)
    period = say_period(*(None if pd.isna(day) else day.date() for day in (days["first"].min(), days["last"].max())))
    others = len(frame) - total.rows
    head = (
        f"{say_total(total)} in {total.rows} movement{'s' if total.rows != 1 else ''}"
        if total.rows
        else f"No counted movement in {len(frame)} row{'s' if len(frame) != 1 else ''}"
    )
    share = say_share(find_largest_share(frame), total)
    under = [
        part
        for part in (
            period,
            "each soldier counted once" if total.rows else "",
            f"{others} more row{'s' if others != 1 else ''} (denied, possible, alert, presence, totals) add nothing" if others else "",
        )
        if part
    ]
    return f"{head}; {share}" if share else head, " \u00b7 ".join(under)


def show_headline(frame: pd.DataFrame, basis: str) -> None:
    """Writes it over the page."""
    head, under = write_headline(frame, basis)
    st.html(f'<div class="tm-head">{html.escape(head)}<small>{html.escape(under)}</small></div>')
