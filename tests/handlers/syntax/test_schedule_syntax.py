"""How often a digest comes, and in which zone."""

from datetime import UTC, datetime

import pytest

from handlers.syntax.schedule_syntax import read_schedule
from handlers.syntax.syntax_error import CommandSyntaxError
from handlers.syntax.typed_words import split

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # already the 26th in Berlin


@pytest.mark.parametrize(
    "text, rule, zone",
    [
        ("weekly mon 09:00 Europe/Berlin", "weekly mon 09:00", "Europe/Berlin"),
        ("weekly mon 09:00", "weekly mon 09:00", None),
        ("weekly 09:00 mon america/new_york", "weekly mon 09:00", "America/New_York"),
        ("weekly mon 09:00 America/New York", "weekly mon 09:00", "America/New_York"),
        ("every 2 weeks mon 09:00 from 2026-11-30 UTC", "every 2 weeks mon 09:00 from 2026-11-30", "UTC"),
        ("every 2 weeks thu 09:00", "every 2 weeks thu 09:00 from 2026-11-26", None),
        ("every 2 weeks thu 09:00 UTC", "every 2 weeks thu 09:00 from 2026-11-25", "UTC"),
        ("monthly 09:00 on the 15th Asia/Tokyo", "monthly 15 09:00", "Asia/Tokyo"),
        ("cron 0 9 * * 1 Europe/Berlin", "cron 0 9 * * 1", "Europe/Berlin"),
        ("cron 0 9 */2 * 1-5", "cron 0 9 */2 * 1-5", None),
        ("cron 0 9 * * 1 GMT+1", "cron 0 9 * * 1", "Europe/Berlin"),
        ("weekly mon 09:00 GMT+1", "weekly mon 09:00", "Europe/Berlin"),
        ("mondays at 9 am gmt +1", "weekly mon 09:00", "Europe/Berlin"),
        ("monday 9am New York", "weekly mon 09:00", "America/New_York"),
        ("mondays 09:00 berlin", "weekly mon 09:00", "Europe/Berlin"),
        ("every monday 17h CET", "weekly mon 17:00", "Europe/Berlin"),
        ("daily 9.30 UTC", "cron 30 9 * * *", "UTC"),
        ("every weekday at noon", "cron 0 12 * * 1-5", None),
        ("monthly 9am on the first", "monthly 1 09:00", None),
        ("fortnightly mon 9am from 30 Nov Mumbai", "every 2 weeks mon 09:00 from 2026-11-30", "Asia/Kolkata"),
    ],
)
def test_schedules(text: str, rule: str, zone: str | None) -> None:
    """The zone is what follows; two weeks count from today in the zone that holds."""
    cadence, named = read_schedule(split(text), now=NOW, zone=BERLIN)
    assert (str(cadence), named) == (rule, zone)


@pytest.mark.parametrize(
    "text, problem, nearest",
    [
        ("weekly mon 25:00 Europe/Berlin", '"25:00" is not a time.', "weekly mon 09:00 Europe/Berlin"),
        ("monthly 15 10:00 Berln", '"berln" is not a time zone.', "monthly 15 10:00 Europe/Berlin"),
        ("cron 0 9 * * 1 Berln", '"berln" is not a time zone.', "cron 0 9 * * 1 Europe/Berlin"),
        (
            "weekly tue 10:00 GMT+2",
            '"gmt+2" does not say when clocks change: a place does.',
            "weekly tue 10:00 Europe/Helsinki",
        ),
        ("weekly tue 25:00 GMT+1", '"25:00" is not a time.', "weekly tue 09:00 Europe/Berlin"),
        ("cron 0 * * * * Asia/Tokyo", "`0 * * * *` is more than once a day.", "cron 0 9 * * * Asia/Tokyo"),
        ("hourly", '"hourly" is not a schedule.', "daily 09:00 Europe/Berlin"),
        ("every fornight", '"every fornight" is not a schedule.', "every 2 weeks mon 09:00 Europe/Berlin"),
    ],
)
def test_the_nearest_right_form_keeps_what_was_right(text: str, problem: str, nearest: str) -> None:
    """A sentence offers the schedule and the zone that were meant, as far as they were understood."""
    with pytest.raises(CommandSyntaxError) as refused:
        read_schedule(split(text), now=NOW, zone=BERLIN)
    assert str(refused.value) == f"{problem} Try `/pulse digest {nearest}`. Nothing was changed."


@pytest.mark.parametrize("text", ["cron 0 0 9 * * 1", "cron 0 0 9 * * mon", "cron 0 9 * *", "cron @weekly"])
def test_a_cron_has_five_fields(text: str) -> None:
    """A sixth field is not taken for a zone."""
    with pytest.raises(CommandSyntaxError, match="exactly five fields"):
        read_schedule(split(text), now=NOW, zone=BERLIN)
