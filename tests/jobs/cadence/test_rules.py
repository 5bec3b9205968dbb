"""The rules and their nominal local times."""

from datetime import date, datetime, time
from itertools import islice, pairwise

import pytest

from jobs.cadence.clock import CadenceError
from jobs.cadence.rules import Cadence, Cron, EveryFewWeeks, Monthly, Quarterly, Weekly, in_words

NINE = time(9)


def first(cadence: Cadence, on: str, count: int) -> list[str]:
    days = islice(cadence.from_date(date.fromisoformat(on)), count)
    return [f"{day:%Y-%m-%dT%H:%M}" for day in days]


def test_weekly_includes_its_first_day() -> None:
    """A week's day counts from the very date that is asked about."""
    assert first(Weekly(0, NINE), "2026-11-23", 2) == ["2026-11-23T09:00", "2026-11-30T09:00"]


def test_months_that_are_shorter_use_their_last_day() -> None:
    """Day 31 is the last day of every month, leap years included."""
    assert first(Monthly(31, NINE), "2028-01-01", 4) == [
        "2028-01-31T09:00",
        "2028-02-29T09:00",
        "2028-03-31T09:00",
        "2028-04-30T09:00",
    ]


@pytest.mark.parametrize("day, expected", [(29, "2027-02-28"), (30, "2027-02-28"), (28, "2027-02-28")])
def test_days_29_and_30_in_february(day: int, expected: str) -> None:
    """29 and 30 mean the last day of a February that lacks them, and are themselves elsewhere."""
    assert first(Monthly(day, NINE), "2027-02-01", 2) == [f"{expected}T09:00", f"2027-03-{day}T09:00"]


def test_a_month_whose_day_is_past_is_left_out() -> None:
    """From the 16th on, day 15 is next month's."""
    assert first(Monthly(15, NINE), "2026-12-16", 1) == ["2027-01-15T09:00"]


def test_quarters_begin_in_january() -> None:
    """Quarterly is January, April, July and October, on the day or the last."""
    assert first(Quarterly(31, NINE), "2026-11-01", 4) == [
        "2027-01-31T09:00",
        "2027-04-30T09:00",
        "2027-07-31T09:00",
        "2027-10-31T09:00",
    ]


def test_two_weeks_keep_their_parity_over_years_and_clocks() -> None:
    """Every occasion of years is a whole number of fortnights after the start, whatever day one asks from."""
    rule = EveryFewWeeks(0, NINE, date(2026, 11, 25))
    for ask in ("2026-11-01", "2026-12-28", "2027-01-01", "2027-03-29", "2027-10-31", "2032-02-29"):
        for day in islice(rule.from_date(date.fromisoformat(ask)), 30):
            assert (day.date() - date(2026, 11, 30)).days % 14 == 0
            assert day.weekday() == 0


@pytest.mark.parametrize("weeks", [2, 3, 4])
def test_few_weeks_lie_between_any_two_occasions(weeks: int) -> None:
    """As many weeks as the rule says, from the start on and from any later day."""
    rule = EveryFewWeeks(4, NINE, date(2026, 11, 25), weeks)
    for ask in ("2026-11-01", "2026-12-28", "2027-03-29", "2032-02-29"):
        days = [day.date() for day in islice(rule.from_date(date.fromisoformat(ask)), 10)]
        assert {(later - earlier).days for earlier, later in pairwise(days)} == {7 * weeks}
        assert (days[0] - date(2026, 11, 27)).days % (7 * weeks) == 0


def test_two_weeks_begin_with_their_start() -> None:
    """Nothing is due before the first such weekday on or after the start date."""
    assert first(EveryFewWeeks(0, NINE, date(2026, 12, 1)), "2026-01-01", 1) == ["2026-12-07T09:00"]
    assert first(EveryFewWeeks(0, NINE, date(2026, 11, 30)), "2026-11-30", 1) == ["2026-11-30T09:00"]


def test_cron_reads_as_cron_does() -> None:
    """Weekday 1 is Monday and 0 and 7 are Sunday; names of days and months are understood."""
    assert first(Cron("0 9 * * 1"), "2026-11-24", 1) == ["2026-11-30T09:00"]
    assert first(Cron("0 9 * * 0"), "2026-11-24", 1) == first(Cron("0 9 * * 7"), "2026-11-24", 1)
    assert first(Cron("30 8 1-7 JAN MON"), "2026-11-24", 1) == ["2027-01-01T08:30"]


def test_cron_includes_midnight_of_the_first_day() -> None:
    """A cron at 00:00 is due on the very date that is asked about."""
    assert first(Cron("0 0 * * *"), "2026-11-24", 1) == ["2026-11-24T00:00"]


@pytest.mark.parametrize(
    "fields, says",
    [
        ("", "exactly five fields"),
        ("0 9 * *", "exactly five fields"),
        ("0 0 9 * * 1", "exactly five fields"),
        ("@weekly", "exactly five fields"),
        ("0 9 * * mnday", "is not a cron"),
        ("61 9 * * 1", "is not a cron"),
        ("0 9 * * L", "is not a cron"),
        ("0 9 31 2 *", "is not a cron"),
        ("0 9,17 * * 1", "more than once a day"),
        ("*/5 * * * *", "more than once a day"),
        ("9" * 70 + " 9 * * 1", "is not a cron"),
        ("0 9 * * " + "1" * 5000, "exactly five fields"),
    ],
)
def test_a_cron_that_cannot_be(fields: str, says: str) -> None:
    """Six fields, aliases, unknown names, dates that do not exist and more than once a day are refused."""
    with pytest.raises(CadenceError, match=says) as refused:
        Cron(fields)
    assert refused.value.nearest


@pytest.mark.parametrize("day", [0, 32, -1])
def test_a_day_that_no_month_has(day: int) -> None:
    """Days of the month are 1 to 31."""
    with pytest.raises(CadenceError, match="Days are 1 to 31"):
        Monthly(day, NINE)


@pytest.mark.parametrize(
    "cadence, expected",
    [
        (Weekly(0, NINE), "Mondays 09:00 Europe/Berlin"),
        (
            EveryFewWeeks(4, time(8, 5), date(2026, 12, 4)),
            "Every 2 weeks on Fridays 08:05 Europe/Berlin, from 4 Dec 2026",
        ),
        (Monthly(15, NINE), "Every month on day 15, 09:00 Europe/Berlin"),
        (Monthly(30, NINE), "Every month on day 30 or the last, 09:00 Europe/Berlin"),
        (Monthly(31, NINE), "Every month on the last day, 09:00 Europe/Berlin"),
        (Quarterly(1, NINE), "January, April, July and October on day 1, 09:00 Europe/Berlin"),
        (Cron("0 9 * * 1"), "Cron `0 9 * * 1` Europe/Berlin"),
    ],
)
def test_how_a_schedule_reads(cadence: Cadence, expected: str) -> None:
    """A schedule is read with its zone."""
    assert in_words(cadence, "Europe/Berlin") == expected


def test_no_rule_gives_the_same_date_twice() -> None:
    """A rule has at most one occasion a local date."""
    for rule in (Weekly(2, NINE), Monthly(31, NINE), Quarterly(30, NINE), Cron("0 9 1-7 * 1")):
        days: list[datetime] = list(islice(rule.from_date(date(2027, 1, 1)), 60))
        assert len({day.date() for day in days}) == len(days)
        assert days == sorted(days)
