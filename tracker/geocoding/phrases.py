"""The grammar of place phrases: "northern Iraq", "the Kursk region", "border of Iran with Iraq", "outskirts of Aleppo"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tracker.geocoding.names import is_written_as_name, strip_article

#: How far towards (east, north) each compass word points, in halves of an area's extent.
COMPASS: dict[str, tuple[float, float]] = {
    "north": (0, 1),
    "south": (0, -1),
    "east": (1, 0),
    "west": (-1, 0),
    "northeast": (0.75, 0.75),
    "northwest": (-0.75, 0.75),
    "southeast": (0.75, -0.75),
    "southwest": (-0.75, -0.75),
    "central": (0, 0),
    "centre": (0, 0),
    "center": (0, 0),
    "interior": (0, 0),
}


def _one_of(words: str) -> str:
    return f"(?:{'|'.join(words.split(';'))})"


_POINT = r"(?:north|south|east|west|mid)(?:[\s\-‑–]?(?:east|west))?"
_SIDE = rf"(?:{_POINT})(?:ern(?:most)?)?"
_PARTS = _one_of("parts?;half;side;areas?;regions?;edge;tip;third;end;sector;provinces?;districts?")
_LEADING = re.compile(rf"^(?:far |deep |the far )?(?P<word>{_SIDE}|central|lower|upper|mainland)[\s\-‑–]+(?P<rest>.+)$", re.I)
_PART_OF = re.compile(rf"^(?:far |far-)?(?P<word>{_SIDE}|cent(?:re|er|ral)|interior)(?: {_PARTS})? (?:of|in) (?P<rest>.+)$", re.I)
_OWNED_SIDE = re.compile(
    rf"^(?P<rest>.+?)['’]s? (?P<between>(?:[\w\-]+ )*?)(?P<word>(?:{_POINT})(?:ern)?|centre|interior)(?: {_PARTS})?$", re.I
)
_BORDER = re.compile(r"\b(borders?|frontiers?|borderlands?|border[\s-](?:area|region|zone|crossing)s?)\b", re.I)
_BORDER_TOWN = re.compile(r"\b(?:border|frontier) (?:city|town|village|post|crossing|province|region|oblast|district) (?:of|at) ", re.I)
_NEARNESS = _one_of(
    "near(?: to)?;outside(?: of)?;around;close to;next to;adjacent to;"
    "(?:the )?(?:outskirts|suburbs?|vicinity|surroundings|edge|environs) of;"
    "(?:just )?(?:off|along)(?: the coast of)?;(?:in and |inside and )?(?:in|inside|within|across|throughout|into)"
)
_NEAR = re.compile(rf"^(?:just |areas? |the areas? |places? |positions? |locations? |sites? )?{_NEARNESS}\s+(?P<rest>.+)$", re.I)
_SIDES = re.compile(rf"^(?:just |about )?(?:{_POINT}) of (?P<rest>.+)$", re.I)
_AREAS = (
    "provinces?;states?;regions?;oblasts?;governorates?;districts?;county;counties;departments?;prefectures?;municipality;krai;raion;"
    "voivodeship;canton;city;town;village;port;islands?;peninsula;areas?;territory;territories;republic;enclave;coast;soil"
)
_OWNED_AREAS = _AREAS + ";capital;emirate;kingdom;base;airport;exclave;outpost;settlement;hamlet;camp;parts?;waters"
_OF = re.compile(
    rf"^(?:the )?(?:[\w\-]+ ){{0,3}}?(?P<noun>{_one_of(_OWNED_AREAS)})"
    r" of (?:the )?(?P<rest>.+)$",
    re.I,
)
_FEATURE = re.compile(rf"^(?P<rest>.+?)[\s\-](?P<noun>{_one_of(_AREAS + ';front;sector;axis;corridor')})$", re.I)
_CAPITAL = re.compile(r"^(?P<rest>.+?)(?:['’]s)? (?P<noun>capital)$", re.I)
_BUILT = _one_of(
    "air ?base;airbase;air force base;army base;naval base;military base;base;garrison;barracks;camp;airfield;airport;"
    "international airport;"
    "ports?;harbou?r;embassy;prison;hospital;university;stadium;headquarters;training (?:area|ground|center|centre|range)s?"
)
_FACILITY = re.compile(rf"^(?P<rest>.+?)[\s\-](?P<noun>{_BUILT})$", re.I)
_INSIDE = re.compile(
    r"^(?P<core>.+?)(?:,| in| inside| at| on| near| outside|, in| (?:north|south|east|west)(?:east|west)? of)\s+"
    r"(?P<place>(?:the )?(?:[a-z\-]+ ){0,4}[A-Z].*)$"
)
_OWNER = re.compile(r"^(?P<owner>[A-Z][\w.\- ]*?)['’]s?\s+(?P<rest>.+)$")
_BRACKET = re.compile(r"^(?P<core>[^()]+?)\s*\((?P<inner>[^()]+)\)\s*$")

ADMIN_NOUNS = frozenset("province state region oblast governorate department prefecture krai voivodeship canton republic territory".split())
DISTRICT_NOUNS = frozenset("district county raion municipality".split())
TOWN_NOUNS = frozenset("city town village port capital settlement hamlet".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place phrase taken apart: the name itself and what is said about it.

    ``compass`` is (east, north) in halves of the extent; ``containers`` are names of areas that the place lies in.
    """

    core: str
    compass: tuple[float, float] | None = None
    word: str = ""
    border: bool = False
    near: bool = False
    noun: str = ""
    containers: tuple[str, ...] = ()

    @property
    def feature(self) -> str:
        """The kind that the phrase's noun asks for: admin1, admin2, city, base, or empty."""
        noun = self.noun.removesuffix("s")
        if noun in ADMIN_NOUNS:
            return "admin1"
        if noun in DISTRICT_NOUNS:
            return "admin2"
        return "city" if noun in TOWN_NOUNS else "base" if _FACILITY.match(f"x {noun}") else ""


Known = Callable[[str], bool]


def direction(word: str) -> tuple[float, float] | None:
    """(east, north) of a compass word in any spelling; None where it is none.

    >>> direction("north-eastern"), direction("Southern"), direction("upper")
    ((0.75, 0.75), (0, -1), (0, 0))
    """
    bare = re.sub(r"[\s\-‑–]", "", word.lower())
    bare = re.sub(r"ern(?:most)?$", "", bare)
    return (0, 0) if bare in ("lower", "upper", "mainland", "mid") else COMPASS.get(bare)


def parse(name: str, known: Known) -> Phrase:
    """Take a place phrase apart, the longest known name first ("West Bank" is not the west of "Bank").

    >>> parse("northern Iraq", {"Iraq"}.__contains__)
    Phrase(core='Iraq', compass=(0, 1), word='northern', border=False, near=False, noun='', containers=())
    """
    return _parse(Phrase(" ".join(name.split())[:200]), known, 6)


def _parse(phrase: Phrase, known: Known, depth: int) -> Phrase:
    core = strip_article(phrase.core)
    phrase = replace(phrase, core=core)
    if depth == 0 or not core or known(core):
        return phrase
    if _BORDER.search(core) and not _BORDER_TOWN.search(core):
        return _border(replace(phrase, border=True))
    step = (
        _capital(phrase, core)
        or _plain_feature(phrase, core, known)
        or _compass(phrase, core)
        or _bracket(phrase, core, known)
        or _near(phrase, core)
        or _feature(phrase, core, known)
        or _inside(phrase, core)
        or _owned(phrase, core, known)
    )
    return _parse(step, known, depth - 1) if step else phrase


def _border(phrase: Phrase) -> Phrase:
    for pattern in (_PART_OF, _LEADING, _OWNED_SIDE):
        match = pattern.match(phrase.core)
        if match and direction(match["word"]):
            return replace(phrase, compass=direction(match["word"]))
    inner = re.search(rf"\b({_POINT})(?:ern)?\s+(?:\w+ ){{0,2}}(?:border|frontier)", phrase.core, re.I)
    return replace(phrase, compass=direction(inner[1])) if inner else phrase


def _compass(phrase: Phrase, core: str) -> Phrase | None:
    match = _PART_OF.match(core) or _LEADING.match(core)
    if not match:
        match = _OWNED_SIDE.match(core)
    point = direction(match["word"]) if match else None
    if not match or point is None:
        return None
    return replace(phrase, core=match["rest"], compass=phrase.compass or point, word=phrase.word or match["word"].lower())


def _bracket(phrase: Phrase, core: str, known: Known) -> Phrase | None:
    match = _BRACKET.match(core)
    if not match:
        return None
    inner, outer = strip_article(match["inner"]), match["core"]
    facility = _FACILITY.match(outer)
    if facility and not known(strip_article(outer)) and known(f"{inner} {facility['noun']}"):
        inner = f"{inner} {facility['noun']}"
    if known(inner) and not known(strip_article(outer)):
        return replace(phrase, core=inner, containers=(*phrase.containers, outer))
    return replace(phrase, core=outer, containers=(*phrase.containers, inner))


def _near(phrase: Phrase, core: str) -> Phrase | None:
    match = _NEAR.match(core) or _SIDES.match(core)
    return replace(phrase, core=match["rest"], near=True) if match else None


def _feature(phrase: Phrase, core: str, known: Known) -> Phrase | None:
    match = _OF.match(core)
    if match:
        owner = core[: match.start("noun")].strip().removeprefix("the ").strip()
        containers = (*phrase.containers, owner) if owner and is_written_as_name(owner) else phrase.containers
        return replace(phrase, core=match["rest"], noun=phrase.noun or match["noun"].lower(), containers=containers)
    match = _FEATURE.match(core) or _FACILITY.match(core)
    if match and not _INSIDE.match(core):
        return replace(phrase, core=match["rest"], noun=phrase.noun or match["noun"].lower())
    return None


def _capital(phrase: Phrase, core: str) -> Phrase | None:
    """ "the Afghan capital", "Ukraine's capital"."""
    match = _CAPITAL.match(core)
    return replace(phrase, core=match["rest"], noun=phrase.noun or "capital") if match else None


def _plain_feature(phrase: Phrase, core: str, known: Known) -> Phrase | None:
    """A known name and a noun: "Lower Shabelle region" is no lower part of anything."""
    match = _FEATURE.match(core)
    if not match or not known(strip_article(match["rest"])):
        return None
    return replace(phrase, core=match["rest"], noun=phrase.noun or match["noun"].lower())


def _inside(phrase: Phrase, core: str) -> Phrase | None:
    match = _INSIDE.match(core)
    if not match:
        return None
    inner, place = match["core"], match["place"]
    return replace(phrase, core=inner, containers=(place, *phrase.containers))


def _owned(phrase: Phrase, core: str, known: Known) -> Phrase | None:
    match = _OWNER.match(core)
    if not match or not known(match["owner"]):
        return None
    return replace(phrase, core=match["rest"], containers=(match["owner"], *phrase.containers))
