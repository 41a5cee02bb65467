"""What the README shows is what comes out."""

from __future__ import annotations

import re
from pathlib import Path

from tracker import track

README = Path(__file__).resolve().parents[1] / "README.md"


def test_the_example_of_the_readme_comes_out_as_it_stands_there():
    text = README.read_text(encoding="utf-8")
    quoted = re.search(r"(?m)^> (.+(?:\n> .+)*)", text)
    assert quoted
    frame = track(quoted.group(1).replace("\n> ", " "), published="2023-05-09")
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if re.match(r"\| \d+ \| [A-Z]{2} ", line)]
    assert len(lines) == 6
    shown = [
        [
            str(row["count"]), row["actor"], f"{row['kind']}, {row['status']}", row["origin"], row["destination"], bool(row["part_of"]),
            str(row["counted_persons"]), row["ledger"],
        ]
        for row in frame.to_dict("records")
    ]  # fmt: skip
    told = [[count, actor, what, re.sub(r" \(.*", "", origin), to, bool(part), counted, why]
            for count, actor, what, origin, to, part, counted, why in lines]  # fmt: skip
    assert shown == told
