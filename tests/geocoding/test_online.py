"""The online geocoder: only for refusals, once a name, marked, and never without a user agent."""

from pathlib import Path
from typing import Any

import pytest
from geopy.exc import GeocoderTimedOut
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from tracker.geocoding import Gazetteer
from tracker.geocoding.online import OnlineResolver
from tracker.models import Place, Toponym, Unresolved

AGENT = "tracker-test (test@example.org)"


class Service(Geocoder):  # type: ignore[misc]
    """A service on no network that counts the questions."""

    def __init__(self, answer: Location | None, fails: bool = False) -> None:
        super().__init__()
        self.answer, self.fails, self.asked = answer, fails, list[str]()

    def geocode(self, query: str, **_: Any) -> Location | None:
        self.asked.append(query)
        if self.fails:
            raise GeocoderTimedOut("slow")
        return self.answer


VILLAGE = Location("Qarabulaq", (40.5, 47.7), {"addresstype": "village", "osm_id": 7, "address": {"country_code": "az"}})


def resolver(service: Service, tmp_path: Path) -> OnlineResolver:
    return OnlineResolver(Gazetteer.default(), service, user_agent=AGENT, cache=tmp_path / "answers.jsonl")


def ask(online: OnlineResolver, name: str) -> Place | Unresolved:
    return online.resolve("", [Toponym(name, name)])[0]


def test_what_the_gazetteer_knows_is_not_asked(tmp_path: Path) -> None:
    service = Service(VILLAGE)
    assert isinstance(ask(resolver(service, tmp_path), "Vilnius"), Place)
    assert service.asked == []
    assert service.headers["User-Agent"] == AGENT


def test_a_refusal_is_asked_once_and_marked(tmp_path: Path) -> None:
    service = Service(VILLAGE)
    place = ask(resolver(service, tmp_path), "Zzqarabulaq")
    assert isinstance(place, Place)
    assert (place.match, place.country, place.precision, place.place_id) == ("online", "AZ", "city", "online:7")
    again = ask(resolver(service, tmp_path), "Zzqarabulaq")
    assert again == place
    assert service.asked == ["Zzqarabulaq"]


def test_words_that_are_no_names_are_never_sent(tmp_path: Path) -> None:
    service = Service(VILLAGE)
    assert isinstance(ask(resolver(service, tmp_path), "the village"), Unresolved)
    assert service.asked == []


def test_a_failing_service_is_a_refusal(tmp_path: Path) -> None:
    answer = ask(resolver(Service(None, fails=True), tmp_path), "Zzqarabulaq")
    assert isinstance(answer, Unresolved) and "GeocoderTimedOut" in answer.reason


def test_a_torn_cache_line_is_asked_again(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").write_text('{"key": "Zzqarabulaq|", "pla', encoding="utf-8")
    service = Service(VILLAGE)
    assert isinstance(ask(resolver(service, tmp_path), "Zzqarabulaq"), Place)
    assert len(service.asked) == 1


def test_null_island_is_no_answer(tmp_path: Path) -> None:
    assert isinstance(ask(resolver(Service(Location("?", (0.0, 0.0), {})), tmp_path), "Zzqarabulaq"), Unresolved)


@pytest.mark.parametrize("given", [{"user_agent": " "}, {"user_agent": AGENT, "seconds": 0.1}])
def test_bad_manners_are_refused(tmp_path: Path, given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"user agent|one question a second"):
        OnlineResolver(Gazetteer.default(), Service(None), cache=tmp_path / "c", **given)
