"""Great-circle arithmetic on a sphere of 6,371 km: degrees in, kilometres out, safe across the antimeridian."""

from __future__ import annotations

import math

EARTH_KM = 6371.0


def distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Great-circle distance between two points in degrees, in kilometres.

    >>> round(distance_km(52.52, 13.405, 48.857, 2.352))
    877
    """
    a, b = math.radians(lat), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def bearing_degrees(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Initial bearing from the first point to the second, clockwise from north, 0 to 360.

    >>> bearing_degrees(0, 179, 0, -179)
    90.0
    """
    a, b, turn = math.radians(lat), math.radians(lat2), math.radians(lon2 - lon)
    east = math.sin(turn) * math.cos(b)
    north = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(turn)
    return math.degrees(math.atan2(east, north)) % 360


def shift(lat: float, lon: float, east_km: float, north_km: float) -> tuple[float, float]:
    """The point that lies ``east_km`` and ``north_km`` away, for distances far below the earth's radius.

    >>> tuple(round(x, 2) for x in shift(0, 179.5, 111.2, 0))
    (0.0, -179.5)
    """
    degree = math.radians(EARTH_KM)
    new_lat = max(-90.0, min(90.0, lat + north_km / degree))
    new_lon = lon + east_km / (degree * max(0.01, math.cos(math.radians(lat))))
    return new_lat, wrap(new_lon)


def wrap(lon: float) -> float:
    """A longitude brought into -180 to 180.

    >>> wrap(190), wrap(-180), wrap(45)
    (-170, -180, 45)
    """
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180


def midpoint(lat: float, lon: float, lat2: float, lon2: float, share: float = 0.5) -> tuple[float, float]:
    """The point at ``share`` of the way along the great circle; the start itself where the ends are antipodes or one.

    >>> tuple(round(x, 1) for x in midpoint(0, 170, 0, -150))
    (0.0, -170.0)
    """
    angle = distance_km(lat, lon, lat2, lon2) / EARTH_KM
    if math.sin(angle) < 1e-9:
        return lat, lon
    a, b = math.sin((1 - share) * angle) / math.sin(angle), math.sin(share * angle) / math.sin(angle)
    phi, psi, lam, mu = map(math.radians, (lat, lat2, lon, lon2))
    x = a * math.cos(phi) * math.cos(lam) + b * math.cos(psi) * math.cos(mu)
    y = a * math.cos(phi) * math.sin(lam) + b * math.cos(psi) * math.sin(mu)
    z = a * math.sin(phi) + b * math.sin(psi)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def arc(lat: float, lon: float, lat2: float, lon2: float, points: int = 32) -> list[tuple[float, float]]:
    """``points`` positions along the great circle, both ends included, longitudes unbroken across the antimeridian.

    A longitude may therefore lie beyond 180: a line through the list never jumps round the globe.

    >>> [round(x) for _, x in arc(0, 170, 0, -170, points=3)]
    [170, 180, 190]
    """
    line: list[tuple[float, float]] = []
    for step in range(points):
        here, there = midpoint(lat, lon, lat2, lon2, step / (points - 1))
        if line:
            there += 360 * round((line[-1][1] - there) / 360)
        line.append((here, there))
    return line
