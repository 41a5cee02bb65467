"""Numbers of personnel: which number counts which noun.

The noun is looked for in the words after the number ("300 heavily armed US soldiers"), before it ("a brigade of 4,000"), glued to it
("an 800-strong contingent"), or in what was counted just before ("another 300", "the other 300", "300 of them").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.extraction.quantities import Number, looks_like_year
from tracker.extraction.sentences import Sentence, Word
from tracker.models import Span, TroopMention
from tracker.vocabulary import Vocabulary, words

REACH = 9  # words between a number and its noun

_BRIDGES = frozenset({"ADJ", "NOUN", "PROPN", "DET", "ADV", "PART", "NUM", "PRON"})
_LISTED = frozenset({"CCONJ", "PUNCT", "NUM", "NOUN", "PROPN", "ADJ", "ADV", "DET"})
_GAPS = frozenset({"-", "\u2013", "of", "'s", "\u2019s", '"', "\u201c", "\u201d", "\u2018", "\u2019", "'", "/"})
_STANDING_FOR = words("stands for persons")
_GROUPS = words("group noun")
_OWNED = frozenset({"the", "its", "their", "his", "these", "those", "of"})
_ECHELONS = words("echelon")
_CIVIL_BODIES = words("civil body")
_CIVIL = words("civil word")
_AT_DESKS = frozenset({"civilian", "diplomatic", "consular", "embassy"})
_MILITARY = words("military word")
_ANYBODY = frozenset({"member", "person", "people"})
_NO_NOUN = "no word for personnel belongs to it"
#: Endings of peoples' names that have no plural of their own ("450 French").
_UNBENT = ("sh", "ch", "ese", "ss")
_LATE = frozenset({"more", "additional", "extra", "further", "others", "other", "fresh", "new"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with the personnel that it counts, tied to the parse.

    ``head`` is the word that stands for the group in the tree; ``noun_class`` the class of its noun in the vocabulary. ``unsaid`` is
    "clear" where the noun is understood from an earlier mention ("another 300"), "guess" where the number may as well count something
    else ("about 1,500 from Camp Lejeune"), "" where the noun stands beside it.
    """

    mention: TroopMention
    number: Number
    sentence: Sentence
    head: Word
    noun_class: str
    unsaid: str = ""

    @property
    def elliptical(self) -> bool:
        """Whether the noun has to be understood."""
        return self.unsaid != ""


def find(
    sentence: Sentence, numbers: Sequence[Number], vocabulary: Vocabulary, context: str = "", people: frozenset[str] = frozenset()
) -> tuple[list[Counted], dict[Span, str]]:
    """The numbers of a sentence that count personnel, and for each other number (by its span) why it does not.

    ``context`` is the noun that the last number of the article counted, "" at its beginning; ``people`` are the demonyms of which
    the article says elsewhere that they are troops, so that "900 Americans" can be soldiers.
    """
    found: list[Counted] = []
    refused: dict[Span, str] = {}
    for k, number in enumerate(numbers):
        if not number.reason and _is_years(number, sentence):
            refused[number.quantity.span] = "years"
            continue
        if not number.reason and _is_share(number, sentence):
            refused[number.quantity.span] = "only a share of this number"
            continue
        if not number.reason and _names_unit(number, sentence):
            refused[number.quantity.span] = "part of a unit's name"
            continue
        if number.reason or _is_vote(number, sentence):
            refused[number.quantity.span] = number.reason or "votes"
            continue
        body = _words_after(sentence, number.core.end + len(number.compound) + 1)[:6] if number.compound in _ANYBODY else []
        if _fills(body, vocabulary):
            refused[number.quantity.span] = "members of what is no force"
            continue
        limit = numbers[k + 1].quantity.span.start if k + 1 < len(numbers) else sentence.span.end
        counted = (
            _after(sentence, number, vocabulary, limit)
            or _shared(sentence, numbers, k, vocabulary)
            or _people(sentence, number, vocabulary, people, found[-1].mention.personnel if found else context)
            or _glued(sentence, number, vocabulary)
            or _before(sentence, number, vocabulary, context)
        )
        previous = found[-1].mention.personnel if found else context or _coming(sentence, number, vocabulary)
        if counted is None and previous:
            counted = _understood(sentence, number, previous, bool(found), vocabulary) or _guessed(sentence, number, previous)
        if counted is not None and counted.elliptical and _among_others(sentence, number, numbers[:k], refused):
            refused[number.quantity.span] = _NO_NOUN
            continue
        if counted is None:
            refused[number.quantity.span] = "a year" if looks_like_year(sentence.of(number.core)) else _NO_NOUN
        else:
            found.append(counted)
    return found, refused


def joined(first: Counted, second: Counted) -> bool:
    """Whether two groups stand in one list: "2,500 marines and another 2,500 sailors"."""
    between = [w for w in first.sentence.words if first.mention.span.end <= w.start and w.end <= second.mention.span.start]
    linked = bool(between) and between[-1].lower in {"and", ",", "plus", "&"}
    return linked and len(between) <= 6 and all(w.pos in _LISTED or w.lower in {"plus", "over", "about"} for w in between)


def _is_share(number: Number, sentence: Sentence) -> bool:
    """ "half of the 600", "a third of its 9,000": how many moved is not this number."""
    before = [w.lower for w in sentence.words if w.end <= number.quantity.span.start][-3:]
    return any(share in before and before[-1] in _OWNED for share in ("half", "third", "quarter", "most", "majority", "percent", "fifth"))


def _among_others(sentence: Sentence, number: Number, earlier: Sequence[Number], refused: Mapping[Span, str]) -> bool:
    """ "80,000 people have fled, including 4,000 since dawn": a part of what counts no personnel."""
    before = next((w for w in reversed(sentence.words) if w.end <= number.quantity.span.start), None)
    return before is not None and before.lower == "including" and bool(earlier) and refused.get(earlier[-1].quantity.span) == _NO_NOUN


def _is_vote(number: Number, sentence: Sentence) -> bool:
    """ "voted 541 to 103 to send": the second of the two."""
    before = [w for w in sentence.words if w.end <= number.quantity.span.start][-2:]
    pair = len(before) == 2 and before[0].tag == "CD" and before[1].lower in {"to", "against"}
    return pair and any(w.lemma == "vote" for w in sentence.words)


def _names_unit(number: Number, sentence: Sentence) -> bool:
    """ "3 Commando Brigade", "81 Brigade", "2 Para": a small number before capitals that end in an echelon."""
    if (number.quantity.high or 0) >= 1000 or not sentence.of(number.core).isdigit():
        return False
    following = _words_after(sentence, number.core.end)
    for k, word in enumerate(following[:3]):
        if not word.text[:1].isupper() or word.text.isupper() and len(word.text) > 3:
            return False
        if word.lower in _ECHELONS:
            return not any(
                w.pos == "NOUN" and (w.lemma in _GROUPS or w.tag == "NNS") for w in following[k + 1 : k + 2]
            )  # "75 Chadian Army medics"
    return False


def _is_years(number: Number, sentence: Sentence) -> bool:
    """ "2020-2021", "the surge of 2007", "in 2003 troops": years that stand before or among words for personnel."""
    figures = [f for f in re.split(r"\D+", sentence.of(number.core)) if f]
    if not figures or not all(len(f) == 4 and 1900 <= int(f) <= 2099 for f in figures):
        return False
    after = _words_after(sentence, number.core.end)[:1]
    before = next((w.lower for w in reversed(sentence.words) if w.end <= number.quantity.span.start), "")
    if before == "of" and after and after[0].lower in {"personnel", "soldiers", "troops", "peacekeepers", "men"}:
        return False  # "a peace force of 1960 personnel"
    return (
        len(figures) > 1
        or before in {"in", "since", "by", "until", "from", "during", "of", "early", "late", "mid", "after", "before", "through"}
        and not number.quantity.approximate
    )


def _coming(sentence: Sentence, number: Number, vocabulary: Vocabulary) -> str:
    """The noun of the whole that a number is taken from, which follows: "300 of its 3,000 soldiers"."""
    words = _words_after(sentence, number.core.end)
    if not words or words[0].lower != "of":
        return ""
    return next((w.text for i, w in enumerate(words[:8]) if (noun := _noun_at(words, i, vocabulary)) and noun[0] != "not"), "")


def _words_after(sentence: Sentence, offset: int) -> list[Word]:
    return [w for w in sentence.words if w.start >= offset][: REACH + 3]


def _noun_at(words: Sequence[Word], i: int, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """(class, words taken) of a personnel noun that begins at ``i``; the longest phrase wins."""
    for width in (3, 2, 1):
        part = words[i : i + width]
        if len(part) < width:
            continue
        plain = " ".join(w.lower for w in part)
        base = " ".join([*(w.lower for w in part[:-1]), part[-1].lemma])
        for phrase in (plain, base, _singular(plain)):
            if phrase in vocabulary.personnel:
                return vocabulary.personnel[phrase], width
    return None


def _singular(phrase: str) -> str:
    if phrase.endswith("men"):
        return phrase[:-3] + "man"
    return phrase[:-1] if phrase.endswith("s") else phrase


def _after(sentence: Sentence, number: Number, vocabulary: Vocabulary, limit: int) -> Counted | None:
    words = _words_after(sentence, number.core.end if not number.compound else number.core.end + len(number.compound) + 1)
    i = 0
    best: tuple[int, int, str] | None = None
    while i < min(len(words), REACH):
        word = words[i]
        if word.start >= limit:
            break
        noun = _noun_at(words, i, vocabulary)
        if noun is not None and not (noun[0] == "generic" and word.pos == "PROPN"):
            best = (i, i + noun[1], noun[0])
            i += noun[1]
            if noun[0] == "not":
                return None  # "fighter jets", "personnel carriers"
            # a longer noun phrase goes on ("army reservist soldiers"); "of" after a personnel noun ends it
            if i < len(words) and (words[i].pos in {"NOUN", "PROPN"} or words[i].text in {"-"}) and words[i].start < limit:
                continue
            break
        if word.text == "(" and [w.text for w in words[i + 2 : i + 3]] == [")"] and words[i + 1].text.isupper():
            i += 3  # "300 African Union (AU) soldiers"
            continue
        if not _bridges(word, i):
            break
        i += 1
    if best is None or not _counts(words, best, vocabulary):
        return None
    start, end, noun_class = best
    head = words[end - 1]
    if head.lower == "members" and start and vocabulary.organisations.get(words[start - 1].text, ("",))[0] == words[start - 1].text:
        return None  # "51 NATO members": states
    if _civil(words[end : end + 7], head, vocabulary) or (noun_class == "generic" and _unarmed(words[:start])):
        return None
    if noun_class == "collective" and not number.compound:
        if head.lower != "forces" or (number.quantity.low or number.quantity.high or 0) < 100:
            return None  # "three battalions": units, not persons
        noun_class = "force"  # "6,500 peacekeeping forces"
    follower = words[end] if end < len(words) else None
    if (
        follower is not None
        and follower.pos == "NOUN"
        and head.dep == "compound"
        and head.head == follower.i
        and follower.start < limit
        and follower.lemma not in _STANDING_FOR
        and ("noun", follower.lemma) not in vocabulary.triggers
        and not _names_move(follower, vocabulary)
    ):
        return None  # "200 troop carriers"
    if number.compound and noun_class not in {"collective", "force", "police", "generic"}:
        return None
    return _counted(
        sentence, number, head, words[start].text if end - start == 1 else " ".join(w.text for w in words[start:end]), noun_class
    )


def _civil(following: Sequence[Word], head: Word, vocabulary: Vocabulary) -> bool:
    """ "160 members of Congress", "3,060 men, women and children": persons whose own words say that they are no force."""
    if head.lower in {"men", "women", "people"} and any(w.lower == "children" for w in following[:5]):
        return True
    of = bool(following) and following[0].lower == "of"
    return head.lower in {"member", "members"} and of and _fills(following[1:], vocabulary)


def _unarmed(before: Sequence[Word]) -> bool:
    """Whether persons are told to be civilians: "200 civilian monitors", "40 diplomatic staff members"."""
    near = {w.lower for w in before}
    return bool(near & _AT_DESKS) and not near & _MILITARY


def _fills(words: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Whether a noun phrase names a body that is no force ("the activist group", "an impeachment committee")."""
    phrase = []
    for word in words:
        if word.pos in {"VERB", "AUX", "ADP"}:
            break
        phrase.append(word)
    armed = any(w.lower in _MILITARY or vocabulary.personnel.get(w.lemma) in {"force", "police"} for w in phrase)
    return not armed and any(w.lower in _CIVIL_BODIES | _CIVIL for w in phrase)


def _names_move(word: Word, vocabulary: Vocabulary) -> bool:
    """Whether a word that the tagger took for a noun is a verb of movement ("25 advisers land at")."""
    return any(
        ("verb", lemma) in vocabulary.triggers for lemma in (word.lower, word.lower.removesuffix("s"), word.lower.removesuffix("es"))
    )


def _bridges(word: Word, i: int) -> bool:
    if word.lower in _GAPS or word.lower in _LATE:
        return True
    if word.lower in {"and", ","}:
        return False
    if word.tag in {"VBN", "VBG", "JJ"}:
        return True
    return word.pos in _BRIDGES and word.lower not in {"who", "which", "that", "there", "he", "they", "it", "each", "then"}


def _counts(words: Sequence[Word], best: tuple[int, int, str], vocabulary: Vocabulary) -> bool:
    """Whether the number governs the noun and not something before it ("50 tanks of the army's soldiers")."""
    start = best[0]
    between = words[:start]
    for k, word in enumerate(between):
        if word.lower == "of" and k:
            left = between[k - 1]
            if left.lower in {"more", "additional", "number"} or left.pos in {"ADJ", "DET", "PRON", "NUM"}:
                continue
            if left.pos in {"NOUN", "PROPN"} and left.lower not in {
                "members",
                "personnel",
                "men",
                "thousand",
                "hundred",
                "dozen",
                "batch",
                "group",
                "contingent",
                "total",
            }:
                return False
        if (
            word.pos == "NOUN"
            and word.tag == "NNS"
            and word.lower not in {"members", "forces", "services", "men", "troops", "operations", "peoples", "guards", "marines"}
            and k + 1 < len(words)
            and words[k + 1].lower == "of"
        ):
            return False
        abbreviated = word.text.isupper() and not words[start].text.isupper()  # "900 KFOR soldiers"
        if word.tag == "NNS" and word.pos == "NOUN" and not abbreviated and word.lemma not in vocabulary.personnel.keys() | _STANDING_FOR:
            return False
        if word.lower in {"year", "month", "day", "week", "hour", "km", "miles", "million", "billion"}:
            return False
    return True


def _glued(sentence: Sentence, number: Number, vocabulary: Vocabulary) -> Counted | None:
    """ "an 800-strong unit of engineers", "the force, 800-strong": the noun is anything, the compound says persons."""
    if not number.compound or number.compound == "old":
        return None
    words = _words_after(sentence, number.core.end + len(number.compound) + 1)
    head = next((w for w in words[:6] if w.pos in {"NOUN", "PROPN"}), None)
    if head is None or head.lower in _CIVIL_BODIES:
        return None
    while True:
        follower = next((w for w in words if w.i == head.i + 1 and w.pos in {"NOUN", "PROPN"}), None)
        if follower is None:
            break
        head = follower
    return _counted(
        sentence, number, head, number.compound if number.compound in {"troop", "soldier", "marine", "trooper"} else head.text, "collective"
    )


def _shared(sentence: Sentence, numbers: Sequence[Number], k: int, vocabulary: Vocabulary) -> Counted | None:
    """ "500 Thai and 1,000 Cambodian troops": the noun stands behind the next number."""
    number = numbers[k]
    words = _words_after(sentence, number.core.end)
    if k + 1 >= len(numbers) or len(words) < 3 or words[0].text not in vocabulary.demonyms or words[1].lower not in {"and", "or", ","}:
        return None
    later = numbers[k + 1]
    if not words[1].end <= later.quantity.span.start <= words[1].end + 12:
        return None
    found = _after(sentence, later, vocabulary, sentence.span.end)
    return _counted(sentence, number, words[0], found.mention.personnel, found.noun_class) if found is not None else None


def _people(sentence: Sentence, number: Number, vocabulary: Vocabulary, people: frozenset[str], context: str) -> Counted | None:
    """ "900 Americans", "450 French": soldiers where the article speaks of American troops, perhaps where it speaks of any."""
    words = _words_after(sentence, number.core.end)
    while words and words[0].text in _LATE:
        words = words[1:]
    if not words or words[0].pos not in {"PROPN", "NOUN", "ADJ"}:
        return None
    for width in (2, 1):
        if len(words) < width:
            continue
        text = " ".join(w.text for w in words[:width])
        plural = text.removesuffix("s") if text not in vocabulary.demonyms else ""
        alone = len(words) == width or words[width].pos not in {"NOUN", "PROPN", "ADJ", "NUM"}
        form = plural if plural and plural != text else text if alone and text.endswith(_UNBENT) else ""
        if form in people:
            return _counted(sentence, number, words[width - 1], text, "generic")
        if context and form in vocabulary.demonyms:
            return _counted(sentence, number, words[width - 1], text, "people")
    return None


def _names_others(following: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """Whether the number counts a noun that is no force: "a group of 25 Iraqi Christians", "a column of 40 tanks"."""
    noun = next((w for w in following[:4] if w.pos != "ADJ"), None)
    if noun is None or noun.pos not in {"NOUN", "PROPN"} or noun.dep == "npadvmod":
        return False
    return noun.lower not in vocabulary.personnel and noun.lemma not in vocabulary.personnel


def _before(sentence: Sentence, number: Number, vocabulary: Vocabulary, context: str) -> Counted | None:
    """ "a brigade of 4,000", "a force of up to 650", "troops, numbering 3,000", "troop numbers to 5,000"."""
    words = [w for w in sentence.words if w.end <= number.quantity.span.start][-6:]
    if not words:
        return None
    last = words[-1]
    if looks_like_year(sentence.of(number.core)) or _names_others(_words_after(sentence, number.core.end), vocabulary):
        return None
    if last.lower == "of":
        j = len(words) - 2
        while j >= 0 and words[j].pos in {"ADJ", "NUM"}:
            j -= 1
        if j >= 0:
            noun = _noun_at(words, j, vocabulary) or (
                ("collective", 1)
                if ("noun", words[j].lemma) in vocabulary.triggers and vocabulary.triggers["noun", words[j].lemma][0].strength == "strong"
                else None
            )
            if noun and noun[0] in {"collective", "force"} and words[j].tag in {"NN", "NNP", "NNS"}:
                return _counted(sentence, number, words[j], words[j].text, "collective")
            if noun is None and words[j].lower in {"strength", "total", "ceiling", "number", "level", "levels", "detachments"}:
                owner = next((w for w in reversed(words[:j]) if w.lemma in _GROUPS), None)
                if owner is not None:
                    return _counted(sentence, number, words[j], owner.text, "force")
            if (
                noun is None
                and words[j].lower in {"high", "low", "peak", "maximum", "record"}
                and context
                and any(w.lemma in {"number", "total", "strength", "force"} for w in words[:j])
            ):
                return _counted(sentence, number, sentence.under(number.core)[-1], context, "force")
        return None
    if last.lemma in {"number", "total"} and last.tag != "NNS":
        group = next((w for w in reversed(words[:-1]) if _noun_at([w], 0, vocabulary)), None)
        if group is not None:
            noun = _noun_at([group], 0, vocabulary)
            if noun and noun[0] != "generic":
                return _counted(sentence, number, group, group.text, noun[0])
    if last.lemma == "be" and (counted := _numbered(sentence, number, last)) is not None:
        return counted
    told = any(w.lemma in {"total", "number", "figure", "tally", "strength", "size"} for w in words[:-1]) and context
    if last.lower in {"to", "from", "at", "by"} and (told or any(w.lemma in _GROUPS for w in words[:-1])):
        following = _words_after(sentence, number.core.end)[:1]
        if following and following[0].pos in {"NOUN", "PROPN"} and following[0].tag != "NNP":
            return None
        noun_text = next((w.text for w in reversed(words[:-1]) if w.lemma in _GROUPS), context)
        return _counted(sentence, number, sentence.under(number.core)[-1], noun_text, "force")
    return None


def _numbered(sentence: Sentence, number: Number, verb: Word) -> Counted | None:
    """ "The number of United States forces in Jordan is approximately 2,742": the noun stands in the subject."""
    subject = sentence.child(verb, "nsubj")
    if subject is None or subject.lemma not in {"number", "total", "strength", "size"}:
        return None
    group = next((w for w in sentence.subtree(subject) if w.lemma in _GROUPS | {"personnel"} or w.lower == "personnel"), None)
    return _counted(sentence, number, sentence.under(number.core)[-1], group.text, "force") if group is not None else None


def _understood(sentence: Sentence, number: Number, previous: str, same_sentence: bool, vocabulary: Vocabulary) -> Counted | None:
    """ "another 300 would be sent", "1,700 to Poland and 300 to Germany", "300 of them": the noun stands earlier."""
    words = sentence.under(number.core)
    if not words or looks_like_year(sentence.of(number.core)):
        return None
    head = words[-1]
    following = _words_after(sentence, number.core.end)
    while following and following[0].lower in _LATE:
        following = following[1:]
    nxt = following[0] if following else None
    if nxt is not None and (
        nxt.pos in {"NOUN", "PROPN", "ADJ"} and nxt.dep in {"compound", "amod", "nmod"} or nxt.pos in {"NOUN", "PROPN"}
    ):
        return None
    if nxt is not None and nxt.lower == "of" and not _of_group(following, vocabulary):
        return None
    before = next((w for w in reversed(sentence.words) if w.end <= number.quantity.span.start), None)
    if (
        before is not None
        and before.lower in {"in", "since", "by", "until", "of", "at", "than", "age", "aged", "no", "number"}
        and not number.quantity.additional
        and not _begins(sentence, before)
    ):
        return None
    if before is not None and (before.pos == "PROPN" or before.tag == "CD") and before.end + 1 >= number.quantity.span.start:
        return None
    if [w.lower for w in following[:2]] in (["in", "favour"], ["in", "favor"]) or (
        nxt is not None and nxt.lower in {"against", "abstaining"}
    ):
        return None
    if sentence.of(number.core).lower() == "one" or (
        nxt is not None and nxt.tag in {"CD", "JJ"} and nxt.dep in {"amod", "nummod", "compound", "nmod"}
    ):
        return None
    plain = _is_plain(number)
    if (
        head.dep in {"nsubj", "nsubjpass", "dobj", "pobj"}
        and not plain
        and not same_sentence
        and previous
        and (nxt is None or nxt.pos in {"ADP", "VERB", "AUX", "PART", "PUNCT", "ADV", "CCONJ", "SCONJ", "PRON"})
    ):
        return _counted(sentence, number, head, previous, "understood", "clear")
    if number.quantity.additional or (nxt is not None and nxt.lower == "of"):
        return _counted(sentence, number, head, previous, "understood", "clear")
    if (
        same_sentence
        and not plain
        and nxt is not None
        and (nxt.pos in {"ADP", "VERB", "AUX", "PART", "ADV"} or nxt.lower in {",", ".", "and", "who", "whom"})
    ):
        return _counted(sentence, number, head, previous, "understood", "clear")
    return None


def _guessed(sentence: Sentence, number: Number, previous: str) -> Counted | None:
    """A bare number in an article about personnel: it may count them, where nothing beside it says what else it counts."""
    words = sentence.under(number.core)
    if not words or looks_like_year(sentence.of(number.core)) or sentence.of(number.core).lower() == "one":
        return None
    following = [w for w in _words_after(sentence, number.core.end) if w.lower not in _LATE][:2]
    nxt = following[0] if following else None
    if nxt is not None and (nxt.pos in {"NOUN", "PROPN"} or nxt.text in {"%", "-", ":", "/"} or nxt.tag in {"CD", "POS"}):
        return None
    if nxt is not None and nxt.lower in {"to", "against"} and len(following) > 1 and following[1].tag == "CD":
        return None  # "voted 120 to 95"
    if nxt is not None and nxt.pos == "ADJ" and len(following) > 1 and following[1].pos in {"NOUN", "PROPN"}:
        return None
    before = next((w for w in reversed(sentence.words) if w.end <= number.quantity.span.start), None)
    if before is not None and (before.pos == "PROPN" or before.tag in {"CD", "$"} or before.text in {"-", "/", ":", "."}):
        return None
    return _counted(sentence, number, words[-1], previous, "understood", "guess")


def _begins(sentence: Sentence, of: Word) -> bool:
    """ "the first of 2,500", "the vanguard of 4,000"."""
    noun = sentence.words[of.i - 1] if of.lower == "of" and of.i else None
    return noun is not None and noun.lower in {"first", "last", "vanguard", "part", "half", "some", "rest", "most"}


def _of_group(following: Sequence[Word], vocabulary: Vocabulary) -> bool:
    """ "300 of them", "300 of its 3,000 soldiers", "the first 49 of a promised 1,264"."""
    if len(following) < 2:
        return False
    if following[1].lower in {"them", "these", "those", "whom", "which"}:
        return True
    noun = next((w for w in following[1:8] if w.pos == "NOUN"), None)
    if noun is not None and noun.lemma in {"member", "person", "people", "individual"}:
        return False
    if noun is not None and vocabulary.personnel.get(noun.lemma, vocabulary.personnel.get(noun.lower)) not in {
        "force",
        "collective",
        "police",
        "generic",
    }:
        return False
    return following[1].lower == "the" or any(w.tag == "CD" for w in following[1:5])


def _is_plain(number: Number) -> bool:
    """A small bare number, which more often counts something else."""
    return (number.quantity.high or number.quantity.low or 0) < 20


def _counted(sentence: Sentence, number: Number, head: Word, personnel: str, noun_class: str, unsaid: str = "") -> Counted:
    start = number.quantity.span.start
    end = max(number.quantity.span.end, head.end if head.start >= number.core.start and not unsaid else 0)
    if head.end <= start:
        start = head.start
    mention = TroopMention(number.quantity, Span(start, end), personnel.lower(), head.span)
    return Counted(mention, number, sentence, head, noun_class, unsaid)
