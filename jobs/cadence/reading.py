"""Reads the text of a schedule, as people type it or as it is kept, into a rule."""

import re
from datetime import date, time
from difflib import get_close_matches

from jobs.cadence.clock import (
    DAYS,
    CadenceError,
    ends_day,
    in_tokens,
    looks_like_time,
    quoted,
    read_time,
    read_weekday,
)
from jobs.cadence.dates import read_date
from jobs.cadence.near_rhythms import TWICE, WEEKENDS, meant
from jobs.cadence.rules import LONGEST_MONTH, Cadence, Cron, EveryFewWeeks, Monthly, Quarterly, Weekly

_EVERY = r"(?:every|each)"
_HEADS = tuple(
    (re.compile(pattern), head)
    for pattern, head in (
        (rf"(?:daily|every\s?day|{_EVERY} day|@daily)\b", "daily"),
        (rf"(?:{_EVERY} )?(?:week\s?days?|work(?:ing)?\s?days?|business days?)\b", "weekdays"),
        (r"(?:mondays?|mon) ?(?:-|to|until|through) ?(?:fridays?|fri)\b", "weekdays"),
        (rf"(?:@?weekly|{_EVERY} week|once a week|1x a week|every 1 week)\b", "weekly"),
        (
            rf"(?:{_EVERY} (?:2|two|second|2nd|other) weeks?|(?:bi|2)-?weekly|(?:every )?fortnight(?:ly)?)\b",
            "every 2 weeks",
        ),
        (rf"{_EVERY} (?:second|2nd|other) (?=[a-z]{{3,9}}\b)", "every 2 weeks"),
        (rf"(?:{_EVERY} (?:3|three|third|3rd) weeks?|3-?weekly)\b", "every 3 weeks"),
        (rf"(?:{_EVERY} (?:4|four|fourth|4th) weeks?|(?:4|four)-?weekly)\b", "every 4 weeks"),
        (rf"(?:@?monthly|{_EVERY} month|once a month)\b", "monthly"),
        (rf"(?:quarterly|{_EVERY} quarter|(?:every )?(?:3|three) months)\b", "quarterly"),
        (rf"{_EVERY} (?=[a-z]{{3,9}}\b)", "weekly"),
    )
)
FEW_WEEKS = {"every 2 weeks": 2, "every 3 weeks": 3, "every 4 weeks": 4}
_BY_WEEKDAY = frozenset({"weekly", *FEW_WEEKS})
NOISE = frozenset({"on", "at", "the", "day"})
_IN_A_MONTH = frozenset({*NOISE, "of", "month", "quarter", "every", "each", "a"})
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?", re.ASCII)
_HOUR = re.compile(r"[01]?\d|2[0-3]", re.ASCII)
_NTH = {"first": "#1", "1st": "#1", "second": "#2", "2nd": "#2", "third": "#3", "3rd": "#3", "last": "L"}
_EARLY = 7  # an hour before it, said without more, is one of the afternoon
_LONGEST = 120
_NINE = time(9)
_SHOWN = 40

EXAMPLES = {
    "weekly": "weekly mon 09:00",
    "every 2 weeks": "every 2 weeks mon 09:00 from 2026-11-30",
    "every 3 weeks": "every 3 weeks mon 09:00 from 2026-11-30",
    "every 4 weeks": "every 4 weeks mon 09:00 from 2026-11-30",
    "monthly": "monthly 31 09:00",
    "quarterly": "quarterly 15 09:00",
}


def read(text: str, *, start: date | None = None) -> Cadence:
    """The rule that a text means; what `str()` of a rule gives is read back into an equal rule.

    Weeks without "from" are counted from `start`. Raises CadenceError with a plain sentence; its `nearest` is
    always a schedule that is read, with what was right in the text.
    """
    if len(text) > _LONGEST:
        raise CadenceError(f"{quoted(text)} is not a schedule.", EXAMPLES["weekly"])
    if text.lower().split()[:1] == ["cron"]:
        return Cron(" ".join(text.split()[1:]))
    words = in_tokens(text)
    while words[:1] and words[0] in NOISE:
        words = words[1:]
    head, parts = _head(words)
    if head is None:
        raise CadenceError(f"{quoted(text)} is not a schedule.", _nearest(*meant(words), start))
    try:
        return _rule(head, parts, start)
    except CadenceError as error:
        raise CadenceError(error.problem, _nearest(head, parts, start)) from error


def has_time(text: str) -> bool:
    """Whether the text of a schedule names its own time of day."""
    words = in_tokens(text)
    return words[:1] == ["cron"] or any(looks_like_time(word) for word in words)


def _head(words: list[str]) -> tuple[str | None, list[str]]:
    """How often, and the other words; a weekday alone means every week."""
    line = " ".join(words)
    for pattern, head in _HEADS:
        if found := pattern.match(line):
            parts = line[found.end() :].split()
            if found[0].endswith(" ") and _weekday(parts[0]) is None and not _misspelt(parts[:1]):
                break  # "every fornight": the word after it has to be a weekday
            return head, parts
    timed = [word for word in words if looks_like_time(word) or word in NOISE]
    weekdays = [word for word in words if word not in timed and _weekday(word) is not None]
    return ("weekly", words) if weekdays and len(timed) + len(weekdays) == len(words) else (None, words)


def _rule(head: str, parts: list[str], start: date | None) -> Cadence:
    if head in FEW_WEEKS:
        parts, start = _start(parts, start)
    parts = [part for part in parts if part not in (NOISE if head in _BY_WEEKDAY else _IN_A_MONTH)]
    times = [part for part in parts if looks_like_time(part)]
    others = [part for part in parts if not looks_like_time(part)]
    hour = next((part for part in others if _HOUR.fullmatch(part)), None)
    if hour and not times and (head in _BY_WEEKDAY or head in {"daily", "weekdays"}):
        raise CadenceError(f"{quoted(hour)} is not a time.")
    time_text = _only(times, "a time")
    if head in {"daily", "weekdays"}:
        if others:
            raise CadenceError(f"{quoted(' '.join(others))} is not a time.")
        at = read_time(time_text)
        return Cron(f"{at.minute} {at.hour} * * {'*' if head == 'daily' else '1-5'}")
    day_text = _only(others, "a weekday" if head in _BY_WEEKDAY else "a day")
    if head not in _BY_WEEKDAY:
        day = _day_of_month(day_text)
        return (Monthly if head == "monthly" else Quarterly)(day, read_time(time_text))
    at, weekday = read_time(time_text), read_weekday(day_text)
    if head == "weekly":
        return Weekly(weekday, at)
    if start is None:
        raise CadenceError("Weeks are counted from a date.")
    return EveryFewWeeks(weekday, at, start, FEW_WEEKS[head])


def _start(parts: list[str], start: date | None) -> tuple[list[str], date | None]:
    """The parts before "from", and the date after it."""
    cut = next((place for place, part in enumerate(parts) if part in {"from", "starting", "since"}), None)
    if cut is None:
        return parts, start
    said = " ".join(part for part in parts[cut + 1 :] if part not in {"on", "the"})
    try:
        return parts[:cut], read_date(said)
    except CadenceError:
        return parts[:cut], read_date(said, today=start)


def _only(parts: list[str], what: str) -> str:
    if not parts:
        raise CadenceError(f"A schedule needs {what}.")
    if len(parts) > 1:
        raise CadenceError(f"{quoted(' '.join(parts))} is not {what}.")
    return parts[0]


def _day_of_month(text: str) -> int:
    if text in {"last", "end"}:
        return LONGEST_MONTH
    if text == "first":
        return 1
    found = _DAY.fullmatch(text)
    if not found or int(found[1]) not in range(1, LONGEST_MONTH + 1):
        raise CadenceError(f"{quoted(text)} is not a day of the month. Days are 1 to 31.")
    return int(found[1])


def _nearest(head: str, parts: list[str], start: date | None) -> str:
    """A schedule of that kind which can be, with the day and the time of the parts where they are right."""
    at = next(filter(None, map(_time, parts)), None) or _hour(head, parts) or _NINE
    if head in {"daily", "weekdays"}:
        return f"{head} {at:%H:%M}"
    weekdays = list(dict.fromkeys(day for part in parts if (day := _weekday(part)) is not None))
    if days_of_cron := _days_of_cron(head, weekdays, parts):
        return f"cron {at.minute} {at.hour} * * {days_of_cron}"
    if head not in _BY_WEEKDAY:
        days = [int(found[1]) for part in parts if (found := _DAY.fullmatch(part))]
        day = next((day for day in days if day in range(1, LONGEST_MONTH + 1)), None)
        first = 1 if "first" in parts or weekdays else LONGEST_MONTH if head == "monthly" else 15
        return str((Monthly if head == "monthly" else Quarterly)(day or first, at))
    weekday = next(iter([*weekdays, *_misspelt(parts)]), 0)
    if any(ends_day(part) and part.startswith("24") for part in parts):
        weekday = (weekday + 1) % len(DAYS)  # "mon 24:00" is the midnight that begins Tuesday
    if head == "weekly":
        return str(Weekly(weekday, at))
    if start is None:
        return EXAMPLES[head]
    return f"{head} {DAYS[weekday][:3].lower()} {at:%H:%M}"


def _days_of_cron(head: str, weekdays: list[int], parts: list[str]) -> str | None:
    """The days that only a cron can say: several of a week, the first Monday of a month, the last Friday."""
    if head == TWICE:
        return "1,4"
    if head == WEEKENDS:
        return "6,7"
    if head == "weekly" and len(weekdays) > 1:
        return ",".join(str(day + 1) for day in sorted(weekdays))
    nth = next((_NTH[part] for part in parts if part in _NTH), None)
    return f"{weekdays[0] + 1}{nth}" if head == "monthly" and weekdays and nth else None


def _time(part: str) -> time | None:
    """The time of day that a part is or comes near to; midnight is that which begins a day."""
    if not looks_like_time(part):
        return None
    try:
        return time() if ends_day(part) else read_time(part)
    except CadenceError:
        return None


def _hour(head: str, parts: list[str]) -> time | None:
    """The hour of a working day that a lone number is near to; in a month it is the day."""
    hours = [int(part) for part in parts if _HOUR.fullmatch(part)]
    if not hours or head not in _BY_WEEKDAY | {"daily", "weekdays"}:
        return None
    return time(hours[0] + (12 if 0 < hours[0] < _EARLY else 0))


def _weekday(part: str) -> int | None:
    try:
        return read_weekday(part)
    except CadenceError:
        return None


def _misspelt(parts: list[str]) -> list[int]:
    """The weekdays that the parts come near to."""
    days = [day.lower() for day in DAYS]
    near = [get_close_matches(part[:_SHOWN], days, n=1) for part in parts]
    return [days.index(found[0]) for found in near if found]
