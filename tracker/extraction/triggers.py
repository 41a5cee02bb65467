"""What happens to a group: the word that governs it, found by walks over the parse.

No rule knows a verb: the vocabulary's trigger rows say which kind of row a word makes, who moves, and how firm it is.
The walk goes from the group's noun up to its verb ("were sent"), down into infinitives and participles ("ordered to
leave", "troops stationed in"), and over nouns of events ("the deployment of 300 soldiers").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.extraction.personnel import Counted
from tracker.extraction.sentences import Sentence, Word
from tracker.vocabulary import TriggerRow, Vocabulary, words

#: The rule of a verb outside the vocabulary: only a direction makes it a movement.
DIRECTED = "verb with a direction"
#: The rule of a number that another number is taken from.
WHOLE = "whole of a part"
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_CONTAINERS = words("container")
#: What one is in without a place: "in hospital", "in custody".
_CONFINED = words("confinement")
_INVOLVING = words("involving verb")
_LIGHT = frozenset("be have see get do make give take".split())
_PARTICLES = frozenset({"out", "up", "back", "down", "home", "in", "off", "over"})
ON_THE_WAY = "on the way"
#: The rule of a number that a strength is brought to or taken from.
LEVEL = "a level"
_LEVELS = words("level verb")
_CAUGHT = frozenset({"prisoner", "captive", "hostage"})
_VEHICLES = words("vehicle")
_CARRYING = words("carrying verb")
_PHASES = frozenset({"begin", "start", "commence", "continue", "resume", "complete", "finish", "make"})
#: Adverbs and adjectives with "be" that tell of a movement.
_STATES = {
    "due": "deploy",
    "home": "withdraw",
    "back": "withdraw",
    "out": "withdraw",
    "gone": "withdraw",
    "bound": "deploy",
    "headed": "deploy",
}
_QUANTIFYING = frozenset({"between", "around", "over", "about", "under", "above", "near"})
_EN_ROUTE = ("on their way", "on its way", "on the way", "en route", "bound for", "headed for", "headed to")


@dataclass(frozen=True, slots=True)
class Frame:
    """A group and the event it takes part in.

    ``trigger`` is None where no word tells of an event (a bare "500 troops in Mali"). ``role`` is what the group is to the
    trigger: subject, object, noun (the trigger is a noun of an event), modifier (a participle or relative clause on the group) or none.
    ``chain`` are the words between the sentence's root and the trigger that may colour its status, nearest first.
    """

    counted: Counted
    group: Word
    trigger: Word | None
    row: TriggerRow | None
    kind: str
    role: str
    chain: tuple[Word, ...] = ()
    passive: bool = False
    refused: str = ""
    rule: str = ""


def frame(counted: Counted, vocabulary: Vocabulary) -> Frame:
    """The event of a counted group; ``refused`` says why it cannot be one (casualties, prisoners)."""
    return _Walk(counted.sentence, counted, vocabulary).run()


class _Walk:
    def __init__(self, sentence: Sentence, counted: Counted, vocabulary: Vocabulary) -> None:
        self.s, self.counted, self.v = sentence, counted, vocabulary
        self.whole = False

    def run(self) -> Frame:
        """The frame; of a number that another is taken from ("300 of its 3,000 soldiers") it is a presence."""
        found = self._found()
        goes = found.role == "modifier" and found.row is not None and found.row.strength == "strong"  # "2 of the 30 men sent to Mali"
        return replace(found, kind="presence", rule=WHOLE) if self.whole and not (found.refused or goes) else found

    def _found(self) -> Frame:
        group, event = self._climb(self.counted.head)
        if event is not None:
            return self._noun(group, event)
        why = self._casualty(group)
        if why:
            return self._made(group, None, None, "none", refused=why)
        if self._follows(phrase for phrase in _EN_ROUTE if phrase.startswith(("on ", "en "))):
            row = TriggerRow("be on the way", "verb", "deploy", "subject", "", "strong")
            return self._made(group, self.counted.head, row, "none", rule=ON_THE_WAY)
        first = self._lifted(group)
        below = self._below(group) or (self._below(self.counted.head) if self.counted.head.i != group.i else None)
        above = self._above(group, first)
        if (above is None or (above.role != "subject" and above.kind != "alert")) and self._standing_by():
            return self._made(
                group,
                above.trigger if above is not None and above.trigger is not None else self.counted.head,
                TriggerRow("on alert", "verb", "alert", "either", "", "strong"),
                "none",
                rule="alert phrase",
            )
        if above is not None and above.refused and not self.whole and first.dep in {"dobj", "nsubjpass"}:
            return above  # "detained 40 soldiers who had crossed the border"
        if above is not None and (above.refused or above.rule == DIRECTED) and below is not None:
            return below
        if above is not None and above.trigger is not None and above.row is not None and above.row.strength == "strong":
            if not (above.kind == "presence" and below is not None and below.kind != "presence"):
                return above
        if below is not None:
            return below
        if above is not None and above.trigger is not None and above.rule != DIRECTED:
            return above
        shaped = self._by_shape(group)
        if shaped is not None:
            return shaped
        if above is None and any(w.lemma in self.v.casualty for w in self.s.ancestors(group)):
            return self._made(group, None, None, "none", refused="casualties or prisoners")
        return above or self._made(group, None, None, "none", rule="bare")

    def _standing_by(self) -> bool:
        """ "1,000 troops on standby"."""
        return self._follows(phrase for phrase in self.v.alert_phrases if phrase.startswith(("on ", "in ", "at ")))

    def _follows(self, phrases: Iterable[str]) -> bool:
        """Whether one of these states stands right behind the group."""
        after = self.s.text[self.counted.mention.span.end - self.s.span.start :].lower().lstrip(" ,")[:40]
        return any(after.removeprefix("already ").startswith(phrase) for phrase in phrases)

    def _by_shape(self, group: Word) -> Frame | None:
        """A trigger that the tagger took for a noun: behind the group ("250 soldiers land in"), before its number ("Paris sends 90")."""
        after = [w for w in self.s.words[self.counted.head.i + 1 :] if w.pos != "ADV"][:1]
        before = [w for w in self.s.words if w.end <= self.counted.mention.span.start and w.pos not in {"ADV", "DET"}][-1:]
        for beside, role in ((after, "subject"), (before, "object")):
            for word in beside:
                row = self._best([("", r) for lemma in _stems(word.lower) for r in self.v.triggers.get(("verb", lemma), ())], role)
                if row is not None and row.strength == "strong" and word.pos in {"NOUN", "PROPN", "ADJ", "VERB"}:
                    return self._made(group, word, row, role, rule="verb by its shape")
        return None

    def _made(
        self,
        group: Word,
        trigger: Word | None,
        row: TriggerRow | None,
        role: str,
        *,
        refused: str = "",
        rule: str = "",
        chain: tuple[Word, ...] = (),
        passive: bool = False,
        kind: str = "",
    ) -> Frame:
        if trigger is not None and not chain:
            chain = tuple(self.s.ancestors(trigger))
        return Frame(
            self.counted,
            group,
            trigger,
            row,
            kind or (row.kind if row else "presence"),
            role,
            chain,
            passive,
            refused,
            rule,
        )

    def _climb(self, head: Word) -> tuple[Word, Word | None]:
        """From a noun to what it is a part of ("a force of 4,000 men"), and to the event it is counted in ("the arrival of 300")."""
        group = head
        for _ in range(5):
            above = self.s.head(group)
            if above is None:
                return group, None
            if group.dep in {"compound", "nummod", "nmod", "amod", "poss", "quantmod"} and above.pos in {"NOUN", "PROPN"}:
                if self._event(above):
                    return group, above
                if group.pos != "NUM" and not (
                    self.counted.number.compound or above.lemma in _CONTAINERS or above.lemma in self.v.personnel
                ):
                    return group, None
                group = above
                continue
            if group.dep == "poss" and above.pos == "NOUN" and (above.lemma in self.v.casualty or above.lemma in {"remain", "body"}):
                return above, None
            if group.dep == "pobj" and above.lower in {"of", "involving", "including"}:
                noun = self.s.head(above)
                if noun is None or noun.pos not in {"NOUN", "PROPN", "NUM", "PRON", "DET", "VERB", "ADJ"}:
                    return group, None
                if noun.pos == "VERB":
                    return group, None
                if noun.lower == "up" and "call" in {w.lower for w in self.s.words[max(0, noun.i - 2) : noun.i]}:
                    return group, self.s.words[noun.i]  # "the call up of 300": the parse splits the noun
                if self._event(noun) and noun.lemma not in _CONTAINERS:
                    return group, noun
                if noun.lemma in self.v.casualty or noun.lemma in {
                    "remain",
                    "body",
                    "family",
                    "killing",
                    "capture",
                    "shooting",
                    "relative",
                    "widow",
                    "wife",
                    "mother",
                }:
                    return noun, None
                if noun.pos == "NUM" and not self.counted.number.core.covers(noun.span):
                    self.whole = True
                if noun.lemma in _CONTAINERS or noun.pos in {"NUM", "PRON", "DET", "ADJ"} or noun.lemma in self.v.personnel:
                    group = noun
                    continue
            return group, None
        return group, None

    def _event(self, word: Word) -> bool:
        return ("noun", word.lemma) in self.v.triggers

    def _noun(self, group: Word, event: Word) -> Frame:
        row = self.v.triggers["noun", "call-up" if event.lower == "up" else event.lemma][0]
        return self._made(group, event, row, "noun", rule="event noun")

    def _confined(self, group: Word) -> bool:
        """ "put 270 soldiers in hospital", "40 policemen are in custody": a state and no place, so the noun has no article."""
        above = self.s.head(group)
        holders = [group, *([above] if above is not None and above.pos in {"VERB", "AUX"} else [])]
        inside = [n for h in holders for c in self.s.children(h) if c.dep == "prep" and c.lower == "in" for n in self.s.children(c)]
        return any(n.lower in _CONFINED and not self.s.child(n, "det", "poss", "amod", "compound") for n in inside)

    def _casualty(self, group: Word) -> str:
        if self._confined(group):
            return "casualties or prisoners"
        for word in {self.counted.head.i: self.counted.head, group.i: group}.values():
            if word.lemma in self.v.casualty or word.lower in {"remains", "bodies"}:
                return "casualties or prisoners"
            for child in self.s.children(word):
                if child.dep in {"amod", "compound", "acl"} and child.lemma in self.v.casualty | {
                    "former",
                    "retired",
                    "fallen",
                    "ex",
                    "suspected",
                    "deserter",
                }:
                    return "casualties, prisoners or former soldiers"
        return ""

    def _first_conjunct(self, word: Word) -> Word:
        for _ in range(6):
            above = self.s.head(word)
            if word.dep not in {"conj", "appos"} or above is None or above.pos not in {"NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET", "SYM"}:
                break
            word = above
        return word

    def _lifted(self, group: Word) -> Word:
        """The word whose place in the sentence the group shares: the first of a list, what an apposition explains, what counts it."""
        word = self._first_conjunct(group)
        for _ in range(3):
            above = self.s.head(word)
            noun = self.s.head(above) if above is not None and word.dep == "pobj" and above.lower == "of" else None
            if noun is None or word.i == group.i or not (noun.lemma in self.v.personnel or noun.lemma in _CONTAINERS | _VEHICLES):
                return word
            word = self._first_conjunct(noun)
        return word

    def _above(self, group: Word, first: Word) -> Frame | None:
        gov = self.s.head(first)
        if gov is None:
            return None
        if first.dep == "pobj" and gov.pos in {"ADP", "SCONJ", "VERB"}:
            above = self.s.head(gov)
            if (
                gov.lower in _QUANTIFYING
                and above is not None
                and above.pos in {"VERB", "AUX"}
                and gov.end <= self.counted.number.core.start <= gov.end + 12
            ):
                return self._verb(group, above, "object", False)  # "sent between 200 and 300 men"
            return self._by_preposition(group, gov)
        if gov.pos in {"NOUN", "PROPN"} and self._event(gov) and first.dep in {"compound", "nmod", "nummod", "appos"}:
            return self._noun(group, gov)
        if gov.pos not in {"VERB", "AUX"}:
            return None
        role = "subject" if first.dep in SUBJECTS else "object"
        passive = first.dep == "nsubjpass"
        return self._verb(group, gov, "object" if passive else role, passive)

    def _by_preposition(self, group: Word, preposition: Word) -> Frame | None:
        above = self.s.head(preposition)
        if above is None:
            return None
        particle = self.v.triggers.get(("verb", f"{above.lemma} {preposition.lower}"), ())
        own = self._best([(preposition.lower, row) for row in particle], "object") if preposition.i == above.i + 1 else None
        if own is not None:
            return self._made(group, above, own, "object", rule="verb")  # "flew in 500 soldiers": the particle taken for a preposition
        if above.pos == "NOUN" and above.lemma in {"coffin", "casket", "body", "grave", "hearse", "remain"}:
            return self._made(group, above, None, "none", refused="casualties or prisoners")
        if above.lemma in _VEHICLES and preposition.lower in {"with", "of", "carrying"}:
            return self._aboard(group, above)
        if (
            preposition.lower in {"to", "from"}
            and above.pos == "VERB"
            and above.lemma in _LEVELS
            and any(w.lemma in {"toll", "death", "casualty", "fatality", "injury"} for w in self.s.words)
        ):
            return self._made(group, above, None, "none", refused="casualties or prisoners")
        if (
            preposition.lower in {"to", "from"}
            and above.pos == "VERB"
            and above.lemma in _LEVELS
            and self.counted.number.core.start > preposition.start
        ):
            return self._made(group, above, TriggerRow(above.lemma, "verb", "presence", "object", "", "weak"), "object", rule=LEVEL)
        if preposition.lower == "by" and preposition.dep == "agent":
            return self._verb(group, above, "subject", True)
        if (
            preposition.lower == "of"
            and above.lemma in {"make", "compose", "consist", "comprise"}
            and above.dep in {"acl", "relcl"}
            and (noun := self.s.head(above)) is not None
        ):
            return self._aboard(group, noun)
        if above.pos in {"VERB", "AUX"} and preposition.lower in {"with", "by"}:
            rows = self._rows(above)
            if rows:
                return self._made(group, above, rows[0][1], "object", rule="verb with")
        if (
            above.pos in {"NOUN", "PROPN"}
            and self._event(above)
            and preposition.lower in {"of", "by", "with", "involving", "including", "for"}
        ):
            return self._noun(group, above)
        if preposition.lower in {"for", "of"} and above.pos == "VERB":
            rows = self._rows(above)
            below = self._descend(above)
            if below is not None:
                return self._made(group, below[0], below[1], "subject", rule="verb for ... to")
            if rows and rows[0][1].strength == "strong":
                return None
        return None

    def _verb(self, group: Word, verb: Word, role: str, passive: bool, depth: int = 0) -> Frame | None:
        """The frame of a verb whose subject or object the group is; infinitives below a control verb are tried first."""
        if depth > 4:
            return None
        if verb.lemma == "leave" and role == "object" and not passive:
            return self._made(group, verb, None, role, refused="casualties or prisoners")
        if self._taken(verb) or (verb.lemma in self.v.casualty and not self._rows(verb)):
            return self._made(group, verb, None, role, refused="casualties or prisoners")
        alert = self._alert(verb)
        if alert is not None:
            return self._made(group, verb, alert, role, rule="alert phrase", passive=passive, kind="alert")
        own = self._best(self._rows(verb), role)
        if own is None or own.strength == "weak" or own.kind == "alert" or ("verb", verb.lemma) in self.v.cues:
            lower = self._descend(verb)
            commits = own is not None and own.strength == "given" and ("verb", verb.lemma) in self.v.cues  # "ordered 900 to leave"
            told = commits or (own is not None and own.kind == "alert" and own.strength == "weak")
            if lower is not None and (own is None or lower[1].strength == "strong" or told):
                kind = "alert" if lower[1].kind == "alert" else ""
                return self._made(
                    group, lower[0], lower[1], "subject", rule="alert phrase" if kind else "infinitive", passive=False, kind=kind
                )
        if own is not None and passive and self._state(verb) is not None:
            return self._made(group, verb, self._state(verb), role, rule="state", passive=True)
        if own is None and passive and ("verb", verb.lemma) in self.v.triggers:
            own = self._state_row(verb)
        if own is not None:
            return self._made(group, verb, own, role, rule="verb", passive=passive)
        if (
            verb.lemma in _CARRYING
            and verb.dep in {"acl", "relcl"}
            and (vehicle := self.s.head(verb)) is not None
            and vehicle.lemma in _VEHICLES
        ):
            return self._aboard(group, vehicle)
        if verb.lemma in _CARRYING and verb.dep == "advcl" and (lands := self.s.head(verb)) is not None:
            vehicle = next((c for c in self.s.children(lands) if c.dep in SUBJECTS and c.lemma in _VEHICLES), None)
            if vehicle is not None:
                return self._aboard(group, vehicle)  # "planes land at Khost, carrying 90 soldiers"
        if verb.lemma in _PHASES and role == "subject":
            begun = next((c for c in self.s.children(verb) if c.dep == "dobj" and self._event(c)), None)
            if begun is not None:
                return self._noun(group, begun)  # "300 soldiers began their withdrawal"
        if verb.lemma in _INVOLVING:
            for child in self.s.children(verb):
                if child.dep in {"nsubj", "nsubjpass", "dobj"} and self._event(child):
                    return self._noun(group, child)
        if verb.lemma == "be":
            return self._being(group, verb, role)
        above = self.s.head(verb)
        for child in self.s.children(verb):
            if child.dep == "conj" and child.pos == "VERB":
                found = self._verb(group, child, role, passive, depth + 1)
                if found is not None and found.trigger is not None:
                    return found
        if above is not None and verb.dep in {"ccomp", "xcomp"} and above.pos == "VERB" and verb.lemma in _LIGHT:
            return self._verb(group, above, "object", False, depth + 1)
        if verb.pos == "VERB" and depth == 0:
            return self._made(
                group, verb, TriggerRow(verb.lemma, "verb", "deploy", "either", "", "any"), role, rule=DIRECTED, passive=passive
            )
        return None

    def _taken(self, verb: Word) -> bool:
        """ "taken prisoner", "held as hostages"."""
        if verb.lemma not in _CARRYING | {"take", "hold"}:
            return False
        below = [*self.s.children(verb), *(n for c in self.s.children(verb) if c.lower == "as" for n in self.s.children(c))]
        return any(w.lemma in _CAUGHT for w in below if w.dep in {"oprd", "attr", "pobj", "xcomp", "dobj", "acomp", "advmod", "npadvmod"})

    def _aboard(self, group: Word, vehicle: Word) -> Frame | None:
        """ "a plane with 249 soldiers landed at": they do what carries them does."""
        first = self._first_conjunct(vehicle)
        gov = self.s.head(first)
        if gov is None or gov.pos not in {"VERB", "AUX"}:
            return None
        return self._verb(group, gov, "subject" if first.dep in SUBJECTS else "object", first.dep == "nsubjpass", 1)

    def _being(self, group: Word, verb: Word, role: str) -> Frame | None:
        text = self.s.text[max(0, verb.start - self.s.span.start) :].lower()[:80]
        if any(phrase in text for phrase in _EN_ROUTE):
            row = TriggerRow("be on the way", "verb", "deploy", "subject", "", "strong")
            return self._made(group, verb, row, role, rule=ON_THE_WAY)
        due = next((c for c in self.s.children(verb) if c.lower in _STATES), None)
        if due is not None:
            return self._made(
                group, verb, TriggerRow(f"be {due.lower}", "verb", _STATES[due.lower], "subject", "", "strong"), role, rule="being due"
            )
        if any(c.dep == "aux" and c.lower in {"will", "'ll", "\u2019ll"} for c in self.s.children(verb)) and role == "subject":
            return self._made(group, verb, TriggerRow("be", "verb", "deploy", "subject", "", "weak"), role, rule="being")
        row = TriggerRow("be", "verb", "presence", "either", "", "weak")
        return self._made(group, verb, row, role, rule="being")

    def _state_row(self, verb: Word) -> TriggerRow | None:
        return next((row for _, row in self._rows(verb) if row.strength == "state"), None)

    def _state(self, verb: Word) -> TriggerRow | None:
        """ "are stationed", "are deployed": the state that a past movement left, told in the present and without a day."""
        row = self._state_row(verb)
        aux = [c for c in self.s.children(verb) if c.dep in {"aux", "auxpass"}]
        present = any(c.lower in {"are", "is", "remain", "remains"} for c in aux) and not any(
            c.lower in {"being", "been", "be"} for c in aux
        )
        return row if row is not None and (present or not aux) else None

    def _descend(self, verb: Word) -> tuple[Word, TriggerRow] | None:
        """The first trigger in the complements below ("are expected to begin arriving")."""
        current = verb
        for _ in range(4):
            below = next(
                (
                    c
                    for c in self.s.children(current)
                    if c.dep in {"xcomp", "ccomp", "oprd"} and c.pos in {"VERB", "AUX", "NOUN", "ADJ"} and c.i > current.i
                ),
                None,
            )
            if below is not None and below.pos == "VERB" and (alert := self._alert(below)) is not None:
                return below, alert
            if below is None:
                below = next(
                    (
                        c
                        for c in self.s.children(current)
                        if c.dep == "advcl" and c.i > current.i and any(t.lower == "to" and t.dep == "aux" for t in self.s.children(c))
                    ),
                    None,
                )
                if below is None or not self._infinitive_counts(current):
                    return None
            row = self._best(self._rows(below), "subject") if below.pos == "VERB" else None
            if row is None and below.pos == "VERB" and self._passive(below):
                row = self._best(self._rows(below), "object")
            if row is not None:
                return below, row
            current = below
        return None

    def _infinitive_counts(self, verb: Word) -> bool:
        """A purpose clause is the event only below verbs that are none themselves ("order", "prepare")."""
        return ("verb", verb.lemma) in self.v.cues

    def _passive(self, verb: Word) -> bool:
        return any(c.dep == "auxpass" for c in self.s.children(verb))

    def _below(self, group: Word) -> Frame | None:
        """Participles, infinitives and relative clauses that hang on the group."""
        for child in self.s.children(group):
            if child.dep not in {"acl", "relcl"} or child.pos not in {"VERB", "AUX"}:
                continue
            subjects = [c for c in self.s.children(child) if c.dep in SUBJECTS]
            passive = child.tag == "VBN" or self._passive(child)
            relative = [c for c in subjects if c.lower in {"who", "which", "that"}]
            owned = bool(subjects) and not relative  # "the troops that Berlin will post"
            role = "subject" if (relative or child.tag in {"VBG", "VB"}) and not passive and not owned else "object"
            infinitive = any(c.lower == "to" and c.dep == "aux" for c in self.s.children(child))
            found = self._verb(group, child, "subject" if infinitive and not passive else role, passive)
            if found is not None and found.trigger is not None and not found.refused:
                return self._made(
                    group, found.trigger, found.row, "modifier", rule=f"{found.rule} on the noun", passive=found.passive, kind=found.kind
                )
        return None

    def _rows(self, verb: Word) -> list[tuple[str, TriggerRow]]:
        found = []
        for child in self.s.children(verb):
            bare = child.dep == "prep" and (child.lower == "out" or not self.s.children(child))  # "flown in overnight"
            if child.lower in _PARTICLES and (child.dep in {"prt", "advmod"} or bare):
                found += [(child.lower, row) for row in self.v.triggers.get(("verb", f"{verb.lemma} {child.lower}"), ())]
        if found:
            return found
        return [("", row) for row in self.v.triggers.get(("verb", verb.lemma), ())]

    @staticmethod
    def _best(rows: list[tuple[str, TriggerRow]], role: str) -> TriggerRow | None:
        fits = [row for _, row in rows if row.mover in {role, "either"} and row.strength != "state"]
        return min(fits, key=lambda row: row.strength != "strong") if fits else None

    def _alert(self, verb: Word) -> TriggerRow | None:
        if verb.lemma not in {
            "put",
            "place",
            "be",
            "remain",
            "keep",
            "stand",
            "hold",
            "have",
            "set",
            "order",
            "go",
            "maintain",
            "get",
            "make",
            "leave",
            "tell",
            "ask",
            "instruct",
            "bring",
        }:
            return None
        stop = next((w.start for w in self.s.words[verb.i + 1 :] if w.text in {";", "\u2014"}), verb.end + 140)
        text = self.s.text[verb.end - self.s.span.start : min(stop, verb.end + 140) - self.s.span.start].lower()
        if any(phrase in text for phrase in self.v.alert_phrases):
            return TriggerRow("on alert", "verb", "alert", "either", "", "strong")
        return None


def _stems(word: str) -> list[str]:
    """Forms that a verb of this shape can come from: "lands" from "land", "deploying" from "deploy", "moved" from "move"."""
    found = [word]
    for ending in ("s", "es", "ed", "d", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            found += [word.removesuffix(ending), word.removesuffix(ending) + "e"]
    return found
