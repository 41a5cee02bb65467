"""One key for every spelling, and capitals that tell names from words."""

import pytest

from tracker.geocoding.names import is_written_as_name, normalise, strip_article


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Türkiye", "Turkiye"),
        ("Côte d'Ivoire", "Cote d’Ivoire"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Ft. Hood", "Fort Hood"),
        ("Deir ez-Zor", "Deir ez Zor"),
        ("U.S.", "US"),
        ("Москва", "Moskva"),
        ("BAGHDAD", "Baghdad"),
    ],
)
def test_spellings_of_one_name_share_a_key(left: str, right: str) -> None:
    assert normalise(left) == normalise(right) != ""


def test_different_names_do_not_share_a_key() -> None:
    assert len({normalise(n) for n in ("Niger", "Nigeria", "Mali", "Malia", "Iran", "Iraq")}) == 6


@pytest.mark.parametrize("word", ["us", "reading", "mobile", "nice", "turkey", "", "--", "12"])
def test_words_written_small_are_no_names(word: str) -> None:
    assert not is_written_as_name(word)


@pytest.mark.parametrize("name", ["US", "Reading", "al-Tanf", "el-Obeid", "the Hague", "BAGHDAD", "中国"])
def test_names_are_names_whatever_small_word_leads_them(name: str) -> None:
    assert is_written_as_name(name)


def test_an_inner_bracket_survives_stripping() -> None:
    assert strip_article("the airport (Ben Gurion)") == "airport (Ben Gurion)"
    assert strip_article("(Gaza)") == "Gaza"
