"""The tables kept by hand and the file built from them agree with each other and with the world."""

import csv
import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from tracker.geocoding.index import DATABASE, KINDS, Index
from tracker.geocoding.names import normalise
from tracker.geocoding.rank import read_weights
from tracker.geodesy import distance_km

FOLDER = DATABASE.parent
#: Islands and reefs without a town of their own.
UNINHABITED = {
    "senkaku-islands",
    "scarborough-shoal",
    "second-thomas-shoal",
    "spratly-islands",
    "paracel-islands",
    "wake-island",
    "midway-atoll",
    "takeshima",
}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_manifest_describes_the_file() -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["places.sqlite"]
    assert manifest["sha256"] == hashlib.sha256(DATABASE.read_bytes()).hexdigest()
    assert DATABASE.stat().st_size <= 35_000_000
    assert manifest["rows"]["city"] > 30_000 and manifest["rows"]["town"] > 200_000 and manifest["rows"]["admin1"] > 3_500


def test_nothing_lies_at_null_island_or_off_the_globe() -> None:
    db = sqlite3.connect(DATABASE)
    [bad] = db.execute("SELECT count(*) FROM place WHERE abs(lat) > 900000 OR abs(lon) > 1800000 OR (lat = 0 AND lon = 0)").fetchone()
    assert bad == 0


def test_every_name_is_filed_under_the_key_that_it_is_looked_up_by() -> None:
    index = Index()
    for name in ("Côte d’Ivoire", "Türkiye", "Ādaži", "St. Petersburg", "Al-Tanf", "Ft. Hood"):
        assert index.named(normalise(name)), name


def test_countries_have_their_code_a_name_and_a_capital() -> None:
    countries = rows("countries.csv")
    assert len({row["code"] for row in countries}) == len(countries) >= 245
    assert all(len(row["code"]) == 2 and row["name"] for row in countries)
    capitals = set(Index().capitals.values())
    for code in ("US", "UA", "RU", "CN", "IQ", "XK", "PS", "SS", "TL", "MM", "KZ", "CI"):
        assert code in capitals, code


def test_no_name_of_a_country_belongs_to_two() -> None:
    seen: dict[str, str] = {}
    for row in rows("countries.csv"):
        for name in {normalise(n) for n in [row["name"], *row["aliases"].split("|")] if n}:
            assert seen.setdefault(name, row["code"]) == row["code"], name


@pytest.mark.parametrize("table", ["regions.csv", "seas.csv"])
def test_areas_lie_where_their_countries_are(table: str) -> None:
    """Within the radius (or, at sea, 300 km beyond) there is a town of a country that the row lists."""
    db = sqlite3.connect(DATABASE)
    areas, codes = rows(table), {row["code"] for row in rows("countries.csv")}
    assert len({row["id"] for row in areas}) == len(areas)
    for row in areas:
        lat, lon, listed = float(row["lat"]), float(row["lon"]), row["countries"].split("|")
        reach = float(row["radius_km"]) + (300 if table == "seas.csv" or row["id"] in UNINHABITED else 60)
        assert set(listed) <= codes, row["id"]
        marks = ",".join("?" * len(listed))
        towns = db.execute(f"SELECT lat / 1e4, lon / 1e4 FROM place WHERE kind IN (2, 3, 4, 5, 6) AND country IN ({marks})", listed)
        assert any(distance_km(lat, lon, *town) <= reach for town in towns) or row["id"] == "antarctic", row["id"]


def test_borders_part_neighbours_and_read_the_same_from_both_sides() -> None:
    index = Index()
    lat, lon, _, length = index.borders["RU", "UA"]
    assert distance_km(lat, lon, 50.2, 37.6) < 150 and 1_000 < length < 2_500
    assert ("FR", "GB") not in index.borders
    assert all(a < b for a, b in index.borders)
    assert "PL" in {other for other, _ in index.neighbours("LT")}


def test_weights_are_numbers_with_names() -> None:
    assert {"population", "country", "qualified", "nearness", "twin"} <= set(read_weights())


def test_words_that_are_no_places_say_why() -> None:
    table = rows("not_places.csv")
    assert all(row["word"] and row["why"] for row in table)
    assert {"March", "Police", "Kirby"} <= {row["word"] for row in table}
    assert not {"Mobile", "Reading", "Nice", "Austin"} & {row["word"] for row in table}


def test_the_folder_explains_itself() -> None:
    text = Path(FOLDER / "README.md").read_text(encoding="utf-8")
    for word in ("GeoNames", "CC BY 4.0", "OurAirports", "Natural Earth", "build.py"):
        assert word in text


@pytest.mark.parametrize(("table", "kind"), [("bases.csv", "base"), ("regions.csv", "region"), ("seas.csv", "sea")])
def test_every_row_is_in_the_built_file(table: str, kind: str) -> None:
    """Fails when a table was edited and places.sqlite was not built again."""
    index = Index()
    lost = [row["id"] for row in rows(table) if not any(KINDS[e.kind] == kind for e in index.named(normalise(row["name"])))]
    assert lost == []
