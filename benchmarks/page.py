"""How fast the page answers, one table a command. The targets stand beside the figures; nothing here fails, since the
figures are those of one machine.

    python benchmarks/page.py server    what Python works out for a changed filter, at 10,000, 100,000 and 1,000,000 rows
    python benchmarks/page.py bytes     the JSON of map and timeline that a changed filter sends, at the same sizes
    python benchmarks/page.py cold      seconds from the start of the server to the first arcs, in Chromium
    python benchmarks/page.py frame     milliseconds from a changed filter to the new picture, in Chromium, at 100,000 rows
    python benchmarks/page.py click     milliseconds from a click on an arc or a row to its sentence, in Chromium
    python benchmarks/page.py server --rows 50000                         at another size
    python benchmarks/page.py write --rows 1000000 --out big.parquet      only the made-up table, for TRACKER_ROWS

The tables are made up: the hand-made rows of `tests.rows` again and again, with other numbers, days and ends. The cold start
and the clicks are measured on the samples too.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
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
from tracker.figures.selection import find_largest, find_part, select  # noqa: E402
from tracker.figures.summary import write_headline  # noqa: E402
from tracker.posture import net_by_place  # noqa: E402
from tracker.views.movements import MOST_UNPLACED, TAKEN, arrange_rows, arrange_unplaced, find_newest  # noqa: E402

SIZES = [10_000, 100_000, 1_000_000]

CHANGES = {
    "all rows": Choice(),
    "one force": Choice(forces=("US",)),
    "to a country": Choice(countries=("PL",), end="to"),
    "planned and ongoing": Choice(statuses=("planned", "ongoing")),
    "a year": Choice(since=date(2021, 1, 1), until=date(2021, 12, 31)),
    "four filters": Choice(forces=("US", "FR"), kinds=("deploy",), sizes=("1,000 to 9,999",), until=date(2020, 1, 1)),
}
WORDS = Choice(words="okinawa")
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


def answer(cube: Cube, choice: Choice) -> None:
    """All that the server works out for a changed filter: rows, sums, counts, the map, the timeline, both tables."""
    selection = select(cube, choice)
    write_headline(selection)
    for name in COUNTED:
        selection.count_values(name)
    draw_map(compose_picture(selection)).to_json()
    bars = count_bars(selection)
    if bars["begin"].notna().any():
        draw_timeline(bars)
    arrange_rows(cube.take(find_newest(selection), TAKEN))
    arrange_unplaced(cube.take(find_largest(cube, find_part(selection, "unplaced"), MOST_UNPLACED), TAKEN))


def weigh_charts(cube: Cube, choice: Choice, style: str) -> tuple[int, int]:
    """Bytes of the map's and of the timeline's JSON, the bars written out."""
    selection = select(cube, choice)
    bars = count_bars(selection)
    chart = draw_timeline(bars) if bars["begin"].notna().any() else {}
    return len(draw_map(compose_picture(selection, style=style)).to_json()), len(json.dumps(chart))


def time_of(work: Callable[[], object], times: int = 7) -> float:
    """Milliseconds, the best of several runs after a first that warms up: what others do on the machine only adds."""
    work()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return min(taken)


def measure_server(sizes: list[int]) -> None:
    """Milliseconds of the server for each change of a filter."""
    print("server's part of a changed filter, ms (target: 60 at 1,000,000 rows)")
    for rows in sizes:
        begin = time.perf_counter()
        cube = build_cube(make_many(rows))
        print(f"\n{rows:,} rows; table and cube in {time.perf_counter() - begin:.1f} s, once a table\n  {'filter':28}{'rows':>10}{'ms':>8}")
        time_changes(cube)


def time_changes(cube: Cube) -> None:
    """One line a change."""
    for name, choice in CHANGES.items():
        print(f"  {name:28}{len(select(cube, choice)):>10,}{time_of(lambda c=choice: answer(cube, c)):>8.1f}")
    print(f"  {'a word, sought first':38}{time_of(lambda: (cube.found_words.clear(), select(cube, WORDS)), 3):>8.1f}")
    print(f"  {'the same word again':38}{time_of(lambda: select(cube, WORDS)):>8.1f}")
    print(f"  {'posture of one force':38}{time_of(lambda: sum_up(cube), 3):>8.1f}")


def sum_up(cube: Cube) -> None:
    """What the tab of posture works out."""
    selection = select(cube, CHANGES["one force"])
    legs = legs_of(selection)
    trace_net(selection, legs, net_by_place(legs)["place"].head(4).tolist())


def measure_bytes(sizes: list[int]) -> None:
    """Kilobytes of both charts for each change of a filter."""
    print("JSON of a changed filter, kB (target: 300 at any size)")
    for rows in sizes:
        cube = build_cube(make_many(rows))
        print(f"\n{rows:,} rows\n  {'filter':28}{'flows':>8}{'movements':>11}{'timeline':>10}{'most':>8}")
        for name, choice in CHANGES.items():
            flows, chart = weigh_charts(cube, choice, "flows")
            moves, _ = weigh_charts(cube, choice, "movements")
            most = max(flows, moves) + chart
            print(f"  {name:28}{flows / 1000:>8.0f}{moves / 1000:>11.0f}{chart / 1000:>10.0f}{most / 1000:>8.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["server", "bytes", "cold", "frame", "click", "write"])
    parser.add_argument("--rows", type=int, action="append", help="size of the table; repeat for several")
    parser.add_argument("--out", metavar="FILE", help="where `write` puts the table, as Parquet")
    args = parser.parse_args()
    if args.what == "write":
        make_many((args.rows or SIZES[-1:])[0]).to_parquet(args.out or parser.error("write needs --out FILE"))
    elif args.what == "server":
        measure_server(args.rows or SIZES)
    elif args.what == "bytes":
        measure_bytes(args.rows or SIZES)
    else:
        from benchmarks import page_browser

        measure = {"cold": page_browser.measure_cold, "frame": page_browser.measure_frame, "click": page_browser.measure_click}
        measure[args.what](args.rows)


if __name__ == "__main__":
    main()
