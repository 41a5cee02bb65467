"""Which kind of row a frame makes, once its ends and its owner are known: abroad or home, there or on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.decisions import Option
from tracker.extraction.roles import FROM, TO, Ends, Link
from tracker.extraction.sentences import Word
from tracker.extraction.toponyms import PlaceMention
from tracker.extraction.triggers import DIRECTED, Frame
from tracker.models import PlaceNames
from tracker.vocabulary import Vocabulary

#: The kinds in the order in which they are weighed.
KINDS = ("deploy", "withdraw", "redeploy", "rotate", "alert", "presence")
#: Parts of speech whose words are told apart by name.
CLOSED = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ"})
_NOW = frozenset({"currently", "already", "now", "still", "remain", "remains"})


def kind(frame: Frame, ends: Ends, links: Sequence[Link], actor: str, names: PlaceNames) -> str:
    """The kind: the trigger's own, turned by where the ends lie (a "return" abroad deploys, a flight home withdraws)."""
    found, row = frame.kind, frame.row
    origin, destination = ends.origin, ends.destination
    if not goes_somewhere(frame, ends, links):
        return "presence"
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


def options(
    frame: Frame, proposed: str, ends: Ends, links: Sequence[Link], earlier: str, said: str, vocabulary: Vocabulary
) -> list[Option]:
    """Every kind that can be, with what is known of the frame; ``proposed`` is the rules' kind, ``earlier`` that of the row before,
    ``said`` the status that the words give a movement."""
    known = list(_known(frame, proposed, ends, links, earlier, said, vocabulary))
    possible = KINDS if goes_somewhere(frame, ends, links) else ("presence",)
    return [Option(name, tuple(f"{name}|{fact}" for fact in known)) for name in possible]


def goes_somewhere(frame: Frame, ends: Ends, links: Sequence[Link]) -> bool:
    """Whether the frame can be a movement: a verb outside the vocabulary is one only by a direction ("helicoptered in from Kuwait")."""
    if not frame.rule.startswith(DIRECTED):
        return True
    chosen = (ends.destination, ends.origin)
    return any(k.place in chosen and k.relation in {"trigger", "group"} and k.preposition in TO | FROM for k in links)


def _known(
    frame: Frame, proposed: str, ends: Ends, links: Sequence[Link], earlier: str, said: str, vocabulary: Vocabulary
) -> Iterator[str]:
    counted, row = frame.counted, frame.row
    strength = row.strength if row else "bare"
    quantity = counted.mention.quantity
    yield "any"
    yield f"rules={proposed}"
    yield f"rules={proposed}|strength={strength}"
    yield f"rules={proposed}|role={frame.role}"
    yield f"event={frame.kind}|strength={strength}"
    yield f"event={frame.kind}|rules={proposed}"
    yield f"rule={frame.rule}"
    yield f"rule={frame.rule}|rules={proposed}"
    yield f"noun={counted.noun_class}|rules={proposed}"
    yield f"said={said}"
    yield f"said={said}|rules={proposed}"
    yield f"said={said}|form={form(frame)}"
    yield f"form={form(frame)}"
    yield f"form={form(frame)}|rules={proposed}"
    if row is not None and frame.rule != DIRECTED:
        yield f"word={row.lemma}"
    for end, place in (("destination", ends.destination), ("origin", ends.origin)):
        link = next((k for k in links if k.place is place), None) if place is not None else None
        way = "open" if place is None else f"{link.relation} {link.preposition}" if link is not None else "other"
        yield f"{end}={way}"
        yield f"{end}={'open' if place is None else 'given'}|rules={proposed}"
    for way in sorted({k.preposition for k in links if k.relation in {"trigger", "group"} and k.preposition in TO | FROM}):
        yield f"way={way}"
    yield f"now={any(w.lower in _NOW for w in counted.sentence.words)}|rules={proposed}"
    if quantity.additional:
        yield "more"
    if counted.unsaid:
        yield f"unsaid|earlier={earlier}"
        yield f"unsaid={counted.unsaid}|earlier={earlier}|strength={strength}"
    yield f"earlier={earlier}|rules={proposed}"
    yield f"cue={next(cues_above(frame, vocabulary), 'none')}|rules={proposed}"
    ways = [k.preposition for k in links if k.place is ends.destination]
    if ways:
        yield f"form={form(frame)}|way={ways[0]}"
    before = next((w for w in reversed(counted.sentence.words) if w.end <= quantity.span.start), None)
    if before is not None:
        beside = before.lower if before.pos in CLOSED else before.pos
        yield f"before={beside}"
        yield f"before={beside}|rules={proposed}"
    behind = next((w for w in counted.sentence.words if w.start >= max(quantity.span.end, frame.group.end)), None)
    if behind is not None:
        beside = behind.lower if behind.pos in CLOSED or behind.lower in _NOW else behind.tag
        yield f"behind={beside}"
        yield f"behind={beside}|rules={proposed}"
    governor = counted.sentence.head(frame.group)
    yield f"governor={governor.lemma if governor is not None else 'root'}"
    if governor is not None and governor.pos == "ADP" and (above := counted.sentence.head(governor)) is not None:
        yield f"governor={above.lemma} {governor.lemma}"
    yield f"group={frame.group.dep}|rules={proposed}"


def cues_above(frame: Frame, vocabulary: Vocabulary) -> Iterator[str]:
    """The statuses of the cues above the trigger (plans, requests, denials), nearest first."""
    for word in frame.chain:
        status = vocabulary.cues.get(("verb" if word.pos in {"VERB", "AUX"} else "noun", word.lemma))
        if status is not None:
            yield status


def form(frame: Frame) -> str:
    """The shape of the trigger: its tag and its auxiliaries ("VBN are", "VB to"), "none" without one."""
    if frame.trigger is None:
        return "none"
    aux = [c.lower for c in frame.counted.sentence.children(frame.trigger) if c.dep in {"aux", "auxpass"}]
    return " ".join([frame.trigger.tag, *aux[:3]])


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
