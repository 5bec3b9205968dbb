"""Until when a question is open where nobody has said it: long enough, and in time for the next digest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from jobs.cadence.clock import moment
from jobs.cadence.occasions import first_from, next_after
from jobs.cadence.reading import read
from storage.records.round_records import GRACE

END_OF_DAY = time(17)
COUNTED_AFTER = GRACE + timedelta(minutes=1)  # a close: then its answers are in figures
AWAY = 2  # working days from the asking to an edition that waits for it
WITHOUT_DIGEST = 5  # working days that a question is open where no digest reads it
LONGEST = timedelta(days=90)
_LOOKS = 400  # editions of a digest that are looked at
_WEEKEND = 5  # Saturday, as a weekday


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a digest is posted: its rule as text, and its zone."""

    rule: str
    zone: str


def closes_at(digests: Iterable[Rhythm], *, now: datetime, zone: str) -> datetime:
    """Until when a question that is asked now is open, in UTC.

    It closes at 17:00 on the asker's clock (`zone`), on the last working day, Monday to Friday, before the
    first edition that is at least two working days away and has its answers; of several digests the earliest
    counts. Where no digest reads it, or only in more than 90 days, it is open for five working days.
    """
    found = [close for each in digests if (close := _before_edition(each, now=now, zone=zone))]
    return min(found, default=_end(_working_days_on(_today(now, zone), WITHOUT_DIGEST), zone))


def closes_before(next_at: datetime, *, now: datetime, zone: str) -> datetime:
    """Until when a question that is asked now is open, in UTC, where it is asked again at `next_at`.

    It closes at 17:00 on the last working day before, and its answers are counted by then; where that would
    leave less than half of the time, shortly before it is asked again.
    """
    last, day = next_at - COUNTED_AFTER, _today(next_at, zone)
    while (close := _end(day, zone)) > last or day.weekday() >= _WEEKEND:
        day -= timedelta(days=1)
    return close if close - now >= (next_at - now) / 2 else last


def first_edition(digests: Sequence[Rhythm], counted: datetime) -> tuple[int, datetime] | None:
    """Of the first edition that has what is counted at a moment: the place of its digest, and when it is."""
    due = [(first_from(each.rule, each.zone, counted).at, place) for place, each in enumerate(digests)]
    return (min(due)[1], min(due)[0]) if due else None


def _before_edition(digest: Rhythm, *, now: datetime, zone: str) -> datetime | None:
    rule, at, today = read(digest.rule), now, _today(now, zone)
    for _ in range(_LOOKS):
        at = next_after(rule, digest.zone, at).at
        if at - now > LONGEST:
            return None
        day = at.astimezone(ZoneInfo(zone)).date()
        if _working_days_between(today, day) < AWAY:
            continue
        while (close := _end(day, zone)) + COUNTED_AFTER > at or day.weekday() >= _WEEKEND:
            day -= timedelta(days=1)
        if close > now:
            return close
    return None


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def _end(day: date, zone: str) -> datetime:
    return moment(datetime.combine(day, END_OF_DAY), zone).astimezone(UTC)


def _working_days_between(first: date, last: date) -> int:
    """How many working days come after the first day, up to the last; two are enough to know."""
    days = (first + timedelta(days=ahead) for ahead in range(1, (last - first).days + 1))
    return len(list(islice((day for day in days if day.weekday() < _WEEKEND), AWAY)))


def _working_days_on(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _WEEKEND
    return day
