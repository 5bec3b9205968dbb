"""The period that a query is about, as people type it."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import MINYEAR, UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.syntax.since import take_since
from handlers.syntax.typed_words import Word
from jobs.cadence import DAYS, MONTHS, CadenceError, moment, quoted
from storage.records import Period

LONGEST = timedelta(days=730)
_MONTHS_A_YEAR = 12
_UNITS = {"d": "days", "w": "weeks", "m": "months", "q": "quarters", "y": "years"}
_NUMBERS = {
    said: count
    for count, said in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1}
_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(_NUMBERS)})"
_BACK = re.compile(
    rf"{_COUNT}(?:(?<=\d)|(?<=[a-z]) | )\s?(?P<unit>d|days?|w|wks?|weeks?|m|mo|months?|quarters?|y|years?)",
    re.ASCII,
)
_NAMED = re.compile(
    r"(?P<which>this|current|last|past|previous|prev) (?P<span>day|week|month|quarter|year|fortnight)",
    re.ASCII,
)
_MONTH = re.compile(r"(?P<year>20\d{2})-(?P<number>\d{2})", re.ASCII)
_BY_NAME = re.compile(
    rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)(?: (?P<year>20\d\d))?",
    re.ASCII,
)
_QUARTER = re.compile(
    r"q(?P<quarter>[1-4])(?: (?P<year>20\d\d))?|(?P<of>20\d\d)-?q(?P<number>[1-4])", re.ASCII
)
_YEAR = re.compile(r"20\d\d", re.ASCII)
_DAYS = {"today": 0, "yesterday": 1}
_SO_FAR = {"ytd": "this year", "year to date": "this year", "mtd": "this month", "fortnight": "2 weeks"}
_ALL = frozenset({"all", "all time", "ever", "always"})
_FORMS = (_BACK, _NAMED, _MONTH, _BY_NAME, _QUARTER, _YEAR)
_SHORT = (_BACK, _NAMED, _MONTH)  # those that are no name of a product either
_SINCE = frozenset({"since", "from"})
_LONGEST_PHRASE = 3  # words
_OF_TIME = frozenset({
    "since", "until", "till", "til", "from", "to", "between", "before", "after", "next", "month", "months",
    "week", "weeks", "weekend", "day", "days", "year", "years", "quarter", "quarters", "forever", "ever",
    "all", "always", "lately", "recently", "recent", "latest", "now", "today", "yesterday", "tomorrow",
})  # fmt: skip
_NUMBERED = re.compile(r"(?:w|wk|week|cw|kw|h|fy)-?\d{1,4}|\d+(?:d|w|wks?|m|mo|y)", re.ASCII)
_SPAN = re.compile(rf"({'|'.join(name[:3] for name in MONTHS)})[a-z]*[-/–].*")
_BEFORE = frozenset(
    ["last", "past", "the", "in", "for", "over", "during", "from", "of", "since", "within", "previous"]
)


def take_period(words: Sequence[Word], *, now: datetime, zone: str) -> tuple[Period | None, list[Word]]:
    """The period among words ("30d", "6 weeks", "last month", "2026-09"), if any, and the other words.

    In a product's name, which follows "about", its first word is none, and a month or a year alone are none.
    Raises CadenceError for two periods, for one that has not begun and for more than two years.
    """
    rest: list[Word] = []
    period, at = None, 0
    while at < len(words):
        before = [word.key for word in rest]
        since = None
        if words[at].key in _SINCE and before[-1:] != ["about"]:
            size, since = take_since([word.key for word in words[at:]], now=now, zone=zone)
        if since:
            if period:
                raise CadenceError("One period at a time.")
            period, at = since, at + size
            continue
        size = _size([word.key for word in words[at : at + _LONGEST_PHRASE]], before)
        if not size:
            rest.append(words[at])
            at += 1
            continue
        if period:
            raise CadenceError("One period at a time.")
        period = read_period(" ".join(word.key for word in words[at : at + size]), now=now, zone=zone)
        at += size
        while rest and rest[-1].key in _BEFORE:
            if rest.pop().key == "since":
                period = Period(period.start, now.astimezone(UTC))
    return period, rest


def says_when(words: Sequence[Word]) -> bool:
    """Whether words that are no period were meant as one: "since monday", "next month", "w45", "jan-mar"."""
    keys = [word.key for word in words]
    days = {form for day in DAYS for form in (day.lower(), f"{day.lower()}s", day[:3].lower())}
    return any(
        key in _OF_TIME or key in days or bool(_NUMBERED.fullmatch(key) or _SPAN.fullmatch(key))
        for key in keys
    )


def read_period(text: str, *, now: datetime, zone: str) -> Period:
    """The days, weeks or months up to `now`, by the wall clock of `zone`, or a whole span of its calendar.

    Raises CadenceError.
    """
    here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    said = _SO_FAR.get(text, text)
    if said in _ALL:
        return Period(moment(here - LONGEST, zone), now.astimezone(UTC))
    if found := _BACK.fullmatch(said):
        count = int(found["count"]) if found["count"].isdigit() else _NUMBERS[found["count"]]
        longest = LONGEST if found["unit"][0] in "dw" else LONGEST + timedelta(days=1)  # with a leap day
        start = _back(here, count, found["unit"][0])
        if not count:
            raise CadenceError(f"{quoted(text)} is not a period.")
        if start is None or here - start > longest:
            raise CadenceError(f"{quoted(text)} is too long: figures go back two years at most.")
        return Period(moment(start, zone), now.astimezone(UTC))
    first, last = _calendar(said, here.date()) or (None, None)
    if first is None or last is None:
        raise CadenceError(f"{quoted(text)} is not a period.")
    period = Period(*(moment(datetime.combine(day, time()), zone) for day in (first, last)))
    if period.start > now:
        raise CadenceError(f"{quoted(text)} has not begun.")
    return period


def _back(here: datetime, count: int, unit: str) -> datetime | None:
    """So many days, weeks, months or years earlier; None for what is too long for a calendar.

    The last of a month stands for a day that the earlier month has not.
    """
    if unit in "dw":
        return here - timedelta(days=count * (7 if unit == "w" else 1)) if count < LONGEST.days * 2 else None
    months = here.year * _MONTHS_A_YEAR + here.month - 1 - count * {"q": 3, "y": _MONTHS_A_YEAR}.get(unit, 1)
    year, month = divmod(months, _MONTHS_A_YEAR)
    if year < MINYEAR:
        return None
    return here.replace(year=year, month=month + 1, day=min(here.day, monthrange(year, month + 1)[1]))


def _calendar(text: str, today: date) -> tuple[date, date] | None:
    """The first day of a span of the calendar, and the day after its last; None for other words."""
    if text in _DAYS:
        day = today - timedelta(days=_DAYS[text])
        return day, day + timedelta(days=1)
    if found := _NAMED.fullmatch(text):
        return _span(found["span"], today, before=found["which"] not in {"this", "current"})
    if found := _MONTH.fullmatch(text):
        number = int(found["number"])
        if number not in range(1, 13):
            raise CadenceError(f"{quoted(text)} is not a month.")
        return _months(int(found["year"]), number, 1)
    if found := _BY_NAME.fullmatch(text):
        number = next(place for place, name in enumerate(MONTHS, 1) if name.startswith(found["month"][:3]))
        return _months(int(found["year"] or today.year - (number > today.month)), number, 1)
    if found := _QUARTER.fullmatch(text):
        number = 3 * int(found["quarter"] or found["number"]) - 2
        return _months(int(found["year"] or found["of"] or today.year - (number > today.month)), number, 3)
    return _months(int(text), 1, 12) if _YEAR.fullmatch(text) else None


def _span(span: str, today: date, *, before: bool) -> tuple[date, date]:
    """This day, week, month, quarter or year, or the whole one before it."""
    if span in {"day", "week", "fortnight"}:
        days = {"day": 1, "week": 7, "fortnight": 14}[span]
        first = today - timedelta(days=0 if span == "day" else today.weekday())
        first -= timedelta(days=days if before else 0)
        return first, first + timedelta(days=days)
    count = {"month": 1, "quarter": 3, "year": 12}[span]
    month = today.year * _MONTHS_A_YEAR + (today.month - 1) // count * count - (count if before else 0)
    return _months(month // _MONTHS_A_YEAR, month % _MONTHS_A_YEAR + 1, count)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    end = year * _MONTHS_A_YEAR + month - 1 + count
    return date(year, month, 1), date(end // _MONTHS_A_YEAR, end % _MONTHS_A_YEAR + 1, 1)


def _size(keys: Sequence[str], before: Sequence[str]) -> int:
    """How many words from here on are a period; 0 where none begins."""
    about = "about" in before and before[-1] != "since"
    if before and before[-1] == "about":
        return 0
    for size in range(len(keys), 0, -1):
        text = " ".join(keys[:size])
        if not all(keys[:size]):
            continue
        said = any(form.fullmatch(text) for form in (_SHORT if about else _FORMS)) or text in _DAYS
        if (
            said
            or (text in _SO_FAR and text != "fortnight" and not about)
            or (text == "all time" and not about)
        ):
            return size
    return 0
