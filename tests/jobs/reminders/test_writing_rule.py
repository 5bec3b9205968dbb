"""Reminders come at 10:00 on the last working day before the close, on the clock of whoever gets one."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo, available_timezones

import pytest

from jobs.reminders.writing_rule import in_working_hours, may_be_time, quiet, reminder_time
from storage.records import Pause, Quiet, WhyQuiet

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def utc(text: str) -> datetime:
    """A moment of 2026 or 2027 in UTC: "2026-11-27 16:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "closes, zone, start, end, day, eve",
    [
        ("2026-11-27 16:00", "Europe/Berlin", "2026-11-26 09:00", "2026-11-26 16:00", 27, True),
        ("2026-11-30 16:00", "Europe/Berlin", "2026-11-27 09:00", "2026-11-27 16:00", 30, False),
        ("2026-11-28 16:00", "Europe/Berlin", "2026-11-27 09:00", "2026-11-27 16:00", 28, True),
        ("2026-11-29 16:00", "Europe/Berlin", "2026-11-27 09:00", "2026-11-27 16:00", 29, False),
        ("2026-11-27 16:00", "Asia/Tokyo", "2026-11-27 01:00", "2026-11-27 08:00", 28, True),
        ("2026-11-30 03:00", "America/New_York", "2026-11-27 15:00", "2026-11-27 22:00", 29, False),
        ("2026-11-27 16:00", "Pacific/Kiritimati", "2026-11-26 20:00", "2026-11-27 03:00", 28, True),
        ("2026-11-27 16:00", "Pacific/Pago_Pago", "2026-11-26 21:00", "2026-11-27 04:00", 27, True),
        ("2026-11-27 16:00", "Asia/Kolkata", "2026-11-26 04:30", "2026-11-26 11:30", 27, True),
        ("2026-03-30 12:00", "Europe/Berlin", "2026-03-27 09:00", "2026-03-27 16:00", 30, False),
        ("2026-10-26 12:00", "Europe/Berlin", "2026-10-23 08:00", "2026-10-23 15:00", 26, False),
    ],
)
def test_the_time_of_a_reminder(closes: str, zone: str, start: str, end: str, day: int, *, eve: bool) -> None:
    """10:00 to 17:00 on the last working day before the day of the close, over weekends and clock changes."""
    found = reminder_time(LONG_AGO, utc(closes), zone)
    assert found is not None
    assert (found.start, found.end) == (utc(start), utc(end))
    assert (found.closes.day, found.is_eve) == (day, eve)


@pytest.mark.parametrize(
    "opened, comes", [("25 13:00", True), ("25 13:01", False), ("26 08:59", False), ("26 09:01", False)]
)
def test_no_reminder_of_a_wave_that_has_just_opened(opened: str, *, comes: bool) -> None:
    """Where 10:00 was not 20 hours after the wave was opened, there is no reminder."""
    found = reminder_time(utc(f"2026-11-{opened}"), utc("2026-11-27 16:00"), "Europe/Berlin")
    assert (found is not None) is comes


def test_nobody_is_asked_about_where_it_is_time_nowhere() -> None:
    """In every zone, a time for a reminder lies within the time in which it is looked for; that is short."""
    zones = [*sorted(available_timezones())[::9], "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu"]
    closes = [
        utc(f"2026-10-{day} {hour}:30") for day, hour in product((23, 24, 25, 26, 27), ("00", "11", "23"))
    ]
    for close, zone in product(closes, zones):
        found = reminder_time(LONG_AGO, close, zone)
        assert found is not None
        for now in (found.start, found.end - timedelta(minutes=1)):
            assert may_be_time(LONG_AGO, close, now), (close, zone)
    looked = [NOW + timedelta(hours=hour) for hour in range(24 * 7)]
    on = sum(may_be_time(LONG_AGO, utc("2026-12-03 16:00"), each) for each in looked)
    assert on <= 40
    assert not any(may_be_time(utc("2026-12-03 12:00"), utc("2026-12-03 16:00"), each) for each in looked)


@pytest.mark.parametrize(
    "here, inside",
    [
        ("2026-11-27T08:59", False),
        ("2026-11-27T09:00", True),
        ("2026-11-27T17:59", True),
        ("2026-11-27T18:00", False),
        ("2026-11-28T12:00", False),
        ("2026-11-29T12:00", False),
        ("2026-11-30T09:00", True),
    ],
)
@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Asia/Tokyo"])
def test_working_hours(here: str, zone: str, *, inside: bool) -> None:
    """Monday to Friday, 9:00 to 18:00, by the clock of the person."""
    assert in_working_hours(datetime.fromisoformat(here).replace(tzinfo=ZoneInfo(zone)), zone) is inside


@pytest.mark.parametrize(
    "pause, said",
    [
        (None, None),
        (Pause(), None),
        (Pause(written_at=NOW - 14 * DAY), None),
        (Pause(written_at=NOW - DAY), Quiet(why=WhyQuiet.WRITTEN, until=NOW + 13 * DAY, since=NOW - DAY)),
        (Pause(quiet_until=NOW), None),
        (Pause(quiet_until=NOW + DAY), Quiet(why=WhyQuiet.NOT_NOW, until=NOW + DAY)),
        (
            Pause(quiet_until=NOW + DAY, written_at=NOW - DAY),
            Quiet(why=WhyQuiet.WRITTEN, until=NOW + 13 * DAY, since=NOW - DAY),
        ),
        (
            Pause(written_at=NOW - 20 * DAY, silent=3),
            Quiet(why=WhyQuiet.SILENT, until=NOW + 70 * DAY, since=NOW - 20 * DAY),
        ),
        (Pause(written_at=NOW - 90 * DAY, silent=3), None),
        (Pause(stopped=True, written_at=NOW), Quiet(why=WhyQuiet.STOPPED)),
    ],
)
def test_why_somebody_is_not_written_to(pause: Pause | None, said: Quiet | None) -> None:
    """The reason is the one that holds longest; where none holds, there is none."""
    assert quiet(pause, NOW) == said


def test_a_day_of_a_leap_year_is_a_day() -> None:
    """The day before 1 March 2028 is 29 February."""
    found = reminder_time(LONG_AGO, utc("2028-03-01 12:00"), "Europe/Berlin")
    assert found is not None
    assert found.closes == date(2028, 3, 1)
    assert found.start == utc("2028-02-29 09:00")
