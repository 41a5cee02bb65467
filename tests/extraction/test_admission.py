"""What speaks against a row, by name."""

import pytest

from tracker.extraction import admission
from tracker.extraction.admission import Case
from tracker.extraction.roles import Ends


@pytest.mark.parametrize(
    ("text", "grows"),
    [
        ("Peru announced the recruitment of 900 soldiers.", True),
        ("Peru recruited 900 soldiers.", True),
        ("Peru increased its armed forces by 900 soldiers.", True),
        ("Peru will boost the size of its army by 900 soldiers.", True),
        ("Peru increased its presence in Mali by 900 soldiers.", False),
        ("Peru sent 900 soldiers of its army to Mali.", False),
    ],
)
def test_an_army_that_grows_moves_nobody(framed, vocabulary, text, grows):
    case = Case(framed(text), Ends(), (), "PE", "completed", frozenset(), vocabulary)
    assert ("army grows" in admission.doubts(case)) is grows
