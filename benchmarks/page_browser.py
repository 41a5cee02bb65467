"""The figures of `benchmarks/page.py` that need a browser: the first map, a new picture, the sentence after a click.

Times are taken inside the page where something is waited for there, so that the driver's own way adds nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page import ROOT, make_many
from tests.browser.conftest import FLAGS, NOTE_DRAWS, find_browser
from tests.browser.test_page import BLUE, ORANGE, find_colour

PORT = 8699
ADDRESS = f"http://127.0.0.1:{PORT}/"
#: An arc is a strip of a hundred vertices; no other layer has so many.
ARCS = "window.draws.some(([vertices, instances]) => vertices >= 100 && instances > 0)"
#: Notes when the reader acts, when the sentence changes after that, and each number of arcs that is drawn, with its moment.
WATCH = """
() => {
  const watch = window.watch = { acted: 0, told: 0, drawn: [] };
  const text = () => document.querySelector('.tm-evidence')?.textContent ?? '';
  const before = text();
  for (const kind of ['pointerdown', 'keydown'])
    addEventListener(kind, () => { watch.acted ||= performance.now(); window.draws.length = 0; }, { capture: true, once: true });
  const look = () => {
    if (watch !== window.watch) return;
    if (watch.acted && !watch.told && text() && text() !== before) watch.told = performance.now();
    const arcs = window.draws.filter(([vertices, instances]) => vertices >= 100 && instances > 0).at(-1);
    if (arcs) watch.drawn.push([performance.now(), arcs[1]]);
    window.draws.length = 0;
    requestAnimationFrame(look);
  };
  look();
}
"""


@contextmanager
def served(rows: int | None) -> Iterator[float]:
    """The page as `make run` starts it, over the samples or a made-up table; gives the moment of the start."""
    env = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        if rows:
            make_many(rows).to_parquet(path := Path(folder) / "rows.parquet")
            env["TRACKER_ROWS"] = str(path)
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless=true", f"--server.port={PORT}"]
        begin = time.perf_counter()
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while True:
                try:
                    urllib.request.urlopen(f"{ADDRESS}_stcore/health", timeout=5).close()
                    break
                except (urllib.error.URLError, OSError):
                    time.sleep(0.05)
            yield begin
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def browsed() -> Iterator[Browser]:
    """A browser with the software GPU of the tests."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(driver), args=FLAGS)
        yield browser
        browser.close()


def open_page(browser: Browser, query: str = "") -> Page:
    """A page on which the first arcs are drawn."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.add_init_script(NOTE_DRAWS)
    page.goto(ADDRESS + query)
    page.wait_for_function(ARCS, timeout=300_000)
    return page


def measure_cold(rows: list[int] | None) -> None:
    """Seconds to the first map: the server started anew, nothing in the browser's cache."""
    print(f"first map from a cold start, s (target: 8)\n  {'table':16}{'s':>6}")
    for size in rows or [None, 100_000]:
        with browsed() as browser, served(size) as begin:
            open_page(browser)
            print(f"  {f'{size:,} rows' if size else 'samples':16}{time.perf_counter() - begin:>6.1f}")


def measure_frame(rows: list[int] | None) -> None:
    """Milliseconds from Enter in the search field to the first picture of the new rows, and what the change sent."""
    print("new frame after a changed filter, ms (target: 300 at 100,000 rows)")
    for size in rows or [100_000]:
        with served(size), browsed() as browser:
            print(f"\n{size:,} rows\n  {'words sought':16}{'ms':>6}{'kB sent':>9}")
            time_frames(browser)


def time_frames(browser: Browser) -> None:
    """One line a word, and their median."""
    got: list[int] = []
    page = open_page(browser)
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: got.append(len(data))))
    page.reload()
    page.wait_for_function(ARCS, timeout=60_000)
    page.wait_for_timeout(3000)
    taken = []
    for word in ("poland", "france", "kenya", "romania", "uganda", "okinawa"):
        taken.append(_time_frame(page, word, got))
        print(f"  {word:16}{taken[-1]:>6.0f}{sum(got) / 1000:>9.0f}")
    print(f"  {'median':16}{median(taken):>6.0f}")


def _time_frame(page: Page, word: str, got: list[int]) -> float:
    """The picture is the new one from the first drawing on that has as many arcs as the last."""
    field = page.get_by_placeholder("Search words")
    field.fill(word)
    page.wait_for_timeout(500)
    got.clear()
    page.evaluate(WATCH)
    field.press("Enter")
    page.wait_for_timeout(4000)
    acted, drawn = page.evaluate("[window.watch.acted, window.watch.drawn]")
    return float(next((moment - acted for moment, arcs in drawn if arcs == drawn[-1][1]), float("nan")))


def measure_click(rows: list[int] | None) -> None:
    """Milliseconds from pressing the button of the mouse to the sentence on the card."""
    print("click to evidence, ms (target: 500)")
    for size in rows or [None, 100_000]:
        with served(size), browsed() as browser:
            print(f"\n{f'{size:,} rows' if size else 'samples'}\n  {'what is clicked':16}{'median':>8}{'most':>7}{'clicks':>8}")
            for name, query, colour in (("arc", "?show=movements", BLUE), ("flow", "?show=flows", ORANGE), ("row", "", None)):
                page = open_page(browser, query)
                page.wait_for_timeout(4000)
                taken = _time_rows(page) if colour is None else _time_arcs(page, colour)
                told = f"{median(taken):>8.0f}{max(taken):>7.0f}{len(taken):>8}" if taken else " no click told another row"
                print(f"  {name:16}{told}")
                page.close()


def _time_arcs(page: Page, colour: tuple[int, int, int], clicks: int = 7) -> list[float]:
    taken = []
    for turn in range(clicks):
        points = find_colour(page, colour, slack=70)
        if points:
            taken += _time_click(page, *points[(turn + 1) * len(points) // (clicks + 2)])
    return taken


def _time_rows(page: Page, clicks: int = 7) -> list[float]:
    grid = page.locator("[data-testid=stDataFrame]").last
    grid.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = grid.bounding_box()
    assert box
    return [told for turn in range(clicks) for told in _time_click(page, box["x"] + 16, box["y"] + 53 + 35 * turn)]


def _time_click(page: Page, x: float, y: float) -> list[float]:
    """The time of one click; nothing where it hit what was shown already."""
    page.mouse.move(x - 3, y)
    page.wait_for_timeout(300)
    page.evaluate(WATCH)
    page.mouse.click(x, y)
    page.wait_for_timeout(2500)
    acted, told = page.evaluate("[window.watch.acted, window.watch.told]")
    return [told - acted] if told else []
