"""Radii are honest: wide enough to hold what lies in the place, and no wider than it is."""

import sqlite3
from collections import defaultdict

import pytest

from tracker.geocoding import Gazetteer
from tracker.geocoding.index import DATABASE
from tracker.geodesy import distance_km
from tracker.models import Place, Toponym

Point = tuple[float, float]
#: Areas in thousand square kilometres, from general knowledge.
AREAS = {
    "US": 9500,
    "RU": 17100,
    "CN": 9600,
    "UA": 604,
    "PL": 312,
    "IQ": 438,
    "SY": 185,
    "DE": 357,
    "FR": 547,
    "ES": 506,
    "PT": 92,
    "EC": 256,
}


def towns(level: str) -> dict[str, list[Point]]:
    db = sqlite3.connect(DATABASE)
    found: dict[str, list[Point]] = defaultdict(list)
    code = "country" if level == "country" else "country || '.' || admin1"
    for area, lat, lon in db.execute(f"SELECT {code}, lat / 1e4, lon / 1e4 FROM place WHERE kind IN (3, 4) AND ref NOT LIKE 'village-%'"):
        found[area].append((lat, lon))
    return found


def areas(kind: int) -> list[tuple[str, float, float, float]]:
    return sqlite3.connect(DATABASE).execute("SELECT ref, lat / 1e4, lon / 1e4, radius FROM place WHERE kind = ?", (kind,)).fetchall()


@pytest.mark.parametrize("code", sorted(AREAS))
def test_the_radius_of_a_country_comes_from_its_area(code: str) -> None:
    """A circle of the country's area is the least that can hold it; none of these is so long that it needs 2.5 times that."""
    [place] = Gazetteer.default().resolve("", [Toponym("", Gazetteer.default().country_name(code), None, code)])
    assert isinstance(place, Place)
    least = (AREAS[code] * 1000 / 3.14159) ** 0.5
    assert 0.8 * least <= place.radius_km <= 2.5 * least


def test_most_towns_of_a_country_lie_within_its_radius() -> None:
    inside, few = towns("country"), []
    for code, lat, lon, radius in areas(0):
        dots = inside.get(code, [])
        share = sum(distance_km(lat, lon, *dot) <= radius + 25 for dot in dots) / max(1, len(dots))
        # Nine tenths of the land may hold two thirds of the towns: Australians live at the coast.
        if len(dots) >= 20 and share < 0.6:
            few.append((code, round(share, 2)))
    assert few == []


def test_no_state_is_wider_than_the_spread_of_its_towns() -> None:
    inside = towns("admin1")
    for code, lat, lon, radius in areas(1):
        farthest = max(distance_km(lat, lon, *dot) for dot in inside[code])
        assert radius <= max(25.0, farthest + 1), code
