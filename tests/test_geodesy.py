"""Great-circle arithmetic against figures that anyone can check."""

import pytest

from tracker import geodesy


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((52.52, 13.405), (48.857, 2.352), 878),
        ((35.14, -79.0), (50.05, 22.0), 7_800),
        ((0, 179), (0, -179), 222.4),
        ((90, 0), (-90, 50), 20_015),
    ],
)
def test_distances(a: tuple[float, float], b: tuple[float, float], km: float) -> None:
    assert geodesy.distance_km(*a, *b) == pytest.approx(km, rel=0.01)
    assert geodesy.distance_km(*b, *a) == pytest.approx(geodesy.distance_km(*a, *b))


def test_bearings_turn_clockwise_from_north() -> None:
    bearings = [geodesy.bearing_degrees(0, 0, *there) for there in ((1, 0), (0, 1), (-1, 0), (0, -1))]
    assert bearings == pytest.approx([0, 90, 180, 270])


def test_a_shift_goes_as_far_as_it_says_also_over_the_date_line() -> None:
    lat, lon = geodesy.shift(60, 179.9, 50, 20)
    assert geodesy.distance_km(60, 179.9, lat, lon) == pytest.approx((50**2 + 20**2) ** 0.5, rel=0.01)
    assert -180 <= lon < -179


def test_an_arc_over_the_date_line_never_jumps() -> None:
    line = geodesy.arc(35.7, 139.7, 37.8, -122.4, points=50)
    assert len(line) == 50
    assert max(abs(b[1] - a[1]) for a, b in zip(line, line[1:], strict=False)) < 10
    assert max(lat for lat, _ in line) > 45


def test_an_arc_to_itself_stays_there() -> None:
    assert set(geodesy.arc(10, 20, 10, 20, points=3)) == {(10, 20)}


def test_points_on_an_arc_are_evenly_spaced() -> None:
    line = geodesy.arc(10, 10, -20, 120, points=9)
    steps = [geodesy.distance_km(*a, *b) for a, b in zip(line, line[1:], strict=False)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-6)
