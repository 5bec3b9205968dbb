"""Dates as other programs write them, to moments in UTC; what may mean two days is not guessed. Pure."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

_SECONDS = re.compile(r"\d{9,10}(\.\d+)?")
_MILLISECONDS = re.compile(r"\d{12,13}")
_SLASHED = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp][Mm])?)?"
)
_ZONE = re.compile(r"\s*(?:UTC|GMT|Z)$")
_SPACED_OFFSET = re.compile(r"\s+([+-]\d{2}:?\d{2})$")
_LAST_MONTH, _NOON = 12, 12


class UnclearDates(ValueError):
    """Raised where a file's dates may be read in two ways; its text says which option decides."""


def is_day_first(dates: Iterable[str], told: bool | None) -> bool:  # noqa: FBT001 - as it was told
    """Whether 03/04/2025 is 3 April in this file; `told` is what somebody said of it, if anything.

    Raises UnclearDates where no date of the file tells, and where some say this and some that.
    """
    if told is not None:
        return told
    found = [match for each in dates if (match := _SLASHED.match(each.strip()))]
    day_first = any(int(match[1]) > _LAST_MONTH or "." in match[0] for match in found)
    month_first = any(int(match[2]) > _LAST_MONTH for match in found)
    if found and day_first is month_first:
        example = found[0][0].split()[0]
        raise UnclearDates(
            f"Dates such as {example} may mean two days: say --dates day-first or --dates month-first."
        )
    return day_first


def read_moment(text: str, *, day_first: bool) -> datetime | None:
    """The moment of a date, a date and time, or seconds since 1970; without a zone it is UTC.

    None for what is no date.
    """
    text = text.strip()
    try:
        if _SECONDS.fullmatch(text):
            return datetime.fromtimestamp(float(text), UTC)
        if _MILLISECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, UTC)
        if match := _SLASHED.fullmatch(text):
            return _slashed(match, day_first=day_first)
        found = datetime.fromisoformat(_SPACED_OFFSET.sub(r"\1", _ZONE.sub("+00:00", text)))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _slashed(match: re.Match[str], *, day_first: bool) -> datetime:
    first, second = int(match[1]), int(match[2])
    day, month = (first, second) if day_first else (second, first)
    midnight = datetime(int(match[3]), month, day, tzinfo=UTC)
    hours, minutes = int(match[4] or 0), int(match[5] or 0)
    if match[6]:
        hours = hours % _NOON + (_NOON if match[6].lower() == "pm" else 0)
    return midnight + timedelta(hours=hours, minutes=minutes)
