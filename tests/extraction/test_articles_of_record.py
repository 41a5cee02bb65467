"""Eleven whole articles with hand-made gold, field by field: what the table must hold and nothing else.

The first has every trap of the kind of article that the project began with: a whole announced for a region, its two parts by way
of an anonymous source (the second "from the base"), a transfer between two states, an alert beside them, a place where nobody goes.
"""

import json

import pytest

from tests.extraction import gold

ARTICLES = "articles.jsonl"
FIELDS = ["rows", "hedges", "actor", "unit", "kind", "status", "origin", "destination", "dates", "speaker", "via", "parts", "counted"]


@pytest.mark.parametrize(("case", "field"), gold.parameters(ARTICLES, FIELDS))
def test_field(case, field):
    if field == "rows":
        problems = list(gold.found_or_not(case))
    elif field == "counted":
        problems = list(_counted(case))
    else:
        problems = [p for record, found in gold.pairs(case) if len(found) == 1 for p in CHECKS[field](case, record, found[0])]
    assert not problems


def _plain(text):
    words = (text or "").casefold().split()
    return " ".join(words[1:] if words[:1] in (["the"], ["an"], ["a"]) else words)


def _unlike(record, what, expected, found):
    if expected != found:
        yield f"{record['quote']!r}: {what} {expected!r} expected, {found!r} found"


def _kind(_case, record, row):
    if row["kind"] not in [record["kind"], *record.get("also_kinds", [])]:
        yield f"{record['quote']!r}: {record['kind']} expected, {row['kind']} found"


def _end(end):
    def check(_case, record, row):
        if problem := gold.end_problem(record, row, end):
            yield f"{record['quote']!r}: {problem}"
        elif record[end] is not None:
            yield from _unlike(record, f"basis of {end}", record[end].get("basis", "stated"), row[f"{end}_basis"])
            if not row[f"{end}_text"] or row[f"{end}_text"] not in _case["text"]:
                yield f"{record['quote']!r}: the words of the {end} are not in the article: {row[f'{end}_text']!r}"

    return check


def _dates(_case, record, row):
    found = [str(row[day].date()) if row[day] is not None else None for day in ("starts", "ends")]
    yield from _unlike(record, "days", record["when"] or [None, None], found)


def _via(_case, record, row):
    wanted = record["via"] or ""
    if "anonymous" in wanted and "anonymous" not in row["via"]:
        yield f"{record['quote']!r}: the source is anonymous, found {row['via']!r}"
    agency = wanted.rpartition(" via ")[2]
    if (agency not in row["via"]) if agency else row["via"]:
        yield f"{record['quote']!r}: via {wanted!r} expected, {row['via']!r} found"


def _parts(case, record, row):
    if record["part_of"] is None:
        yield from _unlike(record, "part of", "", row["part_of"])
        return
    whole = gold.pairs(case)[record["part_of"]][1]
    yield from _unlike(record, "part of", whole[0]["deployment_id"] if whole else "a row that is missing", row["part_of"])


def _counted(case):
    for record, found in gold.pairs(case):
        if not record["optional"]:
            yield from _unlike(record, "counted", record["counted"], sum(row["counted_persons"] for row in found))
    yield from (f"{row['quote']!r} counts {row['counted_persons']}, nobody expected" for row in gold.strays(case) if row["counted_persons"])


CHECKS = {
    "hedges": lambda case, record, row: _unlike(
        record,
        "approximate, additional, aggregate",
        [record["approx"], record["additional"], record["aggregate"]],
        [row["approximate"], row["additional"], row["aggregate"]],
    ),
    "actor": lambda case, record, row: _unlike(record, "force", record["actor"] or "", row["actor"]),
    "unit": lambda case, record, row: _unlike(record, "unit", _plain(record["unit"]), _plain(row["unit"])),
    "kind": _kind,
    "status": lambda case, record, row: _unlike(record, "status", record["status"] or "", row["status"]),
    "origin": _end("origin"),
    "destination": _end("destination"),
    "dates": _dates,
    "speaker": lambda case, record, row: _unlike(record, "speaker", _plain(record["attribution"]), _plain(row["speaker"])),
    "via": _via,
    "parts": _parts,
}


@pytest.mark.parametrize("case", gold.cases(ARTICLES), ids=lambda case: case["id"])
def test_every_offset_slices(case):
    text = case["text"]
    for row in gold.rows(case):
        assert text[row["quote_start"] : row["quote_end"]] == row["quote"] != ""
        assert text[row["evidence_start"] : row["evidence_end"]] == row["evidence"]
        assert row["evidence_start"] <= row["quote_start"] < row["quote_end"] <= row["evidence_end"]
        marks = json.loads(row["marks"])  # an end may be marked where an earlier sentence names it
        assert all(role and text[start:end].strip() for role, start, end in marks)
        assert ["number", row["quote_start"], row["quote_end"]] in marks


def test_nobody_is_sent_where_the_first_article_says_that_nobody_goes():
    found = gold.rows(gold.cases(ARTICLES)[0])
    assert len(found) >= 4 and not any("Serbia" in (row[end] or "") for row in found for end in ("origin", "destination"))
