"""When: words for days and weeks, resolved against a Wednesday (16 March 2022) unless a test says otherwise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction import dates

PUBLISHED = date(2022, 3, 16)

PAST = [
    ("They left on Monday", "2022-03-14", "2022-03-14"),
    ("They left on Wednesday", "2022-03-16", "2022-03-16"),  # in a Wednesday's paper: today, not a week ago
    ("They left on Thursday", "2022-03-10", "2022-03-10"),
    ("They left yesterday", "2022-03-15", "2022-03-15"),
    ("They left today", "2022-03-16", "2022-03-16"),
    ("They left last week", "2022-03-07", "2022-03-13"),
    ("They left this week", "2022-03-14", "2022-03-16"),  # what has happened is not later than the report
    ("They left last month", "2022-02-01", "2022-02-28"),
    ("They left over the weekend", "2022-03-12", "2022-03-13"),
    ("They left last year", "2021-01-01", "2021-12-31"),
    ("They left two days ago", "2022-03-14", "2022-03-14"),
    ("They left three weeks ago", "2022-02-21", "2022-02-27"),
    ("They left in January", "2022-01-01", "2022-01-31"),
    ("They left in November", "2021-11-01", "2021-11-30"),
    ("They left in 2004", "2004-01-01", "2004-12-31"),
    ("They left in March 2011", "2011-03-01", "2011-03-31"),
    ("They left on 3 May 2021", "2021-05-03", "2021-05-03"),
    ("They left on May 3, 2021", "2021-05-03", "2021-05-03"),
    ("They left on 9 March", "2022-03-09", "2022-03-09"),
    ("They left on March 9", "2022-03-09", "2022-03-09"),
    ("They left on 20 December", "2021-12-20", "2021-12-20"),
    ("They left overnight", "2022-03-15", "2022-03-16"),
    ("They left earlier this week", "2022-03-14", "2022-03-16"),
    ("They left earlier this year", "2022-01-01", "2022-03-16"),
    ("They left in the last 48 hours", "2022-03-14", "2022-03-16"),
    ("They have been leaving for the past three weeks", "2022-02-23", "2022-03-16"),
    ("They left in the past few days", "2022-03-09", "2022-03-16"),
    ("They left in recent weeks", "2022-02-16", "2022-03-16"),
    ("They left in late February", "2022-02-20", "2022-02-28"),
    ("They left early last month", "2022-02-01", "2022-02-10"),
    ("They left last fall", "2021-09-01", "2021-11-30"),
    ("They left last spring", "2021-03-01", "2021-05-31"),
    ("They left in November and December", "2021-11-01", "2021-12-31"),
    ("They left between June and August 2019", "2019-06-01", "2019-08-31"),
]
FUTURE = [
    ("They will leave on Monday", "2022-03-21", "2022-03-21"),
    ("They will leave on Wednesday", "2022-03-16", "2022-03-16"),
    ("They will leave next Monday", "2022-03-21", "2022-03-21"),
    ("They will leave tomorrow", "2022-03-17", "2022-03-17"),
    ("They will leave next week", "2022-03-21", "2022-03-27"),
    ("They will leave next month", "2022-04-01", "2022-04-30"),
    ("They will leave in the coming days", "2022-03-16", "2022-03-23"),
    ("They will leave by the end of March", "2022-03-16", "2022-03-31"),
    ("They will leave by the end of the year", "2022-03-16", "2022-12-31"),
    ("They will leave within 48 hours", "2022-03-16", "2022-03-18"),
    ("They will leave within ten days", "2022-03-16", "2022-03-26"),
    ("They will leave at the weekend", "2022-03-19", "2022-03-20"),
    ("They will leave in May", "2022-05-01", "2022-05-31"),
    ("They will leave in February", "2023-02-01", "2023-02-28"),
    ("They will leave on 2 January", "2023-01-02", "2023-01-02"),
    ("They will leave by Friday", "2022-03-16", "2022-03-18"),
    ("They will leave before 30 April", "2022-03-16", "2022-04-30"),
    ("They will leave by April 30", "2022-03-16", "2022-04-30"),
    ("They will not leave until early April", "2022-03-16", "2022-04-10"),
    ("They will leave by mid-May", "2022-03-16", "2022-05-20"),
    ("They will leave in coming days", "2022-03-16", "2022-03-23"),
    ("They will leave in the coming week", "2022-03-16", "2022-03-23"),
    ("They will leave in the next few days", "2022-03-16", "2022-03-23"),
    ("They will leave in the next few weeks", "2022-03-16", "2022-04-13"),
    ("They will leave later this month", "2022-03-16", "2022-03-31"),
    ("They will leave before the May 1st deadline", "2022-03-16", "2022-05-01"),
    ("They face a 30 April deadline", "2022-03-16", "2022-04-30"),
    ("They will be home by Christmas", "2022-03-16", "2022-12-25"),
    ("They will be home by Christmas next year", "2022-03-16", "2023-12-25"),
    ("They will leave during May and June", "2022-05-01", "2022-06-30"),
    ("They will leave between December and January", "2022-12-01", "2023-01-31"),
    ("They will leave this fall", "2022-09-01", "2022-11-30"),
    ("They will leave as was decided last December", "2021-12-01", "2021-12-31"),
    # What is said of the past stays there, and what of the future, whatever the verb.
    ("They will follow those who left earlier this week", "2022-03-14", "2022-03-16"),
]
SINCE = [("They have been leaving since Monday", "2022-03-14", "2022-03-16"), ("Many left since October", "2021-10-01", "2022-03-16")]


def resolved(text, future, published=PUBLISHED):
    return [(str(w.starts), str(w.ends)) for w in dates.find(text, published, future)]


@pytest.mark.parametrize(
    ("text", "future", "starts", "ends"),
    [(t, f, a, b) for f, listed in ((False, PAST), (True, FUTURE), (False, SINCE)) for t, a, b in listed],
)
def test_words_become_days(text, future, starts, ends):
    assert resolved(text, future) == [(starts, ends)]


@pytest.mark.parametrize(
    "text",
    [
        "They left.",
        "They left in 300 trucks.",
        "The March on Gao",
        "May they rest.",
        "It cost 2,004 dollars.",
        "They may leave.",
        "300 men left",
        "They left after Saturday's vote",
        "They fall back",
        "It will be the largest force in the last 20 years",
    ],
)
def test_other_words_are_no_dates(text):
    assert resolved(text, False) == []


@pytest.mark.parametrize("text", ["They left on Monday", "They left last week", "They left in May", "They will leave in the coming days"])
def test_without_a_day_of_publication_nothing_relative_is_resolved(text):
    assert resolved(text, False, None) == []


def test_without_a_day_of_publication_a_full_date_stands():
    assert resolved("They left on 3 May 2021", False, None) == [("2021-05-03", "2021-05-03")]


@pytest.mark.parametrize("text", ["They left on 31 February 2021", "They left on 30 February", "They left on February 30, 2020"])
def test_a_day_that_does_not_exist_is_left_out(text):
    assert all(date.fromisoformat(a) <= date.fromisoformat(b) for a, b in resolved(text, False))
    assert not any(a.endswith(("-30", "-31")) and "-02-" in a for a, _ in resolved(text, False))


def test_leap_years_and_year_ends():
    assert resolved("They left last month", False, date(2024, 3, 31)) == [("2024-02-01", "2024-02-29")]
    assert resolved("They left last month", False, date(2022, 1, 31)) == [("2021-12-01", "2021-12-31")]
    assert resolved("They will leave next week", True, date(2021, 12, 29)) == [("2022-01-03", "2022-01-09")]
    assert resolved("They left yesterday", False, date(2022, 1, 1)) == [("2021-12-31", "2021-12-31")]


def test_offsets_are_shifted_and_in_order():
    text = "They left on Monday and came back yesterday"
    found = dates.find(text, PUBLISHED, False, 50)
    assert [text[w.span.start - 50 : w.span.end - 50] for w in found] == ["on Monday", "yesterday"]


PIECES = st.sampled_from(
    [
        "on",
        "by",
        "the end of",
        "in",
        "last",
        "next",
        "Monday",
        "May",
        "March",
        "31",
        "29",
        "0",
        "99",
        "February",
        "2022",
        "1900",
        "two",
        "999",
        "weeks",
        "ago",
        "within",
        "weekend",
        "coming",
        "days",
        "of",
        ",",
        "-",
        "yesterday",
    ]
)


@given(st.text(max_size=200) | st.lists(PIECES, max_size=25).map(" ".join), st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.booleans())
def test_no_text_makes_it_stumble(text, published, future):
    found = dates.find(text, published, future)
    for when in found:
        assert when.starts <= when.ends
        assert 0 <= when.span.start < when.span.end <= len(text)
    assert all(a.span.end <= b.span.start for a, b in zip(found, found[1:], strict=False))
