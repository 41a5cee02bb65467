"""The page's own style sheet, and which theme the reader has."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from tracker.figures.palette import THEMES

STYLES = Path(__file__).resolve().parents[2] / "static" / "page.css"


def find_theme() -> str:
    """ "light" or "dark", as the reader's browser or the settings menu has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def apply_style(theme: str) -> None:
    """Puts the style sheet on the page, with the colour of the sea under the map."""
    st.html(STYLES)
    chip = "#12181F" if theme == "dark" else "#FFFFFF"
    st.html(f"<style>:root {{ --tm-sea: {THEMES[theme].sea}; --tm-chip: {chip}; }}</style>")
