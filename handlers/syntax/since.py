"""Since which day figures are wanted: "since monday", "since 1 oct", "from 2026-10-01"."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobs.cadence import CadenceError, in_tokens, moment, quoted, read_weekday, take_date
from storage.records import Period

_LONGEST = timedelta(days=730)
_WEEK = 7
_LONGEST_DATE = 4  # words: "the 1st of october"
_UP_TO = frozenset({"to", "until", "till", "through", "and"})
_BACK = (30, 61, 92, 364)  # days: a day of the month, then one of the year, comes once within them
_LONG_AGO = date(2000, 1, 1)
_DATE = re.compile(r"\d|end of ")
_NO_DOT = re.compile(r"\d{1,2}\.\d{1,2}", re.ASCII)  # "1.10", whose last dot a word has lost


def take_since(keys: Sequence[str], *, now: datetime, zone: str) -> tuple[int, Period | None]:
    """How many words from the first, "since" or "from", on say since which day; None where they say none.

    With it the time from its midnight on: a weekday is the last one before today, a date without a year the
    last such. Raises CadenceError for a day that is to come, and for one over two years ago.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    for size in range(min(len(keys), 1 + _LONGEST_DATE), 1, -1):
        said = " ".join(keys[1:size])
        if not all(keys[:size]) or (first := last_such(said, today)) is None:
            continue
        if keys[0] == "from" and keys[size : size + 1] and keys[size] in _UP_TO:
            break
        if first > today:
            raise CadenceError(f"{quoted(said)} has not begun.")
        if today - first > _LONGEST:
            raise CadenceError(f"{quoted(said)} is too long ago: figures go back two years at most.")
        return size, Period(moment(datetime.combine(first, time()), zone), now.astimezone(UTC))
    return 0, None


def last_such(text: str, today: date) -> date | None:
    """The last weekday or date of this name; a day that is to come only with its year. None: other words."""
    text = text.removeprefix("on ").removeprefix("last ")
    with suppress(CadenceError):
        return today - timedelta(days=(today.weekday() - read_weekday(text)) % _WEEK or _WEEK)
    line = " ".join(in_tokens(f"{text}." if _NO_DOT.fullmatch(text) else text))
    last = None
    for base in (*(today - timedelta(days=days) for days in _BACK), _LONG_AGO):
        with suppress(CadenceError):
            found = take_date(line, today=base) if _DATE.search(line) else None
            if found and not found[1]:
                last = found[0]
                if last <= today:
                    return last
    return last
