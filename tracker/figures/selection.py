"""Which rows of a cube a choice asks for, and how many each further choice would leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from tracker.figures.choice import Choice
from tracker.figures.cube import MIXED, PARTS, SENTENCE, Cube, Ints, Mask
from tracker.figures.viewport import lies_in
from tracker.figures.wording import name_country


def day_number(day: date) -> int:
    """Days since 1970.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return (day - date(1970, 1, 1)).days


def list_masks(cube: Cube, choice: Choice) -> dict[str, Mask]:
    """For each filter that asks for something, the rows that pass it."""
    facets = cube.facets
    masks: dict[str, Mask] = {}
    for name, wanted in (("force", choice.forces), ("kind", choice.kinds), ("status", choice.statuses), ("size", choice.sizes),
                         ("source", choice.sources), ("certainty", choice.certainties)):  # fmt: skip
        if wanted:
            masks[name] = facets[name].keep(wanted)
    if choice.countries:
        masks["country"] = _touches(cube, choice)
    if choice.words.strip():
        masks["words"] = _mentions(cube, choice.words)
    since, until = choice.window
    if since or until:
        days = cube.days[choice.basis]
        mask = days.dated_by > 0
        if since:
            mask &= days.last >= day_number(since)
        if until:
            mask &= days.first <= day_number(until)
        masks["dates"] = mask
    if choice.known:
        masks["known"] = cube.known <= day_number(choice.known)
    return masks


def _touches(cube: Cube, choice: Choice) -> Mask:
    found = np.zeros(len(cube), dtype=bool)
    wanted = np.array([place in choice.countries for place in cube.places])
    for end in {"from": ["origin"], "to": ["destination"]}.get(choice.end, ["origin", "destination"]):
        found |= wanted[cube.facets[end].codes]
        rows, places = cube.further[end]
        found[rows[wanted[places]]] = True
    return found


def _mentions(cube: Cube, words: str) -> Mask:
    keep = np.ones(len(cube), dtype=bool)
    for word in words.casefold().split():
        if word not in cube.found_words:
            if len(cube.found_words) > 20:
                cube.found_words.clear()
            cube.found_words[word] = _contains(cube, word)
        keep &= cube.found_words[word]
    return keep


def _contains(cube: Cube, word: str) -> Mask:
    found = np.zeros(len(cube), dtype=bool)
    for name in ("force", "origin", "destination", "source"):
        facet = cube.facets[name]
        found |= np.array([word in f"{value} {name_country(value)}".casefold() for value in facet.values] or [False])[facet.codes]
    for texts in cube.texts.values():
        values = np.array([word in value for value in texts.values] or [False])
        if values.any():
            found |= values[texts.codes]
    found |= cube.frame[SENTENCE].str.contains(word, case=False, regex=False).fillna(False).to_numpy(dtype=bool)
    return found


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of a cube that a choice asks for: ``rows`` are their positions, in order."""

    cube: Cube
    choice: Choice
    rows: Ints
    masks: dict[str, Mask]
    #: What was counted of these rows already.
    counted: dict[str, list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a table; for a million of them this takes seconds, so only downloads ask for it."""
        return self.cube.frame if len(self.rows) == len(self.cube) else self.cube.take(self.rows)

    def count_values(self, name: str) -> dict[str, int]:
        """Rows a value of a facet, under all filters but the facet's own ("country": both ends together)."""
        if not self.masks and name != "country":
            if name not in self.cube.whole:
                self.cube.whole[name] = self._count(name)
            found: dict[str, int] = self.cube.whole[name]
            return found
        return self._count(name)

    def count_mixed(self, name: str) -> list[int]:
        """Rows a value of one of the ``MIXED`` facets; all of them are counted in one pass."""
        if not self.counted:
            counts = np.bincount(self.cube.mix[self.rows], minlength=int(np.prod(self.cube.sizes))).reshape(self.cube.sizes)
            for axis, other in enumerate(MIXED):
                self.counted[other] = counts.sum(axis=tuple(k for k in range(len(MIXED)) if k != axis)).tolist()
        return self.counted[name]

    def _count(self, name: str) -> dict[str, int]:
        if name in MIXED and name not in self.masks:
            return dict(zip(self.cube.facets[name].values, self.count_mixed(name), strict=True))
        masks = {key: mask for key, mask in self.masks.items() if key != name}
        rows = self.rows if len(masks) == len(self.masks) else _join(masks, len(self.cube))
        ends = {"country": ("origin", "destination")}.get(name, (name,))
        if name == "country" and self.choice.end != "either end":
            ends = ("origin",) if self.choice.end == "from" else ("destination",)
        values = self.cube.facets[ends[0]].values
        codes = [self.cube.facets[end].codes[rows] for end in ends]
        counts = sum(np.bincount(code, minlength=len(values)) for code in codes)
        if len(codes) == 2:
            counts = counts - np.bincount(codes[0][codes[0] == codes[1]], minlength=len(values))
        return dict(zip(values, np.asarray(counts).tolist(), strict=True))


def select(cube: Cube, choice: Choice) -> Selection:
    """The rows that a choice asks for. Undated rows are outside every window of dates."""
    masks = list_masks(cube, choice)
    return Selection(cube, choice, _join(masks, len(cube)), masks)


def narrow(selection: Selection, region: str) -> Selection:
    """The rows of a selection that begin or end in a part of the world (a key of ``REGIONS``), for the map alone."""
    cube = selection.cube
    if region not in cube.whole:
        inside = np.zeros(len(cube), dtype=bool)
        for end in ("origin", "destination"):
            lon, lat = (cube.frame[f"{end}_{part}"].to_numpy(dtype=float, na_value=np.nan) for part in ("lon", "lat"))
            inside |= lies_in(region, lon, lat)
        cube.whole[region] = inside
    mask: Mask = cube.whole[region]
    return Selection(cube, selection.choice, selection.rows[mask[selection.rows]], {**selection.masks, "region": mask})


def _join(masks: dict[str, Mask], length: int) -> Ints:
    if not masks:
        return np.arange(length)
    first, *others = masks.values()
    kept = first.copy() if others else first
    for mask in others:
        kept &= mask
    return np.flatnonzero(kept)


def find_part(selection: Selection, part: str) -> Ints:
    """Positions of the rows in view with which the map does the same: one of ``cube.PARTS``."""
    rows: Ints = selection.rows[selection.cube.part[selection.rows] == PARTS.index(part)]
    return rows


def find_largest(cube: Cube, rows: Ints, most: int) -> Ints:
    """Of some rows those with most persons, largest first."""
    weight = cube.weight[rows]
    if len(rows) > most:
        keep = np.argpartition(-weight, most)[:most]
        rows, weight = rows[keep], weight[keep]
    ordered: Ints = rows[np.lexsort((rows, -weight))]
    return ordered
