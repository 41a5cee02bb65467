"""Several groups in one sentence: each keeps the places of its own clause, and a number without a noun is read where it can be one."""

import pytest


def ends(reading):
    """(count, origin, destination) of each row, by name; only what the text states."""
    return [
        (
            d.quantity.count,
            d.origin.toponym.name if d.origin and d.origin.basis != "implied" else "",
            d.destination.toponym.name if d.destination and d.destination.basis != "implied" else "",
        )
        for d in reading.deployments
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Five hundred soldiers will leave Fort Hood for Poland and 300 more will fly to Lithuania.",
            [(500, "Fort Hood", "Poland"), (300, "", "Lithuania")],
        ),
        ("Oslo is sending 120 soldiers to Juba, while 90 Danish soldiers go to Erbil.", [(120, "", "Juba"), (90, "", "Erbil")]),
        (
            "Some 200 marines left Lima in the north of the country for Haiti.",
            [(200, "Lima", "Haiti")],
        ),
    ],
)
def test_each_group_keeps_the_places_of_its_own_clause(read_text, text, wanted):
    found = ends(read_text(text))
    assert [(count, end) for count, _, end in found] == [(count, end) for count, _, end in wanted]


def test_a_bare_number_in_an_article_on_soldiers_can_count_them(read_text):
    text = "France sent 900 soldiers to Mali on Monday. About 350 from Calvi flew to Gao on Tuesday."
    assert [count for count, _, _ in ends(read_text(text))] == [900, 350]


@pytest.mark.parametrize(
    "text",
    [
        "Parliament voted 120 to 95 for the treaty. Soldiers lined the road.",
        "The soldiers waited. About 40 per cent of the vote was counted in Gao.",
        "In Gao the soldiers bought 60 goats from 12 farmers.",
    ],
)
def test_a_bare_number_of_something_else_makes_no_row(read_text, text):
    assert read_text(text).deployments == ()


def test_what_is_only_speculated_is_possible(read_text):
    (row,) = read_text("There is speculation that Algeria will send 3,500 soldiers to Mali.").deployments
    assert row.status == "possible"


def test_neither_nor_denies_both_verbs(read_text):
    rows = read_text("Vietnam has neither received nor sent 3,000 soldiers to Danang.").deployments
    assert [row.status for row in rows] == ["denied"]


def test_a_verb_outside_the_vocabulary_moves_nobody_without_a_direction(read_text):
    rows = read_text("Blair flew to Basra to address 4,000 British soldiers in the city.").deployments
    assert not [row for row in rows if row.moves]


def test_what_is_of_them_is_a_part_of_those_spoken_of_whatever_it_does(read_text):
    text = "About 10,000 soldiers went from Peru to Haiti, the ministry said. More than 3,000 of them stay in Gonaives."
    whole, part = read_text(text).deployments
    assert (whole.quantity.count, part.quantity.count) == (10_000, 3_000) and part.part_of == whole.deployment_id


def test_a_part_of_people_who_are_no_force_is_none_either(read_text):
    text = "Chad keeps 300 soldiers at Adre. Around 80,000 people have crossed into Chad, including 4,000 who have entered since dawn."
    assert [row.quote.of(text) for row in read_text(text).deployments] == ["300 soldiers"]
