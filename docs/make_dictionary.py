"""Writes docs/data-dictionary.md from the declaration of the columns: ``python docs/make_dictionary.py``."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from tracker.table import COLUMNS, DAY, FLAG, INTEGER, REAL, TEXT  # noqa: E402 - the path comes first

TARGET = FOLDER / "data-dictionary.md"
TYPES = {TEXT: "text", INTEGER: "integer", REAL: "number", FLAG: "true/false", DAY: "date"}
HEAD = """\
# Data dictionary

One row is one movement of a stated number of personnel, as one article reports it. The table, the CSV, Parquet, JSON Lines
and GeoJSON files and the page have these columns in this order. Empty means that the article does not say.

<!-- Made from tracker/table.py by `make docs`; change it there. -->

| column | type | unit | meaning |
| --- | --- | --- | --- |
"""


def write_dictionary() -> str:
    """The page as text."""
    rows = [f"| `{c.name}` | {TYPES[c.dtype]} | {c.unit} | {c.meaning.replace('|', chr(92) + '|')} |" for c in COLUMNS]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    TARGET.write_text(write_dictionary(), encoding="utf-8")
    print(f"{TARGET.name}: {len(COLUMNS)} columns")
