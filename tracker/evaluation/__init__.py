"""How good the tables are: hand-made gold read, paired with rows, and scored.

>>> from tracker.models import Span
>>> record = Record((Span(5, 17),), "120 soldiers", 120, 120, actor="PE", kind="deploy", status="planned")
>>> row = Answer("row-1", Span(5, 17), 120, 120, actor="PE", kind="deploy", status="planned", counted=120)
>>> result = evaluate([GoldArticle("a", "Peru 120 soldiers", (record,))], {"a": [row]})
>>> result.movement.f1, result.totals.exact
(1.0, 1)
"""

from tracker.evaluation.answers import Answer, Found, answers_of
from tracker.evaluation.gold import GoldArticle, GoldPlace, Record, read_gold
from tracker.evaluation.pairing import pair
from tracker.evaluation.places import same_place, words
from tracker.evaluation.report import as_json, as_text, tell
from tracker.evaluation.scores import Evaluation, Mark, Rate, Totals, evaluate

__all__ = [
    "Answer",
    "Evaluation",
    "Found",
    "GoldArticle",
    "GoldPlace",
    "Mark",
    "Rate",
    "Record",
    "Totals",
    "answers_of",
    "as_json",
    "as_text",
    "evaluate",
    "pair",
    "read_gold",
    "same_place",
    "tell",
    "words",
]
