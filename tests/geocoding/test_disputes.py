"""Disputed areas, and the same place under another worldview."""

import pytest

from tracker.geocoding import Gazetteer
from tracker.geocoding.disputes import read_disputes
from tracker.models import Place, Toponym


def country_of(gazetteer: Gazetteer, name: str) -> str:
    place = gazetteer.resolve("", [Toponym(name, name)])[0]
    assert isinstance(place, Place)
    return place.country


def test_every_dispute_has_a_side_and_a_place() -> None:
    disputes = read_disputes()
    assert len({d.id for d in disputes}) == len(disputes) >= 15
    assert all(d.claimants and d.label and d.radius_km > 0 and d.since.isdigit() for d in disputes)
    assert all(d.country in ("", *d.claimants) for d in disputes)


def test_the_recognised_country_is_the_default() -> None:
    assert country_of(Gazetteer.default(), "Sevastopol") == "UA"
    assert country_of(Gazetteer.default(), "Taipei") == "TW"


@pytest.mark.parametrize(("view", "name"), [("RU", "Sevastopol"), ("CN", "Taipei"), ("RS", "Pristina"), ("MA", "Laayoune")])
def test_a_worldview_takes_a_states_own_claims(view: str, name: str) -> None:
    claimed = Gazetteer(worldview=view)
    assert country_of(claimed, name) == view
    assert country_of(claimed, "Vilnius") == "LT"


def test_an_unknown_worldview_is_an_error_with_the_choices() -> None:
    with pytest.raises(ValueError, match="CN"):
        Gazetteer(worldview="LU")
