"""The page's own style sheet, and which theme the reader has."""

from __future__ import annotations

import streamlit as st

from tracker.figures.palette import THEMES

_CSS = """
.stMainBlockContainer { padding: 1.2rem 2rem 2rem; max-width: 1760px; }
.stAppHeader { background: transparent; height: 2.8rem; min-height: 2.8rem; }
.stAppHeader, .stAppHeader * { pointer-events: none; }
.stAppHeader button, .stAppHeader button *, .stMainMenu, .stMainMenu * { pointer-events: auto; }
.st-key-map [data-testid="stDeckGlJsonChart"] { background: %(sea)s; border-radius: 8px; overflow: hidden; }
.tm-head { font-size: 1.55rem; font-weight: 650; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
.tm-head small { font-size: .95rem; font-weight: 400; opacity: .75; display: block; margin-top: .15rem; letter-spacing: 0; }
.tm-keys { display: flex; flex-wrap: wrap; gap: .15rem 1rem; font-size: .84rem; align-items: center; }
.tm-key { display: inline-flex; align-items: center; gap: .35rem; white-space: nowrap; }
.tm-hint { opacity: .7; white-space: normal; }
.tm-line { width: 22px; height: 5px; border-radius: 3px; background: linear-gradient(90deg, transparent, var(--tm-look) 70%%); display: inline-block; }
.tm-planned { height: 4px; opacity: .8; } .tm-possible { height: 4px; opacity: .6; } .tm-denied { height: 2px; }
.tm-alert, .tm-presence { width: 11px; height: 11px; border-radius: 50%%; background: none; border: 2px solid var(--tm-look); }
.tm-card { font-size: .92rem; line-height: 1.45; overflow-wrap: anywhere; }
.tm-chip { display: inline-block; font-size: .78rem; padding: .05rem .55rem; border-radius: 999px; border: 1.5px solid var(--tm-look); margin-bottom: .35rem; }
.tm-count { font-size: 1.3rem; font-weight: 650; line-height: 1.2; } .tm-force { font-weight: 600; } .tm-route { margin-top: .2rem; }
.tm-when { opacity: .75; }
.tm-evidence { margin: .7rem 0 .4rem; padding: .1rem 0 .1rem .8rem; border-left: 3px solid #94A3B8; font-size: 1rem; line-height: 1.6; white-space: pre-wrap; }
.tm-card mark { color: inherit; padding: .05em .18em; border-radius: 3px; background: rgba(148,163,184,.28); border-bottom: 2px solid #94A3B8; }
.tm-card mark.tm-number { background: rgba(230,159,0,.25); border-color: #E69F00; font-weight: 650; }
.tm-card mark.tm-actor { background: rgba(204,121,167,.22); border-color: #CC79A7; }
.tm-card mark.tm-origin { background: rgba(86,180,233,.14); border-bottom: 2px dashed #56B4E9; }
.tm-card mark.tm-destination { background: rgba(0,114,178,.24); border-color: #0072B2; }
.tm-card mark.tm-cue { background: rgba(0,158,115,.2); border-color: #009E73; }
.tm-card mark.tm-date { background: rgba(240,228,66,.2); border-bottom: 2px dotted #B8A900; }
.tm-card mark.tm-speaker { background: none; border-bottom: 2px dotted #94A3B8; }
.tm-legend { font-size: .76rem; display: flex; flex-wrap: wrap; gap: .3rem; opacity: .9; }
.tm-legend mark { font-weight: 400 !important; }
.tm-note { font-size: .82rem; opacity: .8; margin: .6rem 0 0; font-style: italic; }
.tm-title { font-weight: 600; margin-top: .7rem; }
.tm-facts { display: grid; grid-template-columns: auto 1fr; gap: .2rem .8rem; margin: .6rem 0 0 !important; padding: 0 !important; font-size: .85rem; }
.tm-facts dt { opacity: .65; } .tm-facts dd { margin: 0; }
@media (max-width: 1150px) {
  .st-key-stage [data-testid="stHorizontalBlock"] { flex-wrap: wrap; }
  .st-key-stage [data-testid="stColumn"] { min-width: 100%%; }
  .st-key-evidence { max-height: 26rem; }
}
@media (max-width: 640px) {
  .stMainBlockContainer { padding: 1.2rem .8rem 1rem; }
  .tm-head { font-size: 1.2rem; } .st-key-filters [data-testid="stTextInput"] { width: 100%%; }
}
"""


def find_theme() -> str:
    """ "light" or "dark", as the reader's browser or the settings menu has it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def apply_style(theme: str) -> None:
    """Puts the style sheet on the page."""
    st.html(f"<style>{_CSS % {'sea': THEMES[theme].sea}}</style>")
