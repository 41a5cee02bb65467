"""Rows in words: numbers with their bounds, days, places, names of countries and forces."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from tracker.posture import Share, Total

GAZETTEER = Path(__file__).resolve().parents[2] / "data" / "gazetteer"
COUNTRIES = GAZETTEER / "countries.csv"
#: A region of this many countries is a part of the world that has a name people know.
MANY = 3
#: Names that stand with an article in a sentence.
WITH_ARTICLE = re.compile(
    r"^(United|Democratic|Central African|Republic of)\b|\b([Ss]tates|Islands|Sea|Gulf|Republic|Emirates|Peninsula|Ocean|East|West"
    r"|Caribbean|Balkans|Sahel|Caucasus|Mediterranean|Pacific|Atlantic|Netherlands|Philippines|Gambia|Bahamas|Maldives)$|^Horn of"
)
#: The source that rows carry whose sentence was written for this project after a cited report.
SAMPLE_SOURCE = "Sample (our wording)"
SAMPLE_NOTE = "The sentence is ours, the facts are the linked page's."
UNKNOWN = "not said"
#: How people call the precisions of a place.
PRECISIONS = {"city": "town", "admin1": "province", "admin2": "district", "subregion": "part of the country", "border": "border area"}


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    if not COUNTRIES.is_file():
        return {}
    with COUNTRIES.open(encoding="utf-8", newline="") as handle:
        return {row[0]: row[1] for row in csv.reader(handle) if len(row) > 1}


def name_country(code: str) -> str:
    """The name of a country by its ISO code; the code itself where it is none.

    >>> name_country("FR"), name_country("NATO")
    ('France', 'NATO')
    """
    return _country_names().get(code, code)


@lru_cache(maxsize=1)
def _region_countries() -> dict[str, tuple[str, ...]]:
    """The countries of each region and sea of the gazetteer, by its name."""
    found: dict[str, tuple[str, ...]] = {}
    for path in (GAZETTEER / "regions.csv", GAZETTEER / "seas.csv"):
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as handle:
                found |= {row["name"]: tuple(filter(None, row["countries"].split("|"))) for row in csv.DictReader(handle)}
    return found


def name_widely(place: str) -> str:
    """A place in words that people know, as it stands in a sentence: a country, or a region of several countries. A strip of
    land or a line is told by the countries that it belongs to; empty where the gazetteer knows none.

    >>> name_widely("US"), name_widely("Middle East"), name_widely("Korean Peninsula"), name_widely("Point Nowhere")
    ('the United States', 'the Middle East', 'the area of North Korea and South Korea', '')
    """
    countries = _region_countries().get(place, ())
    if place in _country_names() or len(countries) >= MANY:
        name = name_country(place)
        return f"the {name}" if WITH_ARTICLE.search(name) else name
    names = sorted(name_country(code) for code in countries)
    return f"the area of {' and '.join(names)}" if len(names) > 1 else "".join(names)


def name_force(row: Mapping[str, Any]) -> str:
    """Whose personnel, in words."""
    return name_country(row.get("actor") or "") or row.get("actor_name") or "Unknown force"


def say_count(row: Mapping[str, Any]) -> str:
    """The number with the bounds that the words set.

    >>> say_count({"count": 3000, "count_low": None, "count_high": 3000})
    'up to 3,000'
    >>> say_count({"count": 2500, "count_low": 2000, "count_high": 3000, "additional": True})
    '2,000 to 3,000 more'
    """
    count, low, high = row.get("count") or 0, row.get("count_low"), row.get("count_high")
    if low is None and high is None:
        words = f"{count:,}"
    elif low is None:
        words = f"up to {high:,}"
    elif high is None:
        words = f"at least {low:,}"
    elif low != high:
        words = f"{low:,} to {high:,}"
    else:
        words = f"about {count:,}" if row.get("approximate") else f"{count:,}"
    return f"{words} more" if row.get("additional") else words


def say_day(day: date) -> str:
    """A day as people write it.

    >>> say_day(date(2022, 2, 2))
    '2 Feb 2022'
    """
    return f"{day.day} {day:%b %Y}"


def say_period(first: date | None, last: date | None) -> str:
    """One day or a period; what both share is said once.

    >>> say_period(date(2022, 2, 2), date(2022, 2, 9)), say_period(date(2021, 12, 30), date(2022, 1, 2))
    ('2\N{EN DASH}9 Feb 2022', '30 Dec 2021 \N{EN DASH} 2 Jan 2022')
    """
    first, last = first or last, last or first
    if first is None or last is None:
        return ""
    if first == last:
        return say_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\N{EN DASH}{say_day(last)}"
    begin = f"{first.day} {first:%b}" if first.year == last.year else say_day(first)
    return f"{begin} \N{EN DASH} {say_day(last)}"


def say_when(row: Mapping[str, Any]) -> str:
    """The days of a movement, or the day of its report said to be that."""
    moved = say_period(row.get("starts"), row.get("ends"))
    if moved:
        return moved
    published = row.get("published")
    return f"no date given; reported {say_day(published)}" if published else "no date given"


def say_place(row: Mapping[str, Any], end: str) -> str:
    """An end of a row with its country, once: "Fort Bragg, United States", "Poland"; empty where there is none."""
    name = str(row.get(end) or "")
    country = name_country(str(row.get(f"{end}_country") or ""))
    return f"{name}, {country}" if name and country and country != name else name


def say_route(row: Mapping[str, Any]) -> str:
    """Where from and where to; a row in which nobody moves has one place."""
    start, end = say_place(row, "origin"), say_place(row, "destination")
    if row.get("kind") in ("alert", "presence"):
        return f"{'in' if row.get('kind') == 'presence' else 'at'} {end or start}" if end or start else "place not said"
    return f"{start or UNKNOWN} \N{RIGHTWARDS ARROW} {end or UNKNOWN}"


def say_precision(row: Mapping[str, Any], end: str) -> str:
    """How narrowly the place of an end is known.

    >>> say_precision({"origin_precision": "city", "origin_radius_km": 8.0}, "origin")
    'known to the town, within 8 km'
    """
    radius = row.get(f"{end}_radius_km")
    precision = row.get(f"{end}_precision") or "place"
    return f"known to the {PRECISIONS.get(precision, precision)}" + (f", within {radius:,.0f} km" if radius else "")


def say_certainty(row: Mapping[str, Any], end: str) -> str:
    """How well the place of an end is known: precision, radius, and on what ground."""
    if not row.get(end):
        return "the article names none"
    if row.get(f"{end}_lat") is None:
        return "not found in the gazetteer, so not drawn"
    words = [say_precision(row, end)]
    basis = row.get(f"{end}_basis")
    if basis == "implied":
        words.append("not in the article: the force's home is taken")
    elif basis == "coreference":
        words.append(f"from \u201c{row.get(f'{end}_text')}\u201d")
    if row.get(f"{end}_match") in ("alias", "fuzzy", "online"):
        words.append({"alias": "by another name", "fuzzy": "by a similar spelling", "online": "by an online lookup"}[row[f"{end}_match"]])
    confidence = row.get(f"{end}_confidence")
    if confidence is not None and confidence < 0.9:
        words.append(f"{confidence:.0%} sure")
    return "; ".join(words)


def say_total(total: Total) -> str:
    """The persons of a total with their band.

    >>> say_total(Total(4700, 1700, 4700, True, 2))
    '4,700 troops (1,700 to 4,700 or more)'
    """
    noun = "troop member" if total.persons == 1 else "troops"
    if total.low == total.high and not total.is_open:
        return f"{total.persons:,} {noun}"
    if total.low == total.high:
        return f"{total.persons:,} {noun} or more"
    return f"{total.persons:,} {noun} ({total.low:,} to {total.high:,}{' or more' if total.is_open else ''})"


def say_share(share: Share | None, total: Total) -> str:
    """The finding: which country most of the persons go to, or leave; empty where there is none."""
    if share is None or total.rows < 2:
        return ""
    part = "most" if share.persons * 2 > total.persons else "the largest share"
    verb, place = "to" if share.direction == "to" else "out of", name_widely(share.place)
    return f"{part} {verb} {place} ({share.persons:,})" if place else ""
