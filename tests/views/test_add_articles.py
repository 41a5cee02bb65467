"""The look before adding: what the table of rows shows, and what it leaves out because nobody gave it."""

import pytest

from tracker import pipeline
from tracker.views.add_articles import _without_empty
from tracker.views.movements import arrange_rows

TEXT = "Chad sent 200 soldiers to Mali."


@pytest.mark.parametrize(
    ("facts", "columns"),
    [
        ({}, set()),
        ({"source": "Radio Ndjamena"}, {"Source"}),
        ({"source": "Radio Ndjamena", "url": "https://example.org/a"}, {"Source", "Article"}),
    ],
)
def test_source_and_address_stand_only_where_they_were_given(facts, columns):
    shown = _without_empty(arrange_rows(pipeline.track(TEXT, published="2024-05-01", **facts)))
    assert {"Source", "Article"} & set(shown.columns) == columns and len(shown) == 1
