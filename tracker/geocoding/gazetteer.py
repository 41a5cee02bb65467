"""The embedded gazetteer: a geopy geocoder, what extraction must know of names, and the resolver of an article's toponyms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location

from tracker.geocoding import resolver
from tracker.geocoding.disputes import read_worldview
from tracker.geocoding.index import ALIAS, COUNTRY, DATABASE, DERIVED, KINDS, TOWN, Entry, Index
from tracker.geocoding.names import is_written_as_name, normalise, strip_article
from tracker.geocoding.phrases import parse
from tracker.geocoding.surroundings import not_places
from tracker.models import Place, Toponym, Unresolved

#: Answers kept for names that were asked before.
REMEMBERED = 20_000


class Gazetteer(Geocoder):  # type: ignore[misc]
    """Places of the world from one SQLite file: offline, read-only, safe in threads, ready at once.

    ``country`` of a place is the internationally recognised one; ``worldview`` takes a state's own view of what it claims
    (``Gazetteer(worldview="RU")`` puts Sevastopol in Russia). Raises ``GazetteerError`` at the first question where the file is missing.

    >>> gazetteer = Gazetteer.default()
    >>> gazetteer.country("U.S."), gazetteer.country("us"), gazetteer.capital_of("Kyiv")
    ('US', '', 'UA')
    >>> gazetteer.geocode("Kyiv").address
    'Kyiv, Ukraine'
    """

    def __init__(self, path: str | Path = DATABASE, *, worldview: str = "") -> None:
        super().__init__(scheme="https")
        self.index = Index(Path(path), read_worldview(worldview))
        self._kinds = lru_cache(maxsize=REMEMBERED)(self._find_kinds)
        self._country = lru_cache(maxsize=REMEMBERED)(self._find_country)
        self._capital_of = lru_cache(maxsize=REMEMBERED)(self._find_capital)
        self._place = lru_cache(maxsize=REMEMBERED)(self._find_place)

    @staticmethod
    @lru_cache(maxsize=1)
    def default() -> Gazetteer:
        """The gazetteer that ships with the project, one for the whole process."""
        return Gazetteer()

    # -- geopy -------------------------------------------------------------------------------------------------------

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Location | list[Location] | None:
        """The place of one name, without an article around it: a geopy ``Location`` (``raw`` holds the whole answer), or None.

        ``timeout`` is taken for geopy's sake; nothing is asked over a network.
        """
        place = self._place(query if isinstance(query, str) else str(query))
        if not isinstance(place, Place):
            return None
        country = self.index.country(place.country)
        address = place.name if country is None or country.name in place.name else f"{place.name}, {country.name}"
        raw = {field: getattr(place, field) for field in place.__dataclass_fields__}
        location = Location(address, (place.lat, place.lon, 0.0), raw)
        return location if exactly_one else [location]

    def _find_place(self, query: str) -> Place | Unresolved:
        return self.resolve("", [Toponym(query, query)], lenient=True)[0]

    # -- models.PlaceNames -------------------------------------------------------------------------------------------

    def kinds(self, name: str) -> frozenset[str]:
        """What ``name`` can be: country, admin1, admin2, city, town, base, airport, region, sea; empty where unknown or not a name."""
        return self._kinds(name)

    def _find_kinds(self, name: str) -> frozenset[str]:
        if name.strip() in not_places() or name.strip() in self.index.demonyms:
            return frozenset()
        entries = self._entries(name)
        if entries:
            return frozenset(KINDS[e.kind] if not (e.kind == TOWN and e.capital) else "city" for e in entries)
        phrase = parse(name, self.index.knows)
        if phrase.core == strip_article(name):
            return frozenset()
        inner = self._entries(phrase.core)
        if phrase.border:
            return frozenset({"region"})
        if not inner:
            return frozenset()
        if phrase.compass is not None:
            return frozenset({"region"})
        found = frozenset(KINDS[e.kind] for e in inner)
        return found & {phrase.feature} or found

    def country(self, name: str) -> str:
        """ISO code where ``name`` is the name of a country, else an empty text: "US" is one, "us" is not."""
        return self._country(name)

    def _find_country(self, name: str) -> str:
        bare = strip_article(name)
        if len(bare.replace(".", "")) <= 3 and not bare.replace(".", "").isupper():
            return "" if not bare.isalpha() or len(bare) < 4 else self._first_country(bare)
        return self._first_country(bare)

    def _first_country(self, bare: str) -> str:
        return self.index.country_names.get(normalise(bare), "") if is_written_as_name(bare) else ""

    def capital_of(self, name: str) -> str:
        """ISO code of the country whose capital ``name`` is, else an empty text."""
        return self._capital_of(name)

    def _find_capital(self, name: str) -> str:
        capitals = [e for e in self._entries(name) if e.capital and e.sort <= ALIAS]
        return max(capitals, key=lambda e: (e.sort == 0, e.population)).country if capitals else ""

    def country_of(self, name: str) -> str:
        """ISO code of the country in which the best-known place of a name lies, else an empty text."""
        place = self._place(name)
        return place.country if isinstance(place, Place) else ""

    def country_name(self, code: str) -> str:
        """The usual English name of a country by its ISO code, else an empty text."""
        found = self.index.country(code) if code else None
        return found.name if found is not None else ""

    def _entries(self, name: str) -> tuple[Entry, ...]:
        bare = strip_article(name)
        if not is_written_as_name(bare):
            return ()
        entries = self.index.named(normalise(bare))
        short = len(bare.replace(".", "")) <= 3
        if short and not bare.replace(".", "").isupper():
            entries = tuple(e for e in entries if e.kind != COUNTRY)
        return tuple(e for e in entries if e.sort <= DERIVED)

    # -- models.Resolver ---------------------------------------------------------------------------------------------

    def resolve(
        self, text: str, toponyms: Sequence[Toponym], published: date | None = None, source: str = "", *, lenient: bool = False
    ) -> list[Place | Unresolved]:
        """One answer a toponym, in the same order; all toponyms of the article are weighed together.

        ``published`` tells which former names were in use; ``lenient`` takes a small town on its name alone (a question typed by
        a person).
        """
        return resolver.resolve(self.index, text, toponyms, source, lenient, published)
