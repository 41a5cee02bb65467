"""How fast the page answers: the server's part of a filter change, the size of what it sends, and the first map.

    python benchmarks/page.py                  the server's part at 10,000, 100,000 and 1,000,000 rows
    python benchmarks/page.py --rows 50000     at another size
    python benchmarks/page.py --browser        also the first map from a cold start, and new frames, in Chromium
    python benchmarks/page.py --write big.parquet --rows 1000000    only the made-up table, for TRACKER_ROWS

The tables are made up: the hand-made rows of `tests.rows` again and again, with other numbers, days and ends. The targets
stand beside the figures; nothing here fails, since the figures are those of one machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.rows import make_rows  # noqa: E402
from tracker import table  # noqa: E402
from tracker.figures.arc_map import compose_picture, draw_map  # noqa: E402
from tracker.figures.choice import Choice  # noqa: E402
from tracker.figures.cube import Cube, build_cube  # noqa: E402
from tracker.figures.histogram import count_bars, draw_timeline  # noqa: E402
from tracker.figures.posture_charts import legs_of, trace_net  # noqa: E402
from tracker.figures.selection import select  # noqa: E402
from tracker.figures.summary import write_headline  # noqa: E402
from tracker.posture import net_by_place  # noqa: E402

CHANGES = {
    "all rows": Choice(),
    "one force": Choice(forces=("US",)),
    "to a country": Choice(countries=("PL",), end="to"),
    "planned and ongoing": Choice(statuses=("planned", "ongoing")),
    "a year": Choice(since=date(2021, 1, 1), until=date(2021, 12, 31)),
    "four filters": Choice(forces=("US", "FR"), kinds=("deploy",), sizes=("1,000 to 9,999",), until=date(2020, 1, 1)),
}
COUNTED = ("force", "country", "kind", "status", "size", "certainty", "source")


def make_many(rows: int, seed: int = 7) -> pd.DataFrame:
    """A table of that many rows: days over twenty years, and ends drawn anew so that there are thousands of pairs."""
    base = make_rows()
    chance = np.random.default_rng(seed)
    pick = chance.integers(0, len(base), rows)
    frame = base.iloc[pick].reset_index(drop=True)
    for end in ("origin", "destination"):
        columns = [name for name in table.NAMES if name.startswith(f"{end}_") or name == end]
        known = base[base[f"{end}_lat"].notna()][columns].reset_index(drop=True)
        other = known.iloc[chance.integers(0, len(known), rows)].reset_index(drop=True)
        swap = frame[f"{end}_lat"].notna() & (chance.random(rows) < 0.8)
        frame = frame.assign(**{name: frame[name].mask(swap, other[name]) for name in columns})
    count = np.maximum(1, np.exp(chance.normal(6, 1.3, rows))).astype(np.int64)
    days = pd.Timestamp("2004-01-01") + pd.to_timedelta(chance.integers(0, 7300, rows), unit="D")
    return table.conform(
        frame.assign(
            deployment_id=[f"{n:016x}" for n in range(rows)],
            part_of="",
            count=count,
            count_low=count,
            count_high=count,
            counted_persons=np.where(frame["counted_persons"] > 0, count, 0),
            published=pd.Series(days).mask(frame["published"].isna()),
        )
    )


def change_filter(cube: Cube, choice: Choice) -> tuple[int, int]:
    """All that the server works out for a changed filter; the bytes of the map's and the timeline's JSON."""
    selection = select(cube, choice)
    write_headline(selection)
    for name in COUNTED:
        selection.count_values(name)
    deck = draw_map(compose_picture(selection)).to_json()
    bars = count_bars(selection)
    chart = draw_timeline(bars).to_json(indent=None) if bars["begin"].notna().any() else ""
    return len(deck), len(chart)


def count_filter(cube: Cube, choice: Choice) -> None:
    """The part of a filter change that grows with the rows: which rows, their sums, counts, flows and bars."""
    selection = select(cube, choice)
    write_headline(selection)
    for name in COUNTED:
        selection.count_values(name)
    compose_picture(selection)
    count_bars(selection)


def time_of(work: Callable[[], object], times: int = 7) -> float:
    """Milliseconds, the best of several runs after a first that warms up: what others do on the machine only adds."""
    work()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return min(taken)


def measure(rows: int) -> None:
    """Prints the figures for a made-up table of that many rows."""
    frame = make_many(rows)
    begin = time.perf_counter()
    cube = build_cube(frame)
    print(f"\n{rows:,} rows: cube in {time.perf_counter() - begin:.1f} s (once a table)")
    print(f"  {'filter':22}{'rows':>10}{'counting ms':>13}{'with JSON ms':>14}{'map kB':>8}{'timeline kB':>13}")
    for name, choice in CHANGES.items():
        counting, whole = time_of(lambda c=choice: count_filter(cube, c)), time_of(lambda c=choice: change_filter(cube, c))
        deck, chart = change_filter(cube, choice)
        print(f"  {name:22}{len(select(cube, choice)):>10,}{counting:>13.1f}{whole:>14.1f}{deck / 1000:>8.0f}{chart / 1000:>13.0f}")
    words = Choice(words="okinawa")

    def search() -> None:
        cube.found_words.clear()
        select(cube, words)

    print(f"  a word sought for the first time: {time_of(search, 3):.0f} ms; again: {time_of(lambda: select(cube, words)):.1f} ms")

    def sum_up() -> None:
        selection = select(cube, CHANGES["one force"])
        legs = legs_of(selection)
        trace_net(selection, legs, net_by_place(legs)["place"].head(4).tolist())

    print(f"  posture of one force: {time_of(sum_up, 3):.0f} ms")
    print("  targets: 60 ms at 1,000,000 rows, 300 kB at any size")


def wait_for(address: str) -> None:
    """Returns when the server answers."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)


def watch_browser(rows: int | None, port: int = 8699) -> None:
    """Seconds from starting the server to the first arcs, and milliseconds from a filter to new arcs."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import FLAGS, NOTE_DRAWS, find_browser

    env = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        if rows:
            make_many(rows).to_parquet(path := Path(folder) / "rows.parquet")
            env["TRACKER_ROWS"] = str(path)
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless=true", f"--server.port={port}"]
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=find_browser(driver), args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 1000})
            page.add_init_script(NOTE_DRAWS)
            begin = time.perf_counter()
            server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                wait_for(f"http://127.0.0.1:{port}/_stcore/health")
                page.goto(f"http://127.0.0.1:{port}/")
                arcs = "window.draws.some(([vertices, instances]) => vertices >= 100 && instances > 5)"
                page.wait_for_function(arcs, timeout=300_000)
                print(f"\n{f'{rows:,} rows' if rows else 'the samples'}: first map {time.perf_counter() - begin:.1f} s after the start")
                page.wait_for_timeout(3000)
                for word in ("poland", "france", "kenya"):
                    page.get_by_placeholder("Search words").fill(word)
                    page.evaluate("window.draws.length = 0")
                    begin = time.perf_counter()
                    page.keyboard.press("Enter")
                    page.wait_for_function("window.draws.some(([vertices, instances]) => vertices >= 100 && instances > 0)", polling=10)
                    print(f"  new frame for \u201c{word}\u201d after {(time.perf_counter() - begin) * 1000:.0f} ms")
                    page.wait_for_timeout(2000)
            finally:
                server.terminate()
                server.wait(20)
                browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, action="append", help="size of the table; repeat for several")
    parser.add_argument("--browser", action="store_true", help="measure in Chromium too")
    parser.add_argument("--write", metavar="FILE", help="write the made-up table as Parquet and stop")
    args = parser.parse_args()
    if args.write:
        make_many((args.rows or [1_000_000])[0]).to_parquet(args.write)
        return
    for rows in args.rows or [10_000, 100_000, 1_000_000]:
        measure(rows)
    if args.browser:
        watch_browser(None)
        watch_browser(100_000)


if __name__ == "__main__":
    main()
