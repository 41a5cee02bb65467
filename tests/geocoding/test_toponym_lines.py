"""Toponyms in JSON Lines."""

from typing import Any

import pytest

from tracker.geocoding.toponym_lines import LineError, resolve_lines

LINE = {
    "id": "a",
    "text": "Ships left Rota in Spain for Zzyxw.",
    "toponyms": [{"start": 11, "end": 15}, {"start": 29, "end": 34, "text": "Zzyxw"}],
}


def test_a_line_keeps_what_it_had_and_gains_places() -> None:
    [line] = resolve_lines([LINE])
    rota, unknown = line["toponyms"]
    assert line["id"] == "a"
    assert (rota["start"], rota["country"]) == (11, "ES")
    assert {"lat", "lon", "name", "precision", "radius_km", "match", "confidence", "place_id"} <= set(rota)
    assert unknown["lat"] is None and unknown["reason"]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"id": "a"}, "line 1: it needs `text`"),
        ({"text": "x", "toponyms": [{"start": 0}]}, "line 1: a toponym needs"),
        ({"text": "x", "toponyms": [{"start": 0, "end": 5}]}, "lie outside the text"),
        ({"text": "x", "toponyms": [3]}, "line 1: a toponym needs"),
        ({"text": "x", "toponyms": [{"start": 0, "end": float("inf")}]}, "line 1: a toponym needs"),
        ({"text": "x", "toponyms": [{"start": -1, "end": 1}]}, "lie outside the text"),
    ],
)
def test_a_broken_line_is_named(broken: dict[str, Any], says: str) -> None:
    with pytest.raises(LineError, match=says):
        list(resolve_lines([broken]))
