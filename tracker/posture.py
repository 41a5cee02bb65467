"""Totals over counted rows, each soldier once, with the band that the words leave open."""

from __future__ import annotations

from dataclasses import dataclass

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
