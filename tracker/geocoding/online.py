"""An online geocoder behind the gazetteer, for what it refuses: off by default, one question a second, every answer kept on disk."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from geopy.exc import GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder

from tracker.models import Place, Precision, Resolver, Toponym, Unresolved

#: What common services call their results, and how precise that is. Everything else is a region, never a dot.
PRECISIONS: dict[str, Precision] = {
    "country": "country",
    "state": "admin1",
    "province": "admin1",
    "region": "region",
    "county": "admin2",
    "district": "admin2",
    "city": "city",
    "town": "city",
    "village": "city",
    "hamlet": "city",
    "military": "site",
    "aerodrome": "site",
    "sea": "sea",
}
RADII: dict[str, float] = {"site": 5, "city": 10, "admin2": 50, "admin1": 150, "region": 300, "country": 500, "sea": 500}


class OnlineResolver:
    """A ``Resolver`` that asks ``geocoder`` (any of geopy's) only where ``gazetteer`` refuses a capitalised name.

    ``user_agent`` is how the service knows you; public services ask for one with an address. Answers, refusals included, are
    kept in ``cache`` (JSON lines), so a name is asked once. Places found so bear ``match="online"`` and confidence 0.5.
    """

    def __init__(self, gazetteer: Resolver, geocoder: Geocoder, *, user_agent: str, cache: str | Path, seconds: float = 1.0) -> None:
        if not user_agent.strip():
            raise ValueError("an online geocoder needs a user agent that names you, e.g. 'troop-tracker (you@example.org)'")
        if seconds < 1.0:
            raise ValueError("public geocoders allow one question a second at most; give seconds=1.0 or more")
        geocoder.headers = {**(geocoder.headers or {}), "User-Agent": user_agent}
        self.gazetteer = gazetteer
        self.cache = Path(cache)
        self._ask = RateLimiter(geocoder.geocode, min_delay_seconds=seconds, max_retries=1, swallow_exceptions=False)
        self._lock = threading.Lock()
        self._known: dict[str, dict[str, Any] | None] | None = None

    def resolve(self, text: str, toponyms: Sequence[Toponym], published: date | None = None, source: str = "") -> list[Place | Unresolved]:
        """The gazetteer's answers, with its refusals put to the online service."""
        answers = self.gazetteer.resolve(text, toponyms, published, source)
        return [self._second_try(t, a) if isinstance(a, Unresolved) else a for t, a in zip(toponyms, answers, strict=True)]

    def _second_try(self, toponym: Toponym, refused: Unresolved) -> Place | Unresolved:
        if not toponym.name[:1].isupper() or "no place of this name" not in refused.reason:
            return refused
        with self._lock:
            known = self._read()
            key = f"{toponym.name}|{toponym.country}"
            if key not in known:
                try:
                    known[key] = self._fetch(toponym)
                except GeopyError as error:
                    return Unresolved(refused.name, f"{refused.reason}; the online geocoder failed ({type(error).__name__})")
                self._write(key, known[key])
            found = known[key]
        return Place(**{**found, "alternatives": ()}) if found else refused

    def _fetch(self, toponym: Toponym) -> dict[str, Any] | None:
        query = f"{toponym.name}, {toponym.country}" if toponym.country else toponym.name
        location = self._ask(query)
        if location is None:
            return None
        raw = location.raw if isinstance(location.raw, dict) else {}
        precision = PRECISIONS.get(str(raw.get("addresstype") or raw.get("type") or ""), "region")
        country = str((raw.get("address") or {}).get("country_code") or toponym.country).upper()
        place = Place(
            name=toponym.name,
            country=country,
            lat=round(location.latitude, 4),
            lon=round(location.longitude, 4),
            precision=precision,
            radius_km=RADII.get(precision, 300),
            match="online",
            place_id=f"online:{raw.get('osm_id', '')}",
            confidence=0.5,
            margin=0.0,
        )
        return None if (place.lat, place.lon) == (0.0, 0.0) else asdict(place)

    def _read(self) -> dict[str, dict[str, Any] | None]:
        if self._known is None:
            self._known = {}
            lines = self.cache.read_text(encoding="utf-8").splitlines() if self.cache.is_file() else []
            for line in lines:
                try:
                    row = json.loads(line)
                    self._known[row["key"]] = row["place"]
                except (ValueError, KeyError, TypeError):
                    continue  # A line cut short by a crash is asked again.
        return self._known

    def _write(self, key: str, place: dict[str, Any] | None) -> None:
        self.cache.parent.mkdir(parents=True, exist_ok=True)
        with self.cache.open("a", encoding="utf-8") as handle:
            handle.write(json.dumps({"key": key, "place": place}, ensure_ascii=False) + "\n")
