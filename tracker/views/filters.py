"""The filters: widgets bound to the address, with the number of rows beside each choice."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pandas as pd
import streamlit as st

from tracker.figures.choice import BASES, CERTAINTIES, ENDS, KINDS, MODES, SIZES, STATUSES, Choice
from tracker.figures.cube import Cube, build_cube
from tracker.figures.selection import Selection, select
from tracker.figures.wording import name_country
from tracker.views.selection import is_phone

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
BASIS_HELP = "A movement without a date of its own stands on the day of its report, and is marked so."
KNOWN_HELP = "Only what had been reported by this day: how the picture looked then. Rows without a day of report are left out."
MODE_HELP = "window: what touches the days chosen. cumulative: everything up to the last day."
MOST_SOURCES, MOST_COUNTS = 400, 14
#: What a cleared page has; the keys are the names in the address.
DEFAULTS: dict[str, object] = {
    "q": "",
    "force": [],
    "country": [],
    "end": ENDS[0],
    "kind": [],
    "status": [],
    "size": [],
    "source": [],
    "places": [],
    "since": None,
    "until": None,
    "known": None,
    "by": BASES[0],
    "mode": MODES[0],
}


def choose_rows(frame: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The rows of a frame that a choice asks for, in their order."""
    return select(build_cube(frame), choice).frame


def show_filters(cube: Cube) -> Selection:
    """The row of filters over the page; their values are kept in the address. Returns the rows that pass."""
    slots: dict[str, st.delta_generator.DeltaGenerator] = {}
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        words = st.text_input(
            "Search",
            key="q",
            bind="query-params",
            placeholder="Search words, places, forces \u2026",
            label_visibility="collapsed",
            width=250,
        )
        with _fold():
            with st.popover(_label("Force", "force")):
                forces = _choose_many("Whose forces", "force", _by_name(cube.facets["force"].values, _force_name), _force_name)
                slots["force"] = st.empty()
            with st.popover(_label("Country", "country")):
                end = st.radio("As", ENDS, key="end", bind="query-params", horizontal=True)
                countries = _choose_many("Country or region", "country", _by_name(cube.places[1:], name_country), name_country)
                slots["country"] = st.empty()
            with st.popover(_label("Kind", "kind")):
                kinds = _choose_pills("Kind of row", "kind", tuple(KINDS), KINDS.__getitem__)
                slots["kind"] = st.empty()
            with st.popover(_label("Status", "status")):
                statuses = _choose_pills("Status", "status", STATUSES, help="\u201cstationed\u201d are rows in which nobody moves.")
                slots["status"] = st.empty()
            with st.popover(_label_dates()):
                since, until, basis, mode, known = _choose_dates()
            with st.popover(_label("More", "size", "source", "places")):
                sizes = _choose_pills("Persons, as reported", "size", tuple(SIZES))
                slots["size"] = st.empty()
                certainties = _choose_pills("Places known to", "places", CERTAINTIES, help="How narrowly both ends of a row are known.")
                slots["certainty"] = st.empty()
                sources = _choose_many("Source", "source", _by_name(cube.facets["source"].values[:MOST_SOURCES], str), str)
                slots["source"] = st.empty()
        choice = Choice(
            words=words,
            forces=forces,
            countries=countries,
            end=end or ENDS[0],
            kinds=kinds,
            statuses=statuses,
            sizes=sizes,
            sources=sources,
            certainties=certainties,
            since=since,
            until=until,
            basis=basis,
            is_cumulative=mode == MODES[1],
            known=known,
        )
        if not choice.is_empty:
            st.button("Clear filters", on_click=clear_filters, type="tertiary", key="clear")
    selection = select(cube, choice)
    names: dict[str, Callable[[str], str]] = {"force": _force_name, "country": name_country, "kind": lambda kind: KINDS.get(kind, kind)}
    for name, slot in slots.items():
        slot.html(write_counts(selection.count_values(name), names.get(name, str)))
    return selection


@contextmanager
def _fold() -> Iterator[None]:
    """The room of the filters beside the search: on a phone, where they would fill half of the screen, one that opens."""
    if not is_phone():
        yield
        return
    with st.expander(_label("Filters", *(key for key in DEFAULTS if isinstance(DEFAULTS[key], list)))), st.container(horizontal=True):
        yield


def _choose_many(label: str, key: str, options: list[str], name: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(st.multiselect(label, options, format_func=name, key=key, bind="query-params", placeholder="All", select_all=False))


def _choose_pills(
    label: str, key: str, options: tuple[str, ...], name: Callable[[str], str] = str, help: str | None = None
) -> tuple[str, ...]:
    return tuple(st.pills(label, options, format_func=name, selection_mode="multi", key=key, bind="query-params", help=help))


def _choose_dates() -> tuple[date | None, date | None, str, str, date | None]:
    def day(label: str, key: str, help: str | None = None) -> date | None:
        return st.date_input(
            label, value=None, min_value=EARLIEST, max_value=LATEST, key=key, bind="query-params", format="YYYY-MM-DD", help=help
        )

    since, until = day("First day", "since"), day("Last day", "until")
    basis = st.radio("By the day of the", BASES, key="by", bind="query-params", horizontal=True, help=BASIS_HELP)
    mode = st.radio("Shown", MODES, key="mode", bind="query-params", horizontal=True, help=MODE_HELP)
    known = day("As known on", "known", KNOWN_HELP)
    return since, until, basis or BASES[0], mode or MODES[0], known


def write_counts(counts: dict[str, int], name: Callable[[str], str] = str) -> str:
    """The rows that each value would leave, largest first, as HTML with a bar each."""
    some = sorted(((n, value) for value, n in counts.items() if n and value), key=lambda pair: (-pair[0], name(pair[1])))
    if not some:
        return '<div class="tm-counts">No row in view.</div>'
    most = some[0][0]
    lines = "".join(
        f'<li><span>{html.escape(name(value))}</span><b>{n:,}</b><i style="width:{max(1, round(100 * n / most))}%"></i></li>'
        for n, value in some[:MOST_COUNTS]
    )
    more = f"<li><span>and {len(some) - MOST_COUNTS} more</span></li>" if len(some) > MOST_COUNTS else ""
    return f'<ul class="tm-counts" aria-label="Rows a choice">{lines}{more}</ul>'


def clear_filters() -> None:
    """Back to the whole table: every filter, the dragged window and the chosen row."""
    for key, value in DEFAULTS.items():
        st.session_state[key] = value
    st.session_state["brush"] = st.session_state.get("brush", 0) + 1
    st.session_state["seed"] = (None, None)
    st.session_state["row"], st.session_state["stack"] = "", None
    st.query_params.pop("row", None)


def _label(name: str, *keys: str) -> str:
    chosen = sum(len(st.session_state.get(key, st.query_params.get_all(key)) or []) for key in keys)
    return f"{name} \u00b7 {chosen}" if chosen else name


def _label_dates() -> str:
    since, until, known = (st.session_state.get(key, st.query_params.get(key)) for key in ("since", "until", "known"))
    words = f"{since or 'start'} \u2013 {until or 'today'}" if since or until else ""
    return " \u00b7 ".join(part for part in (words, f"as known {known}" if known else "") if part) or "Dates"


def _force_name(code: str) -> str:
    return name_country(code) if code else "unknown force"


def _by_name(values: tuple[str, ...], name: Callable[[str], str]) -> list[str]:
    return sorted(values, key=lambda value: name(value).casefold())
