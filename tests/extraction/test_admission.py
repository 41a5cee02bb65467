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


@pytest.mark.parametrize(
    ("text", "doubt", "raised"),
    [
        ("Some 900 soldiers took part in the drill in Peru.", "exercise", True),
        ("Some 900 soldiers are in Peru for the exercise.", "exercise", True),
        ("Peru sent 900 soldiers to Chad for the exercise.", "exercise", False),
        ("Peru has trained 900 soldiers in Lima.", "taught", True),
        ("Peru sent 900 soldiers to Chad.", "taught", False),
        ("Some 900 soldiers were ordered to repay the money.", "errand", True),
        ("Some 900 soldiers were ordered to leave for Chad.", "errand", False),
        ("If there had been 900 soldiers in Lima, it would have held.", "unreal", True),
        ("If Peru had sent 900 soldiers to Lima, it would have held.", "unreal", True),
        ("If Peru sends 900 soldiers to Lima, it will hold.", "unreal", False),
    ],
)
def test_what_is_no_movement_raises_its_doubt(framed, vocabulary, text, doubt, raised):
    case = Case(framed(text), Ends(), (), "PE", "completed", frozenset(), vocabulary)
    assert (doubt in admission.doubts(case)) is raised
