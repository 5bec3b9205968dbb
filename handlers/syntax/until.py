"""Until when a question is open, as people say it."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobs.cadence import (
    NOISE,
    CadenceError,
    find_zone,
    later,
    looks_like_time,
    moment,
    quoted,
    read_date,
    read_time,
    read_weekday,
    whole_second,
)

LONGEST_OPEN = timedelta(days=90)
END_OF_DAY = time(17)  # "until fri" means the end of the working day; the answer repeats it with its zone

_COUNT = re.compile(r"(\d{1,4}|an?|one|two|three)\s?([a-z]+)", re.ASCII)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_UNITS = {
    "h": timedelta(hours=1),
    "hour": timedelta(hours=1),
    "d": timedelta(days=1),
    "day": timedelta(days=1),
    "w": timedelta(days=7),
    "week": timedelta(days=7),
}


def read_open_for(text: str, *, now: datetime, zone: str) -> datetime:
    """The moment in UTC after "3 days", "48h" or "a week", at most 90 days; raises CadenceError.

    Days and weeks end at the same time of day on the clock of `zone`; hours are hours.
    """
    length, in_hours = _length(text)
    return whole_second((now + length).astimezone(UTC)) if in_hours else later(now, length, zone)


def _length(text: str) -> tuple[timedelta, bool]:
    """How long, and whether it was said in hours."""
    found = _COUNT.fullmatch(text.strip().lower())
    unit = _UNITS.get(found[2]) or _UNITS.get(found[2].removesuffix("s")) if found else None
    if not found or unit is None:
        raise CadenceError(f"{quoted(text)} is not a length of time.")
    count = _NUMBERS[found[1]] if found[1] in _NUMBERS else int(found[1])
    return _bounded(count * unit, text), unit < timedelta(days=1)


def read_until(text: str, *, now: datetime, zone: str) -> datetime:
    """The moment in UTC meant by "fri 17:00", "tomorrow", "2026-12-01 17:00", "17:00" or "in 3 days".

    A zone may follow ("fri 17:00 Europe/Berlin"); else it is `zone`. A time alone and a weekday are the next
    such; a day alone means 17:00. Raises CadenceError for anything else, for the past, and beyond 90 days.
    """
    words = [word for word in text.lower().split() if word not in NOISE]
    if words and ("/" in words[-1] or words[-1] == "utc"):
        zone = find_zone(words.pop())
    here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if words[:1] == ["in"]:
        return read_open_for(" ".join(words[1:]), now=now, zone=zone)
    until = _day_and_time(words, text, here, zone, now)
    _bounded(until - now, text)
    return until


def _day_and_time(words: list[str], text: str, here: datetime, zone: str, now: datetime) -> datetime:
    times = [word for word in words if looks_like_time(word)]
    days = [word for word in words if word not in times]
    if len(times) > 1 or len(days) > 1 or not words:
        raise CadenceError(f"{quoted(text)} is not a day and a time.")
    at = read_time(times[0]) if times else END_OF_DAY
    day, repeats = _day(days[0], here) if days else (here, 1)
    until = moment(datetime.combine(day.date(), at), zone)
    if until <= now and repeats:
        until = moment(datetime.combine(day.date() + timedelta(days=repeats), at), zone)
    return until


def _day(word: str, here: datetime) -> tuple[datetime, int]:
    """The day that a word means, and after how many days it means one again (0: never)."""
    if word in {"today", "tomorrow"}:
        return here + timedelta(days=int(word == "tomorrow")), 0
    if word[0].isdigit():
        return datetime.combine(read_date(word), time()), 0
    return here + timedelta(days=(read_weekday(word) - here.weekday()) % 7), 7


def _bounded(length: timedelta, text: str) -> timedelta:
    if length <= timedelta(0):
        raise CadenceError(f"{quoted(text)} is not in the future.")
    if length > LONGEST_OPEN:
        raise CadenceError(f"{quoted(text)} is too long: a question is open for at most 90 days.")
    return length
