"""Disputed areas: what the map draws dashed, and whose country code a place there bears under another worldview."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "data" / "gazetteer" / "disputed.csv"


@dataclass(frozen=True, slots=True)
class Dispute:
    """An area that more than one side claims or holds.

    ``country`` is the internationally recognised one (empty where there is none), ``covers`` are countries ("TW"), states
    ("UA.11") and regions ("region:crimea") of the gazetteer; degrees WGS84, radius in kilometres.
    """

    id: str
    label: str
    country: str
    claimants: tuple[str, ...]
    holder: str
    since: str
    covers: tuple[str, ...]
    lat: float
    lon: float
    radius_km: float


@lru_cache(maxsize=2)
def read_disputes(path: Path = TABLE) -> tuple[Dispute, ...]:
    """Every row of disputed.csv.

    >>> next(d.claimants for d in read_disputes() if d.id == "crimea")
    ('UA', 'RU')
    """
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Dispute(
                row["id"],
                row["label"],
                row["country"],
                tuple(row["claimants"].split("|")),
                row["holder"],
                row["since"],
                tuple(part for part in row["covers"].split("|") if part),
                float(row["lat"]),
                float(row["lon"]),
                float(row["radius_km"]),
            )
            for row in csv.DictReader(handle)
        )


def read_worldview(worldview: str) -> dict[str, str]:
    """Which areas bear another country code in the eyes of the state ``worldview``: {"UA.11": "RU", ...}; empty for none.

    Raises ``ValueError`` for a state that claims nothing in the table.
    """
    if not worldview:
        return {}
    disputes = read_disputes()
    if not any(worldview in dispute.claimants for dispute in disputes):
        known = sorted({claimant for dispute in disputes for claimant in dispute.claimants})
        raise ValueError(
            f"worldview {worldview!r} is not one of {', '.join(known)}; leave it empty for internationally recognised countries"
        )
    return {area: worldview for d in disputes if worldview in d.claimants and d.country != worldview for area in d.covers}
