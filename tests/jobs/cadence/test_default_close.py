"""Until when a question is open where nobody has said it, over zones and both changes of the clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from jobs.cadence import next_after, read
from jobs.cadence.default_close import COUNTED_AFTER, Rhythm, closes_at, closes_before, first_edition

BERLIN, NEW_YORK, TOKYO = "Europe/Berlin", "America/New_York", "Asia/Tokyo"
MONDAYS = Rhythm("weekly mon 09:00", BERLIN)
FRIDAYS = Rhythm("weekly fri 16:00", BERLIN)
LATE_FRIDAYS = Rhythm("weekly fri 17:15", BERLIN)
DAILY = Rhythm("cron 0 9 * * *", BERLIN)
MONTHLY = Rhythm("monthly 1 09:00", BERLIN)
YEARLY = Rhythm("cron 0 9 1 6 *", BERLIN)

CASES = [  # asked and closed on the asker's clock; 2026-11-23 is a Monday
    ("on a Monday: the Friday before the next", [MONDAYS], BERLIN, "2026-11-23 10:00", "2026-11-27 17:00"),
    ("on a Thursday: two working days away", [MONDAYS], BERLIN, "2026-11-26 18:00", "2026-11-27 17:00"),
    ("on a Friday: that of the week after", [MONDAYS], BERLIN, "2026-11-27 08:00", "2026-12-04 17:00"),
    ("on a Saturday: one working day is too near", [MONDAYS], BERLIN, "2026-11-28 08:00", "2026-12-04 17:00"),
    ("a digest in the afternoon: the day before", [FRIDAYS], BERLIN, "2026-11-24 10:00", "2026-11-26 17:00"),
    ("what cannot be counted by then", [LATE_FRIDAYS], BERLIN, "2026-11-24 10:00", "2026-11-26 17:00"),
    ("a daily digest", [DAILY], BERLIN, "2026-11-23 10:00", "2026-11-24 17:00"),
    ("a daily digest, over a weekend", [DAILY], BERLIN, "2026-11-26 10:00", "2026-11-27 17:00"),
    ("of several digests the earliest", [MONDAYS, FRIDAYS], BERLIN, "2026-11-23 10:00", "2026-11-26 17:00"),
    ("a monthly digest", [MONTHLY], BERLIN, "2026-11-23 10:00", "2026-11-30 17:00"),
    ("a digest in more than 90 days", [YEARLY], BERLIN, "2026-11-23 10:00", "2026-11-30 17:00"),
    ("no digest, on a Monday", [], BERLIN, "2026-11-23 10:00", "2026-11-30 17:00"),
    ("no digest, on a Friday evening", [], BERLIN, "2026-11-27 22:00", "2026-12-04 17:00"),
    ("no digest, on a Sunday", [], BERLIN, "2026-11-29 10:00", "2026-12-04 17:00"),
    ("asked in New York", [MONDAYS], NEW_YORK, "2026-11-23 10:00", "2026-11-27 17:00"),
    (
        "in New York: Monday 09:00 in Berlin is 03:00",
        [MONDAYS],
        NEW_YORK,
        "2026-11-26 23:00",
        "2026-11-27 17:00",
    ),
    ("asked in Tokyo", [MONDAYS], TOKYO, "2026-11-25 09:00", "2026-11-27 17:00"),
    ("in Tokyo: 17:00 is too late for it", [MONDAYS], TOKYO, "2026-11-27 09:00", "2026-12-04 17:00"),
    ("over the end of summer time", [MONDAYS], BERLIN, "2027-10-27 10:00", "2027-10-29 17:00"),
    ("no digest, over the end of summer time", [], BERLIN, "2027-10-27 10:00", "2027-11-03 17:00"),
    ("over the beginning of summer time", [MONDAYS], BERLIN, "2027-03-24 10:00", "2027-03-26 17:00"),
    ("no digest, over its beginning", [], BERLIN, "2027-03-24 10:00", "2027-03-31 17:00"),
    ("clocks that change on other days", [MONDAYS], NEW_YORK, "2027-03-10 10:00", "2027-03-12 17:00"),
]


def local(text: str, zone: str) -> datetime:
    """A moment on the clock of a zone, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize("digests, zone, asked, closes", [pytest.param(*c[1:], id=c[0]) for c in CASES])
def test_without_words_a_question_meets_its_digest(
    digests: list[Rhythm], zone: str, asked: str, closes: str
) -> None:
    """The last working day, 17:00 on the asker's clock, before the first edition that is not too near."""
    assert closes_at(digests, now=local(asked, zone), zone=zone) == local(closes, zone)


@pytest.mark.parametrize("digests, zone, asked", [pytest.param(*c[1:4], id=c[0]) for c in CASES])
def test_what_closes_by_itself_is_in_the_edition_for_which_it_closed(
    digests: list[Rhythm], zone: str, asked: str
) -> None:
    """Between the close and that edition lies the count, and no other edition of that digest."""
    closed = closes_at(digests, now=local(asked, zone), zone=zone)
    found = first_edition(digests, closed + COUNTED_AFTER)
    if found is None:
        assert digests == []
        return
    _, at = found
    assert at > closed
    assert digests == [YEARLY] or (at - closed).days < 4


def test_the_first_edition_is_that_of_the_digest_which_comes_first() -> None:
    """A question that closes ten minutes before a digest is in the one after it, or in another digest."""
    counted = local("2026-11-30 08:50", BERLIN) + COUNTED_AFTER
    assert first_edition([MONDAYS], counted) == (0, local("2026-12-07 09:00", BERLIN))
    assert first_edition([MONDAYS, FRIDAYS], counted) == (1, local("2026-12-04 16:00", BERLIN))
    in_time = local("2026-11-30 08:44", BERLIN) + COUNTED_AFTER
    assert first_edition([MONDAYS], in_time) == (0, local("2026-11-30 09:00", BERLIN))
    assert first_edition([], counted) is None


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham"]
)
@pytest.mark.parametrize("rule", ["weekly mon 09:00", "daily 09:00", "weekdays 17:10", "cron 0 9 * * 0,6"])
def test_a_question_closes_before_it_is_asked_again(rule: str, zone: str) -> None:
    """Its answers are counted by then, at least half of the time is left, and it closes ahead of now."""
    cadence, at = read(rule), datetime(2026, 10, 1, tzinfo=UTC)
    for _ in range(60):
        due = next_after(cadence, zone, at).at
        again = next_after(cadence, zone, due).at
        close = closes_before(again, now=due, zone=zone)
        assert due + (again - due) / 2 <= close + COUNTED_AFTER
        assert due < close <= again - COUNTED_AFTER
        at = due


def test_a_weekly_question_closes_on_the_last_working_day() -> None:
    """Asked on Mondays, it closes on Friday 17:00 on the asker's clock."""
    asked, again = datetime(2026, 10, 19, 7, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)
    assert closes_before(again, now=asked, zone="Europe/Berlin") == datetime(2026, 10, 23, 15, tzinfo=UTC)
