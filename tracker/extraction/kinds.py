"""Which kind of row a frame makes, once its ends and its owner are known: abroad or home, there or on the way."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.roles import FROM, TO, Ends, Link
from tracker.extraction.sentences import Word
from tracker.extraction.toponyms import PlaceMention
from tracker.extraction.triggers import Frame
from tracker.models import PlaceNames

_NOW = frozenset({"currently", "already", "now", "still", "remain", "remains"})


def kind(frame: Frame, ends: Ends, links: Sequence[Link], actor: str, names: PlaceNames) -> str:
    """The kind: the trigger's own, turned by where the ends lie (a "return" abroad deploys, a flight home withdraws)."""
    found, row = frame.kind, frame.row
    origin, destination = ends.origin, ends.destination
    if row is None:
        return "deploy" if destination is not None and directed(links, destination) else "presence"
    if frame.rule.startswith("state"):
        return "deploy" if row.lemma == "deploy" and _told_as_news(frame) else found
    if found == "presence" and row.pos == "verb" and destination is not None and _ahead(frame):
        return "deploy"
    if found == "alert":
        serves = destination is not None and frame.rule != "alert phrase" and frame.counted.sentence.span.covers(destination.span)
        return "deploy" if serves else found
    if found not in {"deploy", "withdraw"} or not (origin or destination):
        return found
    leaves_home = origin is None or home(origin, names) in {"", actor}
    goes_home = destination is not None and actor != "" and home(destination, names) == actor
    if found == "withdraw" and destination is not None and leaves_home and not goes_home:
        return "deploy" if row.lemma in _TURNING else found
    if origin is None or destination is None or not names.country_name(actor):
        return found
    if home(origin, names) in {"", actor}:
        return found
    if goes_home:
        return "withdraw" if row.strength == "weak" else found
    elsewhere = home(destination, names) not in {"", actor} and origin.toponym.name != destination.toponym.name
    return "redeploy" if elsewhere else found


def _ahead(frame: Frame) -> bool:
    """ "will station 4,800 soldiers", "will serve in Lithuania": a stock that is still to come."""
    trigger = frame.trigger
    if trigger is None or trigger.lemma not in {"station", "post", "base", "garrison", "serve", "locate", "headquarter"}:
        return False
    return any(c.dep == "aux" and c.lower in {"will", "shall", "'ll", "would"} for c in frame.counted.sentence.children(trigger))


#: Verbs of leaving that deploy where they name a place abroad to go to.
_TURNING = frozenset({"return", "come back", "leave", "depart", "exit"})


def home(place: PlaceMention, names: PlaceNames) -> str:
    """ISO code of the state in which a place lies, as far as its name tells."""
    if place.country or not place.kinds & {"base", "city", "airport"}:
        return place.country
    return names.country_of(place.toponym.name)


def directed(links: Sequence[Link], place: PlaceMention) -> bool:
    """Whether a preposition of direction ties a place to the frame."""
    return any(link.place is place and link.preposition in TO | FROM for link in links)


def _told_as_news(frame: Frame) -> bool:
    """ "are deployed in the capital to keep order": told with its purpose or cause, not as a standing figure."""
    sentence, trigger = frame.counted.sentence, frame.trigger
    if trigger is None or frame.counted.mention.quantity.approximate or frame.role == "modifier":
        return False
    if any(w.lower in _NOW for w in sentence.words):
        return False
    below = sentence.children(trigger)
    return any(_is_purpose(c, sentence.children(c)) for c in below) or any(c.lower in {"after", "amid", "following"} for c in below)


def _is_purpose(word: Word, children: tuple[Word, ...]) -> bool:
    return word.dep in {"advcl", "xcomp"} and any(t.lower == "to" and t.dep == "aux" for t in children)
