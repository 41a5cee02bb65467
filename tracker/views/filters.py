"""The filters: widgets bound to the address, and the one function that applies them to a frame."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from tracker.figures.records import find_days, read_list
from tracker.figures.wording import name_country

KINDS = {
    "deploy": "deployment",
    "withdraw": "withdrawal",
    "redeploy": "redeployment",
    "rotate": "rotation",
    "alert": "alert",
    "presence": "presence",
}
STATUSES = ("completed", "ongoing", "planned", "possible", "denied", "stationed")
ENDS = ("either end", "from", "to")
BASES = ("movement", "report")
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
BASIS_HELP = "A movement without a date of its own stands on the day of its report, and is marked so."
#: What a cleared page has; the keys are the names in the address.
DEFAULTS: dict[str, object] = {
    "q": "",
    "force": [],
    "country": [],
    "end": ENDS[0],
    "kind": [],
    "status": [],
    "since": None,
    "until": None,
    "by": BASES[0],
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader asks for; an empty field asks for nothing. ``countries`` are ISO codes, or names of places without one."""

    words: str = ""
    forces: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    end: str = ENDS[0]
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    basis: str = BASES[0]

    @property
    def is_empty(self) -> bool:
        """Whether every row is asked for."""
        return replace(self, basis=BASES[0], end=ENDS[0]) == Choice()


def choose_rows(frame: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The rows that a choice asks for, in their order. Undated rows are outside every window of dates."""
    keep = pd.Series(True, index=frame.index)
    if choice.forces:
        keep &= frame["actor"].isin(choice.forces)
    if choice.kinds:
        keep &= frame["kind"].isin(choice.kinds)
    if choice.statuses:
        keep &= frame["status"].mask(frame["status"] == "", "stationed").isin(choice.statuses)
    if choice.countries:
        keep &= _touches(frame, choice)
    if choice.words.strip():
        keep &= _mentions(frame, choice.words)
    if choice.since or choice.until:
        days = find_days(frame, choice.basis)
        keep &= (days["last"] >= pd.Timestamp(choice.since or EARLIEST)) & (days["first"] <= pd.Timestamp(choice.until or LATEST))
    return frame[keep]


def _touches(frame: pd.DataFrame, choice: Choice) -> pd.Series:
    wanted = set(choice.countries)
    ends = {"from": ["origin"], "to": ["destination"]}.get(choice.end, ["origin", "destination"])
    found = pd.Series(False, index=frame.index)
    for end in ends:
        found |= list_places(frame, end).isin(wanted)
        further = frame[f"{end}s_more"].map(
            lambda cell: any(isinstance(p, dict) and (p.get("country") or p.get("name")) in wanted for p in read_list(cell))
        )
        found |= further.astype(bool)
    return found


def list_places(frame: pd.DataFrame, end: str) -> pd.Series:
    """Country code of an end; the name of a resolved place that lies in no one country; empty where nothing is known."""
    known = frame[f"{end}_lat"].notna()
    return frame[f"{end}_country"].mask(known & (frame[f"{end}_country"] == ""), frame[end])


def _mentions(frame: pd.DataFrame, words: str) -> pd.Series:
    columns = ["title", "source", "actor_name", "unit", "personnel", "origin", "destination", "speaker", "via"]
    text = frame["evidence"]
    for column in columns:
        text = text + " " + frame[column]
    for column in ("actor", "origin_country", "destination_country"):
        text = text + " " + frame[column].map(name_country).astype("string")
    text = text.str.casefold()
    keep = pd.Series(True, index=frame.index)
    for word in words.casefold().split():
        keep &= text.str.contains(word, regex=False).astype(bool)
    return keep


def show_filters(frame: pd.DataFrame) -> Choice:
    """The row of filters over the page; their values are kept in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        words = st.text_input(
            "Search",
            key="q",
            bind="query-params",
            placeholder="Search words, places, forces \u2026",
            label_visibility="collapsed",
            width=260,
        )
        with st.popover(_label("Force", "force")):
            forces = st.multiselect(
                "Whose forces", _forces(frame), format_func=_force_name, key="force", bind="query-params", placeholder="All forces"
            )
        with st.popover(_label("Country", "country")):
            end = st.radio("As", ENDS, key="end", bind="query-params", horizontal=True)
            countries = st.multiselect(
                "Country or region",
                _countries(frame),
                format_func=name_country,
                key="country",
                bind="query-params",
                placeholder="All countries",
            )
        with st.popover(_label("Kind", "kind")):
            kinds = st.pills(
                "Kind of row", list(KINDS), format_func=KINDS.__getitem__, selection_mode="multi", key="kind", bind="query-params"
            )
        with st.popover(_label("Status", "status")):
            statuses = st.pills(
                "Status",
                STATUSES,
                selection_mode="multi",
                key="status",
                bind="query-params",
                help="\u201cstationed\u201d are rows in which nobody moves.",
            )
        with st.popover(_label_dates()):
            since = st.date_input(
                "First day", value=None, min_value=EARLIEST, max_value=LATEST, key="since", bind="query-params", format="YYYY-MM-DD"
            )
            until = st.date_input(
                "Last day", value=None, min_value=EARLIEST, max_value=LATEST, key="until", bind="query-params", format="YYYY-MM-DD"
            )
            basis = st.radio("By the day of the", BASES, key="by", bind="query-params", horizontal=True, help=BASIS_HELP)
        choice = Choice(
            words, tuple(forces), tuple(countries), end or ENDS[0], tuple(kinds), tuple(statuses), since, until, basis or BASES[0]
        )
        if not choice.is_empty:
            st.button("Clear filters", on_click=clear_filters, type="tertiary", key="clear")
    return choice


def clear_filters() -> None:
    """Back to the whole table: every filter, the dragged window and the chosen row."""
    for key, value in DEFAULTS.items():
        st.session_state[key] = value
    st.session_state["brush"] = st.session_state.get("brush", 0) + 1
    st.session_state["seed"] = (None, None)
    st.session_state["row"] = ""
    st.query_params.pop("row", None)


def _label(name: str, key: str) -> str:
    chosen = st.session_state.get(key, st.query_params.get_all(key)) or []
    return f"{name} \u00b7 {len(chosen)}" if chosen else name


def _label_dates() -> str:
    since, until = (st.session_state.get(key, st.query_params.get(key)) for key in ("since", "until"))
    if not since and not until:
        return "Dates"
    return f"{since or 'start'} \u2013 {until or 'today'}"


def _force_name(code: str) -> str:
    return name_country(code) if code else "unknown force"


def _forces(frame: pd.DataFrame) -> list[str]:
    return sorted(frame["actor"].unique(), key=lambda code: _force_name(code).casefold())


def _countries(frame: pd.DataFrame) -> list[str]:
    found = set(list_places(frame, "origin")) | set(list_places(frame, "destination"))
    for cell in pd.concat([frame["origins_more"], frame["destinations_more"]]):
        found |= {str(p.get("country") or "") for p in read_list(cell) if isinstance(p, dict)}
    return sorted(found - {""}, key=lambda code: name_country(code).casefold())
