"""Sixty rows as the table has them, written by hand: every kind and status, every ocean, unknown ends, parts, missing dates.

The page's tests and its developers use them where no extraction is wanted; `python -m tests.rows rows.csv` writes them down
for `TRACKER_ROWS=rows.csv streamlit run dashboard.py`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from tracker import table
from tracker.models import Article
from tracker.store import Store

#: name, country, latitude, longitude, precision, radius in km
PLACES: dict[str, tuple[str, str, float, float, str, float]] = {
    key: (name, country, lat, lon, precision, radius)
    for key, name, country, lat, lon, precision, radius in [
        ("us", "United States", "US", 39.8, -98.6, "country", 2000.0),
        ("bragg", "Fort Bragg", "US", 35.14, -79.0, "site", 12.0),
        ("pl", "Poland", "PL", 52.1, 19.4, "country", 320.0),
        ("de", "Germany", "DE", 51.2, 10.4, "country", 340.0),
        ("ro", "Romania", "RO", 45.9, 25.0, "country", 280.0),
        ("tapa", "Tapa", "EE", 59.26, 25.96, "city", 4.0),
        ("gb", "United Kingdom", "GB", 54.0, -2.5, "country", 280.0),
        ("eu", "Europe", "", 54.5, 15.3, "region", 2500.0),
        ("ru", "Russia", "RU", 61.5, 96.7, "country", 2300.0),
        ("by", "Belarus", "BY", 53.5, 28.0, "country", 260.0),
        ("fr", "France", "FR", 46.6, 2.5, "country", 420.0),
        ("gao", "Gao", "ML", 16.27, -0.04, "city", 8.0),
        ("ne", "Niger", "NE", 17.4, 9.4, "country", 640.0),
        ("td", "Chad", "TD", 15.4, 18.7, "country", 640.0),
        ("cf", "Central African Republic", "CF", 6.6, 20.9, "country", 440.0),
        ("rw", "Rwanda", "RW", -1.95, 29.9, "country", 90.0),
        ("ke", "Kenya", "KE", 0.5, 37.9, "country", 430.0),
        ("ht", "Port-au-Prince", "HT", 18.54, -72.34, "city", 10.0),
        ("so", "Mogadishu", "SO", 2.04, 45.34, "city", 12.0),
        ("ug", "Uganda", "UG", 1.3, 32.4, "country", 270.0),
        ("af", "Afghanistan", "AF", 33.8, 66.0, "country", 450.0),
        ("iq", "northern Iraq", "IQ", 36.2, 43.5, "subregion", 160.0),
        ("incirlik", "Incirlik Air Base", "TR", 37.0, 35.43, "site", 5.0),
        ("sy", "Syria", "SY", 35.0, 38.5, "country", 240.0),
        ("lb", "Lebanon", "LB", 33.9, 35.9, "country", 60.0),
        ("jp", "Okinawa", "JP", 26.5, 127.9, "admin1", 60.0),
        ("guam", "Guam", "GU", 13.45, 144.78, "country", 20.0),
        ("darwin", "Darwin", "AU", -12.46, 130.84, "city", 15.0),
        ("hawaii", "Hawaii", "US", 20.8, -156.3, "admin1", 250.0),
        ("fj", "Fiji", "FJ", -17.8, 178.0, "country", 120.0),
        ("sb", "Honiara", "SB", -9.43, 159.95, "city", 6.0),
        ("nz", "New Zealand", "NZ", -41.8, 172.8, "country", 600.0),
        ("kr", "South Korea", "KR", 36.4, 127.8, "country", 190.0),
        ("ph", "Palawan", "PH", 9.8, 118.7, "admin2", 150.0),
        ("co", "Colombia", "CO", 4.1, -73.0, "country", 480.0),
        ("pa", "Panama", "PA", 8.5, -80.1, "country", 150.0),
        ("cn", "Jinan", "CN", 36.67, 117.0, "city", 20.0),
        ("no", "Norway", "NO", 64.5, 13.0, "country", 700.0),
        ("ee_border", "border of Estonia with Russia", "EE", 58.6, 27.4, "border", 90.0),
        ("black_sea", "Black Sea", "", 43.2, 34.0, "sea", 450.0),
    ]
}

Move = tuple[str, int, str, str, str, str, str, str, dict[str, Any]]

#: actor, persons, kind, status, origin, destination, published, starts, further columns. "?" is an end that the article
#: names and the gazetteer refuses, "" one that it does not name, a leading "~" an implied one.
MOVES: list[Move] = [
    (
        "US",
        2000,
        "deploy",
        "planned",
        "~us",
        "eu",
        "2022-02-02",
        "2022-02-02",
        {"counted_persons": 0, "additional": True, "speaker": "the Pentagon", "ledger": "1,700 + 300 = 2,000: counted by its parts"},
    ),
    ("US", 1700, "deploy", "planned", "bragg", "pl", "2022-02-02", "2022-02-02", {"part": 0, "via": "Reuters"}),
    ("US", 300, "deploy", "planned", "bragg", "de", "2022-02-02", "2022-02-02", {"part": 0, "origin_basis": "coreference"}),
    ("US", 1000, "redeploy", "planned", "de", "ro", "2022-02-02", "2022-02-02", {"speaker": "the Pentagon"}),
    ("US", 8500, "alert", "completed", "", "", "2022-02-02", "2022-01-24", {}),
    ("GB", 900, "deploy", "completed", "~gb", "tapa", "2022-02-19", "", {}),
    ("GB", 350, "deploy", "ongoing", "gb", "pl", "2022-02-11", "2022-02-10", {}),
    ("RU", 30000, "presence", "", "", "by", "2022-02-03", "", {"count_low": None}),
    ("RU", 2000, "deploy", "denied", "ru", "ee_border", "2022-03-04", "", {}),
    ("RU", 1200, "deploy", "ongoing", "ru", "black_sea", "2022-03-11", "2022-03-08", {}),
    ("FR", 2400, "withdraw", "ongoing", "gao", "fr", "2022-02-17", "", {"count_low": 2000, "count_high": 2800}),
    ("FR", 400, "redeploy", "completed", "gao", "ne", "2022-06-14", "2022-06-12", {}),
    ("FR", 1500, "withdraw", "planned", "ne", "~fr", "2023-09-24", "", {}),
    ("FR", 1000, "redeploy", "possible", "ne", "td", "2023-10-05", "", {}),
    ("UN", 11800, "deploy", "planned", "", "cf", "2014-04-11", "", {"count_low": None}),
    ("RW", 850, "deploy", "completed", "rw", "cf", "2014-01-16", "2014-01-16", {}),
    ("RW", 300, "deploy", "completed", "rw", "cf", "2020-12-20", "", {}),
    ("RU", 300, "deploy", "completed", "~ru", "cf", "2020-12-22", "", {}),
    ("KE", 400, "deploy", "completed", "ke", "ht", "2024-06-25", "2024-06-25", {"personnel": "police officers"}),
    ("KE", 600, "deploy", "planned", "ke", "ht", "2024-10-11", "", {}),
    ("UG", 2000, "deploy", "completed", "ug", "so", "2012-08-01", "", {"approximate": True}),
    ("UG", 1700, "rotate", "completed", "ug", "so", "2015-05-20", "2015-05-18", {}),
    ("KE", 4000, "deploy", "completed", "ke", "so", "2011-10-18", "2011-10-16", {"count_high": None}),
    ("US", 450, "deploy", "planned", "us", "so", "2022-05-16", "", {"count_low": None, "count_high": 500}),
    ("US", 700, "withdraw", "completed", "so", "~us", "2020-12-05", "", {}),
    ("US", 30000, "deploy", "planned", "~us", "af", "2009-12-02", "", {}),
    ("US", 10000, "withdraw", "completed", "af", "~us", "2011-12-22", "2011-07-01", {}),
    ("US", 2500, "withdraw", "planned", "af", "~us", "2021-04-14", "2021-05-01", {}),
    ("US", 3000, "deploy", "ongoing", "us", "af", "2021-08-12", "2021-08-13", {"part_whole": True}),
    ("GB", 600, "deploy", "planned", "~gb", "af", "2021-08-13", "", {}),
    ("TR", 150, "deploy", "completed", "~tr", "iq", "2015-12-04", "", {}),
    ("TR", 500, "withdraw", "possible", "iq", "incirlik", "2015-12-20", "", {}),
    ("US", 2000, "withdraw", "planned", "sy", "iq", "2018-12-19", "", {}),
    ("US", 200, "presence", "", "", "sy", "2019-02-21", "", {}),
    ("FR", 700, "deploy", "completed", "fr", "lb", "2020-08-13", "2020-08-10", {}),
    ("US", 2500, "rotate", "completed", "us", "darwin", "2023-03-22", "", {}),
    ("US", 4000, "redeploy", "planned", "jp", "guam", "2024-12-14", "", {"approximate": True}),
    ("US", 100, "redeploy", "ongoing", "jp", "guam", "2024-12-16", "2024-12-14", {}),
    ("US", 1300, "redeploy", "completed", "jp", "hawaii", "2013-10-04", "", {}),
    ("FJ", 170, "deploy", "completed", "fj", "lb", "2013-06-28", "2013-06-20", {}),
    ("FJ", 50, "deploy", "completed", "fj", "sb", "2021-11-29", "", {}),
    ("AU", 110, "deploy", "completed", "darwin", "sb", "2021-11-25", "2021-11-25", {}),
    ("NZ", 65, "deploy", "ongoing", "nz", "sb", "2021-12-01", "", {"count_low": None}),
    ("NZ", 120, "deploy", "planned", "nz", "gb", "2022-08-15", "", {}),
    ("US", 3600, "redeploy", "completed", "kr", "iq", "2004-08-03", "2004-08-02", {}),
    ("KR", 300, "deploy", "planned", "~kr", "lb", "2007-05-15", "", {}),
    ("US", 650, "deploy", "completed", "hawaii", "ph", "2002-01-31", "", {}),
    ("CN", 130, "deploy", "completed", "cn", "cf", "2018-05-17", "", {}),
    ("CN", 395, "deploy", "planned", "cn", "gao", "2013-07-12", "", {}),
    ("CO", 350, "deploy", "possible", "~co", "pa", "", "", {}),
    ("NO", 150, "deploy", "planned", "~no", "?Wadi Nowhere", "2016-05-02", "", {}),
    ("NATO", 5000, "deploy", "planned", "", "pl", "2016-07-08", "", {"more": ["tapa", "ro"]}),
    ("NATO", 40000, "alert", "ongoing", "", "eu", "2022-03-16", "", {}),
    ("AU", 2000, "alert", "planned", "darwin", "", "2006-05-24", "", {}),
    ("DE", 200, "deploy", "completed", "de", "gao", "2016-03-01", "", {}),
    ("DE", 1100, "withdraw", "completed", "gao", "de", "2023-12-12", "2023-12-12", {}),
    ("US", 350, "deploy", "completed", "us", "pl", "2021-11-02", "", {"more": ["ro", "tapa"]}),
    ("RU", 1500, "deploy", "denied", "ru", "sy", "2015-09-09", "", {}),
    ("", 80, "deploy", "completed", "?the valley", "?the ridge", "", "", {"personnel": "fighters"}),
    ("ECOWAS", 3300, "deploy", "planned", "", "gao", "2013-01-16", "", {}),
]


def make_rows() -> pd.DataFrame:
    """The rows of ``MOVES`` as a deployment table; row ``n`` has the deployment_id ``row-n``."""
    return table.conform(pd.DataFrame([_row(number, move) for number, move in enumerate(MOVES)]))


def _row(number: int, move: Move) -> dict[str, object]:
    actor, persons, kind, status, origin, destination, published, starts, more = move
    moves = kind in ("deploy", "withdraw", "redeploy", "rotate") and status in ("planned", "ongoing", "completed")
    start, end = _end("origin", origin), _end("destination", destination)
    row: dict[str, object] = {
        "deployment_id": f"row-{number}",
        "event_id": f"row-{number}",
        "article_id": f"article-{number}",
        "source": "Sample (our wording)" if number % 3 else "The Daily Fixture",
        "title": f"Report number {number}",
        "url": f"https://news.example/{number}",
        "published": published or None,
        "actor": actor,
        "count": persons,
        "count_low": persons,
        "count_high": persons,
        "personnel": "troops",
        "kind": kind,
        "status": status,
        "starts": starts or None,
        "ends": starts or None,
        "counted_persons": persons if moves else 0,
        "found_by": "fixture",
        "extractor": "by hand",
        **start,
        **end,
        **{name: value for name, value in more.items() if name in table.NAMES},
    }
    if "part" in more:
        row["part_of"] = f"row-{more['part']}"
    if "more" in more:
        row["destinations_more"] = json.dumps(
            [dict(zip(("name", "country", "lat", "lon", "precision"), PLACES[key][:5], strict=True)) for key in more["more"]]
        )
    return row | _sentence(row, number)


def _end(name: str, key: str) -> dict[str, object]:
    if not key:
        return {}
    basis, key = ("implied", key[1:]) if key.startswith("~") else ("stated", key)
    if key.startswith("?") or key not in PLACES:
        words = key.lstrip("?")
        return {name: words, f"{name}_text": words, f"{name}_basis": basis}
    place, country, lat, lon, precision, radius = PLACES[key]
    return {
        name: place,
        f"{name}_text": place,
        f"{name}_country": country,
        f"{name}_lat": lat,
        f"{name}_lon": lon,
        f"{name}_precision": precision,
        f"{name}_radius_km": radius,
        f"{name}_basis": basis,
        f"{name}_match": "exact",
        f"{name}_confidence": 0.93 if precision == "city" else 1.0,
    }


def _sentence(row: dict[str, object], number: int) -> dict[str, object]:
    """A sentence with marks, as if it stood ten characters into its article."""
    base = 10
    pieces: list[tuple[str, str]] = [
        ("", f"Report {number}: "),
        ("actor", str(row["actor"]) or "Somebody"),
        ("", " has "),
        ("number", f"{row['count']:,}"),
        ("", f" {row['personnel']} for "),
        ("cue", f"a {row['kind']}"),
    ]
    for end, joint in (("origin", " from "), ("destination", " to ")):
        if row.get(end) and row.get(f"{end}_basis") != "implied":
            pieces += [("", joint), (end, str(row[end]))]
    text, marks = "", []
    for role, words in [*pieces, ("", ".")]:
        if role:
            marks.append([role, base + len(text), base + len(text) + len(words)])
        text += words
    quote = next(mark for mark in marks if mark[0] == "number")
    return {
        "evidence": text,
        "evidence_start": base,
        "evidence_end": base + len(text),
        "marks": json.dumps(marks),
        "quote": f"{row['count']:,}",
        "quote_start": quote[1],
        "quote_end": quote[2],
    }


def fill_store(address: str | Path) -> None:
    """A store with these rows, as if one long article had said all of it."""
    store = Store(address)
    store.add([(Article("An article that is not there.", "made-up"), make_rows())], store.begin("add", "hand 1"))
    store.close()


if __name__ == "__main__":
    table.to_csv(make_rows(), sys.argv[1])
