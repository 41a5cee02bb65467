"""Who is quoted as saying so, and through whom: speaker and conduit of a frame's clause."""

from __future__ import annotations

import re

from tracker.extraction.sentences import Sentence, Word
from tracker.extraction.triggers import Frame
from tracker.models import Attribution, Span
from tracker.vocabulary import Vocabulary

_ACCORDING = re.compile(r"\b[Aa]ccording to ((?:[^,.;()]{1,80}))")
_ANONYMOUS = frozenset({"source", "sources", "official", "officials", "diplomat", "diplomats", "person", "people", "witness", "witnesses"})


def read(frame: Frame, vocabulary: Vocabulary) -> Attribution:
    """The nearest reporting verb above the frame with its subject; "according to X"; the agency named beside it.

    A source without a name is both: the speaker is what it is called, the conduit says that it is anonymous.
    """
    sentence = frame.counted.sentence
    verb = _reporting(sentence, frame, vocabulary)
    speaker: Span | None = None
    if verb is not None:
        subject = sentence.child(verb, "nsubj", "agent")
        if subject is not None and subject.i not in {frame.group.i, frame.counted.head.i} and subject.lower not in {"which", "who", "that"}:
            speaker = _phrase(sentence, subject)
    if speaker is None:
        match = _ACCORDING.search(sentence.text)
        if match:
            speaker = Span(sentence.span.start + match.start(1), sentence.span.start + match.end(1))
    text = sentence.of(speaker).strip() if speaker else ""
    return Attribution(text, _via(sentence, text, vocabulary), speaker)


def _reporting(sentence: Sentence, frame: Frame, vocabulary: Vocabulary) -> Word | None:
    anchor = frame.trigger or frame.group
    for word in sentence.ancestors(anchor):
        if word.pos in {"VERB", "AUX"} and word.lemma in vocabulary.reporting:
            return word
    for word in (anchor, *sentence.ancestors(anchor)):
        for child in sentence.children(word):
            if child.dep in {"parataxis", "ccomp", "advcl"} and child.lemma in vocabulary.reporting and child.i > word.i:
                return child
    return None


def _phrase(sentence: Sentence, subject: Word) -> Span:
    words = [w for w in sentence.subtree(subject) if not _in_clause(sentence, w, subject)]
    return Span(words[0].start, words[-1].end)


def _in_clause(sentence: Sentence, word: Word, top: Word) -> bool:
    current: Word | None = word
    while current is not None and current.i != top.i:
        if current.dep in {"relcl", "acl", "punct"} and current.lemma != "familiar":
            return True
        current = sentence.head(current)
    return False


def _via(sentence: Sentence, speaker: str, vocabulary: Vocabulary) -> str:
    """An agency in the sentence that is not the speaker, or at its end in brackets; "anonymous source" where nobody is named."""
    words = {word.lower() for word in re.findall(r"\w+", speaker)}
    anonymous = bool(words & _ANONYMOUS) and not re.search(r"[A-Z][a-z]+ [A-Z][a-z]+", speaker)
    agencies = [
        name
        for name in sorted(vocabulary.agencies, key=len, reverse=True)
        if name not in speaker and re.search(rf"\b{re.escape(name)}\b", sentence.text)
    ]
    agency = agencies[0] if agencies else ""
    if anonymous and agency:
        return f"anonymous source via {agency}"
    return agency or ("anonymous source" if anonymous else "")
