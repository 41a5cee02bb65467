"""The tab in which people look at rows one by one: accept, correct, reject, undo, and the history of each row."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tracker import review
from tracker.corrections import FIELDS, KINDS, STATUSES, ReviewError
from tracker.figures.evidence import choose_link, write_card, write_facts
from tracker.figures.records import list_records
from tracker.review import Item
from tracker.store import Act, Store, StoreError
from tracker.views.rows import VARIABLE, find_store, forget_rows, shown_table

#: How many rows are shown as waiting; the rest comes up as these are decided.
MOST = 100
_LINES = ("count", "actor", "kind", "status", "origin", "destination", "starts", "ends", "personnel", "unit", "speaker", "via")


def show_review(theme: str) -> None:
    """The whole tab."""
    try:
        store = find_store()
        if store is None:
            _say_nothing_kept()
            return
        there = store.count()
        if not there["rows"] and not there["acts"]:
            _say_nothing_kept()
            return
        items = review.queue(store, MOST)
        st.markdown(f"**{there['unreviewed']:,}** of {there['rows']:,} rows nobody has looked at; **{_some(len(items))}** wait for a look.")
        left, right = st.columns([5, 4], gap="large")
        with right:
            shown = _choose(store, items)
        with left:
            if shown is None:
                st.caption("Nothing waits for a look. Give the identifier of a row to look at it all the same.")
            else:
                _show_item(store, shown, theme)
    except StoreError as error:
        st.error(str(error))


def _say_nothing_kept() -> None:
    if shown_table():
        st.info(f"This page shows a table of yours. Leave {VARIABLE} out to review the rows of the store.")
    else:
        st.info("There is nothing to review yet: keep an article in the store first, under Add articles or with `python -m tracker add`.")


def _some(waiting: int) -> str:
    return f"{waiting:,}" + (" or more" if waiting == MOST else "")


def _choose(store: Store, items: list[Item]) -> Item | None:
    """Whose decision it is, and which row is looked at: the next of the queue, or one that is asked for."""
    st.text_input("Your name", key="reviewer", help="It stands beside every decision of yours.", placeholder="Who decides?")
    at = min(st.session_state.get("review-at", 0), max(0, len(items) - 1))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Before", on_click=_go, args=(at - 1,), disabled=at <= 0, shortcut="Left", key="review-before")
        st.button("Next", on_click=_go, args=(at + 1,), disabled=at + 1 >= len(items), shortcut="Right", key="review-next")
        st.text(f"{at + 1} of {_some(len(items))}" if items else "")
    asked = st.text_input("Or the identifier of a row", key="review-row", placeholder="deployment_id").strip()
    if asked:
        rows = list_records(store.read(ids=[asked]))
        if rows:
            return Item("asked for", asked, rows[0])
        st.warning(f"There is no row {asked} in the store.")
    _list_waiting(items, at)
    return items[at] if items else None


def _list_waiting(items: list[Item], at: int) -> None:
    shown = {"Persons": "count", "Force": "actor", "To": "destination"}
    waiting = [
        {"": "\u25b6" if number == at else "", **{title: item.row.get(name) for title, name in shown.items()}, "Why": item.reason}
        for number, item in enumerate(items)
    ]
    if waiting:
        st.dataframe(pd.DataFrame(waiting), hide_index=True, height=280, key="review-waiting", alt="Rows that wait for a look")


def _go(at: int) -> None:
    st.session_state["review-at"] = max(0, at)
    st.session_state["review-row"] = ""


def _show_item(store: Store, item: Item, theme: str) -> None:
    st.caption(html.escape(item.reason[0].upper() + item.reason[1:]))
    _show_told()
    rows = list_records(store.read(ids=[item.deployment_id]))
    if rows:
        row = rows[0]
        st.html(write_card(row, theme))
        why = _show_decisions(store, item)
        st.html(write_facts(row, None))
        if link := choose_link(row):
            st.link_button("Open the article", link)
        _show_fields(store, row, why)
    elif item.act is not None:
        _show_lost(store, item.act)
    _show_history(store, item.deployment_id)


def _show_decisions(store: Store, item: Item) -> str:
    """Accept or reject; gives the reason that was typed."""
    why = st.text_input("Why (optional)", key="review-why", placeholder="For those who read the history")
    with st.container(horizontal=True):
        for label, key, act in (("Accept", "A", review.accept), ("Reject", "X", review.reject)):
            st.button(
                label, key=f"review-{label.lower()}", type="primary" if label == "Accept" else "secondary", shortcut=key,
                on_click=_decide, args=(act, store, item.deployment_id, why),
            )  # fmt: skip
    return why


def _show_fields(store: Store, row: Mapping[str, Any], why: str) -> None:
    with st.expander("Correct this row", key="review-correct"), st.form(f"correct-{row['deployment_id']}", border=False):
        given = _fields(row)
        st.form_submit_button("Save the correction", key="review-save", on_click=_correct, args=(store, row, given, why))


def _fields(row: Mapping[str, Any]) -> dict[str, str]:
    """A widget a field, filled with what the row says; gives the keys under which their values lie."""
    keys = {}
    left, right = st.columns(2)
    for number, name in enumerate(_LINES):
        place, key = (left, right)[number % 2], f"field-{row['deployment_id']}-{name}"
        value = write_value(row.get(name))
        keys[name] = key
        if name in ("kind", "status"):
            options = [*(KINDS if name == "kind" else STATUSES)]
            place.selectbox(name.capitalize(), options, index=options.index(value) if value in options else 0, key=key)
        else:
            hint = "A name, or latitude, longitude" if name in ("origin", "destination") else None
            place.text_input(name.capitalize(), value=value, key=key, help=hint)
    return keys


def write_value(value: Any) -> str:
    """A cell as a person would write it into a field.

    >>> write_value(1200), write_value(date(2022, 2, 2)), write_value(None), write_value(True)
    ('1200', '2022-02-02', '', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _correct(store: Store, row: Mapping[str, Any], keys: Mapping[str, str], why: str) -> None:
    told = {name: str(st.session_state.get(key, "")) for name, key in keys.items()}
    changed = {name: text for name, text in told.items() if name in FIELDS and text.strip() != write_value(row.get(name))}
    if not changed:
        st.session_state["review-told"] = (False, "Nothing is different, so nothing was saved.", None)
        return
    _decide(lambda store, key, who, why: review.correct(store, key, changed, who, why), store, row["deployment_id"], why)


def _decide(act: Callable[[Store, str, str, str], Act], store: Store, deployment_id: str, why: str) -> None:
    """Does what was decided; what went wrong is told, and the undo of what went right is offered."""
    try:
        done = act(store, deployment_id, st.session_state.get("reviewer", ""), why)
    except (ReviewError, StoreError) as error:
        st.session_state["review-told"] = (False, str(error), None)
        return
    fields = ", ".join(f"{name} {old!r} \u2192 {new!r}" for name, (old, new) in done.fields.items())
    st.session_state["review-told"] = (True, f"{done.what}: {fields}", done.number)
    st.session_state["review-why"] = ""
    forget_rows()


def _show_told() -> None:
    told = st.session_state.pop("review-told", None)
    if told is None:
        return
    well, words, number = told
    safe = html.escape(words)
    if not well:
        st.warning(safe)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(safe)
        st.button("Undo", on_click=_undo, args=(number,), key="review-undo", shortcut="U")


def _undo(number: int) -> None:
    store = find_store()
    if store is not None:
        _decide(lambda store, key, who, why: review.undo(store, number, who, why), store, "", "")


def _show_lost(store: Store, act: Act) -> None:
    st.warning("The extractor no longer reads this row, so the decision alters nothing. It is kept.")
    seen = {name: act.seen.get(name) for name in _LINES if act.seen.get(name) not in (None, "")}
    st.dataframe(pd.DataFrame([seen]).astype(str), hide_index=True, alt="The row as it was when it was decided")
    article = store.article_of(act.deployment_id)
    others = list_records(store.siblings(act.deployment_id)) if article else []
    for row in others:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{row['quote']}: {row['kind']} {row['status']} \u2192 {row['destination'] or '?'}")
            st.button("It is this row now", key=f"carry-{row['deployment_id']}", on_click=_carry, args=(act.number, row["deployment_id"]))
    st.button("Drop the decision", key="review-drop", on_click=_undo, args=(act.number,))


def _carry(number: int, deployment_id: str) -> None:
    store = find_store()
    if store is not None:
        _decide(lambda store, key, who, why: review.carry(store, number, key, who), store, deployment_id, "")


def _show_history(store: Store, deployment_id: str) -> None:
    lines = review.history(store, deployment_id)
    with st.expander(f"History of this row ({len(lines)})"):
        if not lines:
            st.caption("Nothing has happened to it since it was read.")
            return
        shown = pd.DataFrame(lines)[["at", "who", "what", "field", "old", "new", "why", "act", "undone"]].astype(str)
        st.dataframe(shown, hide_index=True, alt="Everything that happened to this row, oldest first")
        number = st.number_input("Take back decision", min_value=1, step=1, value=None, key="review-number")
        if number is not None:
            st.button("Undo it", key="review-undo-number", on_click=_undo, args=(int(number),))
        st.download_button("Download the history", review.history_csv(lines), f"history-{deployment_id}.csv", "text/csv")
