"""Whether two places are one: a state by its code, all else by how far apart they lie, an unresolved name by its words."""

from __future__ import annotations

import re
import unicodedata

from tracker.evaluation.answers import Found
from tracker.evaluation.gold import GoldPlace
from tracker.geodesy import distance_km

#: How far a found place may lie from the gold one, in kilometres, by the precision of the gold one.
NEAR_KM = {"site": 60, "city": 60, "admin1": 350}
PART_OF_STATE_KM, SPANNING_KM = 350, 700
#: An area may be centred as far away as this where its name is right.
NAMED_KM = 1_500
#: Two points so close are one place, even where the codes of a disputed or border town differ.
ONE_SPOT_KM = 30

_WIDE = frozenset({"country", "region"})
_BORDERING = frozenset({"border", "borders", "near", "around", "along", "frontier"})


def plain(name: str | None) -> str:
    """A name without accents, case and punctuation.

    >>> plain("Côte d’Ivoire")
    'cote divoire'
    """
    ascii_only = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", ascii_only))


def words(name: str) -> frozenset[str]:
    """The words by which a place is known.

    >>> sorted(words("the Gulf of Aden"))
    ['aden', 'gulf']
    """
    return frozenset(plain(name).split()) - {"the", "of"}


def share_name(one: str, other: str) -> bool:
    """Whether the shorter name's words all stand in the longer one.

    >>> share_name("Camp Lemonnier", "Lemonnier"), share_name("Niger", "Nigeria")
    (True, False)
    """
    a, b = words(one), words(other)
    return bool(a and b) and (a <= b or b <= a)


def same_place(gold: GoldPlace | None, found: Found | None) -> bool:
    """Whether a row's place is the gold's; two places that are not stated are the same.

    >>> riga = GoldPlace("Riga", "LV", 56.95, 24.11, "city")
    >>> same_place(riga, Found("Riga", "LV", 56.9, 24.1, "city")), same_place(riga, Found("Latvia", "LV", 56.9, 24.6, "country"))
    (True, False)
    """
    if gold is None or found is None:
        return gold is None and found is None
    if gold.precision == "country":
        return gold.country != "" and gold.country == found.country and found.precision in {"", "country"}
    away = _apart(gold, found)
    if gold.precision == "region" and _at_a_border(gold.name):
        return (_at_a_border(found.name) or found.precision in {"border", "region", "subregion"}) and _within(
            gold, found, away, SPANNING_KM
        )
    elsewhere = gold.country != "" and found.country != "" and gold.country != found.country
    if gold.precision in NEAR_KM:
        one_spot = away is not None and away < ONE_SPOT_KM
        return found.precision not in _WIDE and (one_spot or not elsewhere) and _within(gold, found, away, NEAR_KM[gold.precision])
    if elsewhere or found.precision == "country":
        return False
    reach = PART_OF_STATE_KM if gold.country else SPANNING_KM
    return _within(gold, found, away, reach) or (away is not None and away <= NAMED_KM and share_name(gold.name, found.name))


def _at_a_border(name: str) -> bool:
    said = plain(name)
    return not _BORDERING.isdisjoint(said.split()) or " line of " in f" {said} "


def _apart(gold: GoldPlace, found: Found) -> float | None:
    if gold.lat is None or gold.lon is None or found.lat is None or found.lon is None:
        return None
    return distance_km(gold.lat, gold.lon, found.lat, found.lon)


def _within(gold: GoldPlace, found: Found, away: float | None, reach: float) -> bool:
    """Near enough, or of one name where one of the two has no coordinates."""
    return away <= reach if away is not None else share_name(gold.name, found.name)
