"""Colours: one a status (Okabe-Ito, safe for colour-blind readers), and the greys of the page in both themes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: What a row looks like: its status, or its kind where nobody moves. Order is the order of the legend and of the bars.
LOOKS: tuple[str, ...] = ("completed", "ongoing", "planned", "possible", "denied", "alert", "presence")
#: Their colours; on dark ground the same hues, lighter.
COLOURS: dict[str, dict[str, str]] = {
    "light": dict(zip(LOOKS, ("#0072B2", "#009E73", "#E69F00", "#CC79A7", "#8A8A8A", "#D55E00", "#64748B"), strict=True)),
    "dark": dict(zip(LOOKS, ("#3B9FE0", "#1FC295", "#F2B233", "#DE9BC1", "#9AA4AF", "#F07A3C", "#A3B1C2"), strict=True)),
}
#: What each look means, for the legend.
MEANINGS: dict[str, str] = {
    "completed": "has happened",
    "ongoing": "under way",
    "planned": "announced; lighter",
    "possible": "considered; pale",
    "denied": "said not to happen; thin",
    "alert": "readied, nobody moves; ring",
    "presence": "stationed there; ring",
}
#: How solid each look is drawn, 0 to 255: the second cue beside the hue.
ALPHAS: dict[str, int] = {"completed": 235, "ongoing": 225, "planned": 170, "possible": 120, "denied": 200, "alert": 200, "presence": 200}

Colour = list[int]


@dataclass(frozen=True, slots=True)
class Theme:
    """The greys under the data."""

    sea: str
    land: str
    border: str
    ink: str
    halo: str


THEMES: dict[str, Theme] = {
    "light": Theme(sea="#EDF2F6", land="#D5DCE2", border="#F8FAFC", ink="#1E293B", halo="#F8FAFC"),
    "dark": Theme(sea="#0B1016", land="#27313C", border="#0B1016", ink="#E2E8F0", halo="#0B1016"),
}


def look_of(row: Mapping[str, Any]) -> str:
    """The look of a row: "alert" and "presence" by kind, else the status.

    >>> look_of({"kind": "deploy", "status": "planned"}), look_of({"kind": "alert", "status": "completed"})
    ('planned', 'alert')
    """
    if row["kind"] in ("alert", "presence"):
        return str(row["kind"])
    return str(row["status"]) if row["status"] in LOOKS else "completed"


def rgba(colour: str, alpha: int = 255) -> Colour:
    """A ``#rrggbb`` colour as the list that deck.gl takes.

    >>> rgba("#0072B2", 200)
    [0, 114, 178, 200]
    """
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]
