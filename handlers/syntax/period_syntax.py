"""The period that a query is about, as people type it."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import MINYEAR, UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.syntax.typed_words import Word
from jobs.cadence import CadenceError, moment, quoted
from storage.records import Period

LONGEST = timedelta(days=730)
_BACK = re.compile(r"(\d{1,4})\s?(d|days?|w|weeks?|m|months?)", re.ASCII)
_MONTHS_A_YEAR = 12
_MONTH = re.compile(r"(20\d{2})-(\d{2})", re.ASCII)


def take_period(words: Sequence[Word], *, now: datetime, zone: str) -> tuple[Period | None, list[Word]]:
    """The period among words ("30d", "6w", "6 weeks", "6m", "2026-09"), if any, and the other words.

    Raises CadenceError for two periods, for one that has not begun and for more than two years.
    """
    period, rest, at = None, [], 0
    while at < len(words):
        size = next((size for size in (2, 1) if _is_period([word.key for word in words[at : at + size]])), 0)
        if not size:
            rest.append(words[at])
            at += 1
            continue
        if period:
            raise CadenceError("One period at a time.")
        period = read_period(" ".join(word.key for word in words[at : at + size]), now=now, zone=zone)
        at += size
        if rest and rest[-1].key in {"last", "past"}:
            rest.pop()
    return period, rest


def read_period(text: str, *, now: datetime, zone: str) -> Period:
    """The days, weeks or months up to `now`, by the wall clock of `zone`, or a whole month of it.

    Raises CadenceError.
    """
    if found := _MONTH.fullmatch(text):
        return _month(int(found[1]), int(found[2]), text, now, zone)
    found = _BACK.fullmatch(text)
    if found is None or not int(found[1]):
        raise CadenceError(f"{quoted(text)} is not a period.")
    here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    start = _back(here, int(found[1]), found[2][0])
    if start is None or here - start > LONGEST:
        raise CadenceError(f"{quoted(text)} is too long: figures go back two years at most.")
    return Period(moment(start, zone), now.astimezone(UTC))


def _back(here: datetime, count: int, unit: str) -> datetime | None:
    """So many days, weeks or months earlier; None for what is too long for a calendar.

    The last of a month stands for a day that the earlier month has not.
    """
    if unit != "m":
        return here - timedelta(days=count * (7 if unit == "w" else 1)) if count < LONGEST.days * 2 else None
    months = here.year * _MONTHS_A_YEAR + here.month - 1 - count
    year, month = divmod(months, _MONTHS_A_YEAR)
    if year < MINYEAR:
        return None
    return here.replace(year=year, month=month + 1, day=min(here.day, monthrange(year, month + 1)[1]))


def _month(year: int, month: int, text: str, now: datetime, zone: str) -> Period:
    if month not in range(1, 13):
        raise CadenceError(f"{quoted(text)} is not a month.")
    first = datetime(year, month, 1)  # noqa: DTZ001, a wall clock; `moment` knows its zone
    following = (first + timedelta(days=31)).replace(day=1)
    period = Period(moment(first, zone), moment(following, zone))
    if period.start > now:
        raise CadenceError(f"{quoted(text)} has not begun.")
    return period


def _is_period(keys: Sequence[str]) -> bool:
    text = " ".join(keys)
    return bool(all(keys) and (_BACK.fullmatch(text) or _MONTH.fullmatch(text)))
