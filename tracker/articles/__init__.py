"""User input -> Articles: pasted text, files, folders, uploads and web addresses. The only door; what enters here is clean.

Every reader yields an ``Article`` for what it could read and a ``Problem`` for what it could not, in the order of
the input, so that one bad line never costs the rest.
"""

from tracker.articles.cleaning import clean_text
from tracker.articles.fetch import Fetcher
from tracker.articles.formats import ENDINGS, read_bytes
from tracker.articles.inputs import read_inputs
from tracker.articles.language import looks_english
from tracker.articles.problems import InputError, Problem
from tracker.articles.records import article_from_text

__all__ = [
    "ENDINGS",
    "Fetcher",
    "InputError",
    "Problem",
    "article_from_text",
    "clean_text",
    "looks_english",
    "read_bytes",
    "read_inputs",
]
