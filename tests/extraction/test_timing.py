"""Which date of a sentence is the movement's, read from whole articles of a Wednesday (16 March 2022)."""

from datetime import date

import pytest

import tracker

CASES = [
    ("The task force was formed in 2006 when 3,000 soldiers were sent to Helmand.", "2006-01-01", "2006-12-31"),
    ("Marta Ruiz resigned in 2006, saying that 3,000 soldiers were sent to Helmand.", None, None),
    ("Norway will withdraw 400 soldiers from Mali after Saturday's vote in parliament.", None, None),
    ("They face the May 1st deadline to pull out the remaining 2,500 troops from Mali.", "2022-03-16", "2022-05-01"),
    ("Overnight, 700 paratroopers landed in Gao.", "2022-03-15", "2022-03-16"),
    ("Another 900 medics will be sent to Gao during April and May.", "2022-04-01", "2022-05-31"),
    ("On Monday the minister said that 900 soldiers would be sent to Gao in coming days.", "2022-03-16", "2022-03-23"),
]


@pytest.mark.parametrize(("text", "starts", "ends"), CASES)
def test_the_movement_has_its_own_date(text, starts, ends):
    row = tracker.track(text, published=date(2022, 3, 16)).iloc[0]
    found = [None if value != value else str(value.date()) for value in (row.starts, row.ends)]
    assert found == [starts, ends]
