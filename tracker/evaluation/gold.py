"""Gold: what a reader with the annotation guide found in a text, read from JSON lines and checked.

A line with something wrong in it is left out whole and told: a half-read gold would give figures that look right.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import IO, Any, cast, get_args

from tracker.articles.formats import UNPACKED_CAP
from tracker.articles.jsonlines import read_lines
from tracker.articles.problems import InputError, Problem
from tracker.articles.records import Given, article_from_record
from tracker.models import MOVEMENTS, Article, Kind, Precision, Span, Status

_CURE = "mend or delete the line"
_KINDS, _STATUSES, _PRECISIONS = (frozenset(get_args(names)) for names in (Kind, Status, Precision))


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """One end of a record. Degrees are WGS84; ``country`` is ISO 3166-1 alpha-2, empty for an area that spans states."""

    name: str
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: str = "region"


@dataclass(frozen=True, slots=True)
class Record:
    """One movement, alert or presence of a stated number. ``spans``: the number phrase, then its other mentions."""

    spans: tuple[Span, ...]
    quote: str
    low: int | None
    high: int | None
    actor: str = ""
    kind: str = "deploy"
    status: str = ""
    origin: GoldPlace | None = None
    destination: GoldPlace | None = None
    origins_more: tuple[GoldPlace, ...] = ()
    destinations_more: tuple[GoldPlace, ...] = ()
    when: tuple[str, str] | None = None
    part_of: int | None = None
    aggregate: bool = False
    optional: bool = False

    @property
    def moves(self) -> bool:
        """Whether somebody changes place."""
        return self.kind in MOVEMENTS

    @property
    def vague(self) -> bool:
        """Whether the text states no number ("hundreds", "a battalion")."""
        return self.low is None and self.high is None

    def touches(self, span: Span) -> bool:
        """Whether ``span`` shares a character with one of the record's mentions."""
        return any(mention.overlaps(span) for mention in self.spans)

    def counts(self, low: int | None, high: int | None) -> bool:
        """Whether these are the record's bounds; anything is as right as another where the text is vague."""
        return self.vague or (self.low, self.high) == (low, high)

    def places(self, end: str) -> tuple[GoldPlace, ...]:
        """The places that are right for an end (``origin`` or ``destination``), the first named first."""
        first, more = (self.origin, self.origins_more) if end == "origin" else (self.destination, self.destinations_more)
        return (first, *more) if first else more


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text with its records. ``article`` is None where the tracker refuses to read the text."""

    id: str
    text: str
    records: tuple[Record, ...] = ()
    article: Article | None = field(default=None, compare=False)


def read_gold(path: str | Path) -> Iterator[GoldArticle | Problem]:
    """The annotated texts of a ``.jsonl`` or ``.jsonl.gz`` file, and a ``Problem`` for each line that is left out.

    The format is told in ``tests/corpus/README.md``.

    >>> [str(problem) for problem in read_gold("nowhere.jsonl")]
    ['nowhere.jsonl: there is no such file; check the path']
    """
    name = str(path)
    if not Path(path).is_file():
        yield Problem(name, "there is no such file", "check the path")
        return
    try:
        with gzip.open(path) if name.lower().endswith(".gz") else Path(path).open("rb") as stream:
            yield from _read(name, cast(IO[bytes], stream))
    except InputError as error:
        yield Problem(name, error.reason, error.cure)
    except (OSError, EOFError, zlib.error) as error:
        yield Problem(name, f"its end cannot be read ({error})", "fetch or pack it again; what came before was read")


def _read(name: str, stream: IO[bytes]) -> Iterator[GoldArticle | Problem]:
    seen: dict[str, int] = {}
    for line, fields in read_lines(stream, UNPACKED_CAP):
        if isinstance(fields, Problem):
            yield replace(fields, where=name, line=line)
            continue
        try:
            gold, note = _gold_article(fields)
            if gold.id in seen:
                raise InputError(f"id {gold.id} stands in line {seen[gold.id]} too", "give each text an id of its own")
        except InputError as error:
            yield Problem(name, error.reason, error.cure, line)
            continue
        seen[gold.id] = line
        yield gold
        if note:
            yield Problem(name, note, "the line is scored all the same", line, left_out=False)


def _gold_article(fields: Mapping[str, object]) -> tuple[GoldArticle, str]:
    """A line, and a note where the tracker reads its text without a date or not at all."""
    text, records = fields.get("text"), fields.get("records")
    if not isinstance(text, str) or not text.strip():
        raise InputError('there is no field "text" with words in it', 'put the words of the article into "text"')
    if not isinstance(records, list):
        raise InputError('there is no list "records"', 'write "records": [] where the text tells of no movement')
    try:
        article, note = article_from_record(fields, Given())
    except InputError as error:
        article, note = Article(text, " ".join(str(fields.get("id") or "").split())), f"the tracker does not read this text: {error.reason}"
    if len(article.text) != len(text):
        raise InputError("the text holds invisible characters, which are cut when it is read", "cut them and count the offsets again")
    made = tuple(_numbered(text, index, record, len(records)) for index, record in enumerate(records))
    return GoldArticle(article.id, text, made, None if note.startswith("the tracker") else article), note


def _numbered(text: str, index: int, fields: object, count: int) -> Record:
    try:
        record = _record(text, fields)
        if record.part_of is not None and (record.part_of == index or record.part_of >= count):
            raise InputError(f"part_of {record.part_of} is no other record of this line", "give the index of the whole, from 0, or null")
        return record
    except InputError as error:
        raise InputError(f"record {index}: {error.reason}", error.cure) from None


def _record(text: str, fields: object) -> Record:
    if not isinstance(fields, dict):
        raise InputError("not a JSON object", _CURE)
    spans = (_span(text, (fields.get("start"), fields.get("end"))), *(_span(text, pair) for pair in _list(fields, "alt")))
    quote = fields.get("quote")
    if quote is not None and spans[0].of(text) != quote:
        raise InputError(f"{spans[0].of(text)!r} stands at {spans[0].start} to {spans[0].end}, not {quote!r}", "count the offsets again")
    low, high = (_whole(fields.get(bound), bound) for bound in ("low", "high"))
    if low is not None and high is not None and low > high:
        raise InputError(f"low {low:,} is above high {high:,}", "swap them")
    return Record(
        spans,
        spans[0].of(text),
        low,
        high,
        actor=str(fields.get("actor") or ""),
        kind=_one_of(fields.get("kind"), "kind", _KINDS),
        status=_one_of(fields.get("status") or "", "status", _STATUSES),
        origin=_place(fields.get("origin"), "origin"),
        destination=_place(fields.get("destination"), "destination"),
        origins_more=tuple(p for place in _list(fields, "also_from") if (p := _place(place, "also_from"))),
        destinations_more=tuple(p for place in _list(fields, "also_to") if (p := _place(place, "also_to"))),
        when=_days(fields.get("when")),
        part_of=_whole(fields.get("part_of"), "part_of"),
        aggregate=fields.get("aggregate") is True,
        optional=fields.get("optional") is True,
    )


def _list(fields: Mapping[str, object], name: str) -> Sequence[object]:
    value = fields.get(name) or []
    if not isinstance(value, list):
        raise InputError(f"{name} is not a list", f"write [] or a list for {name}")
    return value


def _span(text: str, pair: object) -> Span:
    start, end = pair if isinstance(pair, (list, tuple)) and len(pair) == 2 else (None, None)
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise InputError(f"{start!r} to {end!r} are no offsets in a text of {len(text)} characters", "count the offsets again")
    return Span(start, end)


def _whole(value: object, name: str) -> int | None:
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0 and value == int(value)):
        return None if value is None else int(value)
    raise InputError(f"{name} is {value!r}", f"write {name} as a whole number, or null")


def _one_of(value: object, name: str, allowed: frozenset[str]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise InputError(f"{name} is {value!r}", f"write one of {', '.join(sorted(allowed - {''}))}")
    return value


def _place(value: object, name: str) -> GoldPlace | None:
    if not value:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        raise InputError(f"{name} is no place", f'write {name} as {{"name", "country", "lat", "lon", "precision"}}, or null')
    lat, lon = (value.get(axis) for axis in ("lat", "lon"))
    if not all(isinstance(x, (int, float)) and abs(x) <= most for x, most in ((lat, 90), (lon, 180))) and (lat, lon) != (None, None):
        raise InputError(f"{name} lies at {lat!r}, {lon!r}", "give degrees, or null for both")
    precision = _one_of(value.get("precision"), f"precision of {name}", _PRECISIONS)
    return GoldPlace(value["name"], str(value.get("country") or "").strip().upper(), cast(Any, lat), cast(Any, lon), precision)


def _days(value: object) -> tuple[str, str] | None:
    if not value:
        return None
    days = value if isinstance(value, list) else [value, value]
    try:
        first, last = (date.fromisoformat(str(day)).isoformat() for day in (days[0], days[-1]))
    except ValueError:
        raise InputError(f"when is {value!r}", "write [first day, last day] as YYYY-MM-DD, or null") from None
    return first, last
