"""Since which day figures are wanted."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.syntax import CommandSyntaxError, read_contrast, read_score

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday


@pytest.mark.parametrize(
    "text, first",
    [
        ("since monday", "2026-10-26"),
        ("since last monday", "2026-10-26"),
        ("since fri", "2026-10-30"),
        ("since june", "2026-06-01"),
        ("since 1 oct", "2026-10-01"),
        ("since october 1st", "2026-10-01"),
        ("since the 1st of october", "2026-10-01"),
        ("since 1.10.", "2026-10-01"),
        ("since 2026-10-01", "2026-10-01"),
        ("since 13/10/2026", "2026-10-13"),
        ("since 1 oct 2025", "2025-10-01"),
        ("since the 15th", "2026-10-15"),
        ("since the 31st", "2026-10-31"),
        ("since 3 nov", "2025-11-03"),
        ("since end of september", "2026-09-30"),
        ("since yesterday", "2026-11-01"),
        ("since today", "2026-11-02"),
        ("since last month", "2026-10-01"),
        ("since q3", "2026-07-01"),
        ("from 1 oct", "2026-10-01"),
        ("from monday", "2026-10-26"),
    ],
)
def test_since_a_day(text: str, first: str) -> None:
    """The period begins with the last such day, at its midnight, and goes on until now; a name may follow."""
    for typed in (text, f"{text} about Atlas", f"about Atlas {text}"):
        period = read_contrast(typed, now=NOW, zone=BERLIN).period
        assert period is not None
        assert period.start == datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(BERLIN)), typed
        assert period.end == NOW


@pytest.mark.parametrize(
    "text, says",
    [
        ("since 2027-01-01", '"2027-01-01" has not begun.'),
        ("since 2020-01-01", "figures go back two years at most."),
        ("since tomorrow", '"since tomorrow" is not a period.'),
        ("since the release", '"since the release" is not a period.'),
        ("30d since monday", "One period at a time."),
        ("since 1 oct since 1 sep", "One period at a time."),
    ],
)
def test_since_no_such_day(text: str, says: str) -> None:
    """A day to come, one too long ago, other words and a second period are refused, and said as they are."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_score(f"nps {text}", now=NOW, zone=BERLIN)
    assert says in refused.value.problem
