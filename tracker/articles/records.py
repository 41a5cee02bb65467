"""One text with what is known of it -> one Article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.articles.cleaning import clean_line, clean_text
from tracker.articles.language import looks_english
from tracker.articles.problems import InputError
from tracker.models import Article

#: The fields of a JSON line, or columns of a CSV or Parquet file, that are read; others are passed over.
FIELDS = ("id", "text", "published", "title", "url", "source")

_DATE_LINE = re.compile(r"[ \t]{0,8}date:?[ \t]{1,8}(\d{4}-\d\d-\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """What the user states for all articles of an input."""

    published: date | None = None
    title: str = ""
    source: str = ""
    url: str = ""


def day(value: object) -> date | None:
    """A date from a date, or from ISO 8601 with or without a time; None for an empty value.

    Raises ``InputError`` for anything else.

    >>> day("2022-02-02T18:30:00Z")
    datetime.date(2022, 2, 2)
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    text = str(value).strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise InputError(f"{text[:40]!r} is not a date", "write it as YYYY-MM-DD, such as 2022-02-02") from None


def article_from_text(
    text: str, *, id: str = "", published: date | str | None = None, title: str = "", source: str = "", url: str = ""
) -> Article:
    """An article from its words. The text is cleaned, and stays whole otherwise.

    A first line that begins with ``date YYYY-MM-DD`` gives ``published`` where none is given. The line stays in the
    text, so that offsets are those of the whole file. Raises ``InputError`` for an empty text, a text of 40 words or
    more that is not English, and a bad date.

    >>> article_from_text(" date 2022-02-02 Two ships sailed.").published
    datetime.date(2022, 2, 2)
    """
    known = day(published)
    clean = clean_text(text)
    if not clean.strip():
        raise InputError("the text is empty", "give the words of the article")
    if not looks_english(clean):
        raise InputError("the text seems to be not English; this version reads English", "translate it first, or leave it out")
    return Article(
        text=clean,
        id=clean_line(id),
        published=known or _date_line(clean),
        source=clean_line(source),
        title=clean_line(title),
        url=clean_line(url),
    )


def _date_line(text: str) -> date | None:
    found = _DATE_LINE.match(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def article_from_record(fields: Mapping[str, object], given: Given) -> tuple[Article, str]:
    """An article from the fields of a line or row, and a note where one of them could not be used.

    What the record itself says goes before what was given for the whole input. Raises ``InputError`` where there is
    no text.
    """
    text = fields.get("text")
    if text is None:
        raise InputError('there is no field "text"', 'put the words of the article into "text"')
    if not isinstance(text, str):
        raise InputError('the field "text" is not a text', 'put the words of the article into "text"')
    published, note = given.published, ""
    try:
        published = day(fields.get("published")) or given.published
    except InputError as error:
        note = f"published: {error.reason}, so the article is read without it"
    named = {name: clean_line(fields.get(name)) or default for name, default in _defaults(given).items()}
    return article_from_text(text, published=published, **named), note


def _defaults(given: Given) -> dict[str, str]:
    return {"id": "", "title": given.title, "source": given.source, "url": given.url}
