"""Who is told twice, and what is part of what. What that adds up to is ``counting.py``'s."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from tracker.counting import Told, count
from tracker.extraction.sentences import lowered
from tracker.models import Deployment, End, PlaceNames, Span

MOST_PARTS = 6
FURTHEST_PART = 250  # letters from a whole to a part behind it
_ALLIANCES = frozenset({"NATO", "UN", "EU", "African Union", "ECOWAS", "CSTO", "SADC"})


def settle(rows: Sequence[Deployment], text: str, names: PlaceNames) -> list[Deployment]:
    """The rows without repeats, with ``part_of``, ``counted_persons`` and ``ledger`` filled."""
    kept, told = _without_repeats(rows)
    lower = lowered(text)
    wholes = _wholes(kept, told, lower)
    kept = [_inherited(row, kept[wholes[i]], told[wholes[i]], lower, names) if i in wholes else row for i, row in enumerate(kept)]
    linked = [replace(row, part_of=kept[wholes[i]].deployment_id) if i in wholes else row for i, row in enumerate(kept)]
    return _counted(linked)


def _inherited(part: Deployment, whole: Deployment, told: Sequence[Span], lower: str, names: PlaceNames) -> Deployment:
    """A part that is only said to be one ("the increase consists of 750 soldiers, 300 of them based in Germany") moves as its whole does.

    Where such a part stands is where it comes from, unless the whole goes to that state. ``told``: where the whole is told.
    """
    included = any(_lists(span, part.quote, lower) for span in told) and not _stays(part.quote, lower)
    if part.moves or not whole.moves or not (included or part.found_by.startswith(("bare", "being", "place beside"))):
        return part
    origin, destination = _echo(whole.origin), _echo(whole.destination)
    if included and part.destination is not None:
        stands, goes = (_country(end, names) for end in (part.destination, whole.destination))
        if stands == goes:
            destination = part.destination
        elif stands:
            origin = part.destination
    abroad = origin is not None and _country(origin, names) not in {"", part.actor or whole.actor}
    return replace(
        part,
        kind="redeploy" if whole.kind == "deploy" and abroad else whole.kind,
        status=whole.status,
        origin=origin,
        destination=destination,
        origins_more=whole.origins_more,
        destinations_more=whole.destinations_more,
        starts=whole.starts,
        ends=whole.ends,
        actor=part.actor or whole.actor,
        actor_name=part.actor_name or whole.actor_name,
        found_by=f"part of a whole: {part.found_by}",
    )


def _country(end: End | None, names: PlaceNames) -> str:
    """The state in which an end lies; empty where neither its words nor the gazetteer tell."""
    return "" if end is None else end.toponym.country or names.country_of(end.toponym.name)


def _lists(whole: Span, part: Span, lower: str) -> bool:
    """Whether a sentence lists a part of what it tells before: "the 3,000 include 1,000 based in Germany"."""
    gap = lower[whole.end : part.start]
    return len(gap) <= FURTHEST_PART and "." not in gap and _INCLUDING.search(gap) is not None


def _stays(part: Span, lower: str) -> bool:
    """Whether a part is where it is already."""
    return _STANDING.match(lower[part.end : part.end + 40]) is not None


def _echo(end: End | None) -> End | None:
    return end if end is None or end.basis == "implied" else replace(end, basis="coreference")


def _completeness(row: Deployment) -> tuple[int, int, int, float, int]:
    stated = sum(1 for e in (row.origin, row.destination) if e is not None and e.basis != "implied")
    return (row.moves, stated, bool(row.actor), row.confidence or 0.0, -row.quote.start)


def _without_repeats(rows: Sequence[Deployment]) -> tuple[list[Deployment], list[tuple[Span, ...]]]:
    """The fullest mention of each movement, and beside it where that movement is told at all."""
    kept: list[tuple[Deployment, tuple[Span, ...]]] = []
    for row in rows:
        twin = next((i for i, (other, _) in enumerate(kept) if _same(other, row)), None)
        if twin is None:
            kept.append((row, (row.quote,)))
            continue
        best, told = kept[twin]
        kept[twin] = (row if _completeness(row) > _completeness(best) else best, (*told, row.quote))
    kept.sort(key=lambda each: (each[0].quote.start, each[0].ordinal))
    return [row for row, _ in kept], [told for _, told in kept]


def _same(a: Deployment, b: Deployment) -> bool:
    """Whether two mentions tell of one movement: same number, actors and ends that do not contradict each other."""
    if a.quote == b.quote or (a.evidence == b.evidence and a.personnel != b.personnel):
        return False
    if (a.quantity.low, a.quantity.high) != (b.quantity.low, b.quantity.high) and not (
        a.quantity.count == b.quantity.count and a.quantity.count >= 100 and a.quantity.count % 10 == 0
    ):
        return False
    if b.quantity.additional and not a.quantity.additional and "another" in b.quote.of(b.article.text).lower():
        return False
    if a.actor and b.actor and a.actor != b.actor:
        return False
    if a.moves != b.moves and not ("presence" in {a.kind, b.kind} and a.quantity.count >= 50):
        return False
    if {a.kind, b.kind} == {"deploy", "withdraw"} or (a.status == "denied") != (b.status == "denied"):
        return False
    if a.moves and b.kind == "presence" and b.quote.start > a.quote.start and _definite(b):
        return True
    return _agree(a, b, "origin") and _agree(a, b, "destination")


def _definite(row: Deployment) -> bool:
    """Whether a number points to one told before: "the 3,000 troops"."""
    return _DEFINITE.search(row.article.text[max(0, row.quote.start - 12) : row.quantity.span.start]) is not None


def _agree(a: Deployment, b: Deployment, end: str) -> bool:
    left, right = getattr(a, end), getattr(b, end)
    if left is None or right is None or "implied" in {left.basis, right.basis}:
        return True
    x, y = left.toponym, right.toponym
    if x.country and y.country:
        return bool(x.country == y.country)
    return bool(x.name.lower() in y.name.lower() or y.name.lower() in x.name.lower())


def _wholes(rows: Sequence[Deployment], told: Sequence[Sequence[Span]], lower: str) -> dict[int, int]:
    """Part -> whole, by index: stated ("including 300", "of them 200") or by a sum that comes out exactly."""
    found: dict[int, int] = {}
    for i in range(len(rows)):
        owner = _stated_whole(rows, told, i, lower)
        if owner is not None and found.get(owner) != i:
            found[i] = owner
    for w in range(len(rows)):
        if w in found:
            continue
        parts = _summing(rows, w, found)
        found.update(dict.fromkeys(parts, w))
    return found


#: Between a whole and a part that follows it.
_INCLUDING = re.compile(
    r"\b(?:including|included|includes?|of wh(?:om|ich)|among (?:them|wh(?:om|ich))|"
    r"made up of|consists? of|comprises?|composed of)\b"
    r"(?:(?:(?!\b(?:join|add|beside|alongside|on top)[a-z]{0,3}\b)[^.;]){0,60}|[^.;]{0,160}, and (?:another )?)$"
)
#: Behind a part that is not on its way: "including 400 already in Gao".
_STANDING = re.compile(r"^,? (?:who|that|which)?(?: (?:are|were|is|was))? ?(?:already|still)\b")
#: Before a number that has been told: "the 3,000 troops include 2,000 marines".
_DEFINITE = re.compile(r"\b(?:the|these|those)(?: same)? $", re.IGNORECASE)
#: From the end of a whole to that of its part: "reached 138,000 in May, an increase of 11,000".
_GROWN_BY = re.compile(r"^[^.;]{0,40},? (?:an? (?:increase|rise|addition) of|up by)\b[^,.;]{0,25}$")
#: Behind a part: what is left of the whole before it.
_THE_REST = re.compile(
    r"^[^.]{0,120}[,;.] (?:and )?(?:the (?:rest|remainder|others)|the remaining \d+)\b(?! of the (?:country|world|year))"
)
#: At the beginning of a part that points back to a whole.
_POINTING = re.compile(r"^(?:the )?(?:first|last|remaining|rest)\b")
#: Right before a part that goes ahead of its whole: "an advance party of 100".
_AHEAD = re.compile(r"\b(?:advance|first|initial|leading|forward) \w{4,11} of (?:\w+ ){0,2}$")
#: Right before a whole, part of which went ahead: "the full deployment consisted of".
_FULL = re.compile(r"\b(?:full|entire|whole|main) \w{4,11}\b[^.;]{0,60}$")
#: Between a part and the whole that it is taken from: "of its 3,000 soldiers", "of a promised 1,264".
_TAKEN_FROM = re.compile(
    r"^(?: \w+){0,2}? of (?:(?:a|an|the|its|their|his|our|some|about|what will be|planned|promised)\s+){0,3}(?:\w+\s+){0,2}$"
)
#: Right behind a part, pointing back: "of them", "of whom". What they do may differ from what the whole does.
_OF_THEM = re.compile(r"^(?: \w+){0,3}? of (?:them|these|those|whom|which)\b")
#: Between a part and the whole that follows it.
_BEGINNING_OF = re.compile(
    r"\b(?:first|last|vanguard|part|half|stage|batch|beginning|group|wave|"
    r"advance party|spearhead|element|instalment|portion)\b[^.;]{0,50}\bof\b[^.;]{0,45}$"
)
_BRINGING = re.compile(
    r"\b(?:bring|brings|bringing|brought|raise|raises|raising|take|takes|taking|lift|lifting|boost|boosting|increase|increasing|"
    r"keep|keeps|keeping|kept|push|pushes|pushing|pushed)\b[^.;]{0,70}\b(?:to|at)\b[^.;]{0,35}$"
)
_OPENING = re.compile(
    r"(?:^|[.!?]\s+|\n)(?:of (?:these|those|them|that)|(?:it|they|"
    r"the (?:force|increase|contingent|mission|total|number|group|deployment|package))[^.]{0,30}"
    r"(?:made up of|consists? of|comprises?|includes?))[^.]{0,60}$",
    re.IGNORECASE,
)
_ALTOGETHER = re.compile(r"\b(?:together|in all|altogether|total|totalling|totaling|combined|makes?|making|sum)\b", re.IGNORECASE)


def _stated_whole(rows: Sequence[Deployment], told: Sequence[Sequence[Span]], i: int, lower: str) -> int | None:
    """The whole that the words around a part name, before it or after it; ``lower`` is the text in small letters."""
    row = rows[i]
    mentions = [(j, span) for j, spans in enumerate(told) if j != i for span in spans]
    for j, span in sorted(mentions, key=lambda mention: abs(mention[1].start - row.quote.start)):
        whole = rows[j]
        if whole.quantity.count <= row.quantity.count or span == row.quote or (row.moves and whole.kind == "alert"):
            continue
        if span.start > row.quote.start:
            gap = lower[row.quote.end : span.start]
            if _FULL.search(gap) and _AHEAD.search(lower[max(0, row.quote.start - 45) : row.quote.start]) and gap.count(".") <= 2:
                return j
            if len(gap) > 160:
                continue
            if (
                _TAKEN_FROM.search(gap)
                or (_BEGINNING_OF.search(gap) and gap.count(".") <= 1)
                or (_BRINGING.search(gap) and row.quantity.additional | whole.aggregate | (row.kind == "deploy"))
            ):
                return j
        else:
            gap = lower[span.end : row.quote.start]
            if len(gap) > FURTHEST_PART:
                continue
            alike = row.moves == whole.moves or (whole.moves and not _stays(row.quote, lower))
            if alike and _lists(span, row.quote, lower):
                return j
            if gap.count(".") <= 2 and _OF_THEM.match(lower[row.quote.end : row.quote.end + 12]):
                return j
            if _OPENING.search(gap) or _GROWN_BY.match(lower[span.end : row.quote.end]):
                return j
            if row.moves and whole.moves and gap.count(".") <= 2 and _points_back(row.quote, lower):
                return j
    return None


def _points_back(part: Span, lower: str) -> bool:
    """Whether the words of a part, before it or behind it, take it from something told before: "the first 200", "65 ...; the rest"."""
    return bool(
        _POINTING.match(lower[part.start : part.end])
        or _AHEAD.search(lower[max(0, part.start - 45) : part.start])
        or _THE_REST.match(lower[part.end : part.end + 140])
    )


def _summing(rows: Sequence[Deployment], w: int, found: dict[int, int]) -> tuple[int, ...]:
    """Rows whose numbers add up to a whole exactly: those that follow it, or those before it where the words say "together".

    Parts that the words name count first; one more row may then be just the rest ("600 of them ... another 300" of 900).
    """
    whole = rows[w]
    stated = [rows[i].quantity.count for i, owner in found.items() if owner == w]
    total = whole.quantity.count - sum(stated)
    if total < 20 and not whole.moves:
        return ()
    text = whole.article.text
    backwards = bool(_ALTOGETHER.search(text[max(0, whole.quote.start - 60) : whole.quote.end + 20]))
    options = [
        i
        for i, row in enumerate(rows)
        if i != w and i not in found and row.moves == whole.moves and not row.aggregate and 0 < row.quantity.count < whole.quantity.count
        and (row.quote.start > whole.quote.start or backwards) and not (whole.aggregate and not backwards)
        and (not row.actor or not whole.actor or row.actor == whole.actor or whole.actor in _ALLIANCES or _told_apart(text, whole, row))
        and (row.status == "denied") == (whole.status == "denied") and (row.kind == whole.kind or row.kind != "redeploy")
    ]  # fmt: skip
    near = options[:12]
    for size in range(1 if stated else 2, min(MOST_PARTS, len(near)) + 1):
        for group in combinations(near, size):
            if sum(rows[i].quantity.count for i in group) == total and (stated or not _adds(rows[group[0]], whole)):
                return group
    return ()


def _told_apart(text: str, whole: Deployment, part: Deployment) -> bool:
    """Whether a colon opens the list that a part stands in: "2,300 troops: 1,500 Australians, 500 New Zealanders and 300 Fijians"."""
    gap = text[whole.quote.end : part.quote.start]
    return len(gap) <= FURTHEST_PART and ":" in gap and "." not in gap


def _adds(first: Deployment, whole: Deployment) -> bool:
    """Whether the first number of a sum comes on top of the whole before it: "450 flew to Gao. Another 150 ... 300 ..."."""
    return first.quantity.additional and first.quote.start > whole.quote.start


def _counted(rows: Sequence[Deployment]) -> list[Deployment]:
    told = [
        Told(r.deployment_id, r.quantity.count, r.kind, r.status, r.aggregate, r.part_of, (r.quote.start, r.quote.end), r.ordinal)
        for r in rows
    ]
    return [replace(row, counted_persons=persons, ledger=why) for row, (persons, why) in zip(rows, count(told), strict=True)]
