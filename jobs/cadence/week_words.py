"""The day that people mean by a weekday and its week: "friday next week", "tuesday week"."""

import re
from datetime import date, timedelta

from jobs.cadence.clock import DAYS, CadenceError, quoted

_DAY = rf"(?P<day>{'|'.join(f'{day[:3].lower()}(?:{day[3:]})?' for day in DAYS)}|tues|thur|thurs)"
_NEXT = r"(?:(?:of|in|on) )?(?:the )?(?:next|following|coming) (?:week|wk)(?:'s)?"
_AFTER = r"(?:(?:of|in|on) )?(?:the )?week after next"
_THE_ONE_AFTER = r"(?:(?:of|in|on) )?the week after"
_THIS = r"(?:(?:of|in|on) )?this week(?:'s)?"
_WEEKS = tuple(
    (re.compile(rf"\b{said}(?!\w)"), ahead)
    for said, ahead in ((_AFTER, 2), (_NEXT, 1), (_THE_ONE_AFTER, 1), (_THIS, 0))
)
_END = re.compile(
    r"\b(?:the )?end (?:of )?(?:the )?(?P<which>this |next |current |coming )?(?:the )?"
    r"(?P<span>weekend|week|wk|month|quarter|year)(?!\w)|\beo(?P<letter>[wqy])(?!\w)"
)
_WEEKEND = re.compile(
    r"\b(?:(?P<beyond>after|over|past) |before )?(?:the )?(?P<which>this |next |coming )?"
    r"(?:weekend|wkend|wknd)(?!\w)"
)
_LETTERS = {"w": "week", "q": "quarter", "y": "year"}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_SHORT = re.compile(r"\bnxt\b")
_COUNTS = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "week": 1,
    "wk": 1,
    "fortnight": 2,
}
_COUNT = r"(?P<count>a|one|two|three|four|five|six|[1-9])"
_FROM_THE_DAY = tuple(  # British English: so many weeks after the next such day
    re.compile(form)
    for form in (
        rf"\b{_DAY} (?P<count>week|wk|fortnight)(?!\w)",
        rf"\b{_COUNT} weeks? (?:on|from) {_DAY}(?!\w)",
    )
)
_FROM_NOW = re.compile(
    rf"\b(?:in )?{_COUNT} weeks? (?:from )?(?P<day>today|now|tomorrow)$|\b(?P<first>tomorrow|today) week$"
)
_UNSURE = (  # a count of weeks, or the other of two such days
    (re.compile(rf"\b(?:the )?{_DAY} after (?P<count>next)(?!\w)"), 2),
    (re.compile(rf"\b(?:the )?(?P<count>following) {_DAY}(?!\w)"), 1),
    (re.compile(rf"\b{_DAY} in {_COUNT} weeks?(?!\w)"), 0),
    (re.compile(rf"\bin {_COUNT} weeks? on {_DAY}(?!\w)"), 0),
)
_WEEKDAY = re.compile(rf"\b(?:on )?{_DAY}(?!\w)")
_SPACES = re.compile(r" {2,}")


def dated(line: str, today: date) -> str:
    """A line in small letters with the date in the place of a weekday and its week; other lines as they are.

    So too for the end of a week, a month, a quarter or a year, and for the weekend: the working week ends
    before it. Weeks begin on Monday. Raises CadenceError for what may be two days, with the first of them.
    """
    line = _SHORT.sub("next", line)
    for form, sure in _UNSURE:
        if found := form.search(line):
            first = _coming(found["day"], today + timedelta(days=1))
            first += timedelta(weeks=(sure or _count(found)) - 1)
            days = f"{first} or {first + timedelta(weeks=1)}"
            nearest = f"{first} {_without(line, found)}".strip()
            raise CadenceError(f"{quoted(found[0])} may be {days}.", nearest)
    if found := _FROM_NOW.search(line):
        weeks = 1 if found["first"] else _count(found)
        if found["day"] == "now":
            return f"in {weeks} weeks"
        day = today + timedelta(weeks=weeks, days="tomorrow" in found[0])
        return f"{day} {_without(line, found)}".strip()
    if (spoken := _end_of_span(line, today)) is not None:
        return spoken
    return _in_its_week(line, today)


def _in_its_week(line: str, today: date) -> str:
    """A line with the date in the place of a weekday of that week, or so many weeks after the weekday."""
    for form, weeks in _WEEKS:
        week = form.search(line)
        rest = _without(line, week) if week else ""
        if week and (found := _WEEKDAY.search(rest)):
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
            return f"{monday + timedelta(days=_number(found['day']))} {_without(rest, found)}".strip()
    for form in _FROM_THE_DAY:
        if found := form.search(line):
            day = _coming(found["day"], today) + timedelta(weeks=_count(found))
            return f"{day} {_without(line, found)}".strip()
    return line


def _end_of_span(line: str, today: date) -> str | None:
    """A line with the date in the place of the end of a week, month, quarter or year; None without one."""
    found = _END.search(line) or _WEEKEND.search(line)
    if not found:
        return None
    said, rest = found.groupdict(), _without(line, found)
    later = (said["which"] or "").startswith("next")
    if "span" in said:
        span = said["span"] or _LETTERS[said["letter"]]
        return f"{_end(span, today, later=later)} {rest}".strip()
    friday = _end("week", today, later=False)
    if said["beyond"]:
        monday = friday + timedelta(days=10 if later else 3)
        raise CadenceError(f"{quoted(found[0])} is not a day.", f"{monday} {rest}".strip())
    if later:
        days = f"{friday} or {friday + timedelta(weeks=1)}"
        raise CadenceError(f"{quoted(found[0])} may begin after {days}.", f"{friday} {rest}".strip())
    return f"{friday} {rest}".strip()


def _end(span: str, today: date, *, later: bool) -> date:
    """The last day of this span of the calendar, or of the `later` one; of a week its Friday."""
    monday = today - timedelta(days=today.weekday())
    if span == "weekend":
        return monday + timedelta(days=13 if later else 6)
    if span not in _MONTHS:
        friday = today + timedelta(days=(4 - today.weekday()) % 7)
        return monday + timedelta(days=11) if later else friday
    count = _MONTHS[span]
    first = today.year * 12 + (today.month - 1) // count * count + count * (2 if later else 1)
    return date(first // 12, first % 12 + 1, 1) - timedelta(days=1)


def named_day(line: str, today: date) -> date | None:
    """The next such day as the one weekday of a line, a week later where it speaks of a week or of "next"."""
    days = {_number(found["day"]) for found in _WEEKDAY.finditer(line)}
    if len(days) != 1:
        return None
    later = bool(re.search(r"\b(?:next|week|weeks|after|following|fortnight)\b", line))
    return today + timedelta(days=((days.pop() - today.weekday()) % 7 or 7) + 7 * later)


def _coming(day: str, today: date) -> date:
    """The next such day; today is one."""
    return today + timedelta(days=(_number(day) - today.weekday()) % 7)


def _count(found: re.Match[str]) -> int:
    said = found["count"]
    return int(said) if said.isdecimal() else _COUNTS[said]


def _number(day: str) -> int:
    return next(number for number, name in enumerate(DAYS) if name.lower().startswith(day[:3]))


def _without(line: str, found: re.Match[str]) -> str:
    return _SPACES.sub(" ", f"{line[: found.start()]} {line[found.end() :]}").strip()
