"""The words of the trade, read from ``data/vocabulary/*.csv`` into frozen lookups.

A word that a regional expert could add without Python is a row there. A malformed row is a ``VocabularyError`` that
names file, line and cure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from tracker.models import MOVEMENTS

FOLDER = Path(__file__).resolve().parent.parent / "data" / "vocabulary"
REGISTER = FOLDER.parent / "register"

PERSONNEL_CLASSES = frozenset({"force", "police", "collective", "generic", "not"})
KINDS = MOVEMENTS | {"alert", "presence"}
#: The kind of a name in ``organisations`` that is one state's by its spelling, and another's where that state stands before it.
OFFICE = "office"
_STILL = 9999  # the last year of a term that goes on
STATUSES = frozenset({"possible", "planned", "ongoing", "completed", "denied"})


class VocabularyError(ValueError):
    """A row of a vocabulary table that cannot be used; the message names file, line and cure."""


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """What a movement word does: the kind of row it makes, who moves, and what its bare object is.

    ``mover`` is "subject" (troops go), "object" (somebody sends troops) or "either". ``object_place`` says which end a
    place is that stands as the direct object ("leave Mali": origin). ``strength`` is "strong" where the word alone tells
    of a movement, "weak" where only a place in a slot makes it one.
    """

    lemma: str
    pos: str
    kind: str
    mover: str
    object_place: str
    strength: str


@dataclass(frozen=True, slots=True)
class Leader:
    """Who decides for a ``side`` (a state by ISO code, or an organisation) from ``since`` to ``until`` (years, both included).

    ``first`` is the first word of the name.
    """

    first: str
    side: str
    since: int
    until: int

    def serves(self, year: int, slack: int = 0) -> bool:
        """Whether a year lies in the term, give or take ``slack`` years.

        >>> Leader("Ann", "NZ", 1999, 2008).serves(2009, slack=1)
        True
        """
        return self.since - slack <= year <= self.until + slack


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All tables. Keys are lower case except names (``demonyms``, ``organisations``), which keep their capitals."""

    personnel: Mapping[str, str]
    triggers: Mapping[tuple[str, str], tuple[TriggerRow, ...]]
    alert_phrases: tuple[str, ...]
    cues: Mapping[tuple[str, str], str]
    reporting: frozenset[str]
    demonyms: Mapping[str, str]
    organisations: Mapping[str, tuple[str, str]]
    number_words: Mapping[str, tuple[int, str]]
    hedges: Mapping[str, str]
    casualty: frozenset[str]
    place_nouns: Mapping[str, str]
    agencies: frozenset[str]
    qualifiers: Mapping[str, str]
    titles: Mapping[str, str]

    def __hash__(self) -> int:
        """By identity, so that what is made from the tables can be cached by them."""
        return id(self)


@lru_cache(maxsize=1)
def load(folder: Path = FOLDER) -> Vocabulary:
    """Read every table of ``folder`` once a process."""
    return Vocabulary(
        personnel=_mapping(folder, "personnel", "noun", "class", PERSONNEL_CLASSES),
        triggers=_triggers(folder),
        alert_phrases=tuple(row["phrase"] for _, row in _rows(folder, "alert_phrases", ("phrase",))),
        cues=MappingProxyType(
            {
                (row["pos"], row["cue"]): row["status"]
                for row in _checked(folder, "modality_cues", ("cue", "pos", "status"), "status", STATUSES)
            }
        ),
        reporting=frozenset(row["lemma"] for _, row in _rows(folder, "reporting_verbs", ("lemma",))),
        demonyms=_mapping(folder, "demonyms", "demonym", "country"),
        organisations=MappingProxyType(
            {row["name"]: (row["actor"], row["kind"]) for _, row in _rows(folder, "organisations", ("name", "actor", "kind"))}
        ),
        number_words=MappingProxyType(
            {
                row["word"]: (_integer(folder, "number_words", line, row["value"]), row["role"])
                for line, row in _rows(folder, "number_words", ("word", "value", "role"))
            }
        ),
        hedges=_mapping(folder, "hedges", "phrase", "effect", frozenset({"approximate", "low", "high", "additional", "none"})),
        casualty=frozenset(row["word"] for _, row in _rows(folder, "casualty_words", ("word",))),
        place_nouns=_mapping(folder, "place_nouns", "noun", "kind"),
        agencies=frozenset(row["name"] for _, row in _rows(folder, "agencies", ("name",))),
        qualifiers=_mapping(folder, "qualifiers", "word", "role"),
        titles=_mapping(folder, "titles", "title", "country"),
    )


@lru_cache(maxsize=1)
def _word_classes(folder: Path = FOLDER) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for _, row in _rows(folder, "word_classes", ("word", "class")):
        found.setdefault(row["class"], set()).add(row["word"])
    return {name: frozenset(members) for name, members in found.items()}


def words(name: str) -> frozenset[str]:
    """The words of one class of ``word_classes.csv``, lower case.

    >>> "helicopter" in words("vehicle")
    True
    """
    return _word_classes()[name]


@lru_cache(maxsize=1)
def measures(folder: Path = FOLDER) -> Mapping[str, str]:
    """What a number measures when one of these words follows it ("km": "a distance"), from ``measures.csv``."""
    return _mapping(folder, "measures", "word", "measures")


@lru_cache(maxsize=1)
def leaders(folder: Path = REGISTER) -> Mapping[str, tuple[Leader, ...]]:
    """Who governed which state and when, by surname (the last word of the name), from ``leaders.csv`` of the register.

    >>> {leader.side for leader in leaders()["Mandela"]}
    {'ZA'}
    """
    found: dict[str, list[Leader]] = {}
    for line, row in _rows(folder, "leaders", ("name", "side", "since", "until")):
        until = _integer(folder, "leaders", line, row["until"]) if row["until"] else _STILL
        leader = Leader(row["name"].split()[0], row["side"], _integer(folder, "leaders", line, row["since"]), until)
        found.setdefault(row["name"].split()[-1], []).append(leader)
    return MappingProxyType({surname: tuple(holders) for surname, holders in found.items()})


def _rows(folder: Path, table: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    path = folder / f"{table}.csv"
    if not path.is_file():
        raise VocabularyError(f"{path}: the table is missing; restore it from the repository")
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        absent = [c for c in columns if c not in (reader.fieldnames or ())]
        if absent:
            raise VocabularyError(f"{path}, line 1: column {', '.join(absent)} is missing; add it to the header")
        for line, row in enumerate(reader, start=2):
            if None in row or any(row[c] is None for c in columns):
                raise VocabularyError(f"{path}, line {line}: wrong number of cells; quote cells that hold a comma")
            if not row[columns[0]].strip():
                raise VocabularyError(f"{path}, line {line}: {columns[0]} is empty; fill it or delete the row")
            yield line, {key: value.strip() for key, value in row.items() if key is not None}


def _checked(folder: Path, table: str, columns: tuple[str, ...], column: str, allowed: frozenset[str]) -> Iterator[dict[str, str]]:
    for line, row in _rows(folder, table, columns):
        if row[column] not in allowed:
            raise VocabularyError(f"{folder / table}.csv, line {line}: {column} {row[column]!r} is none of {', '.join(sorted(allowed))}")
        yield row


def _mapping(folder: Path, table: str, key: str, value: str, allowed: frozenset[str] | None = None) -> Mapping[str, str]:
    rows = _checked(folder, table, (key, value), value, allowed) if allowed else (row for _, row in _rows(folder, table, (key, value)))
    return MappingProxyType({row[key]: row[value] for row in rows})


def _integer(folder: Path, table: str, line: int, text: str) -> int:
    if not text.isdigit():
        raise VocabularyError(f"{folder / table}.csv, line {line}: {text!r} is no whole number; write digits only")
    return int(text)


def _triggers(folder: Path) -> Mapping[tuple[str, str], tuple[TriggerRow, ...]]:
    found: dict[tuple[str, str], list[TriggerRow]] = {}
    columns = ("lemma", "pos", "kind", "mover", "object_place", "strength")
    for row in _checked(folder, "triggers", columns, "kind", frozenset(KINDS)):
        found.setdefault((row["pos"], row["lemma"]), []).append(TriggerRow(*(row[c] for c in columns)))
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})
