"""Country-pair flows: the arcs of a selection summed by origin, destination, status, and whether troops leave."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tracker.figures.cube import PARTS, Cube
from tracker.figures.palette import LOOKS
from tracker.figures.records import Record, list_records
from tracker.figures.selection import Selection
from tracker.figures.wording import COUNTRIES

#: More flows than this nobody reads, and each costs bytes at every change of a filter.
MOST_FLOWS = 120


@dataclass(frozen=True, slots=True)
class Flow:
    """What goes one way between two places with one status. ``persons`` are counted once; of a denied or possible flow they
    are the number as reported. ``leaves`` tells withdrawals from all other movements."""

    origin: str
    destination: str
    look: str
    leaves: bool
    persons: int
    rows: int

    @property
    def key(self) -> str:
        """A text that names the flow, for clicks."""
        return f"{self.origin}>{self.destination}>{self.look}>{int(self.leaves)}"


def name_flow(cube: Cube, number: int) -> str:
    """The key of the flow with this number in a cube."""
    origin, destination, look, leaves = cube.flows[number].tolist()
    return Flow(cube.places[origin], cube.places[destination], LOOKS[look], bool(leaves), 0, 0).key


def list_flows(selection: Selection, most: int = MOST_FLOWS) -> list[Flow]:
    """The largest flows of a selection, largest first."""
    if selection.masks:
        return _list_flows(selection, most)
    key = f"flows-{most}"
    if key not in selection.cube.whole:
        selection.cube.whole[key] = _list_flows(selection, most)
    flows: list[Flow] = selection.cube.whole[key]
    return flows


def _list_flows(selection: Selection, most: int) -> list[Flow]:
    cube = selection.cube
    length = len(cube.flows) + 1
    whole = len(selection) == len(cube)
    numbers = cube.flow if whole else cube.flow[selection.rows]
    persons = np.bincount(numbers, weights=cube.weight if whole else cube.weight[selection.rows], minlength=length)[:-1]
    rows = np.bincount(numbers, minlength=length)[:-1]
    some = np.flatnonzero(rows)
    if len(some) > most:
        some = some[np.argpartition(-persons[some], most)[:most]]
    some = some[np.argsort(-persons[some], kind="stable")]
    places = cube.places
    return [
        Flow(places[origin], places[destination], LOOKS[look], bool(leaves), int(persons[i]), int(rows[i]))
        for i, (origin, destination, look, leaves) in zip(some.tolist(), cube.flows[some].tolist(), strict=True)
    ]


def count_flows(selection: Selection) -> int:
    """How many flows there are in all."""
    numbers = np.bincount(selection.cube.flow[selection.rows], minlength=len(selection.cube.flows) + 1)
    return int(np.count_nonzero(numbers[:-1]))


def count_parts(selection: Selection) -> dict[str, int]:
    """Rows of a selection by what the map does with them."""
    return dict(zip(PARTS, selection.count_mixed("part"), strict=True))


def find_flow_rows(selection: Selection, key: str) -> list[int]:
    """Positions of the rows of a flow, largest first; none for a key that is no flow's."""
    cube = selection.cube
    origin, _, rest = key.partition(">")
    destination, _, rest = rest.partition(">")
    look, _, leaves = rest.partition(">")
    if not {origin, destination} <= set(cube.places) or look not in LOOKS:
        return []
    wanted = [cube.places.index(origin), cube.places.index(destination), LOOKS.index(look), int(leaves == "1")]
    number = np.flatnonzero((cube.flows == wanted).all(axis=1))
    rows = selection.rows[cube.flow[selection.rows] == number[0]] if len(number) else selection.rows[:0]
    found: list[int] = rows[np.argsort(-cube.weight[rows], kind="stable")].tolist()
    return found


@lru_cache(maxsize=1)
def _country_points() -> dict[str, tuple[float, float]]:
    if not COUNTRIES.is_file():
        return {}
    with COUNTRIES.open(encoding="utf-8", newline="") as handle:
        return {row["code"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(handle) if row.get("lat")}


def find_point(cube: Cube, place: str) -> tuple[float, float, float] | None:
    """Longitude, latitude and radius in km of a place: a country's middle, or the position in its rows; None without one."""
    row = _first_row(cube, place)
    point = _country_points().get(place)
    if point:
        return (*point, _radius(row, place))
    for end in ("origin", "destination"):
        if row and row[end] == place and row[f"{end}_lat"] is not None:
            return float(row[f"{end}_lon"]), float(row[f"{end}_lat"]), float(row[f"{end}_radius_km"] or 0)
    return None


def _radius(row: Record | None, place: str) -> float:
    for end in ("origin", "destination"):
        if row and row[f"{end}_country"] == place and row[f"{end}_precision"] == "country":
            return float(row[f"{end}_radius_km"] or 0)
    return 250.0


def _first_row(cube: Cube, place: str) -> Record | None:
    """A row that has a place at one end; looked up once a place and kept with the cube."""
    if place not in cube.seen_places:
        cube.seen_places[place] = _search(cube, place)
    return cube.seen_places[place]


def _search(cube: Cube, place: str) -> Record | None:
    number = cube.places.index(place) if place in cube.places else -1
    for end in ("destination", "origin"):
        at = np.flatnonzero(cube.facets[end].codes == number)
        if len(at):
            rows = list_records(cube.take(at[:200]))
            exact = [row for row in rows if row[f"{end}_precision"] == "country"]
            return (exact or rows)[0]
    return None
