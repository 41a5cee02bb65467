"""Which place is the end of a movement: what speaks for each place mention, and for none.

The features say what the grammar knows of a place: preposition, what it hangs on, kind of place, the worth that the hand-made table gives
it. All candidates of one end and "none" make one decision, so that an end stays empty where nothing is likelier than nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.decisions import Decide, Option
from tracker.extraction.roles import AT, FOR, FROM, LEAST, OUTSIDE, TO, Choose, Link, best_by_worth, worth
from tracker.extraction.triggers import WHOLE, Frame

_LOOSE = OUTSIDE | {"apart", "rival"}
#: Slots that are told apart by name.
_NAMED_WAYS = frozenset("object subject adverb of with against context theatre dateline by poss compound".split())
_GROUPS = ("country", "border", "region", "base", "admin1", "city", "sea", "town", "unknown")


def chooser(decide: Decide) -> Choose:
    """A choice of links by learned decisions: the likeliest link for an end, or None, with its probability."""

    def choose(frame: Frame, links: Sequence[Link], actor: str, end: str) -> tuple[Link | None, float]:
        options = [Option(None, tuple(none_features(frame, links, actor, end)))]
        options += [Option(k, tuple(features(frame, k, links, actor, end))) for k in links if not _opposite(frame, k, end)]
        best = best_by_worth(frame, links, end)
        proposed = next((i for i, option in enumerate(options) if option.value is best), 0)
        chosen, sure = decide(end, frame, options, proposed)
        return options[chosen].value, sure

    return choose


def _opposite(frame: Frame, link: Link, end: str) -> bool:
    """Whether the words say of a place that it is the other end: nobody goes "from Pakistan" to Pakistan."""
    own = link.relation in {"trigger", "group", "in group"} and frame.kind != "presence" and frame.rule != WHOLE
    # Not all of FROM: "out" and "off" stand before directions too ("out to Gao").
    return own and link.preposition in ({"from"} if end == "destination" else TO)


def group(preposition: str) -> str:
    """The class of a preposition or slot: to, from, at, for, object, subject, adverb, of, context or other."""
    if preposition in TO:
        return "to"
    if preposition in FROM:
        return "from"
    if preposition in AT:
        return "near" if preposition in {"near", "around", "along", "outside", "close", "alongside"} else "at"
    if preposition in FOR:
        return "for"
    return preposition if preposition in _NAMED_WAYS else "other"


def move_of(frame: Frame) -> str:
    """The kind as far as it matters for the ends: withdraw, presence, alert, or move."""
    return frame.kind if frame.kind in {"withdraw", "presence", "alert"} else "move"


def _kind(link: Link) -> str:
    kinds = link.place.kinds
    return next((g for g in _GROUPS if g in kinds), "other")


def features(frame: Frame, link: Link, links: Sequence[Link], actor: str, end: str) -> Iterator[str]:
    """The names of the features of one place as one end of a frame."""
    e = "d" if end == "destination" else "o"
    way, relation, move = group(link.preposition), link.relation, move_of(frame)
    value = worth(link, frame, end)
    best = max(worth(k, frame, end) for k in links)
    strong = frame.row is not None and frame.row.strength == "strong"
    yield f"{e}|way={way}"
    yield f"{e}|relation={relation}"
    yield f"{e}|way={way}|relation={relation}"
    yield f"{e}|way={way}|{move}"
    yield f"{e}|way={way}|relation={relation}|{move}"
    yield f"{e}|place={_kind(link)}|{move}"
    yield f"{e}|place={_kind(link)}|way={way}"
    yield f"{e}|steps={min(link.steps, 5)}"
    yield f"{e}|worth={max(-3, min(5, int(value // 2)))}"
    if value == best:
        yield f"{e}|best"
        yield f"{e}|best|{move}"
    if link.crossed:
        yield f"{e}|crossed|way={way}"
    if link.place.country:
        yield f"{e}|own={link.place.country == actor}|{move}" if actor else f"{e}|own=unknown"
        yield f"{e}|own={link.place.country == actor}|way={way}" if actor else f"{e}|own=unknown|way={way}"
    if link.place.basis == "coreference":
        yield f"{e}|anaphor|way={way}"
    if link.place.described:
        yield f"{e}|described={link.place.described}"
    if link.relation in _LOOSE:
        rivals = {k.place.toponym.name for k in links if k.relation in _LOOSE}
        yield f"{e}|loose|rivals={min(3, len(rivals) - 1)}"
        yield f"{e}|loose|times={min(3, link.times)}"
        better = best >= LEAST
        foreign = bool(link.place.country) and link.place.country != actor
        alone = sum(1 for k in links if k.relation in _LOOSE and k.place.country != actor) == 1
        yield f"{e}|loose|better={better}|alone={alone and foreign}|strong={strong}|{move}"
        yield f"{e}|loose|better={better}|foreign={foreign}|earlier={link.earlier}|{move}"
        yield f"{e}|loose|better={better}|foreign={foreign}|slot={group(link.slot)}|{move}"
        yield f"{e}|loose|{link.relation}|{move}|place={_kind(link)}"
        yield f"{e}|loose|strong={strong}|{move}"
        yield f"{e}|loose|better={max(-3, min(5, int(best // 2)))}"
    if link.relation in OUTSIDE:
        yield f"{e}|distance={link.distance}"
        yield f"{e}|loose|slot={group(link.slot)}|{move}"
        yield f"{e}|earlier={link.earlier}|{move}"
        yield f"{e}|earlier={link.earlier}|distance={link.distance}"
        yield f"{e}|only={sum(1 for k in links if k.distance) == 1}"
        yield f"{e}|context|rule={'strong' if strong else frame.rule}"
        yield f"{e}|context|elliptical={frame.counted.elliptical}|{move}"
    if link.before:
        yield f"{e}|before|way={way}"


def none_features(frame: Frame, links: Sequence[Link], actor: str, end: str) -> Iterator[str]:
    """The names of the features of an end that the article does not state."""
    e = "d" if end == "destination" else "o"
    move = move_of(frame)
    best = max((worth(k, frame, end) for k in links), default=-9.0)
    yield f"{e}|none"
    yield f"{e}|none|{move}"
    yield f"{e}|none|{frame.role}|{move}"
    yield f"{e}|none|strength={frame.row.strength if frame.row else 'bare'}"
    yield f"{e}|none|best={max(-3, min(5, int(best // 2)))}"
    yield f"{e}|none|elliptical={frame.counted.elliptical}"
    yield f"{e}|none|others={min(3, sum(1 for k in links if not k.distance))}"
