"""Totals, arrivals and departures over counted rows: each soldier once, with the band that the words leave open."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Total:
    """Persons over several rows. ``low`` to ``high`` is what the words allow; ``is_open`` where one of them sets no upper bound."""

    persons: int
    low: int
    high: int
    is_open: bool
    rows: int


@dataclass(frozen=True, slots=True)
class Share:
    """The country that takes the largest part of a total: persons who come ("to") or leave ("from")."""

    direction: str
    place: str
    persons: int


def count_persons(frame: pd.DataFrame) -> Total:
    """The sum of ``counted_persons``, and its band: an open low end is 0, an open high end is the count.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"count": [1700, 3000], "count_low": [1700, None], "count_high": [1700, 3000], "counted_persons": [1700, 3000]})
    >>> count_persons(rows)
    Total(persons=4700, low=1700, high=4700, is_open=False, rows=2)
    """
    counted = frame[frame["counted_persons"].fillna(0).astype("int64") > 0]
    count = counted["count"].fillna(0).astype("int64")
    kept = counted["counted_persons"].astype("int64")
    # A whole counts only what its parts leave: the band shrinks by the same number of persons.
    elsewhere = count - kept
    low = (counted["count_low"].fillna(0).astype("int64") - elsewhere).clip(lower=0)
    high = (counted["count_high"].fillna(count).astype("int64") - elsewhere).clip(lower=0)
    return Total(int(kept.sum()), int(low.sum()), int(high.sum()), bool(counted["count_high"].isna().any()), len(counted))


def find_largest_share(frame: pd.DataFrame) -> Share | None:
    """Where most of the counted persons go to, or come home from; None where no counted row names such a place.

    A withdrawal is told by the place it leaves, every other movement by the place it goes to.
    """
    counted = frame[frame["counted_persons"].fillna(0).astype("int64") > 0]
    leaves = counted["kind"] == "withdraw"
    country = counted["destination_country"].where(~leaves, counted["origin_country"])
    name = counted["destination"].where(~leaves, counted["origin"])
    keyed = pd.DataFrame(
        {
            "direction": leaves.map({True: "from", False: "to"}),
            "place": country.where(country != "", name),
            "persons": counted["counted_persons"],
        }
    )
    sums = keyed[keyed["place"] != ""].groupby(["direction", "place"], sort=False)["persons"].sum()
    if sums.empty:
        return None
    best = sums.sort_values(ascending=False, kind="stable").index[0]
    return Share(str(best[0]), str(best[1]), int(sums.loc[best]))


#: Statuses whose persons count; "possible" has a subtotal of its own, "denied" has none.
REAL = ("completed", "ongoing", "planned")


def list_legs(frame: pd.DataFrame) -> pd.DataFrame:
    """The arrivals and departures of a table: one leg for each known place of each movement that somebody makes.

    Columns: ``row`` (position in the frame), ``place`` (country code, or the name of a place in no one country),
    ``direction`` (1 arrives, -1 departs), ``persons``, ``low``, ``high``, ``status``, ``shared``. A rotation changes no
    country's number and has no leg. One number for several places gives each an equal share as its estimate, and none to
    all of it as its band. A possible movement has its reported persons; ``net_by_place`` keeps them apart.

    >>> from tracker import table
    >>> row = {"kind": "deploy", "status": "planned", "count": 300, "count_low": 300, "count_high": 300, "counted_persons": 300,
    ...        "origin_country": "US", "origin_lat": 38.0, "destination_country": "DE", "destination_lat": 51.0}
    >>> legs = list_legs(table.conform(pd.DataFrame([row])))
    >>> legs[["place", "direction", "persons"]].to_numpy().tolist()
    [['US', -1, 300.0], ['DE', 1, 300.0]]
    """
    counted = frame["counted_persons"].fillna(0).to_numpy(dtype="int64")
    count = frame["count"].fillna(0).to_numpy(dtype="int64")
    status = frame["status"].to_numpy(dtype=object)
    moves = frame["kind"].isin(["deploy", "withdraw", "redeploy"]).to_numpy(dtype=bool)
    possible = status == "possible"
    kept = np.flatnonzero(moves & ((counted > 0) | possible))
    persons = np.where(possible, count, counted)[kept]
    elsewhere = count[kept] - persons
    low = np.maximum(frame["count_low"].fillna(0).to_numpy(dtype="int64")[kept] - elsewhere, 0)
    high = np.maximum(frame["count_high"].fillna(frame["count"]).fillna(0).to_numpy(dtype="int64")[kept] - elsewhere, 0)
    pieces = [_legs_of(frame, end, kept, persons, low, high) for end in ("origin", "destination")]
    legs = pd.concat(pieces, ignore_index=True)
    legs["status"] = status[legs["row"].to_numpy(dtype="int64")]
    legs["place"] = legs["place"].astype("category")
    return legs.sort_values("row", kind="stable", ignore_index=True)


def _legs_of(frame: pd.DataFrame, end: str, kept: Any, persons: Any, low: Any, high: Any) -> pd.DataFrame:
    """The legs of one end; the further places of a number share it."""
    known = frame[f"{end}_lat"].notna()
    place = frame[f"{end}_country"].mask(known & (frame[f"{end}_country"] == ""), frame[end]).to_numpy(dtype=object)[kept]
    legs = pd.DataFrame({"row": kept, "place": place, "persons": persons.astype(float), "low": low, "high": high, "shared": False})
    more = frame[f"{end}s_more"].to_numpy(dtype=object)[kept]
    extra = []
    for at in np.flatnonzero(more != ""):
        further = sorted({_place_of(item) for item in _read_list(more[at])} - {"", place[at]})
        if further:
            share = persons[at] / (len(further) + bool(place[at]))
            legs.loc[at, ["persons", "low", "shared"]] = [share, 0, True]
            extra += [(kept[at], name, share, 0, high[at], True) for name in further]
    if extra:
        legs = pd.concat([legs, pd.DataFrame(extra, columns=["row", "place", "persons", "low", "high", "shared"])], ignore_index=True)
    legs["direction"] = 1 if end == "destination" else -1
    return legs[legs["place"] != ""]


def _place_of(item: object) -> str:
    return str(item.get("country") or item.get("name") or "") if isinstance(item, dict) else ""


def _read_list(cell: str) -> list[object]:
    try:
        found = json.loads(cell)
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def net_by_place(legs: pd.DataFrame) -> pd.DataFrame:
    """One row a place, the largest change first: ``come``, ``go``, ``net``, ``net_low``, ``net_high`` (persons), ``completed``,
    ``ongoing``, ``planned`` (net of that status alone), ``possible`` (net of what is only possible, in none of the others),
    ``shared`` (legs whose number several places share).
    """
    places = legs["place"].cat.categories
    codes = legs["place"].cat.codes.to_numpy(dtype="int64")
    status = legs["status"].to_numpy(dtype=object)
    real, arrives = np.isin(status, REAL), legs["direction"].to_numpy() > 0

    def add(mask: Any, column: str = "persons") -> Any:
        return np.bincount(codes[mask], weights=legs[column].to_numpy(dtype=float)[mask], minlength=len(places))

    net = {name: add(arrives & (status == name)) - add(~arrives & (status == name)) for name in (*REAL, "possible")}
    come, go = add(real & arrives), add(real & ~arrives)
    sums = pd.DataFrame(
        {
            "place": [str(place) for place in places],
            "come": come,
            "go": go,
            "net": come - go,
            "net_low": add(real & arrives, "low") - add(real & ~arrives, "high"),
            "net_high": add(real & arrives, "high") - add(real & ~arrives, "low"),
            **net,
            "shared": np.bincount(codes[legs["shared"].to_numpy(dtype=bool)], minlength=len(places)),
        }
    )
    some = sums[(sums[["come", "go", "possible"]] != 0).any(axis=1)]
    numbers = [name for name in some.columns if name != "place"]
    some = some.assign(**{name: some[name].round().astype("int64") for name in numbers})
    size = some["net"].abs() + some[["come", "go"]].max(axis=1) / 1e6
    return some.loc[size.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def net_over_time(legs: pd.DataFrame, bins: pd.Series, place: str) -> pd.DataFrame:
    """The net persons of a place, summed up to each bin: ``bin``, ``come``, ``go``, ``net``, ``low``, ``high``.

    ``bins`` has one entry a leg, on its index: a number or day that sorts; a leg without one (missing) is left out.
    """
    own = legs.assign(bin=bins)[(legs["place"] == place) & legs["status"].isin(REAL) & bins.notna()]
    arrives = own["direction"] > 0
    parts = pd.DataFrame(
        {
            "bin": own["bin"],
            "come": own["persons"].where(arrives, 0.0),
            "go": own["persons"].where(~arrives, 0.0),
            "low": own["low"].where(arrives, -own["high"]),
            "high": own["high"].where(arrives, -own["low"]),
        }
    )
    sums = parts.groupby("bin", as_index=False, sort=True).sum()
    return sums.assign(net=(sums["come"] - sums["go"]).cumsum(), low=sums["low"].cumsum(), high=sums["high"].cumsum())
