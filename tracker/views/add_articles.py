"""The tab in which a reader adds articles: paste or upload, look at what was read, then keep it in the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import streamlit as st

from tracker import pipeline, review, table
from tracker.articles import InputError, Problem, article_from_text, read_bytes
from tracker.explanation import explain
from tracker.models import Article
from tracker.store import StoreError
from tracker.views.movements import arrange_rows
from tracker.views.rows import VARIABLE, find_store, forget_rows, keep_articles, shown_table, where_store_lies

ENDINGS = ["txt", "html", "htm", "jsonl", "csv"]
#: More than this is work for the command line: a visitor would wait for minutes.
MOST_ARTICLES = 200
MOST_EXPLAINED = 20


@dataclass(slots=True)
class Draft:
    """What was read out of a reader's input and waits for a look: rows, what became of each number, and what went wrong."""

    name: str
    frame: pd.DataFrame
    told: pd.DataFrame
    articles: int = 0
    problems: list[str] = field(default_factory=list)
    read: list[tuple[Article, pd.DataFrame]] = field(default_factory=list)


def read_articles(name: str, items: Iterable[Article | Problem]) -> Draft:
    """Extracts up to ``MOST_ARTICLES`` articles; an article that cannot be read is told and costs no other."""
    draft = Draft(name, table.empty(), pd.DataFrame())
    frames, told = [], []
    for item in items:
        if isinstance(item, Problem):
            draft.problems.append(str(item))
            continue
        if draft.articles == MOST_ARTICLES:
            draft.problems.append(
                f"{name}: only the first {MOST_ARTICLES} articles were read here; read all with `python -m tracker extract`"
            )
            break
        draft.articles += 1
        frames.append(pipeline.track([item]))
        draft.read.append((item, frames[-1]))
        if draft.articles <= MOST_EXPLAINED:
            told += [
                {"Article": item.title or item.id, "Number": line.number, "What became of it": line.verdict, "Rule": line.found_by}
                for line in explain(pipeline.read(item))
            ]
    if frames:
        draft.frame = table.conform(pd.concat(frames, ignore_index=True).drop_duplicates("deployment_id"))
    draft.told = pd.DataFrame(told, columns=["Article", "Number", "What became of it", "Rule"])
    return draft


def show_add_articles() -> None:
    """The whole tab."""
    st.markdown("Paste an article or upload a file. It is read on this machine, nothing is sent anywhere.")
    if shown_table():
        st.info(f"This page shows the table {_literal(shown_table())}. Leave {VARIABLE} out to see the store and to keep articles in it.")
    else:
        st.caption(f"What you keep joins the map for everybody who uses this page; it lies in {_literal(where_store_lies())}.")
    paste, upload = st.columns(2, gap="large")
    with paste:
        _show_paste()
    with upload:
        _show_upload()
    draft: Draft | None = st.session_state.get("draft")
    if draft is not None:
        _show_draft(draft)
    _show_batches()


def _show_paste() -> None:
    with st.form("paste", border=True):
        text = st.text_area(
            "Text of the article",
            height=220,
            key="paste_text",
            placeholder="Norway will send 150 soldiers to Mali next month, the defence ministry said.",
        )
        left, right = st.columns(2)
        published = left.date_input(
            "Published on", value=None, min_value=date(1900, 1, 1), max_value=date(2100, 12, 31), key="paste_published", format="YYYY-MM-DD"
        )
        source = right.text_input("Source", key="paste_source", placeholder="The outlet")
        title = left.text_input("Title", key="paste_title")
        url = right.text_input("Address", key="paste_url", placeholder="https://")
        if st.form_submit_button("Read the text", key="paste_read"):
            try:
                article = article_from_text(text, published=published, title=title, source=source, url=url)
            except InputError as error:
                st.session_state["draft"] = Draft(title or "Pasted text", table.empty(), pd.DataFrame(), problems=[str(error)])
            else:
                with st.spinner("Reading \u2026"):
                    st.session_state["draft"] = read_articles(title or "Pasted text", [article])


def _show_upload() -> None:
    with st.form("upload", border=True):
        files = st.file_uploader(
            "Files: .txt, .html, .jsonl or .csv",
            type=ENDINGS,
            accept_multiple_files=True,
            key="upload_files",
            help="JSON lines and CSV have one article a line, with the fields text, published, title, source, url.",
        )
        st.caption(f"Up to {MOST_ARTICLES} articles at a time here; `python -m tracker extract` reads any number.")
        if st.form_submit_button("Read the files", key="upload_read"):
            if not files:
                st.session_state["draft"] = Draft(
                    "Upload", table.empty(), pd.DataFrame(), problems=["No file was chosen; drop one on the field above"]
                )
            else:
                with st.spinner("Reading \u2026"):
                    items = (item for file in files for item in read_bytes(file.name, file.getvalue()))
                    st.session_state["draft"] = read_articles(", ".join(file.name for file in files), items)


def _show_draft(draft: Draft) -> None:
    st.markdown("## What was read")
    for problem in draft.problems[:10]:
        st.warning(_literal(problem))
    if len(draft.problems) > 10:
        st.warning(f"{len(draft.problems) - 10} more problems of this kind.")
    if draft.articles:
        rows = len(draft.frame)
        st.markdown(
            f"**{draft.articles}** article{'s' if draft.articles != 1 else ''}, **{rows}** row{'s' if rows != 1 else ''}"
            + ("" if rows else ": no movement of a stated number of troops was found.")
        )
    if not draft.frame.empty:
        st.dataframe(
            _without_empty(arrange_rows(draft.frame).drop(columns="deployment_id")),
            hide_index=True,
            key="draft_rows",
            column_config={"Day": st.column_config.DateColumn(format="D MMM YYYY")},
            alt="Rows that were read",
        )
    if not draft.told.empty:
        with st.expander(f"Every number of the text and what became of it ({len(draft.told)})", expanded=draft.frame.empty):
            st.dataframe(draft.told, hide_index=True, alt="Every number and what became of it")
    with st.container(horizontal=True):
        st.button("Add to the map", type="primary", disabled=draft.frame.empty or bool(shown_table()), on_click=_add, key="draft_add")
        st.button("Discard", on_click=_discard, key="draft_discard")


def _show_batches() -> None:
    batches = _list_batches()
    if not batches:
        return
    st.markdown("## Added just now")
    for name, ids in batches.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{name}: {len(ids)} row{'s' if len(ids) != 1 else ''}")
            st.button(
                "Take off", key=f"remove-{name}", on_click=_remove, args=(name,), help="Rejects the rows; the Review tab brings them back"
            )


def _list_batches() -> dict[str, list[str]]:
    """What this visitor has added: names, and the ids of the rows."""
    batches: dict[str, list[str]] = st.session_state.setdefault("added", {})
    return batches


def _add() -> None:
    draft: Draft | None = st.session_state.get("draft")
    if draft is None:
        return
    try:
        store, added, first = keep_articles(draft.read)
    except StoreError as error:
        draft.problems.insert(0, str(error))
        return
    st.session_state.pop("draft")
    batches, name, again = _list_batches(), draft.name, 2
    while name in batches:
        name, again = f"{draft.name} ({again})", again + 1
    new = [frame for article, frame in draft.read if article.digest not in added.known]
    if new:
        batches[name] = [key for frame in new for key in frame["deployment_id"]]
    told = f"{len(new)} article{'s' if len(new) != 1 else ''} kept in {store.where}"
    before = f"; {len(added.known)} had been there before" if added.known else ""
    twins = f"; {len(added.twins)} nearly repeat another, see the Review tab" if added.twins else ""
    samples = ". The samples have made room for them" if first else ""
    st.toast(_literal(told + before + twins + samples))


def _discard() -> None:
    st.session_state.pop("draft", None)


def _remove(name: str) -> None:
    """Rejects the rows of a batch, which can be undone in the Review tab."""
    try:
        store = find_store()
        for key in _list_batches().pop(name, []):
            if store is not None:
                review.reject(store, key, "the page", "taken off after it was added")
    except StoreError as error:
        st.toast(_literal(str(error)))
    forget_rows()


def _literal(text: str) -> str:
    """The text with everything escaped that Markdown or HTML would take for more than itself."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#+-.!|~$:" else c for c in text)


def _without_empty(shown: pd.DataFrame) -> pd.DataFrame:
    """The table without source and address where no article has one."""
    return shown.drop(columns=[name for name in ("Source", "Article") if not shown[name].astype(bool).any()])
