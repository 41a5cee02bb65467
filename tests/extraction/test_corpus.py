"""The traps: short cases of our own wording, each of which has led a reader of news astray.

Two checks a case, so that one weakness does not hide the other. ``total``: the persons that the text says were or will be moved, no
one twice and nobody who does not move. ``rows``: which numbers make rows, with number, kind, stance and both ends.
"""

import pytest

from tests.extraction import gold

TRAPS = "traps.jsonl"


@pytest.mark.parametrize(("case", "check"), gold.parameters(TRAPS, ["total"]))
def test_the_total_is_what_the_text_says(case, check):
    optional = {row["deployment_id"] for record, found in gold.pairs(case) if record["optional"] for row in found}
    counted = sum(row["counted_persons"] for row in gold.rows(case) if row["deployment_id"] not in optional)
    assert counted == sum(record["counted"] for record in case["records"])


@pytest.mark.parametrize(("case", "check"), gold.parameters(TRAPS, ["rows"]))
def test_rows_are_what_the_text_says(case, check):
    problems = list(gold.found_or_not(case))
    for record, found in gold.pairs(case):
        if not record["optional"] and len(found) == 1:
            problems += _slots(case["trap"], record, found[0])
    assert not problems


def _slots(trap, record, row):
    kinds = [record["kind"], *record.get("also_kinds", [])]
    if row["kind"] not in kinds:
        yield f"{record['quote']!r}: {' or '.join(kinds)} expected, {row['kind']} found"
    exact = trap == "promised"
    expected, found = (record["status"] or "", row["status"]) if exact else (gold.stance(record["status"]), gold.stance(row["status"]))
    if gold.moves(record) and expected != found:
        yield f"{record['quote']!r}: {expected} expected, {found} found"
    if trap == "pronoun" and row["actor"] != (record["actor"] or "") and (record["actor"] or row["actor"] == "US"):
        yield f"{record['quote']!r}: force {record['actor']} expected, {row['actor']!r} found"
    for end in ("origin", "destination"):
        if problem := gold.end_problem(record, row, end):
            yield f"{record['quote']!r}: {problem}"


def test_the_corpora_are_well_formed():
    seen = set()
    for case in (*gold.cases(TRAPS), *gold.cases("articles.jsonl")):
        assert case["id"] not in seen
        seen.add(case["id"])
        for index, record in enumerate(case["records"]):
            assert case["text"][record["start"] : record["end"]] == record["quote"]
            assert all(0 <= a < b <= len(case["text"]) for a, b in record.get("alt", []))
            assert record["part_of"] != index and (record["part_of"] is None or record["part_of"] < len(case["records"]))
            assert (record["status"] is None) == (record["kind"] == "presence")
            assert record["low"] is None or record["high"] is None or record["low"] <= record["high"]
            if record["status"] in {"denied", "possible"} or not gold.moves(record) or record["optional"]:
                assert record["counted"] == 0
    assert {"articles", "traps"} <= {path.stem for path in gold.FOLDER.glob("*.jsonl")}


def test_every_trap_has_enough_cases():
    by_trap = {}
    for case in gold.cases(TRAPS):
        by_trap.setdefault(case["trap"], set()).add(case["text"])
    assert len(by_trap) == 19 and min(len(texts) for texts in by_trap.values()) >= 10
    assert len(by_trap["denied"]) >= 30 and len(by_trap["possible"]) >= 30


def test_known_failures_name_cases_that_exist():
    ids = {case["id"] for name in (TRAPS, "articles.jsonl") for case in gold.cases(name)}
    assert {case for case, _ in gold.known_failures()} <= ids
    assert all(reason.strip(": ") for reason in gold.known_failures().values())
