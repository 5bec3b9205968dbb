"""The period of a query."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.syntax.period_syntax import read_period, take_period
from handlers.syntax.typed_words import joined, split
from jobs.cadence import CadenceError

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text, start, end",
    [
        ("30d", "2026-10-26T10:00", "2026-11-25T10:00"),
        ("6w", "2026-10-14T09:00", "2026-11-25T10:00"),
        ("6 weeks", "2026-10-14T09:00", "2026-11-25T10:00"),
        ("6m", "2026-05-25T09:00", "2026-11-25T10:00"),
        ("24 months", "2024-11-25T10:00", "2026-11-25T10:00"),
        ("2026-09", "2026-08-31T22:00", "2026-09-30T22:00"),
        ("2026-11", "2026-10-31T23:00", "2026-11-30T23:00"),
        ("today", "2026-11-24T23:00", "2026-11-25T23:00"),
        ("yesterday", "2026-11-23T23:00", "2026-11-24T23:00"),
        ("this week", "2026-11-22T23:00", "2026-11-29T23:00"),
        ("last week", "2026-11-15T23:00", "2026-11-22T23:00"),
        ("this month", "2026-10-31T23:00", "2026-11-30T23:00"),
        ("last month", "2026-09-30T22:00", "2026-10-31T23:00"),
        ("this quarter", "2026-09-30T22:00", "2026-12-31T23:00"),
        ("last quarter", "2026-06-30T22:00", "2026-09-30T22:00"),
        ("this year", "2025-12-31T23:00", "2026-12-31T23:00"),
        ("last year", "2024-12-31T23:00", "2025-12-31T23:00"),
        ("september", "2026-08-31T22:00", "2026-09-30T22:00"),
        ("dec", "2025-11-30T23:00", "2025-12-31T23:00"),
        ("sep 2025", "2025-08-31T22:00", "2025-09-30T22:00"),
        ("q3 2026", "2026-06-30T22:00", "2026-09-30T22:00"),
        ("2025", "2024-12-31T23:00", "2025-12-31T23:00"),
        ("two weeks", "2026-11-11T10:00", "2026-11-25T10:00"),
        ("1 year", "2025-11-25T10:00", "2026-11-25T10:00"),
    ],
)
def test_periods(text: str, start: str, end: str) -> None:
    """Days, weeks and months go back from now by the wall clock; a month by its number is the zone's."""
    period = read_period(text, now=NOW, zone=BERLIN)
    assert (f"{period.start:%Y-%m-%dT%H:%M}", f"{period.end:%Y-%m-%dT%H:%M}") == (start, end)


def test_the_last_day_stands_for_one_that_a_month_has_not() -> None:
    """Six months before the last of August is the last of February."""
    august = datetime(2026, 8, 31, 10, 0, tzinfo=UTC)
    assert f"{read_period('6m', now=august, zone=BERLIN).start:%Y-%m-%d %H:%M}" == "2026-02-28 11:00"


@pytest.mark.parametrize(
    "text, says",
    [
        ("0d", "is not a period"),
        ("soon", "is not a period"),
        ("731d", "two years"),
        ("9999w", "two years"),
        ("9999d", "two years"),
        ("0m", "is not a period"),
        ("25m", "two years"),
        ("9999m", "two years"),
        ("2026-13", "is not a month"),
        ("2026-00", "is not a month"),
        ("2026-12", "has not begun"),
    ],
)
def test_what_is_no_period(text: str, says: str) -> None:
    """Nothing, too much and what has not begun are refused."""
    with pytest.raises(CadenceError) as refused:
        read_period(text, now=NOW, zone=BERLIN)
    assert says in str(refused.value)


def test_a_period_is_found_among_words() -> None:
    """A period may stand anywhere, with "last" before it."""
    period, rest = take_period(split("nps last 6 weeks about Atlas 2"), now=NOW, zone=BERLIN)
    assert period == read_period("6w", now=NOW, zone=BERLIN)
    assert joined(rest) == "nps about Atlas 2"


@pytest.mark.parametrize(
    "text, period, rest",
    [
        ("nps for last month", "last month", "nps"),
        ("nps over the last 6 weeks", "6w", "nps"),
        ("nps in september", "september", "nps"),
        ("nps about Atlas last month", "last month", "nps about Atlas"),
        ("nps last month about Atlas", "last month", "nps about Atlas"),
        ("nps about May", None, "nps about May"),
        ("nps about Team March", None, "nps about Team March"),
        ("nps about Atlas 2025", None, "nps about Atlas 2025"),
    ],
)
def test_a_month_in_a_name_is_no_period(text: str, period: str | None, rest: str) -> None:
    """Words before a period go with it; a month or a year that belongs to a name stays there."""
    found, others = take_period(split(text), now=NOW, zone=BERLIN)
    assert found == (period and read_period(period, now=NOW, zone=BERLIN))
    assert joined(others) == rest


def test_no_period_is_none_and_two_are_refused() -> None:
    """A command may do without a period; it cannot have two."""
    assert take_period(split("nps"), now=NOW, zone=BERLIN) == (None, split("nps"))
    assert take_period(split('"30d"'), now=NOW, zone=BERLIN)[0] is None
    with pytest.raises(CadenceError, match="One period"):
        take_period(split("30d 2026-09"), now=NOW, zone=BERLIN)


def test_a_period_and_the_one_before_meet() -> None:
    """The previous period has the same length and ends where this one starts."""
    period = read_period("30d", now=NOW, zone=BERLIN)
    assert period.previous.end == period.start
    assert period.end - period.start == timedelta(days=30)


@pytest.mark.parametrize("text", ["2026-12", "dec 2026", "q1 2027", "2027", "2099-01"])
def test_a_period_in_the_future_is_refused(text: str) -> None:
    """What has not begun holds nothing yet; the sentence names it."""
    with pytest.raises(CadenceError, match="has not begun"):
        take_period(split(f"nps {text}"), now=NOW, zone=BERLIN)


@pytest.mark.parametrize("text", ["1 minute", "60 seconds", "1min", "5m30s", "an hour", "1h", "now"])
def test_a_period_of_a_minute_is_none(text: str) -> None:
    """The shortest period is a day, so that nobody cuts one answer out by the clock."""
    with pytest.raises(CadenceError, match="is not a period"):
        read_period(text, now=NOW, zone=BERLIN)
    assert take_period(split(f"nps {text}"), now=NOW, zone=BERLIN)[0] is None
