"""Whether it happened: possible, planned, ongoing, completed or denied.

The verb's own negation and tense come first, then its auxiliaries, then what stands above it: plans, orders, requests, refusals.
Cues are rows of ``modality_cues.csv``; the nearest that says something decides, and a denial anywhere above wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.extraction.sentences import Sentence, Word
from tracker.extraction.triggers import ON_THE_WAY, SUBJECTS, Frame
from tracker.models import Status
from tracker.vocabulary import Vocabulary

_CLAUSE = frozenset(
    {"xcomp", "ccomp", "acl", "pcomp", "dobj", "pobj", "conj", "prep", "advcl", "nsubj", "nsubjpass", "relcl", "oprd", "attr"}
)
_FUTURE = frozenset({"will", "shall", "wo", "'ll", "\u2019ll", "gon"})
_MAYBE = frozenset({"may", "might", "could", "can", "should", "must", "ought"})
_PENDING = frozenset({"discussion", "consideration", "review", "debate", "study", "negotiation"})
_PROVING = frozenset({"prove", "turn"})
_AFTER = frozenset({"after", "following", "since", "despite", "upon"})
_AHEAD = frozenset({"before", "ahead", "until", "till", "pending"})
_BEFORE_AND_AFTER = _AFTER | _AHEAD | {"as", "while", "when", "amid", "during", "because"}
_MOVING = frozenset(
    {
        "arrive",
        "move",
        "leave",
        "return",
        "withdraw",
        "head",
        "travel",
        "flow",
        "pour",
        "cross",
        "enter",
        "advance",
        "mass",
        "pull",
        "depart",
        "land",
        "go",
        "come",
    }
)


@dataclass(frozen=True, slots=True)
class Modality:
    """A status with the word that decided it (None where it is the plain tense)."""

    status: Status
    cue: Word | None = None


def read(frame: Frame, vocabulary: Vocabulary) -> Modality:
    """The status of a movement or an alert; presence has none."""
    if frame.kind == "presence" or frame.trigger is None:
        if frame.kind == "presence":
            return Modality("")
        return Modality("completed")
    sentence = frame.counted.sentence
    if any(c.dep == "mark" and c.lower == "whether" for c in sentence.children(frame.trigger)):
        return Modality("possible", frame.trigger)
    denied = _denied(sentence, frame, vocabulary)
    if denied is not None:
        return Modality("denied", denied)
    if frame.rule == "being due" and frame.row is not None and frame.row.lemma in {"be due", "be bound", "be headed"}:
        return Modality("planned", frame.trigger)
    if frame.rule == ON_THE_WAY:
        return Modality("ongoing", frame.trigger)
    if _conditional(sentence, frame.trigger):
        return Modality("possible", frame.trigger)
    doubt = _doubted(sentence, frame, vocabulary)
    if doubt is not None:
        return Modality("possible", doubt)
    supposed = _supposed(frame, vocabulary)
    if supposed is not None:
        return Modality("possible", supposed)
    committing = _committing(sentence, frame, vocabulary)
    if committing is not None:
        return committing
    own = _own(sentence, frame, vocabulary)
    above = _above(sentence, frame, vocabulary)
    if (
        own is not None
        and own.status == "ongoing"
        and own.cue is not None
        and own.cue.lower == "being"
        and above is not None
        and above.cue is not None
    ):
        return above  # "authorises 300 troops being sent"
    if own is not None and own.status != "completed":
        return own
    if above is not None:
        return above
    return own or Modality("completed")


def _conditional(sentence: Sentence, trigger: Word) -> bool:
    """ "if 2,000 troops are withdrawn"."""
    if any(c.dep == "mark" and c.lower in {"if", "unless", "whether"} for c in sentence.children(trigger)):
        return True
    if _inverted(sentence) is not None:
        return True
    clauses = [c for c in sentence.children(trigger) if c.dep == "advcl"]
    return any(m.dep == "mark" and m.lower in {"if", "unless"} for c in clauses for m in sentence.children(c))


def _inverted(sentence: Sentence) -> Word | None:
    """ "should the truce fail": a condition told by the order of its words."""
    if sentence.text.rstrip().endswith("?"):
        return None
    for word, following in zip(sentence.words, sentence.words[1:], strict=False):
        if (
            word.lower == "should"
            and following.pos in {"DET", "PROPN", "PRON"}
            and (not word.i or sentence.words[word.i - 1].pos != "PRON")
        ):
            return word
    return None


def _doubted(sentence: Sentence, frame: Frame, vocabulary: Vocabulary) -> Word | None:
    """ "perhaps 60 sappers", "will possibly go"."""
    assert frame.trigger is not None
    near = [*sentence.children(frame.trigger), *sentence.subtree(frame.group), *(w for w in frame.chain[:1] for w in sentence.children(w))]
    return next(
        (w for w in near if w.pos in {"ADV", "SCONJ"} and vocabulary.cues.get(("word", w.lower)) == "possible" and w.dep != "mark"), None
    )


def _supposed(frame: Frame, vocabulary: Vocabulary) -> Word | None:
    """ "speculation that ... will move", "the possibility that": a noun of doubt whose content the clause is."""
    below = frame.trigger
    assert below is not None
    for word in frame.chain[:3]:
        if word.pos == "NOUN" and below.dep in {"acl", "ccomp"} and vocabulary.cues.get(("noun", word.lemma)) == "possible":
            return word
        below = word
    return None


def _committing(sentence: Sentence, frame: Frame, vocabulary: Vocabulary) -> Modality | None:
    """A trigger that is itself a plan or a wish: "ordered 2,000 troops to", "offers 800 troops", "a request for 300"."""
    trigger, row = frame.trigger, frame.row
    if trigger is None or row is None or row.strength == "strong":
        return None
    status = vocabulary.cues.get((_pos(trigger), trigger.lemma))
    if status is None or status in {"ongoing", "completed"}:
        return None
    if status == "planned":
        would = next((c for c in sentence.children(trigger) if c.dep == "aux" and c.lower in {"would", "'d"}), None)
        if would is not None and not any(w.lemma in vocabulary.reporting for w in frame.chain):
            return Modality("possible", would)  # "a draft would authorise"
        return _modal_of(sentence, trigger) or Modality("planned", trigger)
    return Modality(status, trigger)  # type: ignore[arg-type]


def _negation(sentence: Sentence, word: Word) -> Word | None:
    for child in sentence.children(word):
        if child.dep == "neg" or (child.lower in {"never", "no", "neither", "nor"} and child.dep in {"advmod", "det", "cc", "preconj"}):
            after = sentence.words[child.i + 1].lower if child.i + 1 < len(sentence.words) else ""
            if after in {"only", "just", "later", "less", "fewer", "more"}:
                continue
            return child
    return None


def _denied(sentence: Sentence, frame: Frame, vocabulary: Vocabulary) -> Word | None:
    assert frame.trigger is not None
    own = (
        _negation(sentence, frame.trigger)
        or _nor(sentence, frame.trigger)
        or _never(sentence, frame.trigger)
        or _rather(sentence, frame.trigger)
        or _nobody(sentence, frame.trigger)
    )
    if own is not None:
        return own
    group = _negation(sentence, frame.group)
    if group is not None and group.lower in {"no", "not", "neither"}:
        return group
    below = frame.trigger
    condition = _inverted(sentence)
    for word in frame.chain:
        if below.dep not in _CLAUSE or word.dep == "relcl" and below.dep not in {"xcomp", "dobj", "ccomp"}:
            break
        if word.pos in {"ADP", "SCONJ"} and word.lower in _BEFORE_AND_AFTER:
            break
        if _another_speaks(sentence, word, below, vocabulary) or (condition is not None and condition.head == word.i):
            break
        if word.lower == "against" and below.dep in {"pobj", "pcomp"}:
            return word
        judged = _judged(sentence, word, below, vocabulary)
        if judged is not None and judged[0] == "denied":
            return judged[1]
        nobody = _nobody(sentence, word)
        if nobody is not None:
            return nobody
        pos = _pos(word)
        if below.dep != "conj" and vocabulary.cues.get((pos, _lemma(sentence, word))) == "denied" and _reaches(sentence, word, below):
            negated = _negation(sentence, word)
            return None if negated is not None else word
        negated = _negation(sentence, word)
        if (
            negated is not None
            and below.dep in {"xcomp", "ccomp", "dobj", "pobj", "acl", "prep", "pcomp"}
            and word.lemma not in vocabulary.reporting | {"know", "matter"}
        ):
            return negated
        below = word
    return None


def _another_speaks(sentence: Sentence, word: Word, below: Word, vocabulary: Vocabulary) -> bool:
    """Whether what stands above is another's sentence: "the claim is false, said a man who added that ...", "...; it is not clear"."""
    if below.dep == "relcl" and below.lemma in vocabulary.reporting:
        return True
    return any(w.text == ";" for w in sentence.words[min(word.i, below.i) : max(word.i, below.i)])


def _judged(sentence: Sentence, word: Word, below: Word, vocabulary: Vocabulary) -> tuple[str, Word] | None:
    """What a predicate says of the clause: "it is untrue that", "reports that ... proved false", "is under discussion"."""
    if word.lemma in _PROVING:
        word = sentence.child(word, "xcomp") or word
    elif word.lemma != "be":
        return None
    for child in sentence.children(word):
        if child.i != below.i and child.dep in {"acomp", "attr", "oprd"} and (status := vocabulary.cues.get((_pos(child), child.lemma))):
            return ("possible" if _negation(sentence, word) and status == "denied" else status), child
        if child.dep == "prep" and child.lower == "under" and any(g.lemma in _PENDING for g in sentence.children(child)):
            return "possible", child
    return None


def _nobody(sentence: Sentence, word: Word) -> Word | None:
    """A subject that does not exist: "nobody intends to send", "no country has offered"."""
    subject = sentence.child(word, "nsubj")
    if subject is None:
        return None
    if subject.lower in {"nobody", "none", "neither", "noone"}:
        return subject
    return next((c for c in sentence.children(subject) if c.dep == "det" and c.lower in {"no", "neither"}), None)


def _nor(sentence: Sentence, word: Word) -> Word | None:
    """ "has neither invited nor received": the second of two verbs that are both denied."""
    first = sentence.head(word) if word.dep == "conj" else None
    return next((c for c in sentence.children(first) if c.lower == "nor"), None) if first is not None else None


def _never(sentence: Sentence, word: Word) -> Word | None:
    """ "at no time", "under no circumstances"."""
    for preposition in sentence.children(word):
        if preposition.dep == "prep":
            for noun in sentence.children(preposition):
                if noun.lemma in {"time", "circumstance", "way", "case", "account", "event", "point"}:
                    found = next((c for c in sentence.children(noun) if c.lower == "no"), None)
                    if found is not None:
                        return found
    return None


def _rather(sentence: Sentence, word: Word) -> Word | None:
    """ "rather than send 900 troops", "instead of sending"."""
    before = sentence.words[max(0, word.i - 3) : word.i]
    lowers = [w.lower for w in before]
    if lowers[-2:] in (["rather", "than"], ["instead", "of"]):
        return before[-1]
    return None


def _reaches(sentence: Sentence, word: Word, below: Word) -> bool:
    """Whether a cue above takes the clause below as its content, and not as its time or its purpose."""
    if below.dep in {"xcomp", "ccomp", "dobj", "acl", "pcomp", "oprd", "nsubjpass"}:
        return True
    if below.dep == "advcl" and below.tag == "VBG" and below.i <= word.i + 2:
        return True  # "ruled out sending"
    if below.dep in {"nsubj", "prt"} or (below.lower in {"out", "off"} and below.i == word.i + 1):
        return True
    if below.dep == "prep":
        return below.lower in {"of", "from", "to", "on", "for", "against", "in", "with"}
    return below.dep in {"pobj", "relcl", "attr"}


def _pos(word: Word) -> str:
    return {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}.get(word.pos, "other")


def _lemma(sentence: Sentence, word: Word) -> str:
    if word.tag == "VBZ" and word.lemma == word.lower:  # a headline's verb that the tagger does not know ("weighs")
        return word.lower.removesuffix("s")
    particle = next((c.lower for c in sentence.children(word) if c.dep == "prt" or c.i == word.i + 1), "")
    return f"{word.lemma} {particle}" if particle in {"out", "off"} else word.lemma


def _own(sentence: Sentence, frame: Frame, vocabulary: Vocabulary) -> Modality | None:
    """By the auxiliaries and the tense of the trigger itself."""
    trigger = frame.trigger
    assert trigger is not None
    if trigger.pos in {"NOUN", "PROPN"}:
        return _adjectival(sentence, trigger, vocabulary)
    aux = [c for c in sentence.children(trigger) if c.dep in {"aux", "auxpass"}]
    lowers = {c.lower for c in aux}
    for child in aux:
        if child.lower in _FUTURE:
            return Modality("planned", child)
        if child.lower in _MAYBE:
            return Modality("possible", child)
        if child.lower in {"would", "'d", "\u2019d"}:
            return Modality(_would(sentence, frame, vocabulary), child)
    if trigger.tag == "VB" and "to" in lowers:
        return None
    going = sentence.head(trigger)
    if going is not None and going.lower == "going" and trigger.dep == "xcomp":
        return Modality("planned", going)
    if trigger.tag == "VBG":
        return _progressive(sentence, trigger, aux)
    if trigger.tag in {"VBZ", "VBP"} and not aux:
        return Modality("completed")
    if "being" in lowers:
        return Modality("ongoing", next(c for c in aux if c.lower == "being"))
    return Modality("completed")


def _progressive(sentence: Sentence, trigger: Word, aux: list[Word]) -> Modality | None:
    be = next((c for c in aux if c.lemma == "be" or c.lower in {"'s", "'re", "\u2019s", "\u2019re"}), None)
    if be is None and trigger.dep == "conj":
        first = sentence.head(trigger)
        be = next((c for c in sentence.children(first) if c.lemma == "be"), None) if first is not None and first.tag == "VBG" else None
    if be is None:
        return None
    if trigger.lemma in _MOVING or any(c.lower in {"been", "was", "were"} for c in aux):
        return Modality("ongoing", be)
    return Modality("planned", be)


def _would(sentence: Sentence, frame: Frame, vocabulary: Vocabulary) -> Status:
    """ "said it would send" is a plan; "would send if", "a deal would send" is only possible."""
    for word in frame.chain:
        status = vocabulary.cues.get((_pos(word), word.lemma))
        if status == "possible":
            return "possible"
        if any(c.dep == "advcl" and any(m.lower in {"if", "unless"} for m in sentence.children(c)) for c in sentence.children(word)):
            return "possible"
    assert frame.trigger is not None
    if any(m.lower in {"if", "unless"} for c in sentence.children(frame.trigger) if c.dep == "advcl" for m in sentence.children(c)):
        return "possible"
    return "planned"


def _adjectival(sentence: Sentence, noun: Word, vocabulary: Vocabulary) -> Modality | None:
    for child in sentence.children(noun):
        if child.dep in {"amod", "compound"}:
            if child.lower in {"planned", "scheduled", "upcoming", "imminent", "forthcoming", "impending", "expected", "announced"}:
                return Modality("planned", child)
            if child.lower in {"possible", "potential", "proposed", "suggested", "eventual", "conditional"}:
                return Modality("possible", child)
            if child.lower in {"ongoing", "continuing", "current"}:
                return Modality("ongoing", child)
    return None


def _above(sentence: Sentence, frame: Frame, vocabulary: Vocabulary) -> Modality | None:
    """By the nearest plan, request or beginning above the trigger."""
    below = frame.trigger
    assert below is not None
    infinitive = _infinitive(sentence, below)
    reported = below.dep == "ccomp" and below.tag in {"VBD", "VBN", "VBZ", "VBP"} and not infinitive
    noun = below.pos in {"NOUN", "PROPN"}
    for step, word in enumerate(frame.chain):
        status = vocabulary.cues.get((_pos(word), _lemma(sentence, word)))
        if (word.pos in {"ADP", "SCONJ"} or word.dep == "prep") and word.lower in _AFTER and noun | (below.tag == "VBG"):
            return Modality("completed", word)
        if word.pos in {"ADP", "SCONJ"} and word.lower in _AHEAD and noun | (below.tag == "VBG"):
            return Modality("planned", word)
        judged = _judged(sentence, word, below, vocabulary)
        if judged is not None and judged[0] != "denied":
            if judged[0] == "completed" and (ahead := _looking_ahead(sentence, word)) is not None:
                return ahead
            return Modality(judged[0], judged[1])  # type: ignore[arg-type]
        crossed = (
            below.dep in {"advcl", "conj", "appos"}
            and not _wished(sentence, below)
            or (below.dep == "relcl" and not infinitive)
            or (below.dep == "prep" and below.lower in {"after", "since", "during", "before", "amid", "despite", "following"})
        )
        if crossed:
            if below.dep == "conj" and (infinitive or not noun) and word.pos == "VERB" and _shares(sentence, word, below):
                below = word
                continue
            return _default(sentence, frame, infinitive, noun)
        if status is not None and not (reported and step == 0 and status == "planned" and word.lemma in {"announce", "confirm"}):
            if status == "denied":
                status = "possible"
            if status == "planned" and (own := _modal_of(sentence, word)) is not None:
                return own
            if status in {"ongoing", "completed"} and (ahead := _looking_ahead(sentence, word)) is not None:
                return ahead
            if status == "completed" or (status == "planned" and noun and word.lemma in {"confirm"}):
                return Modality("completed", word)
            return Modality(status, word)  # type: ignore[arg-type]
        if noun and word.pos in {"VERB", "AUX"}:
            own = _tense(sentence, word)
            if own is not None:
                return own
        below = word
    return _default(sentence, frame, infinitive, noun)


def _wished(sentence: Sentence, verb: Word) -> bool:
    """ "called for 900 soldiers [to be sent]": an infinitive with a subject of its own is what is called for, not what for."""
    return any(c.dep == "mark" and c.lower == "for" for c in sentence.children(verb)) and sentence.child(verb, *SUBJECTS) is not None


def _infinitive(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb is an infinitive that looks ahead: "to reach", not "to have reached"."""
    aux = {c.lower for c in sentence.children(verb) if c.dep == "aux"}
    return "to" in aux and "have" not in aux


def _shares(sentence: Sentence, first: Word, second: Word) -> bool:
    """Whether a second verb has no auxiliaries of its own and so takes those of the first."""
    return second.tag == first.tag and not any(c.dep in {"aux", "auxpass", "nsubj"} for c in sentence.children(second))


def _modal_of(sentence: Sentence, word: Word) -> Modality | None:
    for child in sentence.children(word):
        if child.dep == "aux" and child.lower in _MAYBE:
            return Modality("possible", child)
    return None


def _future_of(sentence: Sentence, word: Word) -> Modality | None:
    for child in sentence.children(word):
        if child.dep == "aux" and child.lower in _FUTURE | {"would", "to"}:
            return Modality("planned", child)
    return None


def _looking_ahead(sentence: Sentence, word: Word) -> Modality | None:
    """The status that a verb's auxiliaries give to what would be under way or done without them: "may force", "will be complete"."""
    return _modal_of(sentence, word) or _future_of(sentence, word)


def _tense(sentence: Sentence, verb: Word) -> Modality | None:
    """The status of an event noun by its verb: "the withdrawal will take place", "began", "was completed"."""
    for child in sentence.children(verb):
        if child.dep == "aux" and child.lower in _FUTURE:
            return Modality("planned", child)
        if child.dep == "aux" and child.lower in _MAYBE:
            return Modality("possible", child)
        if child.dep == "aux" and child.lower in {"would", "'d", "\u2019d"}:
            return Modality("planned", child)
    if verb.lemma in {"begin", "start", "continue"}:
        return Modality("ongoing", verb)
    if verb.tag in {"VBD", "VBN"}:
        return Modality("completed", None)
    return None


def _default(sentence: Sentence, frame: Frame, infinitive: bool, noun: bool) -> Modality | None:
    if infinitive:
        return Modality("planned")
    if noun:
        return Modality("planned")
    return None
