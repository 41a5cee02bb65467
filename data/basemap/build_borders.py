"""Writes the lines between countries, which the page draws over the land: ``static/basemap/borders.json``.

    python data/basemap/build_borders.py

Run it after a change of the outlines; a test fails until that is done. Coasts are left out: where land meets sea the colour
tells it, and drawing all 38,000 pieces of outline takes a computer without a graphics card seconds for each picture.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "static" / "basemap"
OUT = FOLDER / "borders.json"


def find_borders() -> list[dict[str, list[float]]]:
    """Every piece of outline that two countries have in common: ``s`` and ``t`` are its ends."""
    owners: dict[tuple, set[int]] = defaultdict(set)
    for number, feature in enumerate(json.loads((FOLDER / "50m.json").read_text(encoding="utf-8"))["features"]):
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                for a, b in zip(ring, ring[1:], strict=False):
                    owners[tuple(sorted((tuple(a), tuple(b))))].add(number)
    return [{"s": list(a), "t": list(b)} for (a, b), found in sorted(owners.items()) if len(found) > 1]


def write() -> str:
    """The file's text."""
    return json.dumps(find_borders(), separators=(",", ":")) + "\n"


if __name__ == "__main__":
    OUT.write_text(write(), encoding="utf-8")
    print(f"{OUT.relative_to(FOLDER.parents[1])}: {OUT.stat().st_size // 1024} KB")
