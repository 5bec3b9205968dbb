"""Moments, schedules and periods in ten zones, over both changes of the clock, read at a broken second."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.syntax.period_syntax import read_period
from handlers.syntax.until import read_open_for, read_until
from jobs.cadence import find_zone, later, next_after, read
from jobs.messages.wording.voice import MRKDWN, SPEECH

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Africa/Casablanca",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
    "Pacific/Apia",
)
PART = timedelta(milliseconds=350)


def nights(zone: str) -> list[datetime]:
    """Moments at a broken second around each change of a zone's clock in a year, and on a still day."""
    place, hour = ZoneInfo(zone), timedelta(hours=1)
    start = datetime(2026, 3, 1, tzinfo=UTC)
    changes = [
        at
        for at in (start + hour * count for count in range(366 * 24))
        if at.astimezone(place).utcoffset() != (at + hour).astimezone(place).utcoffset()
    ]
    about = [start, *changes]
    return [at + away + PART for at in about for away in (-30 * hour, -hour, hour / 2, 2 * hour)]


NIGHTS = [(zone, now) for zone in ZONES for now in nights(zone)]


def test_six_of_the_zones_change_their_clocks() -> None:
    """The others keep their distance from UTC all year."""
    still = {"Asia/Kolkata", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia"}
    assert {zone for zone in ZONES if len(nights(zone)) == 4} == still


@pytest.mark.parametrize("zone", ZONES)
def test_a_named_time_is_kept_and_shown_as_it_was_named(zone: str) -> None:
    """17:00 on Friday is the next such moment, on the second, and is shown as 17:00."""
    for now in (now for each, now in NIGHTS if each == zone):
        until = read_until("fri 17:00", now=now, zone=zone)
        local = until.astimezone(ZoneInfo(zone))
        assert (local.weekday(), local.hour, local.minute, local.second, local.microsecond) == (
            4,
            17,
            0,
            0,
            0,
        )
        assert now < until <= now + timedelta(days=7, hours=1)
        assert "17:00" in MRKDWN.when(until, zone)
        assert "17:00" in SPEECH.when(until, zone)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("text, days", [("3 days", 3), ("1 week", 7), ("2 weeks", 14), ("a day", 1)])
def test_days_end_at_the_same_time_of_day(zone: str, text: str, days: int) -> None:
    """Days and weeks end at the same time of day, or where the clock skips that, at the end of the gap."""
    place = ZoneInfo(zone)
    for now in (now for each, now in NIGHTS if each == zone):
        until = read_open_for(text, now=now, zone=zone)
        assert until == read_until(f"in {text}", now=now, zone=zone) == later(now, timedelta(days=days), zone)
        wall = now.astimezone(place).replace(tzinfo=None, microsecond=0) + timedelta(days=days)
        kept = until.astimezone(place).replace(tzinfo=None)
        exists = wall.replace(tzinfo=place).astimezone(UTC).astimezone(place).replace(tzinfo=None) == wall
        assert kept == wall if exists else wall < kept <= wall + timedelta(hours=1)


@pytest.mark.parametrize("zone", ZONES)
def test_hours_are_hours(zone: str) -> None:
    """So many hours are so many, whatever the clock does."""
    for now in (now for each, now in NIGHTS if each == zone):
        assert read_open_for("48h", now=now, zone=zone) == now - PART + timedelta(hours=48)
        assert read_until("in 20 hours", now=now, zone=zone) == now - PART + timedelta(hours=20)


@pytest.mark.parametrize("zone", ZONES)
def test_every_time_of_a_day_is_ahead(zone: str) -> None:
    """Each quarter of an hour is read as a moment ahead, of at most a day and the change of the clock."""
    for now in (now for each, now in NIGHTS if each == zone):
        for quarter in range(96):
            text = f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"
            until = read_until(text, now=now, zone=zone)
            assert now < until <= now + timedelta(hours=25, minutes=30), (now, text)
            assert until.second == until.microsecond == 0


@pytest.mark.parametrize("zone", ZONES)
def test_a_schedule_keeps_its_time_of_day(zone: str) -> None:
    """Monday 09:00 is Monday 09:00 by the wall clock, week after week, on the second."""
    place, rule = ZoneInfo(zone), read("mondays at 9 am")
    at = datetime(2026, 3, 1, tzinfo=UTC) + PART
    for _ in range(53):
        due = next_after(rule, zone, at)
        local = due.at.astimezone(place)
        assert (local.weekday(), f"{local:%H:%M:%S.%f}") == (0, "09:00:00.000000")
        assert due.local == f"{local:%Y-%m-%dT%H:%M}"
        at = due.at


@pytest.mark.parametrize("zone", ZONES)
def test_periods_begin_and_end_at_midnight(zone: str) -> None:
    """Calendar periods are whole days by the wall clock, and one ends where the next begins."""
    place = ZoneInfo(zone)
    for now in (now for each, now in NIGHTS if each == zone):
        before, this = (read_period(f"{which} month", now=now, zone=zone) for which in ("last", "this"))
        assert before.end == this.start <= now < this.end
        first = before.start.astimezone(place)
        assert first.date() == date(first.year, first.month, 1)
        yesterday, today = (read_period(day, now=now, zone=zone) for day in ("yesterday", "today"))
        assert yesterday.end == today.start <= now < today.end
        back = read_period("7d", now=now, zone=zone)
        assert back.end == now


@pytest.mark.parametrize("zone", ZONES)
def test_the_own_distance_from_utc_is_the_own_zone(zone: str) -> None:
    """Whoever types the distance that their own clock is at now means their own zone."""
    for now in (now for each, now in NIGHTS if each == zone):
        offset = now.astimezone(ZoneInfo(zone)).strftime("%z")
        for text in (f"UTC{offset}", f"gmt{offset[:3]}:{offset[3:]}", f"{offset[:3]}:{offset[3:]}"):
            assert find_zone(text, now=now, own=zone) == zone
