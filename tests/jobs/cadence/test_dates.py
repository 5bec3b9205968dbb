"""Dates as people type them."""

from datetime import date

import pytest

from jobs.cadence.clock import CadenceError
from jobs.cadence.dates import read_date, take_date

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    "line, expected",
    [
        ("2026-12-01", "2026-12-01"),
        ("2026/12/1", "2026-12-01"),
        ("1 dec", "2026-12-01"),
        ("1st dec", "2026-12-01"),
        ("1. december 2026", "2026-12-01"),
        ("dec 1", "2026-12-01"),
        ("dec. 1", "2026-12-01"),
        ("december 1st 2026", "2026-12-01"),
        ("first of december", "2026-12-01"),
        ("the 1st of december", "2026-12-01"),
        ("1.12.2026", "2026-12-01"),
        ("1.12.", "2026-12-01"),
        ("01.12.26", "2026-12-01"),
        ("13/01/2027", "2027-01-13"),
        ("1/13/2027", "2027-01-13"),
        ("12/12/2026", "2026-12-12"),
        ("31st", "2026-12-31"),
        ("the 15th", "2026-12-15"),
        ("24 nov", "2027-11-24"),
        ("last of february", "2027-02-28"),
        ("end of december", "2026-12-31"),
        ("end of month", "2026-11-30"),
        ("today", "2026-11-25"),
        ("tomorrow", "2026-11-26"),
        ("day after tomorrow", "2026-11-27"),
    ],
)
def test_dates(line: str, expected: str) -> None:
    """A date is read in the orders in which it is written; without a year it is the next such."""
    assert take_date(f"{line} rest", today=TODAY) == (date.fromisoformat(expected), "rest")


@pytest.mark.parametrize(
    "line, problem, nearest",
    [
        ("yesterday", '"yesterday" is over.', None),
        ("1 dec 2025", '"1 dec 2025" is over.', None),
        ("31 nov", '"31 nov" is not a date: November has 30 days.', "2026-11-30"),
        ("30.2.2027", '"30.2.2027" is not a date: February has 28 days.', "2027-02-28"),
        (
            "12/01/2026",
            '"12/01/2026" may be 12 January (2026-01-12) or 1 December (2026-12-01).',
            "2026-12-01",
        ),
        ("3/4", '"3/4" may be 3 April (2027-04-03) or 4 March (2027-03-04).', "2027-03-04"),
        ("2026-13-01", '"2026-13-01" is not a date. Dates are written like 2026-11-30.', None),
        ("32nd", '"32nd" is not a day of the month. Days are 1 to 31.', None),
    ],
)
def test_what_is_no_date(line: str, problem: str, nearest: str | None) -> None:
    """A day that is over, that cannot be or that may be two is refused, with one that can be."""
    with pytest.raises(CadenceError) as refused:
        take_date(line, today=TODAY)
    assert (refused.value.problem, refused.value.nearest) == (problem, nearest)


@pytest.mark.parametrize("line", ["fri", "17:00", "dec 17:00", "may", "1205", "", "atlas"])
def test_other_words_are_no_date(line: str) -> None:
    """Words that begin with no date are left to others."""
    assert take_date(line, today=TODAY) is None


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "30.11.2026", "1999-01-01", "monday", ""])
def test_a_kept_date_is_written_year_first(text: str) -> None:
    """Where no day is known from which to count, a date is in the calendar and written year first."""
    with pytest.raises(CadenceError, match="is not a date"):
        read_date(text)


def test_a_leap_day_is_a_date() -> None:
    """29 February exists in a leap year."""
    assert read_date("2028-02-29") == date(2028, 2, 29)
