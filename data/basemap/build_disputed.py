"""Writes the dashed lines of disputed areas, which the page fetches once: ``static/basemap/disputed.json``.

    python data/basemap/build_disputed.py

Run it after a change of ``data/gazetteer/disputed.csv`` or of the outlines; a test fails until that is done.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tracker.figures.disputed import list_disputes  # noqa: E402

OUT = ROOT / "static" / "basemap" / "disputed.json"


def write() -> str:
    """The file's text."""
    collection = {"type": "FeatureCollection", "features": list_disputes()}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    OUT.write_text(write(), encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size // 1024} KB")
