"""Which of a sentence's dates is the movement's: the one nearest to its trigger, never that of somebody's saying."""

from __future__ import annotations

from datetime import date

from tracker.extraction import dates
from tracker.extraction.sentences import Sentence, Word
from tracker.extraction.triggers import Frame
from tracker.vocabulary import Vocabulary

_PHASES = frozenset({"begin", "start", "expect", "schedule", "be", "have", "continue", "due", "see", "make", "take"})
#: Distance given to a deadline, which belongs to what is planned even where the parse hangs it on the saying.
_DEADLINE = 8


def when(frame: Frame, published: date | None, status: str, vocabulary: Vocabulary) -> dates.When | None:
    """The interval of a frame's movement; None where its sentence gives none."""
    sentence = frame.counted.sentence
    ahead = status in {"planned", "possible"}
    best: tuple[int, dates.When] | None = None
    for found in dates.find(sentence.text, published, ahead, sentence.span.start):
        under = sentence.under(found.span)
        if not under:
            continue
        top = min(under, key=lambda w: sum(1 for _ in sentence.ancestors(w)))
        distance = _distance(sentence, top, frame, vocabulary)
        if distance is None and ahead and published is not None and found.starts == published < found.ends:
            distance = _DEADLINE
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, found)
    return best[1] if best else None


def _distance(sentence: Sentence, top: Word, frame: Frame, vocabulary: Vocabulary) -> int | None:
    """Steps from a date to the frame's trigger, None where it belongs to somebody's saying or to another event."""
    anchor = frame.trigger or frame.group
    for step, above in enumerate((top, *sentence.ancestors(top))):
        if above.i == anchor.i:
            return step
        if above.i != top.i and above.pos == "VERB" and (above.lemma in vocabulary.reporting or above.dep in {"relcl", "advcl", "acl"}):
            break
    holder = next((a for a in (top, *sentence.ancestors(top)) if a.pos in {"VERB", "AUX"}), None)
    if holder is None or holder.lemma in vocabulary.reporting:
        return None
    for step, above in enumerate(frame.chain[:2]):
        if above.i == holder.i and (above.lemma in _PHASES or (step == 0 and _while(sentence, anchor))):
            return 5 + step
    return None


def _while(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb's clause tells what happened at the time of the clause above: "was formed in 2006 when 3,000 were sent"."""
    return verb.dep in {"advcl", "relcl"} and any(c.lemma == "when" for c in sentence.children(verb))
