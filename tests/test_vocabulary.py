"""Every row of ``data/vocabulary/*.csv`` does what it claims, shown on its own example, and a broken row says so.

The example of each row runs through the code that uses the table. A row whose ``note`` begins with "untested:" is left out;
the rest of the note says why.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import pytest

from tracker.extraction import attribution, modality, personnel, quantities, triggers
from tracker.extraction.confidence import Chances
from tracker.extraction.extractor import Extractor
from tracker.extraction.personnel import Counted
from tracker.extraction.quantities import Number
from tracker.extraction.sentences import Sentence, parse, split
from tracker.extraction.triggers import Frame
from tracker.geocoding import Gazetteer
from tracker.models import Article, Quantity, Reading, Span
from tracker.vocabulary import FOLDER, TriggerRow, Vocabulary, VocabularyError, load, measures

Row = dict[str, str]
UNTESTED = "untested:"

#: Tables whose examples are parsed in one batch; the others are read as whole articles.
PARSED = ("personnel", "triggers", "alert_phrases", "modality_cues", "reporting_verbs", "agencies")
TABLES = (
    *PARSED,
    "hedges",
    "number_words",
    "demonyms",
    "organisations",
    "titles",
    "qualifiers",
    "casualty_words",
    "place_nouns",
    "measures",
)


@cache
def rows(table: str) -> tuple[Row, ...]:
    """The rows of a table as they are written."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def working(table: str, among: Callable[[Row], bool] = bool) -> list[object]:
    """A pytest parameter for each row that has to work and is ``among`` those wanted, named after its cells."""
    return [
        pytest.param(row, id="-".join(cell for key, cell in row.items() if key not in {"example", "note"} and cell))
        for row in rows(table)
        if row["example"] and not (row["note"] or "").startswith(UNTESTED) and among(row)
    ]


@lru_cache(maxsize=1)
def parsed() -> dict[str, list[Sentence]]:
    """The sentences of each example of the parsed tables, from one run of the parser over all of them."""
    text, spans = "", []
    for example in dict.fromkeys(row["example"] for table in PARSED for row in rows(table)):
        spans += [(example, Span(len(text) + s.start, len(text) + s.end)) for s in split(example)]
        text += example + "\n"
    found: dict[str, list[Sentence]] = {}
    for (example, _), sentence in zip(spans, parse(text, [(i, span) for i, (_, span) in enumerate(spans)]), strict=True):
        found.setdefault(example, []).append(sentence)
    return found


def counted(example: str, vocabulary: Vocabulary) -> list[Counted]:
    """The counted personnel of an example."""
    found: list[Counted] = []
    for sentence in parsed()[example]:
        numbers = [n for n in quantities.find(sentence.text, vocabulary, sentence.span.start) if not n.vague]
        found += personnel.find(sentence, numbers, vocabulary)[0]
    return found


def frames(example: str, vocabulary: Vocabulary) -> list[Frame]:
    """The frames of an example's counted personnel."""
    return [triggers.frame(one, vocabulary) for one in counted(example, vocabulary)]


@lru_cache(maxsize=1)
def names() -> Gazetteer:
    """The gazetteer that comes with the project."""
    return Gazetteer.default()


def read(example: str, vocabulary: Vocabulary) -> Reading:
    """An example read as an article of its own."""
    return Extractor(names(), vocabulary).read(Article(example))


def read_all_of(example: str, vocabulary: Vocabulary) -> Reading:
    """An example read with every counted group admitted: what a table claims of a word is not how likely a row is."""
    return Extractor(names(), vocabulary, estimate=lambda case: Chances(1.0, 1.0)).read(Article(example))


def word_at(example: str, word: str) -> re.Match[str]:
    """Where a word or phrase stands in an example, whatever its capitals."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", example, re.IGNORECASE)
    assert found, f"the example does not hold {word!r}"
    return found


# What each table claims, read out of the example with a given vocabulary -----------------------------------------------


def classes(row: Row, vocabulary: Vocabulary) -> set[str]:
    """The classes under which the row's noun is counted."""
    return {one.noun_class for one in counted(row["example"], vocabulary) if row["noun"] in _forms(one)}


def _forms(one: Counted) -> set[str]:
    words = one.mention.personnel.split(" ")
    forms = {" ".join([*words[:-1], last]) for last in (words[-1], one.head.lemma, words[-1].removesuffix("s"))}
    return forms | {re.sub("men$", "man", form) for form in forms}


def trigger_rows(row: Row, vocabulary: Vocabulary) -> list[tuple[str, TriggerRow]]:
    """(kind, trigger row) of each frame that a trigger governs."""
    return [(f.kind, f.row) for f in frames(row["example"], vocabulary) if f.row is not None and not f.refused]


def alerts(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a frame is an alert because of a phrase."""
    return any(f.kind == "alert" and f.rule == "alert phrase" for f in frames(row["example"], vocabulary))


def moods(row: Row, vocabulary: Vocabulary) -> set[str]:
    """The statuses of the example's movements."""
    return {modality.read(f, vocabulary).status for f in frames(row["example"], vocabulary) if not f.refused}


def speakers(row: Row, vocabulary: Vocabulary) -> set[str]:
    """Who is read as saying so."""
    return {said for f in frames(row["example"], vocabulary) if (said := attribution.read(f, vocabulary).speaker)}


def conduits(row: Row, vocabulary: Vocabulary) -> set[str]:
    """Through whom it is said, anonymity aside."""
    return {attribution.read(f, vocabulary).via.removeprefix("anonymous source via ") for f in frames(row["example"], vocabulary)}


def hedge_effects(row: Row, vocabulary: Vocabulary) -> set[str]:
    """The effects on the number that the row's phrase stands before."""
    numbers = quantities.find(row["example"], vocabulary)
    return {_effect(n.quantity) for n in numbers if row["example"][: n.core.start].strip().lower().endswith(row["phrase"])}


def _effect(quantity: Quantity) -> str:
    if quantity.high is None:
        return "low"
    if quantity.low is None:
        return "high"
    return "approximate" if quantity.approximate else "additional" if quantity.additional else "none"


def figures(row: Row, vocabulary: Vocabulary) -> list[Number]:
    """The numbers whose figures hold the row's word, or that are vague because of it."""
    where = word_at(row["example"], row["word"]) if len(row["word"]) > 1 else re.search(rf"(?<=\d){row['word']}\b", row["example"])
    assert where is not None
    return [n for n in quantities.find(row["example"], vocabulary) if n.core.start <= where.start() < n.core.end]


def actors(row: Row, vocabulary: Vocabulary) -> set[str]:
    """Whose the example's personnel are."""
    return {d.actor for d in read_all_of(row["example"], vocabulary).deployments}


def taken_for_places(row: Row, vocabulary: Vocabulary) -> set[str]:
    """The places of the example that hold the person's name, which is the word after the title."""
    title = word_at(row["example"], row["title"])
    name = re.compile(r"\w+").search(row["example"], title.end() + 1)
    assert name is not None
    assert names().kinds(name.group()), f"{name.group()!r} is no place name, so the example proves nothing"
    reading = read(row["example"], vocabulary)
    places = [*reading.toponyms, *(end.toponym for d in reading.deployments for end in d.stated_ends)]
    return {p.text for p in places if p.span is not None and p.span.overlaps(Span(*name.span()))}


def asked_for(row: Row, vocabulary: Vocabulary) -> set[tuple[str, str]]:
    """(text, name that the gazetteer is asked for) of each stated end of the example."""
    return {
        (e.toponym.text, e.toponym.name) for d in read(row["example"], vocabulary).deployments for e in d.stated_ends if e.basis == "stated"
    }


def refusals(row: Row, vocabulary: Vocabulary) -> tuple[int, bool]:
    """(rows read, whether a number was refused as casualties or prisoners)."""
    reading = read(row["example"], vocabulary)
    return len(reading.deployments), any("casualties" in v.verdict for v in reading.verdicts)


def anaphors(row: Row, vocabulary: Vocabulary) -> set[str]:
    """The names that the gazetteer is asked for where the end is said with the row's noun."""
    ends = [e for d in read(row["example"], vocabulary).deployments for e in d.stated_ends if e.basis == "coreference"]
    return {e.toponym.name for e in ends if re.search(rf"\b{row['noun']}\b", e.toponym.text.lower())}


# The rows -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_an_example(table: str) -> None:
    keys = [key for key in rows(table)[0] if key not in {"example", "note"}]
    bare = [
        " ".join(row[key] for key in keys) for row in rows(table) if not row["example"] and not (row["note"] or "").startswith(UNTESTED)
    ]
    assert not bare, f"{FOLDER / table}.csv: fill the column example of {', '.join(bare)}"


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_written_twice(table: str) -> None:
    size = {"triggers": 5, "modality_cues": 2}.get(table, 1)
    keys = [tuple(row.values())[:size] for row in rows(table)]
    twice = {" ".join(key) for key in keys if keys.count(key) > 1}
    assert not twice, f"{FOLDER / table}.csv: keep one row of {', '.join(sorted(twice))}"


@pytest.mark.parametrize("row", working("personnel"))
def test_personnel_are_counted_under_their_class(row: Row) -> None:
    if row["class"] == "not":
        assert counted(row["example"], load()) == []
    else:
        assert row["class"] in classes(row, load())


@pytest.mark.parametrize("row", working("triggers"))
def test_trigger_makes_its_kind_of_row(row: Row) -> None:
    cells = TriggerRow(*(row[key] for key in ("lemma", "pos", "kind", "mover", "object_place", "strength")))
    assert (row["kind"], cells) in trigger_rows(row, load())


@pytest.mark.parametrize("row", working("triggers", lambda row: row["object_place"] != ""))
def test_trigger_says_which_end_its_object_is(row: Row) -> None:
    (deployment,) = read(row["example"], load()).deployments
    end = {"origin": deployment.origin, "destination": deployment.destination}[row["object_place"]]
    assert end is not None and end.basis == "stated"
    where = end.toponym.span
    assert where is not None and where.of(row["example"]) == end.toponym.text


@pytest.mark.parametrize("row", working("alert_phrases"))
def test_phrase_is_an_alert(row: Row) -> None:
    word_at(row["example"], row["phrase"])
    assert alerts(row, load())


@pytest.mark.parametrize("row", working("modality_cues"))
def test_cue_gives_its_status(row: Row) -> None:
    assert moods(row, load()) == {row["status"]}


@pytest.mark.parametrize("row", working("reporting_verbs"))
def test_reporting_verb_has_a_speaker(row: Row) -> None:
    without = replace(load(), reporting=load().reporting - {row["lemma"]})
    (speaker,) = speakers(row, load())
    assert row["example"].lower().startswith(speaker.lower())
    assert speakers(row, without) == set()


@pytest.mark.parametrize("row", working("agencies"))
def test_agency_is_the_conduit(row: Row) -> None:
    assert conduits(row, load()) == {row["name"]}


@pytest.mark.parametrize("row", working("hedges"))
def test_hedge_bounds_the_number(row: Row) -> None:
    assert hedge_effects(row, load()) == {row["effect"]}


@pytest.mark.parametrize("row", working("number_words", lambda row: row["role"] != "vague"))
def test_number_word_has_its_value(row: Row) -> None:
    (number,) = figures(row, load())
    factor = re.match(r"\d+", number.core.of(row["example"]))
    assert number.quantity.low == number.quantity.high == int(row["value"]) * (int(factor.group()) if factor else 1)


@pytest.mark.parametrize("row", working("number_words", lambda row: row["role"] == "vague"))
def test_vague_number_makes_no_row(row: Row) -> None:
    assert all(number.vague for number in figures(row, load()))
    assert read(row["example"], load()).deployments == ()


@pytest.mark.parametrize("row", working("measures"))
def test_measured_number_counts_no_persons(row: Row) -> None:
    assert {n.reason for n in quantities.find(row["example"], load())} == {row["measures"]}
    word_at(row["example"], row["word"])


@pytest.mark.parametrize("row", working("demonyms"))
def test_demonym_is_the_actor(row: Row) -> None:
    assert actors(row, load()) == {row["country"]}


@pytest.mark.parametrize("row", working("organisations"))
def test_organisation_is_the_actor(row: Row) -> None:
    assert actors(row, load()) == {row["actor"]}


@pytest.mark.parametrize("row", working("titles"))
def test_titled_person_is_no_place(row: Row) -> None:
    assert taken_for_places(row, load()) == set()


@pytest.mark.parametrize("row", working("qualifiers"))
def test_qualifier_belongs_to_its_place(row: Row) -> None:
    name = row["example"][word_at(row["example"], row["word"]).end() :].strip(" .")
    asked = {query for _, query in asked_for(row, load())}
    if row["role"] == "compass":
        assert asked == {f"{row['word']} {name}"}, "a compass word is part of the place's name"
    else:
        assert asked == {name}, "a state is not part of the place's name"


@pytest.mark.parametrize("row", working("casualty_words"))
def test_casualties_make_no_row(row: Row) -> None:
    assert refusals(row, load()) == (0, True)


@pytest.mark.parametrize("row", working("place_nouns", lambda row: row["kind"] == "area"))
def test_area_keeps_its_own_words(row: Row) -> None:
    (end,) = (d.destination for d in read_all_of(row["example"], load()).deployments)
    assert end is not None and row["noun"] in end.toponym.name and end.toponym.name == end.toponym.text


@pytest.mark.parametrize("row", working("place_nouns", lambda row: row["kind"] != "area"))
def test_place_noun_points_back(row: Row) -> None:
    (name,) = anaphors(row, load())
    capitals = re.findall(r"\b[A-Z]\w+", name)
    assert capitals and set(capitals) <= set(re.findall(r"\w+", row["example"].split(". ")[0])), (
        "it stands for a place of the sentence before"
    )


# Broken tables --------------------------------------------------------------------------------------------------------


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of all tables, to be broken."""
    for table in FOLDER.glob("*.csv"):
        shutil.copy(table, tmp_path)
    return tmp_path


@pytest.fixture(autouse=True, scope="module")
def fresh_vocabulary() -> Iterator[None]:
    """The tables of the project are what the next module gets."""
    yield
    load.cache_clear()


def test_copy_is_read_whole(tables: Path) -> None:
    assert load(tables) == load(FOLDER)


@pytest.mark.parametrize(
    ("table", "line", "says"),
    [
        pytest.param("personnel", "swordsman,cavalry,,", r"class 'cavalry' is none of .*force.*police", id="unknown class"),
        pytest.param("triggers", "canter,verb,stroll,subject,,weak,,", r"kind 'stroll' is none of .*deploy.*withdraw", id="unknown kind"),
        pytest.param(
            "modality_cues", "dither,verb,undecided,down,,", r"status 'undecided' is none of .*planned.*possible", id="unknown status"
        ),
        pytest.param("hedges", "oodles of,lots,,", r"effect 'lots' is none of .*approximate.*low", id="unknown effect"),
        pytest.param("titles", ",Nobody sent 40 soldiers to Riga.,", r"title is empty; fill it or delete the row", id="empty key"),
        pytest.param("demonyms", " ,FR,,", r"demonym is empty; fill it or delete the row", id="blank key"),
        pytest.param(
            "number_words",
            "gross,twelve dozen,multiplier,,",
            r"'twelve dozen' is no whole number; write digits only",
            id="words for a value",
        ),
        pytest.param("number_words", "gross,-144,multiplier,,", r"'-144' is no whole number; write digits only", id="negative value"),
        pytest.param(
            "agencies",
            "Herald, Daily,Forty sailors left Cork, a cook told it.,",
            r"wrong number of cells; quote cells that hold a comma",
            id="bare comma",
        ),
        pytest.param("organisations", "Swiss Guard", r"wrong number of cells", id="too few cells"),
    ],
)
def test_broken_row_names_file_line_and_cure(tables: Path, table: str, line: str, says: str) -> None:
    path = tables / f"{table}.csv"
    kept = path.read_text(encoding="utf-8")
    path.write_text(f"{kept}{line}\n", encoding="utf-8")
    at = len(kept.splitlines()) + 1
    with pytest.raises(VocabularyError, match=rf"{re.escape(str(path))}, line {at}: {says}"):
        load(tables)


@pytest.mark.parametrize("table", [table for table in TABLES if table != "measures"])
def test_missing_column_names_file_and_cure(tables: Path, table: str) -> None:
    path = tables / f"{table}.csv"
    key, text = next(iter(rows(table)[0])), path.read_text(encoding="utf-8")
    path.write_text(text.replace(key, "wrong", 1), encoding="utf-8")
    with pytest.raises(VocabularyError, match=rf"{re.escape(str(path))}, line 1: column {key} is missing; add it to the header"):
        load(tables)


def test_missing_column_of_the_measures_names_file_and_cure(tables: Path) -> None:
    (tables / "measures.csv").write_text("word,example,note\nkm,,\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"measures\.csv, line 1: column measures is missing; add it to the header"):
        measures(tables)
    measures.cache_clear()


def test_missing_table_names_file_and_cure(tables: Path) -> None:
    (tables / "hedges.csv").unlink()
    with pytest.raises(VocabularyError, match=rf"{re.escape(str(tables / 'hedges.csv'))}: the table is missing; restore it"):
        load(tables)
