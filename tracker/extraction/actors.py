"""Whose personnel: the state, organisation or armed group that owns a counted group.

The sentence's own grammar comes first ("Turkish troops", "soldiers of the Wagner Group", "France will send"), then
pronouns and offices that stand for a state spoken of, then the article: where they set out from, whom it speaks of
most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.extraction.antecedents import Memory
from tracker.extraction.decisions import Option
from tracker.extraction.roles import Ends
from tracker.extraction.sentences import Sentence, Word
from tracker.extraction.toponyms import PlaceMention
from tracker.extraction.triggers import Frame
from tracker.models import PlaceNames
from tracker.vocabulary import OFFICE, Vocabulary, words

#: First words of names that begin small ("al-Shabaab", "anti-Balaka", "peshmerga").
_SMALL = frozenset({"al", "el", "anti", "peshmerga", "janjaweed", "interahamwe"})
#: The code of a name that owns no force though a part of it may look so ("Agence France-Presse").
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whose personnel: a code (ISO alpha-2, an organisation or a group), and the words that say so."""

    code: str
    word: Word | None = None


def actor(frame: Frame, names: Mapping[int, str], vocabulary: Vocabulary) -> Actor:
    """The owner of the group as the sentence's own grammar tells it; ``names`` gives the code of each word that names an actor.

    Nearest first: what modifies the noun ("Turkish troops"), what it is of ("soldiers of the Wagner Group"), then agents, controlling
    objects and subjects from the trigger upwards. A subject that only reports ("Kyiv said") owns nothing.
    """
    sentence = frame.counted.sentence
    for word in (frame.counted.head, frame.group):
        for modifier in (*((word,) if frame.counted.noun_class == "people" else ()), *_modifiers(sentence, word)):
            if modifier.i in names:
                return Actor(names[modifier.i], modifier)
    for holder in (frame.counted.head, frame.group):
        found = _of_phrase(sentence, holder, names)
        if found is not None:
            return found
    return _governing(sentence, frame, names, vocabulary)


def _governing(sentence: Sentence, frame: Frame, names: Mapping[int, str], vocabulary: Vocabulary) -> Actor:
    below: Word | None = None
    own = {frame.group.i, frame.counted.head.i}
    for verb in (w for w in (frame.trigger, *frame.chain) if w is not None):
        for candidate in _arguments(sentence, verb, below):
            if candidate.i in own or any(w.i in own for w in sentence.subtree(candidate)):
                continue
            if candidate.dep == "nsubj" and verb.lemma in vocabulary.reporting and verb.lemma not in _COMMITTING:
                continue
            owner = _owner(sentence, candidate, names)
            if owner is not None:
                return owner
            if candidate.dep in {"nsubj", "poss"} and candidate.lower in PRONOUNS:
                return Actor("", candidate)
        below = verb
    return Actor("")


def options(
    frame: Frame, proposed: str, owner: Actor, ends: Ends, codes: Mapping[int, str], memory: Memory, names: PlaceNames
) -> list[Option]:
    """Everybody who may own the group, each with what is known: nobody, whom the sentence names, whom the article spoke of, the host."""
    found: dict[str, list[str]] = {"": [], proposed: []}
    for word in frame.counted.sentence.words:
        if word.i in codes:
            found.setdefault(codes[word.i], []).append(_slot_of(frame, word))
    talked = Counter(memory.actors)
    host = _host(ends, names)
    for code in (memory.actor, memory.subject, *(code for code, _ in talked.most_common(2)), _home(ends, names), host):
        found.setdefault(code, [])
    most = talked.most_common(1)[0][0] if talked else ""
    how = "word" if owner.code else "pronoun" if owner.word is not None else "context"
    by_grammar = {code for code, slots in found.items() if set(slots) & {"modifier", "of"}}
    made = []
    for code, slots in found.items():
        facts = ["nobody"] if not code else [f"slot={slot}" for slot in dict.fromkeys(slots)] or ["elsewhere"]
        if code == proposed:
            facts += ["rules", f"rules|{how}", f"rules|{how}|unsaid={frame.counted.unsaid}", f"rules|noun={frame.counted.noun_class}"]
        if code:
            facts += [
                f"state={bool(names.country_name(code))}",
                f"latest={code == memory.actor}|unsaid={frame.counted.unsaid}",
                f"latest={code == memory.actor}|rules={code == proposed}",
                f"most={code == most}|how={how}",
                f"subject={code == memory.subject}|how={how}",
                f"home={code == _home(ends, names)}|how={how}",
                f"destination={bool(ends.destination and ends.destination.country == code)}|how={how}",
                f"origin={bool(ends.origin and ends.origin.country == code)}|how={how}",
            ]
            if code == host:
                facts += [f"host|{fact}" for fact in _at_home(frame, how)]
            if by_grammar - {code}:
                facts.append("another by grammar")
        made.append(Option(code, tuple(facts)))
    return made


def _slot_of(frame: Frame, word: Word) -> str:
    """What a name is to the group: its modifier, what it is of, the subject or object of its event or of what stands above."""
    sentence = frame.counted.sentence
    if word.i == frame.counted.head.i:
        return "modifier"  # "900 Americans": who they are says whose they are
    for noun in (frame.counted.head, frame.group):
        if word.i < noun.i and _reaches(sentence, word, noun):
            return "modifier"
    top = word
    while top.dep in {"amod", "compound", "nmod", "poss"} and (above := sentence.head(top)) is not None:
        top = above
    holder = sentence.head(top)
    if holder is None:
        return "root"
    if top.dep == "pobj":
        over = sentence.head(holder)
        mine = over is not None and over.i in {frame.group.i, frame.counted.head.i}
        return holder.lower if mine and holder.lower == "of" else f"{'own ' if mine else ''}{holder.lower}"
    level = "event" if frame.trigger is not None and holder.i == frame.trigger.i else "above" if holder in frame.chain else "apart"
    return f"{top.dep} of {level}"


def _home(ends: Ends, names: PlaceNames) -> str:
    """The state in which the origin lies."""
    return _land(ends.origin, names) if ends.origin is not None else ""


def _host(ends: Ends, names: PlaceNames) -> str:
    """The state in which the destination lies: whose force it is where forces are sent about at home."""
    place = ends.destination
    return _land(place, names) if place is not None and "unknown" not in place.kinds else ""


def _land(place: PlaceMention, names: PlaceNames) -> str:
    """The state in which a place lies; empty where neither its words nor the gazetteer tell."""
    return place.country or names.country_of(place.toponym.name)


def _at_home(frame: Frame, how: str) -> Iterator[str]:
    """What tells a force at home from one abroad: guardsmen and police serve there, and a governor sends nobody else."""
    counted = frame.counted
    guard = any(w.lower in _AT_HOME for w in counted.sentence.subtree(frame.group))
    yield f"how={how}"
    yield f"guard={guard}|how={how}"
    yield f"noun={counted.noun_class}|how={how}"
    yield f"kind={frame.kind}|how={how}"


#: Subjects that stand for the state spoken of.
PRONOUNS = words("stands for a state")
_COMMITTING = words("committing verb")
_AT_HOME = words("force at home")


def _arguments(sentence: Sentence, verb: Word, below: Word | None) -> list[Word]:
    """The words that may own what a predicate does: agents, the object that controls the clause below, the subject, a noun's owner."""
    children = sentence.children(verb)
    agents = [g for c in children if c.dep in {"agent", "prep"} and c.lower == "by" for g in sentence.children(c) if g.dep == "pobj"]
    controls = below is not None and below.dep in {"xcomp", "ccomp", "prep"}
    objects = [c for c in children if c.dep in {"dobj", "dative"} and controls and below is not None and c.i < below.i and c.pos == "PROPN"]
    subjects = [c for c in children if c.dep in {"nsubj", "nsubjpass"}]
    owners = [c for c in children if verb.pos in {"NOUN", "PROPN"} and c.dep in {"poss", "amod", "compound", "nmod"}]
    holder = [h for h in [sentence.head(verb)] if h is not None and verb.dep in {"relcl", "acl"} and h.pos in {"NOUN", "PROPN"}]
    return [*agents, *objects, *owners, *subjects, *holder]


def _modifiers(sentence: Sentence, word: Word) -> list[Word]:
    """The words before a noun that belong to it, nearest first: "US army [soldiers]", "the Turkish [troops]"."""
    inside = [w for w in sentence.subtree(word) if w.i < word.i and _reaches(sentence, w, word)]
    return sorted(inside, key=lambda w: -w.i)


def _reaches(sentence: Sentence, word: Word, top: Word) -> bool:
    current: Word | None = word
    for _ in range(4):
        if current is None or current.i == top.i:
            break
        if current.dep not in {"amod", "compound", "nmod", "poss", "nummod", "advmod", "npadvmod"}:
            return False
        current = sentence.head(current)
    return current is not None and current.i == top.i


def _of_phrase(sentence: Sentence, holder: Word, names: Mapping[int, str]) -> Actor | None:
    """ "soldiers of the Wagner Group", "members of its armed forces"."""
    for preposition in sentence.children(holder):
        if preposition.dep == "prep" and preposition.lower == "of":
            for word in sentence.subtree(preposition):
                if word.i in names and word.dep != "conj":
                    return Actor(names[word.i], word)
    return None


def _owner(sentence: Sentence, subject: Word, names: Mapping[int, str]) -> Actor | None:
    """The state that a subject speaks for: "France", "the Russian defence ministry", "President X of Chad"."""
    if subject.i in names:
        return Actor(names[subject.i], subject)
    best = None
    for word in sentence.subtree(subject):
        if word.i not in names or word.dep in {"conj"}:
            continue
        if any(a.dep in {"relcl", "acl"} or (a.dep == "prep" and a.lower != "of") for a in _between(sentence, word, subject)):
            continue
        if best is None or word.i < best.i:
            best = word
    return Actor(names[best.i], best) if best is not None else None


def speaks(sentence: Sentence, word: Word) -> bool:
    """Whether a name is, or belongs to, the subject of a verb ("the Australian government announces")."""
    current: Word | None = word
    while current is not None and current.dep in {"amod", "compound", "nmod", "poss"}:
        current = sentence.head(current)
    return word.dep == "poss" or (current is not None and current.dep in {"nsubj", "nsubjpass"})


def _between(sentence: Sentence, word: Word, top: Word) -> list[Word]:
    chain = [word]
    for above in sentence.ancestors(word):
        if above.i == top.i:
            break
        chain.append(above)
    return chain


def named(
    sentence: Sentence, places: Sequence[PlaceMention], names: PlaceNames, vocabulary: Vocabulary, persons: Mapping[str, str]
) -> dict[int, str]:
    """The code of each word that can name an actor: demonyms, organisations, countries, capitals that stand for their governments,
    ``persons`` who speak for a side, and states or cities that own something ("Florida's governor")."""
    codes: dict[int, str] = {}
    words = sentence.words
    i = 0
    while i < len(words):
        taken = 1
        if words[i].text[:1].isupper() or words[i].text[:1].isdigit() or words[i].lower in _SMALL:
            for width in range(min(6, len(words) - i), 0, -1):
                part = words[i : i + width]
                code = _code(sentence, part, names, vocabulary, persons)
                if code:
                    code = _holder(words, i, width, codes, vocabulary) or code
                    codes.update({word.i: code for word in part if code != NOBODY})
                    taken = width
                    break
        i += taken
    for place in places:
        word = place.name_word
        if word.i not in codes and word.dep in {"compound", "poss", "amod", "nmod"} and "admin1" in place.kinds and not place.country:
            home = names.country_of(place.toponym.name)
            if home:
                codes[word.i] = home
    return codes


def _holder(words: Sequence[Word], i: int, width: int, codes: Mapping[int, str], vocabulary: Vocabulary) -> str:
    """Whose office it is, where the words before say so: "the Philippine Defense Secretary", "Estonia's Ministry of Defence"."""
    name = " ".join(w.text for w in words[i : i + width])
    if vocabulary.organisations.get(name, ("", ""))[1] != OFFICE:
        return ""
    return next((codes[w.i] for w in reversed(words[max(0, i - 2) : i]) if w.i in codes), "")


def _code(sentence: Sentence, part: Sequence[Word], names: PlaceNames, vocabulary: Vocabulary, persons: Mapping[str, str]) -> str:
    text = sentence.text[part[0].start - sentence.span.start : part[-1].end - sentence.span.start]
    if text in vocabulary.agencies:
        return NOBODY
    if text in vocabulary.organisations:
        return vocabulary.organisations[text][0]
    if text in persons:
        return persons[text]
    for form in (text, text.removesuffix("s")):
        if form in vocabulary.demonyms:
            return vocabulary.demonyms[form]
    code = names.country(text)
    if code or len(part) > 1:
        return code
    word = part[0]
    if word.dep in {"nsubj", "nsubjpass", "poss"} or (word.dep == "pobj" and (h := sentence.head(word)) is not None and h.lower == "by"):
        return names.capital_of(text)
    return ""


def spoken_of(sentence: Sentence, pronoun: Word | None, codes: Mapping[int, str], memory: Memory) -> str:
    """Whom "it", "they" or "the government" stands for: the subject before it, in this sentence or the last."""
    if pronoun is None:
        return ""
    subjects = [w for w in sentence.words if w.i in codes and w.i < pronoun.i and speaks(sentence, w)]
    return codes[subjects[-1].i] if subjects else memory.subject or memory.actor


def by_context(frame: Frame, ends: Ends, codes: Mapping[int, str], memory: Memory, names: PlaceNames) -> str:
    """The home of a stated origin; the only state that the sentence names outside the ends; the force spoken of last or most."""
    origin, destination = ends.origin, ends.destination
    sets_out = frame.kind in {"deploy", "rotate"} or (
        destination is not None and frame.row is not None and frame.row.lemma in {"leave", "depart"}
    )
    if sets_out and origin is not None and origin.kinds & {"country", "base", "admin1", "city", "town"}:
        home = _land(origin, names)
        if home:
            return home
    chosen = [p for p in (origin, destination, *ends.origins_more, *ends.destinations_more) if p is not None]
    used, countries = {p.name_word.i for p in chosen}, {p.country for p in chosen}
    others = {code for i, code in codes.items() if i not in used and code not in countries}
    if len(others) == 1:
        return next(iter(others))
    if memory.actor and memory.actor not in countries:
        return memory.actor
    talked = Counter(c for c in memory.actors if c not in countries)
    return talked.most_common(1)[0][0] if talked else ""
