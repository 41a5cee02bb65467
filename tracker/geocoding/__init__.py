"""Toponyms in, places out: an embedded gazetteer that answers offline and refuses rather than guesses."""

from tracker.geocoding.gazetteer import Gazetteer

__all__ = ["Gazetteer"]
