"""When: the day or days that a sentence gives for a movement, as an interval resolved against the day of publication.

A closed grammar of our own: weekdays take the tense of the verb, "in the coming days" is a week, "by the end of March" runs from the
report to then. Absolute dates are read here too; nothing is guessed where the text is silent.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.models import Span

_MONTHS = (
    {m.lower(): i for i, m in enumerate(calendar.month_name) if m}
    | {m.lower(): i for i, m in enumerate(calendar.month_abbr) if m}
    | {"sept": 9}
)
_DAYS = {d.lower(): i for i, d in enumerate(calendar.day_name)}
_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_MONTH_NAMES})\.?"
_DAY = "(?P<weekday>" + "|".join(_DAYS) + ")"
_SMALL = {
    "one": 1,
    "a": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "couple of": 2,
    "few": 3,
    "several": 3,
}
#: How many of its units "the next few days" and "the coming weeks" are.
_FEW = {"day": 7, "week": 4, "month": 3}
#: A third of a month, by the word before it: its first and last day (0 for the month's own).
_THIRDS = {
    "early": (1, 10),
    "beginning of": (1, 10),
    "mid": (10, 20),
    "middle of": (10, 20),
    "late": (20, 0),
    "end of": (20, 0),
}
_PART = r"(?P<part>early|mid-?|late|beginning of|middle of|end of)"
_N = "(?P<n>" + "|".join(sorted(_SMALL, key=len, reverse=True)) + r"|\d{1,3})"


@dataclass(frozen=True, slots=True)
class When:
    """First and last possible day (either may be open), and the words that say so."""

    starts: date
    ends: date
    span: Span


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _third(year: int, month: int, part: str | None) -> tuple[date, date]:
    """The days of a month, or of its beginning, middle or end."""
    first, last = _THIRDS.get((part or "").lower().rstrip("-"), (1, 0))
    return date(year, month, first), date(year, month, last) if last else _month_end(year, month)


def _week(day: date, weeks: int) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


def _period(unit: str, day: date, step: int, part: str | None = None) -> tuple[date, date]:
    """The week, month or year that lies ``step`` of them from that of a day; ``part`` is a month's beginning, middle or end."""
    if unit == "week":
        return _week(day, step)
    if unit == "month":
        month = _plus_months(day.replace(day=1), step)
        return _third(month.year, month.month, part)
    return date(day.year + step, 1, 1), date(day.year + step, 12, 31)


def _plus_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


Interval = tuple[date, date] | None


def _until(pub: date, end: date) -> Interval:
    """From the day of publication to a day that is not past."""
    return (pub, end) if end >= pub else None


def _absolute(m: re.Match[str], pub: date, future: bool) -> Interval:
    month = _MONTHS[m["month"].lower()]
    day = int(m["day"])
    year = int(m["year"]) if m["year"] else _nearest_year(month, day, pub, future)
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found


def _nearest_year(month: int, day: int, pub: date, future: bool) -> int:
    options = []
    for year in (pub.year - 1, pub.year, pub.year + 1):
        try:
            options.append(date(year, month, min(day, calendar.monthrange(year, month)[1])))
        except ValueError:
            continue
    if future:
        return next((d.year for d in options if d >= pub), pub.year)
    return next((d.year for d in reversed(options) if d <= pub), pub.year)


def _month_only(m: re.Match[str], pub: date, future: bool) -> Interval:
    month = _MONTHS[m["month"].lower()]
    year = int(m["year"]) if m["year"] else _nearest_year(month, 28, pub, future)
    if not m["year"] and month == pub.month:
        year = pub.year
    if not m["year"] and (m["which"] or "").lower() == "last":
        year = pub.year - (month >= pub.month)
    return _third(year, month, m["part"])


def _months(m: re.Match[str], pub: date, future: bool) -> Interval:
    first, last = _MONTHS[m["month"].lower()], _MONTHS[m["last"].lower()]
    year = int(m["year"]) if m["year"] else _nearest_year(last, 28, pub, future)
    return date(year - (first > last), first, 1), _month_end(year, last)


def _by_month(m: re.Match[str], pub: date, future: bool) -> Interval:
    year = int(m["year"]) if m["year"] else _nearest_year(_MONTHS[m["month"].lower()], 28, pub, True)
    month = _MONTHS[m["month"].lower()]
    if day := m["day"] or m["after"]:
        try:
            end = date(year, month, int(day))
        except ValueError:
            return None
    else:
        end = _third(year, month, m["part"])[1]
    return _until(pub, end)


def _deadline(m: re.Match[str], pub: date, future: bool) -> Interval:
    found = _absolute(m, pub, True)
    return _until(pub, found[1]) if found is not None else None


#: Feasts that deadlines are set by: month and day.
_FEASTS = {"christmas": (12, 25), "new year": (12, 31)}


def _by_feast(m: re.Match[str], pub: date, future: bool) -> Interval:
    month, day = _FEASTS[m["feast"].lower()]
    year = int(m["year"]) if m["year"] else pub.year + (1 if m["next"] else 0)
    return _until(pub, date(year, month, day))


def _weekday(m: re.Match[str], pub: date, future: bool) -> Interval:
    wanted = _DAYS[m["weekday"].lower()]
    which = (m["which"] or "").lower()
    if which == "next" or (future and which != "last"):
        ahead = (wanted - pub.weekday()) % 7
        found = pub + timedelta(days=ahead or (7 if which == "next" else 0))
        if which in {"by", "before"}:
            return pub, found
    else:
        back = (pub.weekday() - wanted) % 7
        found = pub - timedelta(days=back or (7 if which == "last" else 0))
    return found, found


def _number(m: re.Match[str]) -> int:
    """How many of its units a match tells."""
    return _SMALL.get(m["n"].lower(), 0) or int(m["n"])


def _ago(m: re.Match[str], pub: date, future: bool) -> Interval:
    n, unit = _number(m), m["unit"].lower()
    if unit == "day":
        found = pub - timedelta(days=n)
        return found, found
    return _period(unit, pub, -n)


def _away(day: date, n: int, unit: str, way: int) -> date:
    """The day that lies a number of hours, days, weeks, months or years behind another (``way`` 1) or before it (-1)."""
    if unit == "hour":
        return day + timedelta(days=way * max(1, round(n / 24)))
    if unit in {"day", "week"}:
        return day + timedelta(days=way * n * (7 if unit == "week" else 1))
    return _plus_months(day, way * n * (12 if unit == "year" else 1))


def _reach(m: re.Match[str]) -> tuple[int, str]:
    """Number and unit of "three weeks", "the next few days", "the coming months"."""
    unit = m["unit"].lower().rstrip("s")
    told = m.groupdict().get("n")
    few = told is None or told.lower() in {"few", "several"}
    return _FEW[unit] if few and unit in _FEW else _number(m), unit


def _coming(m: re.Match[str], pub: date, future: bool) -> Interval:
    n, unit = _reach(m)
    return pub, _away(pub, n, unit, 1)


def _recent(m: re.Match[str], pub: date, future: bool) -> Interval:
    n, unit = _reach(m)
    return _away(pub, n, unit, -1), pub


def _weekend(pub: date, future: bool) -> tuple[date, date]:
    """The weekend to come, or for what is past the one that has begun last."""
    saturday = pub - timedelta(days=pub.weekday()) + timedelta(days=5)
    if not future and saturday > pub:
        saturday -= timedelta(weeks=1)
    return saturday, saturday + timedelta(days=1)


def _relative(m: re.Match[str], pub: date, future: bool) -> Interval:
    which, unit = m["which"].lower(), m["unit"].lower()
    if which == "coming" and unit == "week":
        return pub, pub + timedelta(days=7)
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "following": 1}[which]
    if unit == "weekend":
        saturday, sunday = _weekend(pub, future or step != 0)
        return saturday + timedelta(weeks=step), sunday + timedelta(weeks=step)
    return _period(unit, pub, step, m["part"])


def _so_far(m: re.Match[str], pub: date, future: bool) -> Interval:
    return _period(m["unit"].lower(), pub, 0)[0], pub


def _yet_to_come(m: re.Match[str], pub: date, future: bool) -> Interval:
    return pub, _period(m["unit"].lower(), pub, 0)[1]


_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


def _season(m: re.Match[str], pub: date, future: bool) -> Interval:
    first, last = _SEASONS[m["season"].lower()]
    year = int(m["year"]) if m["year"] else pub.year
    if not m["year"] and future and date(year, last if last > first else 12, 28) < pub:
        year += 1
    which = (m["which"] or "").lower()
    over = _month_end(year + (last < first), last) if which == "last" else date(year, first, 1)
    if not m["year"] and (not future or which == "last") and over > pub:
        year -= 1
    starts, ends = date(year, first, 1), _month_end(year + (last < first), last)
    if m["by"]:
        return _until(pub, ends)
    return starts, ends


def _plain(days: int) -> Callable[[re.Match[str], date, bool], Interval]:
    def read(m: re.Match[str], pub: date, future: bool) -> Interval:
        found = pub + timedelta(days=days)
        return found, found

    return read


def _year(m: re.Match[str], pub: date, future: bool) -> Interval:
    year = int(m["year"])
    return date(year, 1, 1), date(year, 12, 31)


def _by_year(m: re.Match[str], pub: date, future: bool) -> Interval:
    year = int(m["year"]) if m["year"] else pub.year + (1 if (m["next"] or "") == "next" else 0)
    return (pub, date(year, 12, 31)) if year >= pub.year else None


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date, bool], Interval]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (
            (
                rf"\b(?:by|before|until|no later than) (?:the )?(?:{_PART}[ -]?)?"
                rf"(?:(?P<day>\d{{1,2}}) )?{_MONTH}(?: (?P<after>\d{{1,2}})(?:st|nd|rd|th)?(?![\w,]\d))?"
                rf"(?:,? (?P<year>(?:19|20)\d\d))?(?![\w])"
            ),
            _by_month,
        ),
        (rf"\b(?P<day>\d{{1,2}}) {_MONTH}(?P<year>) deadline\b", _deadline),
        (rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?P<year>) deadline\b", _deadline),
        (r"\b(?:by|before) (?P<feast>christmas|new year)(?: (?:this|(?P<next>next)) year| (?P<year>(?:19|20)\d\d))?\b", _by_feast),
        (r"\bby (?:the )?end of (?:the |this )?(?:(?P<next>next) )?year\b(?P<year>)?", _by_year),
        (r"\bby (?:the )?(?:end of )?(?P<next>)(?P<year>20\d\d)\b", _by_year),
        (rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>(?:19|20)\d\d))?(?![\d,])", _absolute),
        (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>(?:19|20)\d\d))?(?![\w])", _absolute),
        (
            (
                rf"\b{_MONTH} (?:and|to|through|until|or|[-–]) (?P<last>{_MONTH_NAMES})\b\.?"
                rf"(?! \d{{1,2}}\b)(?:,? (?P<year>(?:19|20)\d\d))?"
            ),
            _months,
        ),
        (rf"\b(?:(?P<which>next|last|this|on|by|before) )?{_DAY}\b(?!['’]s )", _weekday),
        (r"\bearlier this (?P<unit>week|month|year)\b", _so_far),
        (r"\blater this (?P<unit>week|month|year)\b", _yet_to_come),
        (
            (
                rf"\b(?:(?:within|in|over|during) )?(?:the )?(?:last|past) {_N} "
                r"(?P<unit>hour|day|week|month)s?\b"
            ),
            _recent,
        ),
        (rf"\b{_N} (?P<unit>day|week|month|year)s? (?:ago|earlier)\b", _ago),
        (
            rf"\b(?:within|in|over) (?:the )?(?:next |coming |following )?{_N} (?P<unit>hour|day|week|month|year)s?(?! (?:ago|earlier))\b",
            _coming,
        ),
        (r"\b(?:in|over|during|within) (?:the )?(?:coming|following) (?P<unit>days|weeks|months)\b", _coming),
        (r"\b(?:in|over|during) (?:the )?(?:recent|past) (?P<unit>days|weeks|months)\b", _recent),
        (r"\bby (?:the )?end of (?:the |this )(?P<unit>week|month|year)\b", _yet_to_come),
        (
            (
                r"\b(?P<by>by |before |until )?(?:in )?(?:the )?(?:early |late |mid-)?(?:northern |southern )?"
                r"(?P<season>spring|summer|autumn|winter|fall)(?P<which>)(?: of)? (?P<year>(?:19|20)\d\d)\b"
            ),
            _season,
        ),
        (
            (
                r"\b(?:in|during|(?P<which>this|next|last)) (?:the )?(?:early |late |mid-)?(?P<by>)"
                r"(?P<season>spring|summer|autumn|winter|(?<=(?:this|next|last) )fall)(?P<year>)\b"
            ),
            _season,
        ),
        (r"\b(?:over |at |on |during )?the (?P<unit>weekend)(?P<which>)\b", lambda m, p, f: _weekend(p, f)),
        (
            rf"\b(?:{_PART} )?(?P<which>last|past|previous|this|next|coming|following) (?P<unit>week|month|year|weekend)\b",
            _relative,
        ),
        (
            (
                rf"\b(?:in|since|during|of|(?P<which>last|this|next)|(?=early|late|mid)) ?(?:{_PART}[ -]?)?"
                rf"{_MONTH}(?:,? (?:of )?(?P<year>(?:19|20)\d\d))?(?![\w])"
            ),
            _month_only,
        ),
        (r"\bovernight\b", lambda m, p, f: (p, p + timedelta(days=1)) if f else (p - timedelta(days=1), p)),
        (r"\btomorrow\b", _plain(1)),
        (r"\byesterday\b", _plain(-1)),
        (r"\b(?:today|tonight|this morning|earlier in the day)\b", _plain(0)),
        (r"\b(?:in|since|during) (?:early |late |mid-)?(?P<year>(?:19|20)\d\d)\b", _year),
    )
)


#: What these read begins or ends with the day of publication already.
_FROM_THE_REPORT = frozenset({_coming, _recent, _so_far, _yet_to_come, _by_month, _by_year, _by_feast, _deadline})


def _placed(when: When, words: str, published: date | None, future: bool) -> When:
    """The interval cut at the day of publication: "since May" runs to it, a plan's "this week" begins with it, a report's ends with it."""
    if published is None:
        return when
    if re.search(r"\bsince\b", words, re.IGNORECASE) and when.starts <= published:
        return When(when.starts, published, when.span)
    if future and when.starts < published <= when.ends:
        return When(published, when.ends, when.span)
    if not future and when.starts <= published < when.ends and (published - when.starts).days < 365 and (when.ends - when.starts).days < 40:
        return When(when.starts, published, when.span)
    return when


def find(text: str, published: date | None, future: bool, offset: int = 0) -> list[When]:
    """The dates of a sentence, left to right. ``future`` says which way a bare weekday points.

    >>> [str(w.starts) for w in find("They left on Monday", date(2022, 2, 2), False)]
    ['2022-01-31']
    """
    found: list[When] = []
    for pattern, read in _RULES:
        for m in pattern.finditer(text):
            span = Span(m.start() + offset, m.end() + offset)
            if any(span.overlaps(w.span) for w in found):
                continue
            if published is None:
                if not m.groupdict().get("year"):
                    continue
                interval = read(m, date(int(m["year"]), 1, 1), future)
            else:
                interval = read(m, published, future)
            if interval is not None:
                when = When(interval[0], interval[1], span)
                found.append(when if read in _FROM_THE_REPORT else _placed(when, text[max(0, m.start() - 8) : m.end()], published, future))
    return sorted(found, key=lambda w: w.span)
