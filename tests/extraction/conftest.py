"""What the tests of extraction share: the words, a handful of place names, and a parse of one sentence."""

from datetime import date

import pytest

from tracker import vocabulary as words
from tracker.extraction import personnel, quantities, sentences, triggers
from tracker.extraction.extractor import Extractor
from tracker.geocoding import Gazetteer
from tracker.models import Article

#: name -> (what it can be, the country it names, the country whose capital it is, the country it lies in)
PLACES = {
    "Mali": ({"country"}, "ML", "", "ML"),
    "Chad": ({"country"}, "TD", "", "TD"),
    "Peru": ({"country"}, "PE", "", "PE"),
    "Iraq": ({"country"}, "IQ", "", "IQ"),
    "Iran": ({"country"}, "IR", "", "IR"),
    "Niger": ({"country"}, "NE", "", "NE"),
    "Poland": ({"country"}, "PL", "", "PL"),
    "Latvia": ({"country"}, "LV", "", "LV"),
    "Kenya": ({"country"}, "KE", "", "KE"),
    "Haiti": ({"country"}, "HT", "", "HT"),
    "U.S.": ({"country"}, "US", "", "US"),
    "US": ({"country"}, "US", "", "US"),
    "United States": ({"country"}, "US", "", "US"),
    "Lima": ({"city"}, "", "PE", "PE"),
    "Gao": ({"city"}, "", "", "ML"),
    "Riga": ({"city"}, "", "LV", "LV"),
    "Camp Lemonnier": ({"base"}, "", "", "DJ"),
    "Anbar": ({"admin1"}, "", "", "IQ"),
    "Black Sea": ({"sea"}, "", "", ""),
    "Sahel": ({"region"}, "", "", ""),
}


class Names:
    """A gazetteer of twenty names, so that these tests do not depend on the real one."""

    def kinds(self, name):
        found = PLACES.get(name.removeprefix("the "))
        return frozenset(found[0]) if found else frozenset()

    def country(self, name):
        return PLACES.get(name.removeprefix("the "), ("", "", "", ""))[1]

    def capital_of(self, name):
        return PLACES.get(name, ("", "", "", ""))[2]

    def country_of(self, name):
        return PLACES.get(name, ("", "", "", ""))[3]

    def country_name(self, code):
        return next((name for name, found in PLACES.items() if code and found[1] == code and len(name) > 2), "")


@pytest.fixture(scope="session")
def vocabulary():
    return words.load()


@pytest.fixture(scope="session")
def names():
    return Names()


@pytest.fixture(scope="session")
def extractor(names, vocabulary):
    return Extractor(names, vocabulary)


@pytest.fixture(scope="session")
def parsed():
    """Parses a text that is one sentence."""

    def parse(text):
        spans = sentences.split(text)
        assert len(spans) == 1, f"not one sentence: {text!r}"
        return sentences.parse(text, [(0, spans[0])])[0]

    return parse


@pytest.fixture(scope="session")
def framed(parsed, vocabulary):
    """The frame of the first counted group of a sentence."""

    def frame(text):
        sentence = parsed(text)
        counted, refused = personnel.find(sentence, quantities.find(sentence.text, vocabulary, sentence.span.start), vocabulary)
        assert counted, f"no counted group in {text!r}: {refused}"
        return triggers.frame(counted[0], vocabulary)

    return frame


@pytest.fixture(scope="session")
def read_text():
    """Reads a text as an article of 1 May 2024, with the gazetteer that ships."""
    extractor = Extractor(Gazetteer.default())
    return lambda text: extractor.read(Article(text, published=date(2024, 5, 1)))
