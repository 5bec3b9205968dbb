"""Occasions over daylight saving, and which missed one is still done."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.cadence.occasions import (
    Due,
    agenda,
    asked_next,
    catch_up,
    next_after,
    occasions,
    shortest_gap,
    still_to_come,
    upcoming,
)
from jobs.cadence.reading import read
from jobs.cadence.rules import Cron, EveryFewWeeks, Weekly
from storage.records import OccasionState, Pulse
from tests.jobs.messages import examples

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"

# One zone for each way of changing the clock: by hour, half hour, at midnight, backwards, or never.
ZONES = (
    BERLIN,
    NEW_YORK,
    "Europe/London",
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/Santiago",
    "America/Nuuk",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Chisinau",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "UTC",
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
def test_nine_stays_nine_over_both_changes_of_the_clock(zone: str) -> None:
    """A weekly 09:00 is 09:00 on the wall in every week of the year."""
    dues = occasions(Weekly(0, time(9)), zone, utc("2027-01-01"), utc("2028-01-01"))
    assert len(dues) == 52
    for due in dues:
        wall = due.at.astimezone(ZoneInfo(zone))
        assert due.local == f"{wall:%Y-%m-%dT%H:%M}"
        assert (wall.weekday(), wall.hour, wall.minute) == (0, 9, 0)


def test_a_quarter_past_midnight_on_the_monday_after_is_not_lost() -> None:
    """The first hour of the day after spring forward keeps its pulse (APScheduler's trigger loses it)."""
    dues = occasions(Weekly(0, time(0, 15)), BERLIN, utc("2027-03-22"), utc("2027-04-06"))
    assert [due.local for due in dues] == ["2027-03-29T00:15", "2027-04-05T00:15"]
    assert dues[0].at == utc("2027-03-28T22:15")


@pytest.mark.parametrize(
    "zone, day, at",
    [
        (BERLIN, "2027-03-28", "2027-03-28T01:00"),
        (BERLIN, "2027-10-31", "2027-10-31T00:30"),
        (NEW_YORK, "2027-03-14", "2027-03-14T07:00"),
    ],
)
def test_half_past_two_on_the_night_with_none_or_two_is_once(zone: str, day: str, at: str) -> None:
    """A time in the gap runs at the gap's end, a repeated time at its first showing; the key stays."""
    dues = occasions(Weekly(6, time(2, 30)), zone, utc(day) - timedelta(days=2), utc(day) + timedelta(days=2))
    assert dues == [Due(f"{day}T02:30", utc(at))]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 9, 23])
def test_every_local_date_has_one_occasion_in_every_zone(zone: str, hour: int) -> None:
    """Over a year and a day, no zone's rules lose a local date, double one, or disturb the order."""
    dues = occasions(Cron(f"15 {hour} * * *"), zone, utc("2026-12-31T12:00"), utc("2028-01-02T12:00"))
    days = [date.fromisoformat(due.local[:10]) for due in dues]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert len(days) in {366, 367, 368}
    assert [due.at for due in dues] == sorted({due.at for due in dues})


def test_two_weeks_over_a_change_of_the_clock_and_the_end_of_a_year() -> None:
    """A fortnight is counted in calendar days, so it never slips to the other week."""
    rule = EveryFewWeeks(0, time(9), date(2026, 10, 12))
    dues = occasions(rule, BERLIN, utc("2026-10-01"), utc("2027-01-31"))
    assert [due.local[:10] for due in dues] == [
        "2026-10-12",
        "2026-10-26",
        "2026-11-09",
        "2026-11-23",
        "2026-12-07",
        "2026-12-21",
        "2027-01-04",
        "2027-01-18",
    ]
    assert [due.at.hour for due in dues] == [7, *[8] * 7]


def test_an_interval_has_its_end_and_not_its_start() -> None:
    """An occasion at the start is past, one at the end is due."""
    nine = utc("2026-11-30T08:00")
    assert occasions(Weekly(0, time(9)), BERLIN, nine, nine + timedelta(days=7)) == [
        Due("2026-12-07T09:00", nine + timedelta(days=7))
    ]


@settings(max_examples=60)
@given(
    after=st.integers(0, 4 * 365 * 24 * 60).map(lambda m: utc("2026-01-01") + timedelta(minutes=m)),
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
)
def test_next_is_later_and_the_first(after: datetime, zone: str, hour: int) -> None:
    """The next time lies after the moment asked about, and nothing is due in between."""
    rule = Cron(f"30 {hour} * * *")
    due = next_after(rule, zone, after)
    assert after < due.at <= after + timedelta(days=2)
    assert occasions(rule, zone, after, due.at) == [due] == upcoming(rule, zone, after, 1)


def test_a_moment_without_a_zone_is_refused() -> None:
    """A moment without a zone raises ValueError."""
    naive = datetime(2026, 1, 1)  # noqa: DTZ001, what is refused
    with pytest.raises(ValueError, match="needs a zone"):
        occasions(Weekly(0, time(9)), BERLIN, utc("2026-01-01"), naive)
    with pytest.raises(ValueError, match="needs a zone"):
        next_after(Weekly(0, time(9)), BERLIN, naive)


WEEKS = [Due(f"2026-11-{day:02}T09:00", utc(f"2026-11-{day:02}T08:00")) for day in (2, 9, 16, 23)]


@pytest.mark.parametrize(
    "now, expected",
    [
        ("2026-11-01T08:00", (None, 0)),
        ("2026-11-16T08:00", ("2026-11-16T09:00", 2)),
        ("2026-11-17T08:00", ("2026-11-16T09:00", 2)),
        ("2026-11-17T08:01", (None, 3)),
    ],
)
def test_of_missed_occasions_the_latest_is_done(now: str, expected: tuple[str | None, int]) -> None:
    """After an outage the latest is kept unless it is too late, older ones are skipped, later ones wait."""
    done, skipped = catch_up(WEEKS, utc(now), timedelta(days=1))
    assert (done.local if done else None, len(skipped)) == expected


def test_an_hour_that_moved_is_passed_over() -> None:
    """Where new rules of a zone make the stored time no occasion, the right one is next; a row says why."""
    wrong = datetime(2026, 11, 9, 7, tzinfo=UTC)  # 08:00 in Berlin, for a rule that says 09:00
    plan = agenda(
        "p", "T1", "weekly mon 09:00", "Europe/Berlin", next_at=wrong, now=wrong, max_late=timedelta(days=1)
    )
    assert plan.due is None
    assert plan.next_at == datetime(2026, 11, 9, 8, tzinfo=UTC)
    (row,) = plan.skipped
    assert (row.local, row.state) == ("2026-11-09T08:00", OccasionState.SKIPPED)


@pytest.mark.parametrize(
    "rule, days",
    [
        ("weekly mon 09:00", 7),
        ("every 2 weeks mon 09:00 from 2026-11-30", 14),
        ("monthly 31 09:00", 28),
        ("quarterly 15 09:00", 90),
        ("cron 0 9 * * 1-5", 1),
        ("cron 0 9 * * 1,4", 3),
        ("cron 0 9 1,15 * *", 14),
    ],
)
def test_the_least_time_between_two_occasions(rule: str, days: int) -> None:
    """By the wall clock, over months of every length."""
    assert shortest_gap(read(rule)) == timedelta(days=days)


def scheduled(number: int, next_at: datetime | None, **changes: Any) -> Pulse:
    """A pulse that asks on Mondays at 09:00 in Berlin."""
    made = replace(examples.pulse(number=number), cadence="weekly mon 09:00", next_at=next_at)
    return replace(made, **changes)


@pytest.mark.parametrize(
    "next_at, now, named",
    [
        ("2026-11-09T08:00", "2026-11-09T07:59", "2026-11-09T08:00"),
        ("2026-11-09T08:00", "2026-11-09T08:00", "2026-11-09T08:00"),
        ("2026-11-09T08:00", "2026-11-09T08:01", "2026-11-16T08:00"),
        ("2026-11-09T08:00", "2026-12-25T12:00", "2026-12-28T08:00"),
        ("2026-03-23T08:00", "2026-03-27T12:00", "2026-03-30T07:00"),  # over a change of the clock
    ],
)
def test_no_time_that_has_passed_is_named(next_at: str, now: str, named: str) -> None:
    """Of a pulse that fails, or while the bot was down, the next time of its rule from now on is true."""
    assert asked_next(scheduled(1, utc(next_at)), utc(now)) == utc(named)


@pytest.mark.parametrize(
    "changes", [{"paused": True}, {"cadence": None}, {"next_at": None}, {"cadence": "every blue moon"}]
)
def test_what_does_not_come_by_itself_has_no_next_time(changes: dict[str, Any]) -> None:
    """Paused, asked once, ended, or with a rule that cannot be read: none is planned."""
    pulse = replace(scheduled(1, utc("2026-11-09T08:00")), **changes)
    assert asked_next(pulse, utc("2026-11-10T08:00")) is None
    assert still_to_come([pulse], utc("2026-11-10T08:00")) == []


def test_the_next_that_is_asked_is_not_one_that_was_missed() -> None:
    """The soonest from now on comes first, not the one whose stored time is the oldest."""
    missed, soon = scheduled(1, utc("2026-11-09T08:00")), scheduled(2, utc("2026-11-13T08:00"))
    found = still_to_come([missed, soon], utc("2026-11-12T08:00"))
    assert [(pulse.number, pulse.next_at) for pulse in found] == [
        (2, utc("2026-11-13T08:00")),
        (1, utc("2026-11-16T08:00")),
    ]
