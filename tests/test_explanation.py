"""Every number is told: which row it became, or why none."""

from tracker.explanation import explain
from tracker.models import Article, Deployment, End, Quantity, Reading, Span, Toponym, Verdict

TEXT = "Peru sent 120\nsoldiers from the camp to Chad. Dozens stayed."


def reading():
    article = Article(TEXT)
    camp, chad = Toponym("the camp", "Camp Nine", Span(28, 36)), Toponym("Chad", "Chad", Span(40, 44))
    row = Deployment(article, Span(10, 22), Quantity(Span(10, 13), 120, 120), "soldiers", "deploy", "completed", actor="PE",
                     origin=End(camp, "coreference"), destination=End(chad), counted_persons=120)  # fmt: skip
    verdicts = (Verdict(Span(46, 52), "vague: no row", "gate"), Verdict(Span(10, 22), "a row", "clause", row.deployment_id))
    return Reading(article, (row,), verdicts=verdicts)


def test_numbers_come_in_the_order_of_the_text_with_their_rows():
    row, vague = explain(reading())
    assert (row.number, row.start, row.end) == ("120 soldiers", 10, 22)
    assert row.verdict == "row: PE, deploy (completed), Camp Nine [coreference] -> Chad, counts 120"
    assert row.deployment_id == reading().deployments[0].deployment_id
    assert (vague.number, vague.verdict, vague.found_by, vague.deployment_id) == ("Dozens", "vague: no row", "gate", "")


def test_a_row_without_ends_says_no_arrow():
    article = Article("800 troops are ready.")
    row = Deployment(article, Span(0, 10), Quantity(Span(0, 3), 800, 800), "troops", "alert", "completed", ledger="an alert adds nobody")
    (told,) = explain(Reading(article, (row,), verdicts=(Verdict(Span(0, 10), "", "clause", row.deployment_id),)))
    assert told.verdict == "row: unknown force, alert (completed), counts 0 (an alert adds nobody)"
