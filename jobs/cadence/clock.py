"""Times of day and weekdays as people type them, and the moment that a wall clock means."""

import re
from datetime import UTC, datetime, time, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_HALF = r"(?:[ap]\.?m\.?)"
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d{2})(?::00)?)?(?P<mark>h|uhr|o'clock)?(?P<half>am|pm)?", re.ASCII
)
_TIME_LIKE = re.compile(
    r"\d{1,2}(?:[:.h]\d{2})?(?:am|pm|h|uhr|o'clock)|\d{1,2}[:.h]\d{2}|[0-2]\d[0-5]\d", re.ASCII
)
_APART = re.compile(
    rf"(?<![\w:.])(\d{{1,2}}(?:[:.h]\d{{2}})?)\s+({_HALF}|h|uhr|o'clock|noon|midnight)(?!\w)", re.ASCII
)
_SIGNS = str.maketrans("’‘−–—", "''---")
_HALVES = {"am": 0, "pm": 12}
_NOON = frozenset({"noon", "midday", "12noon"})
_MIDNIGHT = frozenset({"24:00", "24.00", "24h", "2400", "midnight", "12midnight", "24uhr", "24h00"})
_ONE_DAY = frozenset({"today", "tomorrow", "yesterday", "tonight", "now"})
_SHORTEST_DAY = 3  # letters: "tu" may be two days
_SHOWN = 40  # characters of somebody's words that a sentence repeats


class CadenceError(ValueError):
    """A schedule that cannot be.

    `problem` is one plain sentence, not escaped, fit for a form's field. `nearest` is the nearest text
    that would be right, or None where only the person knows what was meant. The message of the error is
    both.
    """

    def __init__(self, problem: str, nearest: str | None = None) -> None:
        super().__init__(f"{problem} For example: {nearest}." if nearest else problem)
        self.problem = problem
        self.nearest = nearest


def quoted(words: str) -> str:
    """What somebody typed, as a sentence repeats it: in double quotes, on one line, cut to 40 characters.

    Its own double quotes become single ones and its backticks are dropped, so that a reader sees where it
    ends.
    """
    line = " ".join(words.replace('"', "'").replace("`", "").split())
    return f'"{line}"' if len(line) <= _SHOWN else f'"{line[: _SHOWN - 1]}…"'


def read_time(text: str) -> time:
    """The time of day in "9:00", "9am", "5:30 p.m.", "17h30", "0900", "noon"; raises CadenceError.

    Its `nearest` is a time of day that is read, where one can be guessed.
    """
    word = _tidy(text)
    if word in _NOON:
        return time(12)
    if ends_day(word):
        raise CadenceError(
            f"{quoted(text)} begins one day and ends another: name the day it begins.", "00:00"
        )
    found = _TIME.fullmatch(word)
    try:
        if found and found["half"]:
            if int(found["hour"]) in range(1, 13):
                return time(int(found["hour"]) % 12 + _HALVES[found["half"]], int(found["minute"] or 0))
        elif found and (found["minute"] or found["mark"]):
            return time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError:
        pass
    hour = f"{int(word):02d}:00" if re.fullmatch(r"[01]?\d|2[0-3]", word, re.ASCII) else None
    raise CadenceError(f"{quoted(text)} is not a time.", hour)


def ends_day(text: str) -> bool:
    """Whether a time of day is the midnight after a day: "24:00", "midnight"."""
    return _tidy(text) in _MIDNIGHT


def looks_like_time(word: str) -> bool:
    """Whether a word is meant as a time of day, right or wrong: "09:00", "25:00", "9am", "17h", "noon"."""
    tidy = _tidy(word)
    return (
        (word[:1].isdigit() and ":" in word)
        or tidy in _NOON
        or ends_day(tidy)
        or bool(_TIME_LIKE.fullmatch(tidy))
    )


def in_tokens(text: str) -> list[str]:
    """The words of a time, a date or a schedule in small letters, a time of day as one: "9 am" is "9am"."""
    line = " ".join(text.lower().translate(_SIGNS).replace(",", " ").replace("oclock", "o'clock").split())
    return _APART.sub(r"\1\2", line).split()


def _tidy(text: str) -> str:
    return _APART.sub(r"\1\2", text.strip().lower()).replace(".m.", "m").replace(".m", "m")


def read_weekday(text: str) -> int:
    """The day in "mon", "Monday" or "mondays", from 0 for Monday to 6; raises CadenceError."""
    word = text.strip().lower().removesuffix("s")
    for number, day in enumerate(DAYS):
        if len(word) >= _SHORTEST_DAY and day.lower().startswith(word):
            return number
    if word in _ONE_DAY:
        raise CadenceError(f"{quoted(text)} is one day. Name a day of the week.")
    near = get_close_matches(word, [day.lower() for day in DAYS], n=1)
    hint = f" Did you mean {near[0].capitalize()}?" if near else ""
    raise CadenceError(f"{quoted(text)} is not a day of the week.{hint}")


def whole_second(moment: datetime) -> datetime:
    """A moment as it is kept: without its part of a second."""
    return moment.replace(microsecond=0)


def later(now: datetime, length: timedelta, zone: str) -> datetime:
    """The moment in UTC a length after `now`, on the whole second.

    Whole days end at the same time of day on the clock of `zone`, also over a change of the clock; a length
    with hours in it is so many hours.
    """
    if length % timedelta(days=1):
        return whole_second((now + length).astimezone(UTC))
    here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return whole_second(moment(here + length, zone))


def moment(local: datetime, zone: str) -> datetime:
    """The UTC moment at which the wall clock of `zone` shows `local` (a datetime without a zone).

    A time that the clock skips is the end of the gap; a time that it shows twice is the first of the two.
    """
    place = ZoneInfo(zone)
    wall = local.replace(tzinfo=place, fold=0)
    while (there := wall.astimezone(UTC)).astimezone(place).replace(tzinfo=None) != wall.replace(tzinfo=None):
        wall += timedelta(minutes=1)
    return there
