"""The order of work: article in, reading out. The only room that knows the other rooms of extraction."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.extraction import (
    actors,
    admission,
    antecedents,
    attribution,
    confidence,
    datelines,
    dates,
    decisions,
    gate,
    kinds,
    ledger,
    linking,
    modality,
    personnel,
    persons,
    quantities,
    roles,
    statuses,
    timing,
    toponyms,
    triggers,
)
from tracker.extraction.personnel import Counted
from tracker.extraction.sentences import Sentence, Word, parse_all
from tracker.extraction.toponyms import PlaceMention
from tracker.extraction.triggers import Frame
from tracker.models import Article, Attribution, Deployment, End, Mark, PlaceNames, Reading, Span, Toponym, Verdict
from tracker.vocabulary import Vocabulary, load

NAME, VERSION = "rules", "0.1.0"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row in the making: a frame with what was read around it, before implied ends and the ledger."""

    row: Deployment
    frame: Frame


@dataclass(frozen=True, slots=True)
class _Scene:
    """A sentence with all that its groups are read against: its places, the code of each word that names an actor, what was said before."""

    article: Article
    sentence: Sentence
    places: Sequence[PlaceMention]
    codes: Mapping[int, str]
    memory: antecedents.Memory


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who does what, from where to where: a frame with its kind, its actor (and the word that says so), its links and its ends."""

    frame: Frame
    actor: str
    owner: Word | None
    links: Sequence[roles.Link]
    ends: roles.Ends


class Extractor:
    """Reads articles. Holds the vocabulary and what the gazetteer knows of names; keeps nothing between articles."""

    def __init__(
        self,
        names: PlaceNames,
        vocabulary: Vocabulary | None = None,
        decide: decisions.Decide = decisions.decide,
        estimate: confidence.Estimate = confidence.estimate,
    ) -> None:
        self.names, self.vocabulary, self.decide, self.estimate = names, vocabulary or load(), decide, estimate
        self.choose = linking.chooser(decide)

    def read(self, article: Article) -> Reading:
        """All deployments of an article, with every number's verdict."""
        return next(self.read_all([article], audit=True))

    def read_all(self, articles: Iterable[Article], *, audit: bool = False) -> Iterator[Reading]:
        """The readings of many articles, in order; the parser is fed in large batches, which is what makes a corpus quick.

        Without ``audit`` the verdicts on numbers far from any row are left out.
        """
        for batch in _batches(articles):
            yield from self._batch(batch, audit)

    def _batch(self, articles: Sequence[Article], audit: bool) -> Iterator[Reading]:
        lines = [datelines.find(article.text, self.names) for article in articles]
        gated = [
            gate.open_for(article.text, self.vocabulary, casualties=audit, dateline=line[0] if line else None)
            for article, line in zip(articles, lines, strict=True)
        ]
        parsed = self._parsed(articles, [[(i, g.spans[i]) for i in g.hits] for g in gated])
        alive = [[s.index for s in sentences if self._alive(s)] for sentences in parsed]
        around = [
            [(i, g.spans[i]) for i in gate.widened(found, len(g.spans)) if i not in set(g.hits)]
            for g, found in zip(gated, alive, strict=True)
        ]
        beside = self._parsed(articles, around)
        for article, line, opened, hits, found, more in zip(articles, lines, gated, parsed, alive, beside, strict=True):
            if found or audit:
                yield self._reading(article, line[1] if line else None, opened, sorted([*hits, *more], key=lambda s: s.index), audit)
            else:
                yield Reading(article)

    def _parsed(self, articles: Sequence[Article], wanted: Sequence[Sequence[tuple[int, Span]]]) -> list[list[Sentence]]:
        """The sentences of each article at the wanted spans, parsed in one go."""
        flat = iter(parse_all([(article.text, i, span) for article, spans in zip(articles, wanted, strict=True) for i, span in spans]))
        return [[next(flat) for _ in spans] for spans in wanted]

    def _alive(self, sentence: Sentence) -> bool:
        """Whether a sentence holds a number of personnel that are not casualties: only then its neighbours are worth a parse."""
        numbers = [n for n in quantities.find(sentence.text, self.vocabulary, sentence.span.start) if not n.vague]
        counted, _ = personnel.find(sentence, numbers, self.vocabulary, "troops")
        return any(one.unsaid != "guess" and not triggers.frame(one, self.vocabulary).refused for one in counted)

    def _reading(
        self, article: Article, dateline: PlaceMention | None, opened: gate.Opened, sentences: Sequence[Sentence], audit: bool
    ) -> Reading:
        text = article.text
        memory = antecedents.Memory(
            people=_people(text, self.vocabulary),
            words=frozenset(re.findall(r"[a-z.]+", text.lower())),
            dateline=dateline,
            persons=persons.spoken_for(text, article.published, self.vocabulary, self.names),
        )
        drafts: list[_Draft] = []
        verdicts: list[Verdict] = []
        found_toponyms: list[Toponym] = [dateline.toponym] if dateline else []
        for sentence in sentences:
            places = toponyms.find(sentence, self.names, self.vocabulary)
            memory.note(sentence, places)
            found_toponyms += [m.toponym for m in places]
            drafts += self._sentence(article, sentence, places, memory, verdicts)
        rows = ledger.settle([_evident(d.row, opened.spans) for d in _numbered(drafts)], text, self.names)
        if audit:
            verdicts += self._unparsed(text, opened.spans, {s.index for s in sentences})
        return Reading(article, tuple(rows), tuple(found_toponyms), tuple(_settled(verdicts, drafts, rows)))

    def _unparsed(self, text: str, spans: Sequence[Span], parsed: set[int]) -> list[Verdict]:
        """Verdicts of the numbers in the sentences that the gate kept out."""
        found = []
        for i, span in enumerate(spans):
            if i in parsed:
                continue
            for number in quantities.find(span.of(text), self.vocabulary, span.start):
                found.append(Verdict(number.quantity.span, number.reason or "no word for personnel near it", "gate"))
        return found

    def _sentence(
        self, article: Article, sentence: Sentence, places: list[PlaceMention], memory: antecedents.Memory, verdicts: list[Verdict]
    ) -> list[_Draft]:
        numbers = quantities.find(sentence.text, self.vocabulary, sentence.span.start)
        counted, refused = personnel.find(
            sentence, [n for n in numbers if not n.vague], self.vocabulary, memory.personnel or _spoken(memory.words), memory.people
        )
        for number in numbers:
            if number.vague:
                verdicts.append(Verdict(number.quantity.span, "a vague number makes no row", "quantities"))
            elif number.quantity.span in refused:
                verdicts.append(Verdict(number.quantity.span, refused[number.quantity.span], "personnel"))
        codes = actors.named(sentence, places, self.names, self.vocabulary, memory.persons)
        memory.name(sentence, codes)
        scene = _Scene(article, sentence, places, codes, memory)
        drafts: list[_Draft] = []
        after_refusal = False
        frames = [triggers.frame(one, self.vocabulary) for one in counted]
        for i, one in enumerate(counted):
            frame = frames[i]
            alone = frame.trigger is None and one.elliptical
            listed = bool(drafts) and frame.rule in {"bare", triggers.DIRECTED} and personnel.joined(drafts[-1].frame.counted, one)
            if (alone or listed) and drafts and not frame.refused:
                frame = replace(drafts[-1].frame, counted=frame.counted, group=frame.group, refused="", rule="shared verb")
            follows = after_refusal and one.elliptical and not one.mention.quantity.additional
            draft = self._row(scene, frame, frames[:i] + frames[i + 1 :], follows)
            after_refusal = isinstance(draft, str)
            if isinstance(draft, str):
                verdicts.append(Verdict(one.mention.quantity.span, draft, "triggers"))
                if not draft.startswith(("casualties", "prisoners")):
                    memory.personnel = memory.personnel or one.mention.personnel
            else:
                drafts.append(draft)
                memory.personnel = draft.row.personnel
                memory.ends = {
                    e.toponym.name: side
                    for side, e in (("origin", draft.row.origin), ("destination", draft.row.destination))
                    if e and e.basis != "implied"
                }
                memory.actor = draft.row.actor or memory.actor
                memory.kind, memory.status = draft.row.kind, draft.row.status
        memory.actors += list(dict.fromkeys(codes.values()))
        memory.subject = next((codes[w.i] for w in sentence.words if w.i in codes and actors.speaks(sentence, w)), memory.subject)
        return drafts

    def _row(self, scene: _Scene, frame: Frame, others: Sequence[Frame], follows: bool) -> _Draft | str:
        """The row of a frame, or why it makes none; ``others`` are the sentence's other frames."""
        if frame.refused:
            return frame.refused
        article, memory = scene.article, scene.memory
        cast = self._cast(scene, frame, others)
        frame = cast.frame
        rules = modality.read(frame, self.vocabulary)
        when = timing.when(frame, article.published, rules.status, self.vocabulary)
        mood = self._status(frame, rules, when, article.published, memory.status)
        case = admission.Case(frame, cast.ends, cast.links, cast.actor, mood.status, memory.words, self.vocabulary, follows)
        chances = self.estimate(case)
        return confidence.refusal(case, chances) or self._drafted(scene, cast, mood, when, chances)

    def _cast(self, scene: _Scene, frame: Frame, others: Sequence[Frame]) -> _Cast:
        """Actor, ends and kind of a frame. Each hangs on the others, so the ends are chosen again where one of them turns out otherwise."""
        sentence, codes, memory = scene.sentence, scene.codes, scene.memory
        counted = frame.counted
        owner = actors.actor(frame, codes, self.vocabulary)
        code = owner.code or actors.spoken_of(sentence, owner.word, codes, memory) or (memory.actor if counted.elliptical else "")
        places = antecedents.resolve(sentence, memory, self.vocabulary, scene.places, code, self.names)
        places += toponyms.unknown(sentence, frame.trigger, places, self.vocabulary)
        links = roles.links(frame, places, self.vocabulary, roles.claimed(frame, others)) + memory.context(sentence, places)
        links += memory.theatres(sentence, links, code, self.names)
        owned = (
            owner.word is not None and owner.code != "" and owner.word.i < counted.head.i and owner.word in sentence.subtree(frame.group)
        )
        ends = roles.ends(frame, links, code, self.choose, owned)
        if not code:
            code = actors.by_context(frame, ends, codes, memory, self.names)
            ends = roles.ends(frame, links, code, self.choose, owned)
        options = actors.options(frame, code, owner, ends, codes, memory, self.names)
        chosen = self._decided("actor", frame, options, code)
        if chosen != code:
            ends = roles.ends(frame, links, chosen, self.choose, owned)
        frame, ends = self._kind(frame, ends, links, chosen, owned, memory.kind)
        says_so = owner.word if chosen == code else next((w for w in sentence.words if codes.get(w.i) == chosen), None)
        return _Cast(frame, chosen, says_so, links, ends)

    def _drafted(self, scene: _Scene, cast: _Cast, mood: modality.Modality, when: dates.When | None, chances: confidence.Chances) -> _Draft:
        sentence, frame, ends, code = scene.sentence, cast.frame, cast.ends, cast.actor
        mention = frame.counted.mention
        said = attribution.read(frame, self.vocabulary)
        origin, destination = (
            _end(p, code, self.names, p is not None and p.span.end <= sentence.span.start) for p in (ends.origin, ends.destination)
        )
        spans = {
            "number": mention.span,
            "actor": cast.owner.span if cast.owner else None,
            "origin": ends.origin.span if ends.origin else None,
            "destination": ends.destination.span if ends.destination else None,
            "cue": cue.span if (cue := mood.cue or frame.trigger) else None,
            "date": when.span if when else None,
            "speaker": said.span,
        }
        row = Deployment(
            article=scene.article,
            quote=mention.span,
            quantity=mention.quantity,
            personnel=mention.personnel,
            kind=frame.kind,  # type: ignore[arg-type]
            status=mood.status,
            actor=code,
            actor_name=self.names.country_name(code) or code,
            aggregate=_aggregate(sentence, frame.counted),
            origin=origin,
            destination=destination,
            origins_more=tuple(e for p in ends.origins_more if (e := _end(p, code, self.names))),
            destinations_more=tuple(e for p in ends.destinations_more if (e := _end(p, code, self.names))),
            starts=when.starts if when else None,
            ends=when.ends if when else None,
            attribution=Attribution(said.speaker, said.via, said.span),
            evidence=sentence.span,
            marks=tuple(Mark(role, span) for role, span in spans.items() if span is not None),
            found_by=f"{frame.rule}: {frame.trigger.lemma}" if frame.trigger else frame.rule or "place beside the number",
            confidence=chances.right,
        )
        return _Draft(self._implied(row), frame)

    def _decided(self, name: str, frame: Frame, options: Sequence[decisions.Option], proposed: object) -> Any:
        """The value of the option that a learned decision takes; ``proposed`` is the rules' own."""
        index = next(i for i, option in enumerate(options) if option.value == proposed)
        return options[self.decide(name, frame, options, index)[0]].value

    def _kind(
        self, frame: Frame, ends: roles.Ends, links: Sequence[roles.Link], code: str, owned: bool, earlier: str
    ) -> tuple[Frame, roles.Ends]:
        """The frame with its kind, and its ends, which are chosen again where that is another kind than they were chosen for."""
        rules = kinds.kind(frame, ends, links, code, self.names)
        said = modality.read(frame, self.vocabulary).status
        options = kinds.options(frame, rules, ends, links, earlier, said, self.vocabulary)
        kind = self._decided("kind", frame, options, rules)
        found = replace(frame, kind=kind)
        turned = kind != rules or not kinds.goes_somewhere(frame, ends, links)
        if turned and linking.move_of(found) != linking.move_of(frame):
            ends = roles.ends(found, links, code, self.choose, owned)
        return found, ends

    def _status(
        self, frame: Frame, rules: modality.Modality, when: dates.When | None, published: date | None, earlier: str
    ) -> modality.Modality:
        """The status of a frame; ``rules`` is what they read of its clause."""
        if rules.status == "completed" and when is not None and published is not None and when.starts > published:
            rules = modality.Modality("planned", rules.cue)
        if frame.kind == "presence" or rules.status == "denied" or (rules.status == "possible" and rules.cue is not None):
            return rules  # a denial or a doubt that the words state is never weighed away
        options = statuses.options(frame, rules, when, published, earlier, self.vocabulary)
        status = self._decided("status", frame, options, rules.status)
        return rules if status == rules.status else modality.Modality(status)

    def _implied(self, row: Deployment) -> Deployment:
        """The actor's home as the end that the article does not state, where a movement abroad or a return needs one."""
        name = self.names.country_name(row.actor)
        if not name or not row.moves:
            return row
        home = End(Toponym("", name, None, row.actor), "implied")
        if (
            row.kind in {"deploy", "rotate"}
            and row.origin is None
            and row.destination is not None
            and row.destination.toponym.country != row.actor
        ):
            return replace(row, origin=home)
        if row.kind == "withdraw" and row.destination is None and row.origin is not None and row.origin.toponym.country != row.actor:
            return replace(row, destination=home)
        return row


#: Articles and characters that are gated and parsed together.
BATCH, BATCH_CHARACTERS = 400, 400_000


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if len(batch) >= BATCH or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


#: Characters before a sentence from which an end may still be part of its evidence.
FURTHEST = 1_000
_TROOPS = re.compile(
    r"\b([A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:\w+ )?(?:troops|soldiers|forces|[Mm]arines|military|army|contingent|peacekeepers)\b"
)


def _people(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The demonyms of which the article says that they are troops."""
    found = {form for m in _TROOPS.finditer(text) for form in (m.group(1), *m.group(1).split())}
    return frozenset(found & vocabulary.demonyms.keys())


def _spoken(words: frozenset[str]) -> str:
    """The plainest word for personnel that the article uses at all, for numbers that leave theirs out."""
    return next((w for w in ("troops", "soldiers", "peacekeepers", "marines", "guardsmen") if w in words), "")


def _end(place: PlaceMention | None, actor: str, names: PlaceNames, earlier: bool = False) -> End | None:
    if place is None:
        return None
    toponym = place.toponym
    if place.described == "border" and toponym.name.startswith("border with ") and actor and names.country_name(actor):
        toponym = replace(
            toponym, name=f"border of {names.country_name(actor)} with {toponym.name.removeprefix('border with ')}", country=""
        )
    elif place.described == "border" and toponym.name.startswith("border with "):
        toponym = replace(toponym, name=f"border of {toponym.name.removeprefix('border with ')}")
    elif place.country and not place.described and toponym.name == toponym.text:
        toponym = replace(toponym, country=place.country)
    return End(toponym, "coreference" if place.basis == "coreference" or earlier else "stated")


def _aggregate(sentence: Sentence, counted: Counted) -> bool:
    """ "bringing the total to 5,000", "a total of", "will rise to 30,000": a running total."""
    before = sentence.text[
        max(0, counted.mention.span.start - sentence.span.start - 60) : counted.mention.span.start - sentence.span.start
    ].lower()
    if any(
        cue in before
        for cue in (
            "bringing the total",
            "bring the total",
            "brings the total",
            "brought the total",
            "bringing the number",
            "bring the number",
            "brings the number",
            "bringing its total",
            "bringing their number",
            "raising the total",
            "taking the total",
            "increase the total",
            "total number",
        )
    ):
        return True
    word = sentence.head(counted.head) if counted.head.dep == "pobj" else None
    if word is not None and word.lower == "to" and counted.noun_class == "force":
        verb = sentence.head(word)
        return verb is not None and verb.lemma in {
            "bring",
            "raise",
            "increase",
            "rise",
            "grow",
            "reduce",
            "cut",
            "swell",
            "boost",
            "expand",
            "drop",
            "fall",
            "lower",
            "take",
            "double",
            "up",
        }
    return False


def _evident(row: Deployment, spans: Sequence[Span]) -> Deployment:
    """The row with its evidence stretched back to the sentence that names an end, where that is an earlier one close by."""
    starts = [e.toponym.span.start for e in row.stated_ends if e.toponym.span is not None and e.toponym.span.start < row.evidence.start]
    if not starts:
        return row
    first = spans[max(0, bisect_right(spans, min(starts), key=lambda s: s.start) - 1)].start
    if row.evidence.start - first > FURTHEST:
        return row
    return replace(row, evidence=Span(first, row.evidence.end))


def _numbered(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Rows that stand on one span get ordinals in their order."""
    seen: dict[Span, int] = {}
    out = []
    for draft in drafts:
        ordinal = seen.get(draft.row.quote, 0)
        seen[draft.row.quote] = ordinal + 1
        out.append(replace(draft, row=replace(draft.row, ordinal=ordinal)))
    return out


def _settled(verdicts: Sequence[Verdict], drafts: Sequence[_Draft], rows: Sequence[Deployment]) -> list[Verdict]:
    """All verdicts in the order of the text; a mention that was merged into another row says which."""
    kept = {row.quote for row in rows}
    out = list(verdicts)
    for row in rows:
        out.append(Verdict(row.quote, f"a row: {row.kind}{', ' + row.status if row.status else ''}", row.found_by, row.deployment_id))
    for draft in drafts:
        if draft.row.quote not in kept:
            out.append(Verdict(draft.row.quote, "told again: merged into the fuller mention", draft.row.found_by))
    return sorted(out, key=lambda v: v.span)


__all__ = ["NAME", "VERSION", "Extractor"]
