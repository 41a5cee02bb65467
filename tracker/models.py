"""The frozen types that flow from an article to the table.

What the text *said* (spans, words) stays apart from what was *inferred* (codes, places). Every span is a
half-open range of character offsets into ``Article.text``: ``text[span.start:span.end]`` are the words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

Kind = Literal["deploy", "withdraw", "redeploy", "rotate", "alert", "presence"]
Status = Literal["possible", "planned", "ongoing", "completed", "denied", ""]
Basis = Literal["stated", "coreference", "implied"]
Precision = Literal["site", "city", "admin2", "admin1", "subregion", "border", "country", "region", "sea"]

#: The kinds in which somebody changes place; the other two are states.
MOVEMENTS: frozenset[str] = frozenset({"deploy", "withdraw", "redeploy", "rotate"})


def digest_of(text: str) -> str:
    """sha256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def identify(digest: str, start: int, end: int, ordinal: int) -> str:
    """The identifier of the row with this number on a span of the text with this hash; the same in every extraction."""
    return hashlib.sha256(f"{digest}|{start}|{end}|{ordinal}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in an article's text.

    >>> Span(4, 9).of("The Tapa garrison")
    'Tapa '
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of ``text`` under this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One text as it was read, cleaned once; every offset refers to ``text``.

    ``id`` is the input's own identifier, else the hash of the text.
    """

    text: str
    id: str = ""
    published: date | None = None
    source: str = ""
    title: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", self.digest[:16])

    @property
    def digest(self) -> str:
        """sha256 of the text, in hexadecimal."""
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated number of persons: ``low`` or ``high`` is None where the text leaves that side open."""

    span: Span
    low: int | None
    high: int | None
    approximate: bool = False
    additional: bool = False

    @property
    def count(self) -> int:
        """The number; the middle of a range; the bound of "up to" and "at least"."""
        if self.low is None or self.high is None:
            return (self.high if self.low is None else self.low) or 0
        return round((self.low + self.high) / 2)


@dataclass(frozen=True, slots=True)
class TroopMention:
    """A number of personnel in the text: the number, its noun, and the phrase that holds both."""

    quantity: Quantity
    span: Span
    personnel: str
    noun: Span | None = None


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place as it is written, before it is known which place is meant.

    ``text`` are the words of the article ("northern Iraq", "its border with Iraq"); ``name`` is what the gazetteer
    is asked for, with pronouns and anaphors replaced ("border of Iran with Iraq"). ``span`` is None for a place that
    no word of the article names (an implied end). ``country`` is an ISO 3166-1 alpha-2 code where the extraction knows it.
    """

    text: str
    name: str
    span: Span | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What a toponym refers to. Degrees are WGS84, the radius is in kilometres, ``confidence`` is 0 to 1."""

    name: str
    country: str
    lat: float
    lon: float
    precision: Precision
    radius_km: float
    match: Literal["exact", "alias", "fuzzy", "online"] = "exact"
    place_id: str = ""
    confidence: float = 1.0
    margin: float = 1.0
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A toponym that the gazetteer refuses, and why. It has no coordinates, so it is never drawn."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class End:
    """One end of a movement: where from, or where to, and on what ground it is known."""

    toponym: Toponym
    basis: Basis = "stated"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is quoted as saying so, and through whom."""

    speaker: str = ""
    via: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the article that plays a role in a row: number, actor, origin, destination, cue, date, speaker."""

    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class Deployment:
    """One movement (or state) of a stated number of personnel, as one article reports it."""

    article: Article
    quote: Span
    quantity: Quantity
    personnel: str
    kind: Kind
    status: Status
    ordinal: int = 0
    actor: str = ""
    actor_name: str = ""
    unit: str = ""
    aggregate: bool = False
    origin: End | None = None
    destination: End | None = None
    origins_more: tuple[End, ...] = ()
    destinations_more: tuple[End, ...] = ()
    starts: date | None = None
    ends: date | None = None
    attribution: Attribution = Attribution()
    part_of: str = ""
    counted_persons: int = 0
    ledger: str = ""
    evidence: Span = Span(0, 0)
    marks: tuple[Mark, ...] = ()
    found_by: str = ""
    confidence: float | None = None

    @property
    def deployment_id(self) -> str:
        """Stable across extractions: from the text, the quote's offsets and the ordinal on that span."""
        return identify(self.article.digest, self.quote.start, self.quote.end, self.ordinal)

    @property
    def moves(self) -> bool:
        """Whether somebody changes place."""
        return self.kind in MOVEMENTS

    @property
    def stated_ends(self) -> Iterable[End]:
        """Every end of the row, the further ones included."""
        return (e for e in (self.origin, self.destination, *self.origins_more, *self.destinations_more) if e)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one number of the article: a row, or the reason why none."""

    span: Span
    verdict: str
    found_by: str
    deployment_id: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one article."""

    article: Article
    deployments: tuple[Deployment, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = field(default=())


class PlaceNames(Protocol):
    """What extraction must know of names without knowing where places lie. The gazetteer fulfils it."""

    def kinds(self, name: str) -> frozenset[str]:
        """What ``name`` can be: country, admin1, admin2, city, base, region, sea, airport; empty where unknown."""
        ...

    def country(self, name: str) -> str:
        """ISO code where ``name`` is the name of a country, else an empty text."""
        ...

    def capital_of(self, name: str) -> str:
        """ISO code of the country whose capital ``name`` is, else an empty text."""
        ...

    def country_of(self, name: str) -> str:
        """ISO code of the country in which the best-known place of a name lies, else an empty text."""
        ...

    def country_name(self, code: str) -> str:
        """The usual English name of a country by its ISO code, else an empty text."""
        ...


class Resolver(Protocol):
    """Finds the places that the toponyms of one article refer to, all of them together."""

    def resolve(self, text: str, toponyms: Sequence[Toponym], published: date | None = None, source: str = "") -> list[Place | Unresolved]:
        """One answer a toponym, in the same order."""
        ...
