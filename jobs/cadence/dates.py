"""Dates as people type them: "2026-12-01", "1 Dec", "December 1st", "1.12.2026", "tomorrow"."""

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from jobs.cadence.clock import CadenceError, in_tokens, quoted

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = rf"(?P<month>{'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in MONTHS)}|sept)\.?"
_YEAR = r"(?:\s*(?P<year>20\d\d|'\d\d))?"
_END = r"(?![\w:])"
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_NAMED_DAY = re.compile(rf"\b({'|'.join(_ORDINALS)})\b")
_FORMS = tuple(
    re.compile(form + _END, re.ASCII)
    for form in (
        r"(?P<year>20\d\d)[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"(?:the )?(?P<day>\d{{1,2}}|last)(?:st|nd|rd|th|\.)?(?: day)?(?: of)?(?: the)?\s?{_MONTH}{_YEAR}",
        rf"end of {_MONTH}{_YEAR}",
        rf"{_MONTH}\s(?:the )?(?P<day>\d{{1,2}}|last)(?:st|nd|rd|th)?(?![.]\d|h|am|pm){_YEAR}",
        r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>(?:20)?\d\d)?",
        r"(?P<day>\d{1,2})(?P<either>[/-])(?P<number>\d{1,2})(?:[/-](?P<year>(?:20)?\d\d))?",
        r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)",
    )
)
_TODAY = frozenset({"today", "tonight", "eod"})
_TOMORROW = frozenset({"tomorrow", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow", "tomorrrow"})
_PHRASES = ("end of day", "end of the day", "end of month", "end of the month", "eom", "day after tomorrow")
_OVER = frozenset({"yesterday", "last week", "last month", "last year"})
_WORDS = re.compile(
    rf"(?:the )?({'|'.join(sorted({*_TODAY, *_TOMORROW, *_PHRASES, *_OVER}, key=len, reverse=True))}){_END}"
)
_CENTURY = 2000
_LAST_MONTH = 12


def read_date(text: str, *, today: date | None = None) -> date:
    """The date in "2026-11-30" and, where `today` is known, in "30 Nov"; raises CadenceError."""
    line = " ".join(in_tokens(text))
    found = take_date(line, today=today or date(2000, 1, 1))
    relative = today is None and not re.match(r"20\d\d-", line)
    if found is None or found[1] or relative:
        raise CadenceError(f"{quoted(text)} is not a date. Dates are written like 2026-11-30.")
    return found[0]


def take_date(line: str, *, today: date) -> tuple[date, str] | None:
    """The date with which a line in small letters begins, and the rest of the line; None where none does.

    A date without a year is the next such. Raises CadenceError, with `nearest` a date that can be, for a day
    that its month has not, one that is over, and one that may be two.
    """
    if said := _WORDS.match(line):
        return _day_of_words(said[1], today), line[said.end() :].strip()
    line = _NAMED_DAY.sub(lambda day: str(_ORDINALS.index(day[1]) + 1), line)
    for form in _FORMS:
        if found := form.match(line):
            return _day(found, today), line[found.end() :].strip()
    return None


def _day_of_words(said: str, today: date) -> date:
    if said in _OVER:
        raise CadenceError(f"{quoted(said)} is over.")
    if said in _TOMORROW:
        return today + timedelta(days=1)
    if said == "day after tomorrow":
        return today + timedelta(days=2)
    if said.endswith("month") or said == "eom":
        return today.replace(day=monthrange(today.year, today.month)[1])
    return today


def _day(found: re.Match[str], today: date) -> date:
    said = found.groupdict()
    year = int(said["year"].strip("'")) if said.get("year") else None
    year = year + _CENTURY if year and year < _CENTURY else year
    day, month = said.get("day") or "last", said.get("month")
    if month:
        number = next(place for place, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))
        return _dated(found[0], year, number, day, today)
    if "number" not in said:
        return _next_day_of_month(found[0], int(day), today)
    number, whole = int(said["number"]), int(day)
    if said.get("either") and number != whole and max(number, whole) <= _LAST_MONTH:
        raise _may_be_two(found[0], year, whole, number, today)
    if said.get("either") and number > _LAST_MONTH:
        number, day = whole, str(number)
    return _dated(found[0], year, number, day, today)


def _dated(text: str, year: int | None, month: int, day: str, today: date) -> date:
    if month not in range(1, 13):
        raise CadenceError(f"{quoted(text)} is not a date. Dates are written like 2026-11-30.")
    last = monthrange(year or today.year, month)[1]
    if day != "last" and int(day) not in range(1, last + 1):
        name = MONTHS[month - 1].capitalize()
        nearest = _next(year, month, last, today)
        raise CadenceError(f"{quoted(text)} is not a date: {name} has {last} days.", nearest.isoformat())
    number = last if day == "last" else int(day)
    found = _next(year, month, number, today)
    if found < today:
        raise CadenceError(f"{quoted(text)} is over.")
    return found


def _next(year: int | None, month: int, day: int, today: date) -> date:
    """That day, of this year or the next where none is named."""
    if year:
        return date(year, month, day)
    found = date(today.year, month, day)
    if found >= today or today.year == MAXYEAR:
        return found
    following = today.year + 1
    return date(following, month, min(day, monthrange(following, month)[1]))


def _next_day_of_month(text: str, day: int, today: date) -> date:
    if day not in range(1, 32):
        raise CadenceError(f"{quoted(text)} is not a day of the month. Days are 1 to 31.")
    first = today.replace(day=1)
    while day > monthrange(first.year, first.month)[1] or first.replace(day=day) < today:
        first = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=day)


def _may_be_two(text: str, year: int | None, one: int, other: int, today: date) -> CadenceError:
    """The refusal of "12/01": day first, or month first?"""
    found = [_next(year, month, day, today) for day, month in ((one, other), (other, one))]
    near = min((day for day in found if day >= today), default=None)
    said = " or ".join(f"{day.day} {MONTHS[day.month - 1].capitalize()} ({day})" for day in found)
    return CadenceError(f"{quoted(text)} may be {said}.", near.isoformat() if near else None)
