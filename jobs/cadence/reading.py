"""Reads the text of a schedule, as people type it or as it is kept, into a rule."""

import re
from datetime import date

from jobs.cadence.clock import CadenceError, looks_like_time, quoted, read_date, read_time, read_weekday
from jobs.cadence.rules import LONGEST_MONTH, Cadence, Cron, EveryFewWeeks, Monthly, Quarterly, Weekly

_HEADS = (
    (re.compile(r"(?:weekly|every week)\b"), "weekly"),
    (re.compile(r"(?:every (?:2|two|second|other) weeks?|biweekly|fortnightly)\b"), "every 2 weeks"),
    (re.compile(r"every (?:3|three|third) weeks?\b"), "every 3 weeks"),
    (re.compile(r"every (?:4|four|fourth) weeks?\b"), "every 4 weeks"),
    (re.compile(r"(?:monthly|every month)\b"), "monthly"),
    (re.compile(r"(?:quarterly|every quarter)\b"), "quarterly"),
    (re.compile(r"every (?=[a-z]{3,9}\b)"), "weekly"),
)
FEW_WEEKS = {"every 2 weeks": 2, "every 3 weeks": 3, "every 4 weeks": 4}
NOISE = frozenset({"on", "at", "the", "day"})
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_LONGEST = 120

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

    Weeks without "from" are counted from `start`. Raises CadenceError with a plain sentence.
    """
    line = " ".join(text.lower().replace(",", " ").split()) if len(text) <= _LONGEST else ""
    if line.split()[:1] == ["cron"]:
        return Cron(" ".join(text.split()[1:]))
    for pattern, head in _HEADS:
        if found := pattern.match(line):
            parts = [word for word in line[found.end() :].split() if word not in NOISE]
            return _rule(head, parts, start)
    raise CadenceError(f"{quoted(text)} is not a schedule.", EXAMPLES["weekly"])


def _rule(head: str, parts: list[str], start: date | None) -> Cadence:
    if head in FEW_WEEKS and "from" in parts:
        cut = parts.index("from")
        start = read_date(" ".join(parts[cut + 1 :]))
        parts = parts[:cut]
    times = [part for part in parts if looks_like_time(part)]
    others = [part for part in parts if not looks_like_time(part)]
    day = "weekday" if head == "weekly" or head in FEW_WEEKS else "day"
    time_text = _only(times, head, "a time")
    day_text = _only(others, head, f"a {day}")
    at = read_time(time_text)
    if day == "day":
        return (Monthly if head == "monthly" else Quarterly)(_day_of_month(day_text), at)
    weekday = read_weekday(day_text)
    if head == "weekly":
        return Weekly(weekday, at)
    if start is None:
        raise CadenceError("Weeks are counted from a date.", EXAMPLES[head])
    return EveryFewWeeks(weekday, at, start, FEW_WEEKS[head])


def _only(parts: list[str], head: str, what: str) -> str:
    if not parts:
        raise CadenceError(f"A schedule needs {what}.", EXAMPLES[head])
    if len(parts) > 1:
        raise CadenceError(f"{quoted(' '.join(parts))} is not {what}.", EXAMPLES[head])
    return parts[0]


def _day_of_month(text: str) -> int:
    if text == "last":
        return LONGEST_MONTH
    found = _DAY.fullmatch(text)
    if not found:
        raise CadenceError(f"{quoted(text)} is not a day of the month. Days are 1 to 31.")
    return int(found[1])
