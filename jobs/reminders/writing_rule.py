"""Who may be written to when: hours on their own clock, pauses, and the one time for a reminder. Pure.

`storage.reminders.pauses.held_back` asks the same of rows, in the very write that claims.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobs.cadence import moment
from storage.records import Pause, Quiet, WhyQuiet
from storage.records.pause_records import CAP, MOST_SILENT, REST

DAY_BEGINS, DAY_ENDS = time(9), time(18)
"""Working hours, in which a person may be told something."""
REMINDED_AT, REMINDED_UNTIL = time(10), time(17)
LOOK_AHEAD = timedelta(days=4)
"""A reminder comes so long before the close at most: from Friday morning to Monday night, and zones apart."""
_SATURDAY = 5
_DAY = timedelta(days=1)
_NEW = timedelta(hours=20)  # so never on the day of the question itself
_OFFSETS = [timedelta(hours=hours) for hours in range(-12, 15)]
_MARGIN = timedelta(hours=2)  # offsets lie between those, and change with the clock


@dataclass(frozen=True, slots=True)
class ReminderTime:
    """When somebody may be reminded of a wave: from `start` on, before `end`; it closes on the day `closes`.

    `is_eve` says that this is the day after the reminder.
    """

    start: datetime
    end: datetime
    closes: date
    is_eve: bool

    def __contains__(self, now: datetime) -> bool:
        return self.start <= now < self.end


def reminder_time(opened_at: datetime, closes_at: datetime, zone: str) -> ReminderTime | None:
    """10:00 to 17:00 on the last working day before the day of the close, on the clock of a zone.

    None where that begins less than 20 hours after the wave was opened: who was asked yesterday afternoon has
    just read it.
    """
    closes = closes_at.astimezone(ZoneInfo(zone)).date()
    day = _working_day_before(closes)
    start, end = (moment(datetime.combine(day, at), zone) for at in (REMINDED_AT, REMINDED_UNTIL))
    if start - opened_at < _NEW:
        return None
    return ReminderTime(start, end, closes, is_eve=closes - day == _DAY)


def may_be_time(opened_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Whether it may be time for a reminder of a wave in any zone of the world, give or take two hours."""
    for offset in _OFFSETS:
        day = _working_day_before((closes_at.astimezone(UTC) + offset).date())
        start, end = (datetime.combine(day, at, UTC) - offset for at in (REMINDED_AT, REMINDED_UNTIL))
        if opened_at < start + _MARGIN and start - _MARGIN <= now < end + _MARGIN:
            return True
    return False


def in_working_hours(now: datetime, zone: str) -> bool:
    """Whether it is Monday to Friday, 9:00 to 18:00, on the clock of a zone."""
    here = now.astimezone(ZoneInfo(zone))
    return here.weekday() < _SATURDAY and DAY_BEGINS <= here.time() < DAY_ENDS


def quiet(pause: Pause | None, now: datetime) -> Quiet | None:
    """Why somebody is not written to at `now`, for the longest of the reasons; None where they may be."""
    if pause is None:
        return None
    if pause.stopped:
        return Quiet(why=WhyQuiet.STOPPED)
    found = []
    if written := pause.written_at:
        rests = pause.silent >= MOST_SILENT
        why = WhyQuiet.SILENT if rests else WhyQuiet.WRITTEN
        found.append(Quiet(why=why, until=written + (REST if rests else CAP), since=written))
    if pause.quiet_until:
        found.append(Quiet(why=WhyQuiet.NOT_NOW, until=pause.quiet_until))
    lasting = [each for each in found if each.until and each.until > now]
    return max(lasting, key=lambda each: each.until or now, default=None)


def _working_day_before(day: date) -> date:
    day -= _DAY
    while day.weekday() >= _SATURDAY:
        day -= _DAY
    return day
