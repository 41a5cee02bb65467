"""What is in view, to take away: five formats, each made when it is asked for, each with its credits and its filter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from tracker import exports
from tracker.figures.choice import describe_choice
from tracker.figures.selection import Selection

MIMES = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "parquet": "application/vnd.apache.parquet",
    "html": "text/html",
}
LABELS = {"csv": "Download CSV", "geojson": "GeoJSON", "kml": "KML", "parquet": "Parquet", "html": "Page (HTML)"}


def show_downloads(selection: Selection) -> None:
    """One button a format; a file has exactly the rows in view."""
    for form, label in LABELS.items():
        st.download_button(
            label,
            _maker(selection, form),
            file_name=f"troop_movements_{date.today():%Y-%m-%d}.{form}",
            mime=MIMES[form],
            on_click="ignore",
            disabled=not len(selection),
            key=f"download-{form}" if form != "csv" else "download",
            type="secondary" if form == "csv" else "tertiary",
        )


def _maker(selection: Selection, form: str) -> Callable[[], bytes]:
    return lambda: exports.DOWNLOADS[form](selection.frame, describe_choice(selection.choice))
