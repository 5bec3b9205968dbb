"""Times of day, weekdays, dates and zones as people type them, and the moment that a wall clock means."""

import re
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Abbreviations name an offset, not a place: CET has no summer. Who types one is offered the place.
PLACES = {
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "gmt": "Europe/London",
    "bst": "Europe/London",
    "est": "America/New_York",
    "edt": "America/New_York",
    "et": "America/New_York",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
}

_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?\s?(am|pm)?", re.ASCII)
_DATE = re.compile(r"(20\d{2})-(\d{2})-(\d{2})", re.ASCII)
_HALVES = {"am": 0, "pm": 12}
_SHORTEST_DAY = 3  # letters: "tu" may be two days
_SHOWN = 40  # characters of somebody's words that a sentence repeats


class CadenceError(ValueError):
    """A schedule that cannot be.

    `problem` is one plain sentence, not escaped, fit for a form's field. `nearest` is the nearest text
    that would be right, or None where only the person knows what was meant. The message of the error is
    both.
    """

    def __init__(self, problem: str, nearest: str | None = None) -> None:
        super().__init__(f"{problem} Try {nearest}." if nearest else problem)
        self.problem = problem
        self.nearest = nearest


class ZoneError(CadenceError):
    """A zone that does not exist or names no place; `nearest` is the zone that may be meant."""


def quoted(words: str) -> str:
    """What somebody typed, as a sentence repeats it: in double quotes, on one line, cut to 40 characters.

    Its own double quotes become single ones and its backticks are dropped, so that a reader sees where it
    ends.
    """
    line = " ".join(words.replace('"', "'").replace("`", "").split())
    return f'"{line}"' if len(line) <= _SHOWN else f'"{line[: _SHOWN - 1]}…"'


def read_time(text: str) -> time:
    """The time of day in "9:00", "09:00", "9am" or "5:30pm"; raises CadenceError."""
    found = _TIME.fullmatch(text.strip().lower())
    try:
        if found and found[3] and int(found[1]) in range(1, 13):
            return time(int(found[1]) % 12 + _HALVES[found[3]], int(found[2] or 0))
        if found and found[2] and not found[3]:
            return time(int(found[1]), int(found[2]))
    except ValueError:
        pass
    raise CadenceError(f"{quoted(text)} is not a time.")


def looks_like_time(word: str) -> bool:
    """Whether a word is meant as a time of day, right or wrong: "09:00", "25:00", "9am"."""
    return ":" in word or (word[:1].isdigit() and word.lower().endswith(("am", "pm")))


def read_weekday(text: str) -> int:
    """The day in "mon", "Monday" or "mondays", from 0 for Monday to 6; raises CadenceError."""
    word = text.strip().lower().removesuffix("s")
    for number, day in enumerate(DAYS):
        if len(word) >= _SHORTEST_DAY and day.lower().startswith(word):
            return number
    near = get_close_matches(word, [day.lower() for day in DAYS], n=1)
    hint = f" Did you mean {near[0].capitalize()}?" if near else ""
    raise CadenceError(f"{quoted(text)} is not a day of the week.{hint}")


def read_date(text: str) -> date:
    """The date in "2026-11-30", of this century; raises CadenceError for anything else."""
    found = _DATE.fullmatch(text.strip())
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise CadenceError(f"{quoted(text)} is not a date. Dates are written like 2026-11-30.")


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """The IANA names that name a place, and UTC, by their names in small letters."""
    return {name.lower(): name for name in sorted(available_timezones()) if "/" in name or name == "UTC"}


def find_zone(text: str) -> str:
    """The IANA name of a zone, in its own capitals; raises ZoneError with the nearest one."""
    word = text.strip().lower().replace(" ", "_")
    known = _zones()
    if word in known:
        return known[word]
    cities = {name.rpartition("/")[2]: name for name in known}
    if word in PLACES:
        near = PLACES[word]
    elif word in cities:
        near = known[cities[word]]
    else:
        close = get_close_matches(word[:_SHOWN], [*known, *cities], n=1)
        near = known[cities.get(close[0], close[0])] if close else "Europe/Berlin"
    raise ZoneError(f"{quoted(text)} is not a time zone.", near)


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
