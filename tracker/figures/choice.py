"""What a reader asks for: the filters as one frozen value, in words for people and for files."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from tracker.figures.wording import name_country, say_day

KINDS = {
    "deploy": "deployment",
    "withdraw": "withdrawal",
    "redeploy": "redeployment",
    "rotate": "rotation",
    "alert": "alert",
    "presence": "presence",
}
STATUSES = ("completed", "ongoing", "planned", "possible", "denied", "stationed")
ENDS = ("either end", "from", "to")
BASES = ("movement", "report")
MODES = ("window", "cumulative")
#: Persons of a row as reported: name and first number of each class.
SIZES = {"under 100": 0, "100 to 999": 100, "1,000 to 9,999": 1_000, "10,000 and more": 10_000}
#: How well the places of a row are known, best first.
CERTAINTIES = ("town or base", "country or region", "implied end", "unknown end")


@dataclass(frozen=True, slots=True)
class Choice:
    """An empty field asks for nothing. ``countries`` are ISO codes, or names of places that lie in no one country.

    ``since`` and ``until`` are days of ``basis``; ``is_cumulative`` shows everything up to ``until``. ``known`` is the day
    by which a row had to be reported.
    """

    words: str = ""
    forces: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    end: str = ENDS[0]
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    basis: str = BASES[0]
    is_cumulative: bool = False
    known: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether every row is asked for."""
        return replace(self, basis=BASES[0], end=ENDS[0], is_cumulative=False) == Choice()

    @property
    def window(self) -> tuple[date | None, date | None]:
        """First and last day asked for; a cumulative choice has no first day."""
        return (None if self.is_cumulative else self.since), self.until

    def without_dates(self) -> Choice:
        """The same choice over all time; what was known by a day stays."""
        return replace(self, since=None, until=None)


def describe_choice(choice: Choice) -> str:
    """The filter in words, for the files that are made with it.

    >>> describe_choice(Choice(countries=("PL",), end="to", statuses=("planned",), since=date(2022, 1, 1)))
    'to Poland; status planned; from 1 Jan 2022 (day of the movement)'
    >>> describe_choice(Choice())
    'all rows'
    """
    told = []
    if choice.words.strip():
        told.append(f"words \u201c{' '.join(choice.words.split())}\u201d")
    if choice.forces:
        told.append("forces of " + ", ".join(name_country(code) or "unknown owner" for code in choice.forces))
    if choice.countries:
        joint = {"from": "from ", "to": "to "}.get(choice.end, "from or to ")
        told.append(joint + ", ".join(name_country(code) for code in choice.countries))
    named = (
        ("kind", tuple(KINDS.get(kind, kind) for kind in choice.kinds)),
        ("status", choice.statuses),
        ("size", choice.sizes),
        ("source", choice.sources),
        ("places known to", choice.certainties),
    )
    told += [f"{name} {', '.join(values)}" for name, values in named if values]
    since, until = choice.window
    days = [f"{word} {say_day(day)}" for word, day in (("from", since), ("until", until)) if day]
    if days:
        told.append(f"{' '.join(days)} (day of the {choice.basis})")
    if choice.known:
        told.append(f"as known on {say_day(choice.known)}")
    return "; ".join(told) or "all rows"


def digest_choice(choice: Choice) -> str:
    """A text that differs between choices that show other rows; cheap at any number of rows."""
    return "|".join(str(getattr(choice, item.name)) for item in fields(choice))
