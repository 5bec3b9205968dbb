"""Times, days, dates, zones, and the moment a wall clock means."""

from datetime import UTC, date, datetime, time

import pytest

from jobs.cadence.clock import (
    CadenceError,
    ZoneError,
    find_zone,
    moment,
    quoted,
    read_date,
    read_time,
    read_weekday,
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("09:00", time(9)),
        ("9:05", time(9, 5)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
        ("9am", time(9)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("5:30 PM", time(17, 30)),
    ],
)
def test_times_of_day(text: str, expected: time) -> None:
    """A time is hours and minutes, with a leading zero or without, on either clock."""
    assert read_time(text) == expected


@pytest.mark.parametrize("text", ["25:00", "24:00", "9", "09:60", "13pm", "0am", "9:5", "", "noon", "٠٩:٠٠"])
def test_what_is_no_time(text: str) -> None:
    """What is not a time is refused with the words as typed."""
    with pytest.raises(CadenceError) as refused:
        read_time(text)
    assert str(refused.value) == f'"{text}" is not a time.'


@pytest.mark.parametrize("text, expected", [("mon", 0), ("Tues", 1), ("THURSDAY", 3), ("sundays", 6)])
def test_days_of_the_week(text: str, expected: int) -> None:
    """A weekday needs three letters, in any case, one or many."""
    assert read_weekday(text) == expected


def test_a_misspelt_weekday_is_offered_the_nearest() -> None:
    """The sentence names the day that was probably meant."""
    with pytest.raises(CadenceError, match="Did you mean Wednesday"):
        read_weekday("wendesday")


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "30.11.2026", "1999-01-01", "2026-1-1", ""])
def test_what_is_no_date(text: str) -> None:
    """A date is in the calendar of this century and written year first."""
    with pytest.raises(CadenceError, match="is not a date"):
        read_date(text)


def test_a_leap_day_is_a_date() -> None:
    """29 February exists in a leap year."""
    assert read_date("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("america/new_york", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_zones_are_iana_names(text: str, expected: str) -> None:
    """A zone is found without regard to capitals and comes back as IANA writes it."""
    assert find_zone(text) == expected


@pytest.mark.parametrize(
    "text, nearest",
    [
        ("CET", "Europe/Berlin"),
        ("EST", "America/New_York"),
        ("Berlin", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("Amerika/New_York", "America/New_York"),
        ("CEST", "Europe/Berlin"),
        ("x" * 5000, "Europe/Berlin"),
        ("", "Europe/Berlin"),
    ],
)
def test_anything_else_is_offered_the_nearest_zone(text: str, nearest: str) -> None:
    """An abbreviation, a city, a slip or nonsense is refused, with the zone that is nearest."""
    with pytest.raises(ZoneError) as refused:
        find_zone(text)
    assert refused.value.nearest == nearest


@pytest.mark.parametrize("text", ["localtime", "../../etc/passwd", "Factory", "posix/Europe/Berlin", "\x00"])
def test_no_file_of_the_machine_is_a_zone(text: str) -> None:
    """Only names of the IANA list are looked up; what is offered instead is one of them."""
    with pytest.raises(ZoneError) as refused:
        find_zone(text)
    assert find_zone(str(refused.value.nearest)) == refused.value.nearest


@pytest.mark.parametrize(
    "zone, wall, expected",
    [
        ("Europe/Berlin", "2027-01-04T09:00", "2027-01-04T08:00"),
        ("Europe/Berlin", "2027-07-05T09:00", "2027-07-05T07:00"),
        ("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:00"),
        ("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T00:30"),
        ("America/New_York", "2027-11-07T01:30", "2027-11-07T05:30"),
        ("Africa/Cairo", "2027-04-30T00:15", "2027-04-29T22:00"),
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T10:00"),
        ("UTC", "2027-03-28T02:30", "2027-03-28T02:30"),
    ],
)
def test_the_moment_of_a_wall_clock(zone: str, wall: str, expected: str) -> None:
    """A skipped time, or day, is the gap's end; a time shown twice is the first of the two."""
    assert moment(local(wall), zone) == local(expected).replace(tzinfo=UTC)


def test_words_are_repeated_short_and_on_one_line() -> None:
    """A sentence repeats at most 40 characters of what somebody typed, between quotes that are its own."""
    assert quoted("a\n  b") == '"a b"'
    assert quoted('say "`hi`"') == "\"say 'hi'\""
    assert len(quoted("x" * 5000)) == 42
