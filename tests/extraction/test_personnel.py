"""Which numbers count persons of a force, and with which noun."""

import pytest

from tracker.extraction import personnel, quantities


@pytest.fixture
def counted(parsed, vocabulary):
    """(quote, noun) of every counted group of a one-sentence text, and the refusals by the number's words."""

    def read(text, context=""):
        sentence = parsed(text)
        numbers = [n for n in quantities.find(sentence.text, vocabulary, sentence.span.start) if not n.vague]
        groups, refused = personnel.find(sentence, numbers, vocabulary, context)
        return [(g.mention.span.of(text), g.mention.personnel) for g in groups], {span.of(text): why for span, why in refused.items()}

    return read


@pytest.mark.parametrize(
    ("text", "quote", "noun"),
    [
        ("Peru sent 300 soldiers to Mali.", "300 soldiers", "soldiers"),
        ("Peru sent 300 well-trained infantry soldiers to Mali.", "300 well-trained infantry soldiers", "soldiers"),
        ("About 40 Peruvian peacekeepers left Haiti.", "40 Peruvian peacekeepers", "peacekeepers"),
        ("A battalion of 850 landed in Mali.", "battalion of 850", "battalion"),
        ("Some 900 of its troops are in Chad.", "900 of its troops", "troops"),
        ("An 800-strong force flew to Mali.", "800-strong force", "force"),
        ("Some 900 KFOR soldiers serve in Pristina.", "Some 900 KFOR soldiers", "soldiers"),
        ("Peru sent another 75 Peruvian Army soldiers to Mali.", "another 75 Peruvian Army soldiers", "soldiers"),
        ("Lima sent 300 extra African Union (AU) soldiers to Gao.", "300 extra African Union (AU) soldiers", "soldiers"),
        ("There are 6,500 African-led peacekeeping forces in Mali.", "6,500 African-led peacekeeping forces", "peacekeeping forces"),
        ("Kenya is sending 1,000 police officers to Haiti.", "1,000 police officers", "police officers"),
        ("Two hundred members of the National Guard went to Lima.", "Two hundred members of the National Guard", ""),
        ("A 332-man battalion flew to Haiti.", "332-man battalion", "battalion"),
    ],
)
def test_a_number_takes_its_noun(counted, text, quote, noun):
    (found,), _ = counted(text)
    assert quote in found[0] or found[0] in quote
    assert any(c.isdigit() for c in found[0]) or "undred" in found[0]
    assert found[1].rstrip("s").endswith(noun.rstrip("s"))


@pytest.mark.parametrize(
    "text",
    [
        "Peru sent 14 tanks to Mali.",
        "Peru sent 20 doctors to Mali.",
        "Peru paid $300 for it.",
        "Peru sent food for 30 days.",
        "Peru sent 40 nurses and some soldiers.",
    ],
)
def test_other_things_are_not_counted(counted, text):
    found, refused = counted(text)
    assert found == [] and len(refused) == 1 and all(refused.values())


def test_every_number_is_either_counted_or_refused_with_a_reason(counted):
    found, refused = counted("In 1994 Peru sent 300 soldiers, 14 tanks and 3 ships to Mali.")
    assert [quote for quote, _ in found] == ["300 soldiers"]
    assert {"14", "3"} <= {words.split()[-1] for words in refused} and all(refused.values())


def test_two_groups_of_one_sentence(counted):
    found, _ = counted("Peru sent 300 soldiers to Mali and 200 marines to Haiti.")
    assert found == [("300 soldiers", "soldiers"), ("200 marines", "marines")]


def test_a_number_without_a_noun_takes_the_one_before_it(counted):
    found, _ = counted("Peru sent 300 soldiers to Mali and another 200 to Haiti.")
    assert [quote for quote, _ in found] == ["300 soldiers", "another 200"] and {noun for _, noun in found} == {"soldiers"}


def test_a_number_without_a_noun_takes_that_of_the_sentence_before(counted):
    found, _ = counted("Another 200 will be sent to Haiti.", context="soldiers")
    assert [quote for quote, _ in found] == ["Another 200"] and found[0][1] == "soldiers"
    assert counted("Another 200 will be sent to Haiti.")[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "Twelve trucks with soldiers left Lima.",
        "The 42 vehicles carried soldiers to Gao.",
        "Soldiers of 3 Brigade left Gao.",
    ],
)
def test_soldiers_near_a_number_of_something_else(counted, text):
    assert counted(text)[0] == []


def test_people_of_an_army_are_no_unit_of_its_number(counted):
    found, _ = counted("A further 135 Peruvian Army medics left Lima.", context="soldiers")
    assert [quote for quote, _ in found] == ["A further 135 Peruvian Army medics"]


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("The arrival of 200 marines and another 300 sailors in Gao was quiet.", True),
        ("Lima sent 350 police, over 600 cooks and over 400 soldiers to Gao.", True),
        ("Lima sent 200 marines and recalled 300 sailors.", False),
        ("Lima sent 200 marines to join 300 sailors.", False),
    ],
)
def test_groups_of_one_list_are_told_from_two_events(parsed, vocabulary, text, is_list):
    sentence = parsed(text)
    groups, _ = personnel.find(sentence, quantities.find(text, vocabulary, 0), vocabulary)
    assert personnel.joined(groups[0], groups[-1]) is is_list


@pytest.mark.parametrize(
    ("text", "context", "found"),
    [
        ("Some 900 Peruvians landed in Mali.", "troops", [("Some 900 Peruvians", "peruvians")]),
        ("Another 450 French will land in Mali.", "troops", [("Another 450 French", "french")]),
        ("Some 900 Peruvians landed in Mali.", "", []),
        ("Some 450 French tourists landed in Mali.", "troops", []),
    ],
)
def test_people_of_a_state_may_be_its_soldiers_where_soldiers_are_spoken_of(counted, text, context, found):
    assert counted(text, context)[0] == found


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Some 160 new members of Congress took their seats in Lima.", []),
        ("Some 300 members of the activist group signed it in Lima.", []),
        ("The pope met 3,060 men, women and children on the island.", []),
        ("The house chose a 65-member investigatory, presidential impeachment committee.", []),
        ("A 33-person Vanderbilt group was in Lima.", []),
        ("Some 300 members of the armed group crossed into Mali.", ["Some 300 members"]),
        ("Some 70 members of its armed forces flew to Mali.", ["Some 70 members"]),
        ("A 90-member special forces team flew to Mali.", ["90-member special forces team"]),
        ("Some 51 NATO members sent troops.", []),
        ("Peru sends 200 civilian monitors to Mali.", []),
        ("Some 40 diplomatic staff members leave Lima.", []),
        ("Some 186 members of the 245-seat upper house vote for the bill.", []),
    ],
)
def test_members_of_what_is_no_force_are_not_counted(counted, text, quotes):
    assert [quote for quote, _ in counted(text)[0]] == quotes
