"""The figures of an evaluation, each worked out by hand, and the reading of gold."""

import gzip
import json
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import table
from tracker.articles import Problem
from tracker.evaluation import (
    Answer,
    Found,
    GoldArticle,
    GoldPlace,
    Record,
    answers_of,
    as_json,
    as_text,
    evaluate,
    pair,
    read_gold,
    same_place,
)
from tracker.evaluation.scores import counted_persons
from tracker.models import Span

CHAD, MALI, NIGER = (GoldPlace(n, c, 15.0, 18.0, "country") for n, c in (("Chad", "TD"), ("Mali", "ML"), ("Niger", "NE")))
GAO = GoldPlace("Gao", "ML", 16.27, -0.04, "city")
TEXT = "word " * 60


def record(at, number, **fields):
    fields = {"status": "planned", "actor": "PE", "destination": CHAD} | fields
    return Record((Span(at, at + 4),), f"{number} soldiers", number, number, **fields)


def found(place):
    return place and Found(place.name, place.country, place.lat, place.lon, place.precision)


def answer(record, name="", **fields):
    """The row that a record asks for."""
    row = Answer(
        name or f"row-{record.spans[0].start}",
        record.spans[0],
        record.low,
        record.high,
        actor=record.actor,
        kind=record.kind,
        status=record.status,
        origin=found(record.origin),
        destination=found(record.destination),
        more=len(record.destinations_more),
        starts=record.when[0] if record.when else "",
        ends=record.when[1] if record.when else "",
        counted=record.low or 0,
    )
    return replace(row, **fields)


def scored(records, rows, errors=0):
    return evaluate([GoldArticle("a", TEXT, tuple(records))], {"a": rows})


def marks(rate):
    return rate.right, rate.extra, rate.missed


@pytest.fixture
def mixed():
    """Five records: right, wrong end, wrong stance, missed, and a vague optional one; a sixth row belongs to none."""
    records = [
        record(0, 120),
        record(10, 80, destination=MALI),
        record(20, 40, status="denied", destination=NIGER),
        record(30, 30, kind="presence", status="", destination=GAO),
        replace(record(40, 0, optional=True), low=None, high=None),
    ]
    rows = [
        answer(records[0]),
        answer(records[1], destination=found(NIGER)),
        answer(records[2], status="planned"),
        answer(records[4], low=500, high=500, counted=500),
        answer(record(50, 60)),
    ]
    return records, rows


def test_number_counts_bounds_on_touching_words(mixed):
    result = scored(*mixed)
    assert marks(result.number) == (3, 1, 1)  # the presence is missed, the row at 50 is too many, the optional one is neither
    assert (result.number.precision, result.number.recall, result.number.f1) == (0.75, 0.75, 0.75)


def test_movement_needs_both_ends(mixed):
    result = scored(*mixed)
    assert marks(result.movement) == (2, 2, 1)  # Mali told as Niger is missed and too many; the presence is no movement
    assert result.movement.f1 == pytest.approx(4 / 7)


def test_told_needs_the_stance_too(mixed):
    assert marks(scored(*mixed).told) == (1, 3, 2)


def test_totals_sum_what_is_firm(mixed):
    totals = scored(*mixed).totals
    # gold: 120 + 80; rows: 120 + 80 + 40 (told as planned) + 60, without the 500 that stand on an optional record
    assert (totals.articles, totals.exact, totals.above) == (1, 0, 1)


def test_slots_are_shares_of_the_numbers_found(mixed):
    slots = scored(*mixed).slots
    assert slots == {"origin": [3, 3], "destination": [2, 3], "moves": [3, 3], "kind": [3, 3], "actor": [3, 3], "status": [2, 3]}


def test_errors_name_what_is_missed_wrong_and_too_many(mixed):
    lines = as_text(scored(*mixed), errors=9).splitlines()
    assert [line.split(" | ")[0] for line in lines[:3]] == ["wrong", "missed", "extra"]
    assert lines[0].endswith("expected 80, PE, deploy, planned, not stated -> Mali | found 80, PE, deploy, planned, not stated -> Niger")
    assert lines[3] == "number    P 0.750  R 0.750  F1 0.750   (tp 3 fp 1 fn 1)"
    assert as_text(scored(*mixed), errors=1).splitlines()[1].startswith("number")


def test_json_holds_the_same_figures(mixed):
    told = as_json(scored(*mixed))
    assert told["movement"] == {"p": 0.5, "r": 0.667, "f1": 0.571, "tp": 2, "fp": 2, "fn": 1}
    assert told["totals"] == {"articles": 1, "exact": 0.0, "above": 1.0}
    assert told["slots"]["destination"] == "2/3 0.667"


def test_a_movement_told_as_a_presence_is_missed_but_not_too_many():
    one = record(0, 50)
    result = scored([one], [answer(one, kind="presence", status="", counted=0)])
    assert marks(result.number) == (1, 0, 0) and marks(result.movement) == (0, 0, 1)


def test_a_presence_told_as_a_movement_is_too_many_and_not_missed():
    one = record(0, 50, kind="presence", status="")
    result = scored([one], [answer(one, kind="deploy", status="completed")])
    assert marks(result.movement) == (0, 1, 0) and result.totals.above == 1
    assert "status" not in result.slots


def test_another_number_on_the_same_words_is_missed_and_too_many():
    one = record(0, 50)
    assert marks(scored([one], [answer(one, high=None)]).number) == (0, 1, 1)


def test_a_row_on_another_mention_of_the_movement_answers_it():
    one = replace(record(0, 50), spans=(Span(0, 4), Span(100, 104)))
    assert marks(scored([one], [answer(one, quote=Span(98, 101))]).number) == (1, 0, 0)
    assert marks(scored([one], [answer(one, quote=Span(104, 108))]).number) == (0, 1, 1)


def test_a_whole_counts_what_its_parts_leave():
    whole, part, small = record(0, 3000), record(10, 1000, part_of=0), record(20, 500, part_of=0, status="possible")
    assert counted_persons([whole, part, small]) == 3000  # 3,000 less 1,000, and the 1,000; the possible 500 are no part of it yet
    assert counted_persons([record(0, 100), record(10, 90, part_of=0), record(20, 30, part_of=0)]) == 120  # never below nothing


@pytest.mark.parametrize(
    ("fields", "persons"),
    [
        ({}, 50),
        ({"kind": "alert"}, 0),
        ({"kind": "presence", "status": ""}, 0),
        ({"status": "possible"}, 0),
        ({"status": "denied"}, 0),
        ({"aggregate": True}, 0),
        ({"optional": True}, 0),
        ({"low": None}, 50),
        ({"high": None}, 50),
        ({"high": 101}, 75.5),
        ({"low": None, "high": None}, 0),
    ],
)
def test_only_firm_movements_of_a_stated_number_count(fields, persons):
    assert counted_persons([replace(record(0, 50), **fields)]) == persons


def test_half_a_person_is_no_error():
    one = replace(record(0, 50), high=51)
    assert scored([one], [answer(one, counted=50)]).totals.exact == 1
    assert scored([one], [answer(one, counted=49)]).totals.exact == 0


def test_an_article_with_nothing_to_count_is_left_out_of_the_totals():
    assert scored([record(0, 50, kind="presence", status="")], []).totals.articles == 0


def test_parts_are_right_where_the_rows_are_joined_alike():
    whole, part, alone = record(0, 3000), record(10, 1000, part_of=0), record(20, 7)
    rows = [answer(whole), answer(part, part_of="row-0"), answer(alone, part_of="row-0")]
    assert scored([whole, part, alone], rows).slots["part_of"] == [1, 2]
    assert scored([whole, part], [answer(whole), answer(part)]).slots["part_of"] == [0, 1]
    assert scored([alone], [answer(alone, part_of="nowhere")]).slots.get("part_of") is None


def test_days_must_be_the_same_interval():
    one = record(0, 50, when=("2022-02-02", "2022-02-09"))
    assert scored([one], [answer(one)]).slots["when"] == [1, 1]
    assert scored([one], [answer(one, ends="2022-02-02")]).slots["when"] == [0, 1]
    assert "when" not in scored([record(0, 50)], [answer(one)]).slots


def test_one_row_answers_one_record_and_the_better_one():
    sent, brought = record(0, 50), record(0, 50, kind="withdraw", status="completed", origin=CHAD, destination=None)
    assert pair([sent, brought], [answer(brought)]) == {1: 0}
    assert pair([sent, sent], [answer(sent), answer(sent), answer(sent)]) == {0: 0, 1: 1}
    assert pair([replace(sent, optional=True), sent], [answer(sent)]) == {1: 0}


def test_further_destinations_are_as_right_and_are_counted():
    one = record(0, 50, destinations_more=(MALI,))
    result = scored([one], [answer(one, destination=found(MALI), more=0)])
    assert result.slots["destination"] == [1, 1] and result.slots["more places"] == [0, 1]


def test_rows_of_unknown_articles_are_told():
    result = evaluate([GoldArticle("a", TEXT)], {"b": [answer(record(0, 5))]})
    assert result.strange_rows == 1 and marks(result.number) == (0, 0, 0)
    assert as_text(result).startswith("note: 1 rows of articles that the gold does not hold are left out")


LATVIA = GoldPlace("Latvia", "LV", 56.9, 24.6, "country")
RIGA = GoldPlace("Riga", "LV", 56.95, 24.11, "city")
EAST = GoldPlace("Eastern Europe", "", 50.0, 25.0, "region")
SOUTH = GoldPlace("southern Yemen", "YE", 14.0, 46.0, "region")
BORDER = GoldPlace("the Ukrainian border", "RU", 50.5, 36.5, "region")


@pytest.mark.parametrize(
    ("gold", "row", "right"),
    [
        (None, None, True),
        (None, Found("Riga", "LV"), False),
        (LATVIA, None, False),
        (LATVIA, Found("Latvia", "LV", 0.0, 0.0, "country"), True),  # a state goes by its code, wherever its point lies
        (LATVIA, Found("Riga", "LV", 56.95, 24.11, "city"), False),
        (LATVIA, Found("Lithuania", "LT", 56.9, 24.6, "country"), False),
        (RIGA, Found("Adazi", "LV", 57.1, 24.3, "site"), True),  # 20 km
        (RIGA, Found("Liepaja", "LV", 56.5, 21.0, "city"), False),
        (RIGA, Found("Latvia", "LV", 56.95, 24.11, "country"), False),
        (RIGA, Found("Siauliai", "LT", 56.6, 23.9, "city"), False),  # 41 km, but another state
        (RIGA, Found("Riga", "LT", 56.9, 24.1, "city"), True),  # one spot, whatever the code
        (RIGA, Found("Riga"), True),  # refused by the gazetteer, told by its name
        (RIGA, Found("Rigas"), False),
        (EAST, Found("Eastern Europe", "", 52.0, 30.0, "region"), True),
        (EAST, Found("Balkans", "", 43.0, 22.0, "region"), False),  # 800 km
        (EAST, Found("Europe (Eastern)", "", 43.0, 22.0, "region"), True),  # the name is right, and it is near enough for that
        (EAST, Found("Poland", "PL", 52.0, 19.0, "country"), False),
        (SOUTH, Found("Aden", "YE", 12.8, 45.0, "city"), True),
        (SOUTH, Found("Asir", "SA", 16.0, 44.0, "admin1"), False),
        (SOUTH, Found("Sanaa", "YE", 17.5, 44.2, "city"), False),  # 435 km
        (BORDER, Found("Russia–Ukraine border", "", 51.0, 35.5, "border"), True),
        (BORDER, Found("Belgorod", "RU", 50.6, 36.6, "city"), False),  # a town at the border is no border
        (BORDER, Found("border with Georgia", "", 43.0, 43.0, "border"), False),
    ],
)
def test_places_are_one_by_code_distance_or_name(gold, row, right):
    assert same_place(gold, row) is right


COUNTS = st.lists(st.integers(1, 99_999), min_size=1, max_size=6)


@given(COUNTS, st.sampled_from(["deploy", "withdraw", "redeploy", "rotate", "alert", "presence"]), st.data())
def test_the_gold_itself_is_without_fault_and_each_row_dropped_costs_one(counts, kind, data):
    records = [record(10 * i, n, kind=kind, status="" if kind == "presence" else "completed") for i, n in enumerate(counts)]
    moving = records[0].moves
    rows = [answer(one, counted=one.low if moving else 0) for one in records]
    whole = scored(records, rows)
    assert marks(whole.number) == (len(counts), 0, 0) and not whole.errors
    assert marks(whole.movement) == marks(whole.told) == (len(counts) * moving, 0, 0)
    assert whole.totals.exact == whole.totals.articles == moving
    assert all(right == every for right, every in whole.slots.values())
    rows.pop(data.draw(st.integers(0, len(rows) - 1)))
    assert marks(scored(records, rows).number) == (len(counts) - 1, 0, 1)


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(counts, random):
    records = [record(10 * i, n) for i, n in enumerate(counts)]
    rows = [answer(one, destination=found(MALI if one.low % 2 else CHAD)) for one in records]
    shuffled = random.sample(rows, len(rows))
    assert as_json(scored(records, rows)) == as_json(scored(records, shuffled))


def frame(**cells):
    row = {"deployment_id": "1", "article_id": "a", "count": 5, "count_low": 5, "quote_start": 0, "quote_end": 4, "kind": "deploy"}
    return table.conform(pd.DataFrame([row | cells]))


def test_rows_are_read_from_the_table():
    [row] = answers_of([frame(actor="PE", starts="2022-02-02", counted_persons=5, destinations_more='[{"name": "Mali"}]')])["a"]
    assert (row.low, row.high, row.actor, row.counted, row.more) == (5, None, "PE", 5, 1)
    assert (row.starts, row.ends) == ("2022-02-02", "2022-02-02")
    assert row.origin is None and row.destination is None


@pytest.mark.parametrize(
    ("end", "kind", "basis", "country", "stated"),
    [
        ("origin", "deploy", "implied", "PE", False),
        ("origin", "deploy", "stated", "PE", True),
        ("origin", "deploy", "implied", "CL", True),
        ("destination", "withdraw", "implied", "PE", False),
        ("destination", "rotate", "implied", "PE", False),
        ("destination", "deploy", "implied", "PE", True),
        ("destination", "withdraw", "coreference", "PE", True),
    ],
)
def test_the_home_of_the_force_counts_as_not_stated_only_where_it_is_implied(end, kind, basis, country, stated):
    cells = {end: "Peru", f"{end}_country": country, f"{end}_basis": basis, "actor": "PE", "kind": kind}
    [row] = answers_of([frame(**cells)])["a"]
    assert (row.place(end) is not None) is stated


@pytest.mark.parametrize(
    ("cells", "told"), [({"quote_start": None}, "row 1: quote_start"), ({"destinations_more": "{"}, "row 1: destinations_more")]
)
def test_a_row_that_cannot_be_scored_is_told(cells, told):
    with pytest.raises(table.TableError, match=told):
        answers_of([frame(**cells)])


SENT = "Peru will send 120 soldiers to Chad."
GOOD = {
    "quote": "120 soldiers",
    "start": 15,
    "end": 27,
    "low": 120,
    "high": 120,
    "kind": "deploy",
    "status": "planned",
    "origin": None,
    "destination": {"name": "Chad", "country": "TD", "lat": 15.4, "lon": 18.7, "precision": "country"},
}


def lines(path, *objects):
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in objects), encoding="utf-8")
    return list(read_gold(path))


def test_gold_is_read_with_its_defaults(tmp_path):
    [gold] = lines(tmp_path / "gold.jsonl", {"id": 7, "text": SENT, "published": "2022-02-02", "records": [GOOD]})
    [one] = gold.records
    assert gold.id == "7" and str(gold.article.published) == "2022-02-02"
    assert one == Record((Span(15, 27),), "120 soldiers", 120, 120, kind="deploy", status="planned", destination=one.destination)
    assert one.destination == GoldPlace("Chad", "TD", 15.4, 18.7, "country")


def test_packed_gold_is_read(tmp_path):
    path = tmp_path / "gold.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"id": "a", "text": SENT, "records": []}).encode()))
    assert [gold.id for gold in read_gold(path)] == ["a"]
    path.write_bytes(path.read_bytes()[:-9])
    assert "cannot be read" in str(list(read_gold(path))[-1])


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("{", "not valid JSON"),
        ({"records": []}, 'no field "text"'),
        ({"text": SENT}, 'no list "records"'),
        ({"text": SENT, "records": [3]}, "record 0: not a JSON object"),
        ({"text": SENT, "records": [GOOD | {"start": 14}]}, "record 0: ' 120 soldiers' stands at 14 to 27, not '120 soldiers'"),
        ({"text": SENT, "records": [GOOD | {"end": 99}]}, "15 to 99 are no offsets in a text of 36 characters; count the offsets again"),
        ({"text": SENT, "records": [GOOD, GOOD | {"kind": "sent"}]}, "record 1: kind is 'sent'; write one of alert, deploy"),
        ({"text": SENT, "records": [GOOD | {"status": "sure"}]}, "status is 'sure'"),
        ({"text": SENT, "records": [GOOD | {"low": "120"}]}, "low is '120'; write low as a whole number, or null"),
        ({"text": SENT, "records": [GOOD | {"low": 200}]}, "low 200 is above high 120"),
        ({"text": SENT, "records": [GOOD | {"part_of": 0}]}, "part_of 0 is no other record"),
        ({"text": SENT, "records": [GOOD | {"part_of": 4}]}, "part_of 4 is no other record"),
        ({"text": SENT, "records": [GOOD | {"origin": "Lima"}]}, "origin is no place"),
        ({"text": SENT, "records": [GOOD | {"origin": {"name": "Lima", "precision": "town"}}]}, "precision of origin is 'town'"),
        ({"text": SENT, "records": [GOOD | {"origin": GOOD["destination"] | {"lat": 99}}]}, "origin lies at 99, 18.7"),
        ({"text": SENT, "records": [GOOD | {"when": ["soon", "later"]}]}, "when is ['soon', 'later']; write [first day, last day]"),
        ({"text": SENT, "records": [GOOD | {"alt": 5}]}, "alt is not a list"),
        ({"text": "A\u200b " + SENT, "records": []}, "invisible characters"),
        ({"id": "good", "text": SENT, "records": []}, "id good stands in line 1 too"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_kept(tmp_path, fields, told):
    first, problem, last = lines(
        tmp_path / "gold.jsonl", {"id": "good", "text": SENT, "records": [GOOD]}, fields, {"id": "last", "text": SENT, "records": []}
    )
    assert (first.id, last.id) == ("good", "last")
    assert isinstance(problem, Problem) and problem.left_out and problem.line == 2
    assert str(problem).startswith(f"{tmp_path / 'gold.jsonl'}, line 2: ") and told in str(problem)


def test_a_text_that_the_tracker_refuses_stays_in_the_gold_and_is_missed(tmp_path):
    german = "Das Ministerium teilte mit, dass 200 Soldaten nach Mali verlegt werden. " * 6
    start = german.index("200")
    gold, note = lines(
        tmp_path / "gold.jsonl", {"id": "de", "text": german, "records": [GOOD | {"quote": "200", "start": start, "end": start + 3}]}
    )
    assert gold.article is None and not note.left_out and "does not read this text" in str(note)
    assert marks(evaluate([gold], {}).number) == (0, 0, 1)
