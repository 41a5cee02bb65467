"""Implied ends: the force's home is the unstated end of a movement abroad, and of no other.

Whether a movement goes abroad is known only when its places are: the extraction proposes the home state, and here it is withdrawn where
the other end lies at home itself, on the home side of a border, or nowhere that the gazetteer knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracker.models import Deployment, End, Place, Toponym, Unresolved


def without_home_moves(row: Deployment, answers: Mapping[Toponym, Place | Unresolved]) -> Deployment:
    """The row, without an implied end that its other end does not allow.

    >>> from tracker.models import Article, Quantity, Span
    >>> row = Deployment(Article("x"), Span(0, 1), Quantity(Span(0, 1), 9, 9), "police", "deploy", "planned", actor="CN",
    ...     origin=End(Toponym("", "China", None, "CN"), "implied"), destination=End(Toponym("Zhangzhou", "Zhangzhou")))
    >>> inland = {Toponym("Zhangzhou", "Zhangzhou"): Place("Zhangzhou", "CN", 24.5, 117.6, "city", 20)}
    >>> without_home_moves(row, inland).origin is None
    True
    """
    if _implied(row.origin) and not _abroad(row, row.destination, answers):
        row = replace(row, origin=None)
    if _implied(row.destination) and not _abroad(row, row.origin, answers):
        row = replace(row, destination=None)
    return row


def _implied(end: End | None) -> bool:
    return end is not None and end.basis == "implied"


def _abroad(row: Deployment, other: End | None, answers: Mapping[Toponym, Place | Unresolved]) -> bool:
    place = answers.get(other.toponym) if other is not None else None
    if other is None or not isinstance(place, Place) or place.country == row.actor:
        return False
    return not other.toponym.name.lower().startswith(f"border of {row.actor_name.lower()} with")
