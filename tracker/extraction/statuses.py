"""What speaks for each status of a movement: the rules' reading of its clause, and the words and tenses around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from tracker.extraction.dates import When
from tracker.extraction.decisions import Option
from tracker.extraction.kinds import cues_above, form
from tracker.extraction.modality import Modality
from tracker.extraction.triggers import Frame
from tracker.vocabulary import Vocabulary

#: The statuses in the order in which they are weighed.
STATUSES = ("possible", "planned", "ongoing", "completed", "denied")


def options(frame: Frame, mood: Modality, when: When | None, published: date | None, earlier: str, vocabulary: Vocabulary) -> list[Option]:
    """Every status with what is known; ``mood`` is what the rules read, ``earlier`` the status of the row before."""
    known = list(_known(frame, mood, when, published, earlier, vocabulary))
    return [Option(name, tuple(f"{name}|{fact}" for fact in known)) for name in STATUSES]


def _known(frame: Frame, mood: Modality, when: When | None, published: date | None, earlier: str, vocabulary: Vocabulary) -> Iterator[str]:
    rules = mood.status
    yield "any"
    yield f"rules={rules}"
    yield f"rules={rules}|role={frame.role}"
    yield f"rules={rules}|kind={frame.kind}"
    yield f"rules={rules}|strength={frame.row.strength if frame.row else 'bare'}"
    yield f"form={form(frame)}"
    yield f"form={form(frame)}|rules={rules}"
    yield f"rule={frame.rule}|rules={rules}"
    if mood.cue is not None:
        yield f"cue={mood.cue.lemma}|rules={rules}"
    if frame.row is not None:
        yield f"word={frame.row.lemma}"
    yield from (f"above={status}|rules={rules}" for status in list(islice(cues_above(frame, vocabulary), 2)) or ["none"])
    yield f"told={any(w.lemma in vocabulary.reporting for w in frame.chain)}|rules={rules}"
    if when is not None and published is not None:
        side = "ahead" if when.starts > published else "now" if when.ends >= published else "past"
        yield f"when={side}"
        yield f"when={side}|rules={rules}"
    if frame.counted.unsaid:
        yield f"unsaid|earlier={earlier}"
        yield f"unsaid={frame.counted.unsaid}|earlier={earlier}|rules={rules}"
    yield f"earlier={earlier}|rules={rules}"
