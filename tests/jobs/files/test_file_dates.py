"""Dates as other programs write them."""

from datetime import UTC, datetime

import pytest

from jobs.files.file_dates import UnclearDates, is_day_first, read_moment


@pytest.mark.parametrize(
    "text, day_first, moment",
    [
        ("2025-12-31", False, datetime(2025, 12, 31, tzinfo=UTC)),
        ("2025-12-31T10:00:00Z", False, datetime(2025, 12, 31, 10, tzinfo=UTC)),
        ("2025-12-31 10:00:00 UTC", False, datetime(2025, 12, 31, 10, tzinfo=UTC)),
        ("2025-12-31 20:00:00 -0800", False, datetime(2026, 1, 1, 4, tzinfo=UTC)),
        ("1713418460", False, datetime(2024, 4, 18, 5, 34, 20, tzinfo=UTC)),
        ("1713418460000", False, datetime(2024, 4, 18, 5, 34, 20, tzinfo=UTC)),
        ("31/12/2025", True, datetime(2025, 12, 31, tzinfo=UTC)),
        ("31.12.2025 10:05", True, datetime(2025, 12, 31, 10, 5, tzinfo=UTC)),
        ("12/31/2025 1:05 PM", False, datetime(2025, 12, 31, 13, 5, tzinfo=UTC)),
        ("12/31/2025 12:05 AM", False, datetime(2025, 12, 31, 0, 5, tzinfo=UTC)),
        ("31/12/2025", False, None),
        ("2025-02-30", False, None),
        ("next week", False, None),
        ("99999999999999999", False, None),
    ],
)
def test_dates(text: str, day_first: bool, moment: datetime | None) -> None:  # noqa: FBT001 - a case
    """Without a zone it is UTC; what is no date is none."""
    assert read_moment(text, day_first=day_first) == moment


def test_a_file_says_what_comes_first() -> None:
    """A day after the 12th tells for the whole file; with dots the day is first; ISO needs no telling."""
    assert is_day_first(["03/04/2025", "31/12/2025"], None)
    assert not is_day_first(["03/04/2025", "12/31/2025"], None)
    assert is_day_first(["03.04.2025"], None)
    assert not is_day_first(["2025-04-03"], None)
    assert is_day_first(["03/04/2025"], told=True)


@pytest.mark.parametrize("dates", [["03/04/2025"], ["31/12/2025", "12/31/2025"]])
def test_what_may_mean_two_days_is_not_guessed(dates: list[str]) -> None:
    """The sentence names the option that decides."""
    with pytest.raises(UnclearDates, match="--dates day-first or --dates month-first"):
        is_day_first(dates, None)
