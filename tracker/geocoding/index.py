"""Read access to places.sqlite: names to entries, borders and demonyms. Nothing is read until the first question."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from tracker.geocoding.names import is_written_as_name, normalise

DATABASE = Path(__file__).resolve().parents[2] / "data" / "gazetteer" / "places.sqlite"
KINDS = ("country", "admin1", "admin2", "city", "town", "base", "airport", "region", "sea")
COUNTRY, ADMIN1, ADMIN2, CITY, TOWN, BASE, AIRPORT, REGION, SEA = range(9)
MAIN, ALIAS, FORMER, DERIVED = range(4)
PREFIXES = {CITY: "geonames:", TOWN: "geonames:"}
#: Identifiers of our own tables, which need no prefix.
OWN = ("base-", "village-")

#: More namesakes than this are never weighed; entries are filed areas first, then towns by size.
MOST_NAMESAKES = 60

_COLUMNS = "p.id, kind, ref, p.name, country, admin1, admin2, lat, lon, population, radius, half_x, half_y, capital, extra, known"
_BY_NAME = f"SELECT {_COLUMNS}, sort FROM name n JOIN place p ON p.id = n.place WHERE n.name = ? ORDER BY n.place LIMIT {MOST_NAMESAKES}"
_STATES = "SELECT p.name FROM state s JOIN place p ON p.id = s.place WHERE s.country = 'US'"
_CAPITALS = "SELECT c.name, p.country FROM capital c JOIN place p ON p.id = c.place"


class GazetteerError(RuntimeError):
    """places.sqlite is missing or not readable; the message says how to get it."""


class Entry(NamedTuple):
    """A place as the gazetteer files it under one name. Degrees WGS84, kilometres; ``sort`` tells what sort of name it was.

    ``extra`` holds the countries of a region or sea, and the dated former names of everything else; ``known`` marks towns that
    news of war names without saying where they lie.
    """

    id: int
    kind: int
    ref: str
    name: str
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int
    radius_km: float
    half_x: float
    half_y: float
    capital: bool
    extra: str
    sort: int
    known: bool = False

    @property
    def place_id(self) -> str:
        """Stable identifier: the source's own where it has one."""
        if self.ref.startswith(OWN):
            return self.ref
        return PREFIXES.get(self.kind, f"{KINDS[self.kind]}:") + self.ref


def _entry(row: tuple[Any, ...]) -> Entry:
    """A row of ``_COLUMNS`` and ``sort`` as an entry. Degrees are stored in ten-thousandths, absent values as NULL."""
    (number, kind, ref, name, country, admin1, admin2, lat, lon, population, radius, half_x, half_y, capital, extra, known, sort) = row
    size = float(radius or (5 if (population or 0) < 100_000 else 15))
    code, state, district = country or "", admin1 or "", admin2 or ""
    where = (lat / 1e4, lon / 1e4, population or 0, size, float(half_x or 0), float(half_y or 0))
    return Entry(number, kind, str(ref), name, code, state, district, *where, bool(capital), extra or "", sort, bool(known))


class Index:
    """The file of places. Safe to share between threads: each gets a connection of its own, read-only."""

    def __init__(self, path: Path = DATABASE, claimed: Mapping[str, str] | None = None) -> None:
        self.path = path
        self.claimed = claimed or {}
        self._local = threading.local()
        self.named = lru_cache(maxsize=10_000)(self._named)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            if not self.path.is_file():
                raise GazetteerError(f"{self.path}: the gazetteer is missing; data/gazetteer/README.md has the command that builds it")
            found = sqlite3.connect(f"{self.path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._local.connection = found
        return found

    def _named(self, key: str) -> tuple[Entry, ...]:
        """Every place filed under the normalised name ``key``."""
        entries = tuple(_entry(row) for row in self.connection.execute(_BY_NAME, (key,)))
        return tuple(map(self._seen, entries)) if self.claimed else entries

    def _seen(self, entry: Entry) -> Entry:
        """The entry under the chosen worldview: another country code inside an area that this state claims."""
        for area in (entry.place_id, f"{entry.country}.{entry.admin1}", entry.country):
            if area in self.claimed and entry.kind != COUNTRY:
                return entry._replace(country=self.claimed[area])
        return entry

    def knows(self, name: str) -> bool:
        """Whether ``name`` is filed as it stands: a name written small only where it describes a region ("the eastern flank"), and an
        adjective of several words, of which none says a direction ("South African")."""
        if " " in name and name in self.demonyms:
            return True
        entries = self.named(normalise(name))
        return bool(entries) and (is_written_as_name(name) or (" " in name and any(e.kind in (REGION, SEA) for e in entries)))

    def country(self, code: str) -> Entry | None:
        """The entry of a country by its ISO code."""
        return self.countries.get(code)

    @cached_property
    def countries(self) -> dict[str, Entry]:
        """All countries by ISO code."""
        rows = self.connection.execute(f"SELECT {_COLUMNS}, 0 FROM place p WHERE p.kind = 0 AND p.id <= 400")
        return {entry.ref: entry for entry in map(_entry, rows)}

    @cached_property
    def states(self) -> dict[str, str]:
        """The name of every state or province by its code, "US.CA"."""
        return dict(self.connection.execute("SELECT ref, name FROM place WHERE kind = 1"))

    @cached_property
    def demonyms(self) -> dict[str, str]:
        """ISO code by demonym as it is written: {"Iraqi": "IQ", "Iraqis": "IQ"}."""
        return dict(self.connection.execute("SELECT word, country FROM demonym"))

    @cached_property
    def country_names(self) -> dict[str, str]:
        """ISO code by normalised country name."""
        return dict(self.connection.execute("SELECT name, country FROM country_name"))

    @cached_property
    def capital_entries(self) -> dict[str, Entry]:
        """The largest capital of each country by its ISO code."""
        rows = self.connection.execute(f"SELECT {_COLUMNS}, 0 FROM place p WHERE p.id IN (SELECT place FROM capital) ORDER BY population")
        return {entry.country: entry for entry in map(_entry, rows)}

    @cached_property
    def capitals(self) -> dict[str, str]:
        """ISO code by the normalised main name of its capital."""
        return {entry[0]: entry[1] for entry in self.connection.execute(_CAPITALS)}

    @cached_property
    def signs(self) -> dict[str, str]:
        """ISO code by the normalised names that speak for a country without naming it: its capital, and the American states."""
        states = {normalise(name): "US" for (name,) in self.connection.execute(_STATES)}
        return states | self.capitals

    @cached_property
    def borders(self) -> dict[tuple[str, str], tuple[float, float, float, float]]:
        """(lat, lon, radius_km, length_km) by the two ISO codes in alphabetical order."""
        return {(a, b): (lat, lon, radius, length) for a, b, lat, lon, radius, length in self.connection.execute("SELECT * FROM border")}

    def neighbours(self, code: str) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
        """Each country that shares a land border with ``code``, and the border."""
        for (a, b), border in self.borders.items():
            if code in (a, b):
                yield (b if code == a else a), border
