"""Where the page's rows come from: the samples or a CSV of the user's, and the articles of this session."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import streamlit as st

from tracker import pipeline, table

#: Names a CSV written by `tracker.to_csv` that is shown instead of the samples.
VARIABLE = "TRACKER_ROWS"


@st.cache_data(show_spinner="Reading the sample articles \u2026")
def _read_samples() -> pd.DataFrame:
    return pipeline.sample_frame()


@st.cache_data(show_spinner="Reading the table \u2026")
def _read_file(path: str, changed: float) -> pd.DataFrame:
    return table.read_csv(path)


def load_rows() -> pd.DataFrame:
    """The samples (or the CSV that ``TRACKER_ROWS`` names) and what this session has added; each row once."""
    base = _load_base()
    added = list_batches()
    if not added:
        return base
    everything = pd.concat([base, *added.values()], ignore_index=True)
    return table.conform(everything.drop_duplicates("deployment_id"))


def _load_base() -> pd.DataFrame:
    path = os.environ.get(VARIABLE, "").strip()
    if not path:
        return _read_samples()
    try:
        return _read_file(path, Path(path).stat().st_mtime)
    except OSError as error:
        reason = f"{VARIABLE} names {path}, which cannot be read ({error.strerror})."
        st.error(f"{reason} Name a CSV that `tracker.to_csv` wrote, or leave the variable out.")
    except (ValueError, TypeError) as error:
        # A TableError names the file and the cure; pandas says of a cell that it does not fit its column.
        st.error(str(error) if isinstance(error, table.TableError) else f"{path}: a cell does not fit its column ({error})")
    return table.empty()


def list_batches() -> dict[str, pd.DataFrame]:
    """The tables that this session added, by their name. They live in the session alone: no other visitor sees them."""
    batches: dict[str, pd.DataFrame] = st.session_state.setdefault("added", {})
    return batches
