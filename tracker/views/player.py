"""The player: movements over time, drawn by the browser; stopping sets the dates of the filter."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import streamlit as st

from tracker.figures.arc_map import Picture, choose_style, compose_picture
from tracker.figures.histogram import choose_bins
from tracker.figures.playback import compose_playback
from tracker.figures.selection import Selection, narrow, select
from tracker.figures.viewport import REGIONS
from tracker.views.selection import ask_for_page

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "player.js"
HTML = """
<div class="tm-player" role="group" aria-label="Movements over time">
  <canvas class="tm-canvas" role="img" aria-label="Map of the movements up to the time chosen below"></canvas>
  <div class="tm-controls">
    <button type="button" class="tm-play">Play</button>
    <button type="button" class="tm-back" aria-label="One step back">&#8249;</button>
    <button type="button" class="tm-next" aria-label="One step forward">&#8250;</button>
    <input type="range" class="tm-time" min="0" max="1" value="1" aria-label="Time">
    <output class="tm-day"></output>
    <select class="tm-mode" aria-label="What is shown"><option>cumulative</option><option>window</option></select>
  </div>
</div>
"""
NAME = "troop_player"


def show_player(selection: Selection, picture: Picture, theme: str, size: tuple[int, int], region: str) -> None:
    """The player over all dates that the other filters leave, in the map's place."""
    whole = select(selection.cube, selection.choice.without_dates())
    whole = narrow(whole, region) if region in REGIONS else whole
    if len(whole) != len(selection):
        picture = compose_picture(whole, theme, choose_style(whole, picture.style))
    data = compose_playback(whole, picture, theme, (size[0], size[1] - 50), region)
    if data is None or not data["arcs"]:
        st.caption("No movement with a date and two known ends is in view, so there is nothing to play.")
        return
    bins = choose_bins(whole)
    assert bins is not None
    component = st.components.v2.component(NAME, html=HTML, js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False)

    def stop() -> None:
        told = st.session_state["player"].stopped
        if told:
            st.session_state["since"] = None if told["mode"] == "cumulative" else bins.begins[int(told["first"])]
            st.session_state["until"] = bins.begins[int(told["last"]) + 1] - timedelta(days=1)
            st.session_state["mode"] = told["mode"]
            ask_for_page()

    component(key="player", data=data, on_stopped_change=stop, height="content")
