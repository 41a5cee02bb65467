"""Names and positions that come from outside the gazetteer: what news writes, and where published maps put it.

The positions in the two tables were typed by hand to a tenth or three tenths of a degree. `bases_elsewhere.csv` was written before
any row of the gazetteer was changed for it. Of `names_in_the_news.csv` a tenth was missing at first and was then added.
"""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from tracker.geocoding import Gazetteer
from tracker.geodesy import distance_km
from tracker.models import Place, Span, Toponym, Unresolved

GAZETTEER = Gazetteer.default()
CASES = Path(__file__).parent / "cases"
#: Wider than this, an area is no answer to the question where a base or a town is.
LOCAL_KM = 60.0
#: Rows of names that are no places; they must be refused.
NOWHERE = -1.0


class Tally(NamedTuple):
    """Names by what became of them; ``wrong`` lie over 100 km and beyond their own radius from where they should be."""

    found: list[str]
    near: list[str]
    refused: list[str]
    wrong: list[str]


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(line for line in handle if not line.startswith("#")))


def ask(name: str, country: str) -> Place | Unresolved:
    """The name in the sentence of an article that speaks of its country elsewhere."""
    text = f"Officials said soldiers were at {name} on Monday."
    span = Span(text.index(name), text.index(name) + len(name))
    code = country.split("|")[0]
    if code:
        text += f" The government of {GAZETTEER.country_name(code)} did not comment."
    return GAZETTEER.resolve(text, [Toponym(name, name, span)])[0]


def judge(table: list[dict[str, str]]) -> Tally:
    tally = Tally([], [], [], [])
    for row in table:
        place, allowed = ask(row["name"], row["country"]), float(row.get("km") or 25)
        if isinstance(place, Unresolved):
            tally.refused.append(row["name"])
            continue
        away = distance_km(place.lat, place.lon, float(row["lat"]), float(row["lon"]))
        reach = max(allowed, place.radius_km)
        too_wide = place.radius_km > LOCAL_KM >= allowed and place.precision in ("country", "region")
        if away <= reach and place.country in row["country"].split("|") and not too_wide:
            tally.found.append(row["name"])
        else:
            (tally.wrong if away > 100 and away > place.radius_km else tally.near).append(row["name"])
    return tally


def test_bases_lie_where_published_maps_put_them() -> None:
    table = rows("bases_elsewhere.csv")
    assert len(table) >= 120
    tally = judge(table)
    assert tally.wrong == []
    assert len(tally.found) >= 0.97 * len(table), (tally.near, tally.refused)


def test_names_as_news_writes_them() -> None:
    table = [row for row in rows("names_in_the_news.csv") if float(row["km"]) != NOWHERE]
    assert len(table) >= 300
    tally = judge(table)
    assert len(tally.found) >= 0.97 * len(table), (tally.near, tally.refused, tally.wrong)
    assert len(tally.wrong) <= 0.005 * len(table), tally.wrong


def test_names_that_the_gazetteer_was_not_mended_for() -> None:
    """What the next article's names would find: nine in ten. Most of the rest is refused, not put somewhere else."""
    table = rows("names_held_out.csv")
    assert len(table) >= 150
    tally = judge(table)
    assert len(tally.found) >= 0.88 * len(table), tally.refused
    assert len(tally.wrong) <= 0.02 * len(table), tally.wrong


@pytest.mark.parametrize("row", [row for row in rows("names_in_the_news.csv") if float(row["km"]) == NOWHERE], ids=lambda row: row["name"])
def test_names_of_no_place_are_refused(row: dict[str, str]) -> None:
    assert isinstance(ask(row["name"], ""), Unresolved)
