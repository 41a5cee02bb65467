"""One server and one browser a session. Every request that leaves this machine fails the test in which it is made."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.rows import fill_store

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
#: Notes every instanced draw call as [vertices, instances]: the proof that a layer reached the graphics card.
NOTE_DRAWS = """
window.draws = [];
const inner = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  const gl = inner.call(this, kind, ...rest);
  if (gl && kind === 'webgl2' && !gl.noted) {
    gl.noted = true;
    const arrays = gl.drawArraysInstanced.bind(gl), elements = gl.drawElementsInstanced.bind(gl);
    gl.drawArraysInstanced = (mode, first, count, n) => { window.draws.push([count, n]); return arrays(mode, first, count, n); };
    gl.drawElementsInstanced = (mode, count, type, at, n) => {
      window.draws.push([count, n]);
      return elements(mode, count, type, at, n);
    };
  }
  return gl;
};
"""
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile Safari/537.36"
Open = Callable[..., Page]
# A software GPU on a busy machine takes seconds for a picture.
expect.set_options(timeout=30_000)


def find_browser(driver: Playwright) -> str:
    """$CHROMIUM, then PATH, then Playwright's own. Without one these tests fail under CI and are skipped elsewhere."""
    own = driver.chromium.executable_path
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome")), own]
    found = next((path for path in candidates if path and Path(path).is_file()), None)
    if found:
        return found
    message = "no Chromium for the browser tests: install one, or name it in $CHROMIUM"
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        pytest.fail(message)
    pytest.skip(f"NOT TESTED: {message}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=find_browser(driver), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running page that shows the rows of `tests.rows` out of a store."""
    folder = tmp_path_factory.mktemp("page")
    fill_store(folder / "tracker.sqlite")
    yield from serve(folder)


def serve(folder: Path) -> Iterator[str]:
    """A page over the store in a folder, and at the end a look at what it wrote down."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (folder / "server.log").open("wb")
    options = ["--server.headless=true", f"--server.port={port}", "--server.fileWatcherType=none"]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", *options],
        cwd=ROOT,
        env={**os.environ, "TRACKER_DB": str(folder / "tracker.sqlite"), "TRACKER_ROWS": ""},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()
    told = (folder / "server.log").read_text(errors="replace")
    assert "Traceback" not in told, told


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Returns when the server answers; fails when it ends or stays silent for a minute."""
    for _ in range(240):
        if process.poll() is not None:
            pytest.fail(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    pytest.fail("the server did not answer within a minute")


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[tuple[object, ...], BrowserContext]]:
    """Browser profiles by their settings: tests share them, so that each page need not fetch the scripts anew."""
    kept: dict[tuple[object, ...], BrowserContext] = {}
    yield kept
    for context in kept.values():
        context.close()


@pytest.fixture
def open_page(browser: Browser, contexts: dict[tuple[object, ...], BrowserContext], server: str) -> Iterator[Open]:
    """Opens the page in a session of its own, waits until the map is there, and at the end checks who was asked for what.

    ``fresh`` takes a profile that nobody has used before.
    """
    pages: list[Page] = []
    outside: list[str] = []

    def watch(address: str) -> None:
        if urlsplit(address).scheme not in ("data", "blob") and urlsplit(address).hostname != "127.0.0.1":
            outside.append(address)

    def choose_context(fresh: bool, **settings: Any) -> BrowserContext:
        key = (time.monotonic() if fresh else 0.0, *settings.values())
        if key not in contexts:
            contexts[key] = browser.new_context(accept_downloads=True, **settings)
            contexts[key].set_default_timeout(30_000)
        return contexts[key]

    def begin(
        query: str = "",
        width: int = 1200,
        height: int = 900,
        scheme: str = "light",
        phone: bool = False,
        quiet: bool = False,
        fresh: bool = False,
    ) -> Page:
        motion = "reduce" if quiet else "no-preference"
        context = choose_context(fresh, color_scheme=scheme, reduced_motion=motion, user_agent=PHONE if phone else None)
        page = context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.on("request", lambda request: watch(request.url))
        page.on("websocket", lambda socket: watch(socket.url))
        page.add_init_script(NOTE_DRAWS)
        page.goto(f"{server}/{query}")
        if "tab=Posture" in query:
            page.wait_for_selector("[data-testid=stVegaLiteChart] .marks")
            return page
        if "tab=Review" in query:
            page.wait_for_selector("text=nobody has looked at")
            return page
        page.wait_for_selector("[data-testid=stDeckGlJsonChart] canvas")
        page.wait_for_function("window.draws.length > 0")
        return page

    yield begin
    for page in pages:
        page.close()
    assert outside == [], "the page asked somebody else"


@pytest.fixture
def browser_address() -> Callable[[Page], str]:
    """The query part of a page's address, as it would be sent to a friend."""

    def read(page: Page) -> str:
        query = urlsplit(page.url).query
        return f"?{query}" if query else ""

    return read
