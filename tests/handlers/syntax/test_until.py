"""Until when, and for how long."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.syntax.until import read_open_for, read_until
from jobs.cadence import CadenceError

BERLIN = "Europe/Berlin"
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # 11:00 in Berlin


@pytest.mark.parametrize(
    "text, expected",
    [
        ("fri 17:00", "2026-11-27T16:00"),
        ("Friday at 5pm", "2026-11-27T16:00"),
        ("17:00 on fri", "2026-11-27T16:00"),
        ("fri", "2026-11-27T16:00"),
        ("wed 12:00", "2026-11-25T11:00"),
        ("wed 10:00", "2026-12-02T09:00"),
        ("today 17:00", "2026-11-25T16:00"),
        ("tomorrow 12:00", "2026-11-26T11:00"),
        ("tomorrow", "2026-11-26T16:00"),
        ("17:00", "2026-11-25T16:00"),
        ("10:00", "2026-11-26T09:00"),
        ("2026-12-01 17:00", "2026-12-01T16:00"),
        ("2026-12-01", "2026-12-01T16:00"),
        ("in 3 days", "2026-11-28T10:00"),
        ("in a week", "2026-12-02T10:00"),
        ("in 2 hours", "2026-11-25T12:00"),
        ("fri 17:00 America/New_York", "2026-11-27T22:00"),
        ("fri 17:00 utc", "2026-11-27T17:00"),
        ("fri 17:00 CET", "2026-11-27T16:00"),
        ("fri 17:00 gmt +1", "2026-11-27T16:00"),
        ("fri 17:00 UTC+5:30", "2026-11-27T11:30"),
        ("fri 17:00 -05:00", "2026-11-27T22:00"),
        ("fri 17:00Z", "2026-11-27T17:00"),
        ("fri 17:00 New York", "2026-11-27T22:00"),
        ("fri 17:00 São Paulo", "2026-11-27T20:00"),
        ("friday, 17:00", "2026-11-27T16:00"),
        ("Fri, 27 Nov 17:00", "2026-11-27T16:00"),
        ("this fri 5 p.m.", "2026-11-27T16:00"),
        ("fri 17h", "2026-11-27T16:00"),
        ("fri 17 Uhr", "2026-11-27T16:00"),
        ("fri 1700", "2026-11-27T16:00"),
        ("fri 17.00", "2026-11-27T16:00"),
        ("fri noon", "2026-11-27T11:00"),
        ("fri midnight", "2026-11-27T23:00"),
        ("fri 24:00", "2026-11-27T23:00"),
        ("midnight", "2026-11-25T23:00"),
        ("tonight", "2026-11-25T23:00"),
        ("tonight 9pm", "2026-11-25T20:00"),
        ("eod", "2026-11-25T16:00"),
        ("tommorow 9am", "2026-11-26T08:00"),
        ("day after tomorrow", "2026-11-27T16:00"),
        ("1 Dec", "2026-12-01T16:00"),
        ("Dec 1 9:30pm", "2026-12-01T20:30"),
        ("first of december", "2026-12-01T16:00"),
        ("1.12.2026 17:00", "2026-12-01T16:00"),
        ("1.12 17:00", "2026-12-01T16:00"),
        ("the 15th at noon", "2026-12-15T11:00"),
        ("31st", "2026-12-31T16:00"),
        ("end of month", "2026-11-30T16:00"),
        ("2026-12-01T17:00+01:00", "2026-12-01T16:00"),
        ("48h", "2026-11-27T10:00"),
        ("3 days", "2026-11-28T10:00"),
    ],
)
def test_until(text: str, expected: str) -> None:
    """A day, a time, both, or a length; a zone may follow; what could be several is the next."""
    assert read_until(text, now=WEDNESDAY, zone=BERLIN) == datetime.fromisoformat(expected).replace(
        tzinfo=UTC
    )


TUESDAY = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)  # 11:00 in Berlin


@pytest.mark.parametrize(
    "text, expected",
    [
        ("friday next week", "2026-11-13T17:00"),
        ("next week friday 15:00", "2026-11-13T15:00"),
        ("next week on Friday, 3pm", "2026-11-13T15:00"),
        ("15:00 on friday of next week", "2026-11-13T15:00"),
        ("fri 15:00 next week", "2026-11-13T15:00"),
        ("the following week monday", "2026-11-09T17:00"),
        ("next week's thursday", "2026-11-12T17:00"),
        ("friday this week", "2026-11-06T17:00"),
        ("monday the week after next", "2026-11-16T17:00"),
        ("tuesday week", "2026-11-10T17:00"),
        ("wed week 12:00", "2026-11-11T12:00"),
        ("a week on friday", "2026-11-13T17:00"),
        ("two weeks from monday", "2026-11-23T17:00"),
        ("friday fortnight", "2026-11-20T17:00"),
        ("monday, week after next", "2026-11-16T17:00"),
        ("monday of the week after", "2026-11-09T17:00"),
        ("three weeks from friday 12:00", "2026-11-27T12:00"),
        ("a week tomorrow", "2026-11-11T17:00"),
        ("two weeks from today", "2026-11-17T17:00"),
        ("2 weeks from now", "2026-11-17T11:00"),
        ("tomorrow week", "2026-11-11T17:00"),
        ("end of next week", "2026-11-13T17:00"),
        ("the end of the week", "2026-11-06T17:00"),
        ("end of this week 12:00", "2026-11-06T12:00"),
        ("fri nxt week", "2026-11-13T17:00"),
        ("friday of nxt week 15:00", "2026-11-13T15:00"),
        ("end of next month", "2026-12-31T17:00"),
        ("the end of the next month 12:00", "2026-12-31T12:00"),
        ("end of this month", "2026-11-30T17:00"),
        ("end of the year", "2026-12-31T17:00"),
        ("eoy", "2026-12-31T17:00"),
        ("end of quarter 9am", "2026-12-31T09:00"),
        ("weekend", "2026-11-06T17:00"),
        ("the weekend", "2026-11-06T17:00"),
        ("this weekend", "2026-11-06T17:00"),
        ("before the weekend", "2026-11-06T17:00"),
        ("weekend 12:00", "2026-11-06T12:00"),
        ("end of the weekend", "2026-11-08T17:00"),
        ("end of next weekend 20:00", "2026-11-15T20:00"),
        ("9 o'clock pm", "2026-11-03T21:00"),
        ("8 o'clock in the evening", "2026-11-03T20:00"),
        ("fri 9 o'clock in the morning", "2026-11-06T09:00"),
        ("thu 8 in the evening", "2026-11-05T20:00"),
        ("fri 12 o'clock", "2026-11-06T12:00"),
    ],
)
def test_a_weekday_and_its_week(text: str, expected: str) -> None:
    """A weekday with words for its week is that day of that week, in any order and with any time."""
    found = read_until(text, now=TUESDAY, zone=BERLIN).astimezone(ZoneInfo(BERLIN))
    assert found.replace(tzinfo=None) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "text, nearest",
    [
        ("friday after next", "2026-11-13"),
        ("tuesday after next 12:00", "2026-11-17 12:00"),
        ("the following monday", "2026-11-09"),
        ("thursday in two weeks", "2026-11-12"),
        ("in 2 weeks on thursday 9am", "2026-11-12 9am"),
        ("early tue", "2026-11-10 17:00"),
        ("friday in three weeks", "2026-11-20"),
        ("5 o'clock tomorrow", "2026-11-04 17:00"),
        ("thu of next quarter", "thu 17:00"),
        ("5 o'clock", "17:00"),
        ("6 o'clock", "18:00"),
        ("5 o’clock", "17:00"),
        ("fri 5 o'clock", "2026-11-06 17:00"),
        ("5 o'clock on thursday", "2026-11-05 17:00"),
        ("fri at 6 o'clock Berlin", "2026-11-06 18:00 Europe/Berlin"),
        ("next year", "2027-01-01 17:00"),
        ("next month", "2026-12-01 17:00"),
        ("next quarter", "2027-01-01 17:00"),
        ("next weekend", "2026-11-06"),
        ("after the weekend", "2026-11-09"),
        ("over the weekend 12:00", "2026-11-09 12:00"),
        ("nxt fri", "2026-11-06 17:00"),
        ("8 o'clock", "08:00"),
        ("9 o’clock", "09:00"),
        ("11 oclock", "11:00"),
        ("fri 8 o'clock", "2026-11-06 08:00"),
        ("9 o'clock on friday", "2026-11-06 09:00"),
    ],
)
def test_what_may_be_two_days_or_two_hours_is_asked_back(text: str, nearest: str) -> None:
    """What is offered is that very weekday and an hour at which people work, and it is read."""
    with pytest.raises(CadenceError) as refused:
        read_until(text, now=TUESDAY, zone=BERLIN)
    assert refused.value.nearest == nearest
    assert read_until(nearest, now=TUESDAY, zone=BERLIN) > TUESDAY


OVER = ["yesterday", "yesturday", "the day before yesterday", "last friday", "last week",
    "last month", "earlier today", "an hour ago", "2 days ago", "a week ago"]  # fmt: skip


@pytest.mark.parametrize(
    "text, says",
    [
        ("", 'Say a day or a time after "until".'),
        ("fri morning", '"morning" is neither a time nor a time zone.'),
        ("25:00", '"25:00" is not a time'),
        ("fri 25:00", '"25:00" is not a time'),
        ("fryday 17:00", "Did you mean Friday"),
        ("today 10:00", "is over"),
        ("2026-11-24", "is over"),
        *((words, f'"{words}" is over.') for words in OVER),
        ("2027-11-24", "is too long"),
        ("2026-02-30 17:00", "is not a date"),
        ("fri 17:00 18:00", "is not a day and a time"),
        ("next fri 17:00", '"next fri" may be 2026-11-27 or 2026-12-04.'),
        ("in 0 days", "is not in the future"),
        ("in 91 days", "is too long"),
        ("in 3 parsecs", "is not a length of time"),
        ("in", "is not a length of time"),
        ("fri 17:00 Europe/Berln", "is not a time zone"),
    ],
)
def test_what_is_no_moment(text: str, says: str) -> None:
    """The past, the far future and what is no time are refused with the words as typed."""
    with pytest.raises(CadenceError) as refused:
        read_until(text, now=WEDNESDAY, zone=BERLIN)
    assert says in refused.value.problem


def test_days_keep_the_wall_clock_and_hours_do_not() -> None:
    """Over the change of the clock "in 2 days" is the same time of day, "in 20 hours" is twenty hours."""
    before = datetime(2027, 3, 27, 8, 0, tzinfo=UTC)  # 09:00 in Berlin, the day before
    assert read_until("in 2 days", now=before, zone=BERLIN) == before + timedelta(hours=47)
    assert read_until("in 20 hours", now=before, zone=BERLIN) == before + timedelta(hours=20)


@pytest.mark.parametrize(
    "text, days",
    [
        ("1440 minutes", 1),
        ("3 days", 3),
        ("1 day", 1),
        ("48h", 2),
        ("48 hours", 2),
        ("2w", 14),
        ("a week", 7),
        ("two weeks", 14),
        ("90 days", 90),
    ],
)
def test_how_long(text: str, days: int) -> None:
    """A length is a number and hours, days or weeks."""
    assert read_open_for(text, now=WEDNESDAY, zone=BERLIN) == WEDNESDAY + timedelta(days=days)


@pytest.mark.parametrize(
    "text", ["", "3", "days", "3 years", "-1 days", "0 days", "99999 days", "9999 weeks"]
)
def test_what_is_no_length(text: str) -> None:
    """Nothing, no unit, zero and more than 90 days are refused."""
    with pytest.raises(CadenceError):
        read_open_for(text, now=WEDNESDAY, zone=BERLIN)
