"""Times, days, dates, zones, and the moment a wall clock means."""

from datetime import UTC, datetime, time

import pytest

from jobs.cadence.clock import (
    CadenceError,
    moment,
    quoted,
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
        ("9 am", time(9)),
        ("9:30 p.m.", time(21, 30)),
        ("9.30", time(9, 30)),
        ("0900", time(9)),
        ("17h", time(17)),
        ("17h30", time(17, 30)),
        ("17 Uhr", time(17)),
        ("5 o'clock", time(5)),
        ("17:00:00", time(17)),
        ("noon", time(12)),
        ("12 noon", time(12)),
    ],
)
def test_times_of_day(text: str, expected: time) -> None:
    """A time is hours and minutes, with a leading zero or without, on either clock."""
    assert read_time(text) == expected


@pytest.mark.parametrize("text", ["25:00", "09:60", "13pm", "0am", "9:5", "", "24h30", "9.3", "٠٩:٠٠"])
def test_what_is_no_time(text: str) -> None:
    """What is not a time is refused with the words as typed."""
    with pytest.raises(CadenceError) as refused:
        read_time(text)
    assert str(refused.value) == f'"{text}" is not a time.'


@pytest.mark.parametrize("text, expected", [("mon", 0), ("Tues", 1), ("THURSDAY", 3), ("sundays", 6)])
def test_days_of_the_week(text: str, expected: int) -> None:
    """A weekday needs three letters, in any case, one or many."""
    assert read_weekday(text) == expected


@pytest.mark.parametrize("word", ["yesterday", "Today", "tomorrow", "tonight", "now"])
def test_one_day_is_no_day_of_every_week(word: str) -> None:
    """What is one day only is said to be that, and is not taken for a misspelt one."""
    with pytest.raises(CadenceError, match=f'"{word}" is one day. Name a day of the week.'):
        read_weekday(word)


def test_a_misspelt_weekday_is_offered_the_nearest() -> None:
    """The sentence names the day that was probably meant."""
    with pytest.raises(CadenceError, match="Did you mean Wednesday"):
        read_weekday("wendesday")


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
