"""Until when a question is open, as people say it."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from jobs.cadence import (
    CadenceError,
    DayAndTime,
    UnknownZone,
    ZoneError,
    dated,
    find_zone,
    in_tokens,
    later,
    looks_like_time,
    moment,
    named_day,
    offset_of,
    quoted,
    whole_second,
)

LONGEST_OPEN = timedelta(days=90)
EXAMPLE, LENGTH = "fri 17:00", "in 3 days"  # these are always read

_HOURS = 24
_PARTS = {"morning": "09:00", "noonish": "12:00", "lunch": "12:00", "lunchtime": "12:00", "evening": "18:00"}
_LONGEST_ZONE = 3  # words
_COUNT = re.compile(r"(\d{1,4}|an?|one|two|three|four|five|six|seven|ten)[\s-]?([a-z]+)", re.ASCII)
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
}
_UNITS = {
    "min": timedelta(minutes=1),
    "minute": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "hr": timedelta(hours=1),
    "hour": timedelta(hours=1),
    "d": timedelta(days=1),
    "day": timedelta(days=1),
    "w": timedelta(days=7),
    "wk": timedelta(days=7),
    "week": timedelta(days=7),
    "fortnight": timedelta(days=14),
    "month": timedelta(days=28),
}
_HALF_SAID = re.compile(  # "9 o'clock pm", "8 in the evening"
    r"\b(\d{1,2}(?:[:.]\d{2})?) ?(?:o['’]?clock)? ?"
    r"(?:(am|in the morning)|(pm|in the (?:evening|afternoon)|at night))(?!\w)",
    re.ASCII,
)
_TAKEN_TOGETHER = re.compile(r"(\d)t(\d)|(:\d\d)(z|[+-]\d)", re.ASCII)  # "2026-12-01T17:00+01:00"
Moment = Callable[[datetime], datetime]


def read_open_for(text: str, *, now: datetime, zone: str) -> datetime:
    """The moment in UTC after "3 days", "48h" or "a week", at most 90 days; raises CadenceError.

    Days and weeks end at the same time of day on the clock of `zone`; hours are hours.
    """
    length, in_hours = _length(text)
    return whole_second((now + length).astimezone(UTC)) if in_hours else later(now, length, zone)


def read_until(text: str, *, now: datetime, zone: str) -> datetime:
    """The moment in UTC meant by "fri 17:00", "tomorrow", "1 Dec 5pm", "17h", "in 3 days".

    A zone may follow ("fri 17:00 Berlin", "17:00 GMT+1"); else it is `zone`. A time alone, a weekday and a
    date without a year are the next such; a day alone means 17:00. Raises CadenceError for anything else, for
    what is over, and beyond 90 days; its `nearest` is always read.
    """
    if not text.strip():
        raise CadenceError('Say a day or a time after "until".', EXAMPLE)
    try:
        return _read(text, now=now, zone=zone)
    except CadenceError as error:
        typed = _typed_zone(text, now=now, zone=zone)
        near = _same_day(text, error.nearest or EXAMPLE, now=now, zone=zone)
        has_it = bool(typed) and text.rsplit(maxsplit=1)[-1].lower() in near.lower()
        offered = [near if has_it else f"{near} {typed}", f"{EXAMPLE} {typed}"] if typed else [near]
        right = next((each for each in offered if _is_read(each, now=now, zone=zone)), EXAMPLE)
        raise CadenceError(error.problem, right) from error


def _same_day(text: str, nearest: str, *, now: datetime, zone: str) -> str:
    """What is offered, on the weekday that was typed: that one is never another's guess."""
    day = named_day(" ".join(in_tokens(text)), now.astimezone(ZoneInfo(zone)).date())
    if day is None:
        return nearest
    with suppress(CadenceError):
        offered = _read(nearest, now=now, zone=zone).astimezone(ZoneInfo(zone))
        midnight = not offered.hour and not offered.minute  # the end of the day before
        if day.weekday() in {offered.weekday(), (offered - timedelta(days=midnight)).weekday()}:
            return nearest
    return f"{day} 17:00"


def _is_read(text: str, *, now: datetime, zone: str) -> bool:
    try:
        _read(text, now=now, zone=zone)
    except CadenceError:
        return False
    return True


def _typed_zone(text: str, *, now: datetime, zone: str) -> str | None:
    """The zone with which refused words end, so that what is offered instead is by the same clock."""
    words = text.split()
    for size in range(min(_LONGEST_ZONE, len(words) - 1), 0, -1):
        said = " ".join(words[-size:])
        try:
            return said if offset_of(said) is not None else find_zone(said, now=now, own=zone)
        except CadenceError:
            continue
    return None


def _read(text: str, *, now: datetime, zone: str) -> datetime:
    line = _TAKEN_TOGETHER.sub(lambda found: f"{found[1] or found[3]} {found[2] or found[4]}", text.lower())
    line = " ".join(in_tokens(line)).removeprefix("until ")
    line = _HALF_SAID.sub(lambda found: f"{found[1]}{'am' if found[2] else 'pm'}", line)
    here = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    line = dated(line, here.date())
    if line.split()[:1] == ["in"] or _is_length(line):
        return read_open_for(line, now=now, zone=zone)
    if " for " in line:
        raise CadenceError(f"{quoted(text)} is not a day and a time.")
    said = DayAndTime(text)
    rest = said.take(line, here.date())
    at = _clock(said, rest, now=now, zone=zone) if rest else lambda local: _moment(local, zone, now)
    until = said.moment(at, here, now)
    _bounded(until - now, text)
    return until


def _clock(said: DayAndTime, words: str, *, now: datetime, zone: str) -> Moment:
    """The clock that the last words name: of a distance from UTC, or of a zone."""
    distance = offset_of(words)
    if distance is not None:
        return lambda local: local.replace(tzinfo=UTC) - distance
    try:
        named = find_zone(words, now=now, own=zone)
    except UnknownZone as error:
        timed = any(map(looks_like_time, said.words.split()))
        kept = re.sub(r"(?: (?:at|on|the))+$", "", said.words)
        at = "" if timed else _PARTS.get(words.split(maxsplit=1)[0], "17:00")
        raise CadenceError(
            f"{quoted(words)} is neither a time nor a time zone.", f"{kept} {at}".strip()
        ) from error
    except ZoneError as error:
        raise CadenceError(error.problem, f"{said.words} {error.nearest}") from error
    return lambda local: _moment(local, named, now)


def _moment(local: datetime, zone: str, now: datetime) -> datetime:
    """When the clock shows a time: of a time shown twice the second, where the first is over."""
    first = moment(local, zone)
    second = local.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)
    return second if first <= now < second else first


def _length(text: str) -> tuple[timedelta, bool]:
    """How long, and whether it was said in hours."""
    found, unit = _COUNT.fullmatch(text.strip().lower().removeprefix("in ")), _unit(text)
    if not found or unit is None:
        raise CadenceError(f"{quoted(text)} is not a length of time.", LENGTH)
    count = _NUMBERS[found[1]] if found[1] in _NUMBERS else int(found[1])
    return _bounded(count * unit, text, LENGTH), unit < timedelta(days=1)


def _unit(text: str) -> timedelta | None:
    """The unit of a length of time; None for what is none."""
    found = _COUNT.fullmatch(text.strip().lower().removeprefix("in "))
    return (_UNITS.get(found[2]) or _UNITS.get(found[2].removesuffix("s"))) if found else None


def _is_length(line: str) -> bool:
    """Whether words without "in" are a length: "3 days", "48h"; "17h" is a time of day."""
    return _unit(line) is not None and (not looks_like_time(line) or int(line.rstrip("h")) > _HOURS)


def _bounded(length: timedelta, text: str, nearest: str | None = None) -> timedelta:
    if length <= timedelta(0):
        raise CadenceError(f"{quoted(text)} is {'not in the future' if nearest else 'over'}.", nearest)
    if length > LONGEST_OPEN + timedelta(hours=2):  # a change of the clock lies between
        raise CadenceError(f"{quoted(text)} is too long: a question is open for at most 90 days.", nearest)
    return length
