"""The text of a schedule."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.cadence.clock import CadenceError
from jobs.cadence.reading import EXAMPLES, read
from jobs.cadence.rules import Cadence, Cron, EveryFewWeeks, Monthly, Quarterly, Weekly

TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
RULES = st.one_of(
    st.builds(Weekly, st.integers(0, 6), TIMES),
    st.builds(
        EveryFewWeeks,
        st.integers(0, 6),
        TIMES,
        st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        st.integers(2, 4),
    ),
    st.builds(Monthly, st.integers(1, 31), TIMES),
    st.builds(Quarterly, st.integers(1, 31), TIMES),
    st.sampled_from(
        [Cron("0 9 * * 1"), Cron("30 8 1,15 * *"), Cron("0 0 L * *"), Cron("5 7 * JAN-mar MON#1")]
    ),
)


@settings(max_examples=200)
@given(RULES)
def test_text_and_rule_are_one(rule: Cadence) -> None:
    """The text of a rule is read back into the same rule."""
    assert read(str(rule)) == rule


@pytest.mark.parametrize("example", [*EXAMPLES.values(), "cron 0 9 * * 1"])
def test_the_examples_are_canonical(example: str) -> None:
    """Each example that a sentence offers is read, and is written as it stands."""
    assert str(read(example)) == example


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Weekly  Monday at 9am", "weekly mon 09:00"),
        ("every friday 17:00", "weekly fri 17:00"),
        ("every week on tuesdays, 09:30", "weekly tue 09:30"),
        ("weekly 9:00 mon", "weekly mon 09:00"),
        ("every two weeks on mon 09:00 from 2026-11-30", "every 2 weeks mon 09:00 from 2026-11-30"),
        ("fortnightly thu 09:00", "every 2 weeks thu 09:00 from 2026-11-25"),
        ("every third week on fri 09:00", "every 3 weeks fri 09:00 from 2026-11-25"),
        ("every four weeks mon 9am", "every 4 weeks mon 09:00 from 2026-11-25"),
        ("every month on the 15th at 09:00", "monthly 15 09:00"),
        ("monthly last 09:00", "monthly 31 09:00"),
        ("every quarter day 1 at 10:00", "quarterly 1 10:00"),
        ("CRON  0 9 * * MON", "cron 0 9 * * MON"),
        ("mondays 9am", "weekly mon 09:00"),
        ("on mondays at 9:30 am", "weekly mon 09:30"),
        ("each friday 5 pm", "weekly fri 17:00"),
        ("every day 9am", "cron 0 9 * * *"),
        ("daily at 17h", "cron 0 17 * * *"),
        ("every weekday 0900", "cron 0 9 * * 1-5"),
        ("Mon-Fri 9am", "cron 0 9 * * 1-5"),
        ("every other monday 9am", "every 2 weeks mon 09:00 from 2026-11-25"),
        ("biweekly fri noon", "every 2 weeks fri 12:00 from 2026-11-25"),
        ("every two weeks on monday, 9am, starting 30 nov", "every 2 weeks mon 09:00 from 2026-11-30"),
        ("monthly on the first 9am", "monthly 1 09:00"),
        ("monthly on the last day 9am", "monthly 31 09:00"),
    ],
)
def test_what_people_type(text: str, expected: str) -> None:
    """Capitals, filler words and order do not matter; two weeks without a date count from the one given."""
    assert str(read(text, start=date(2026, 11, 25))) == expected


@pytest.mark.parametrize(
    "text, says",
    [
        ("", '"" is not a schedule'),
        ("hourly", '"hourly" is not a schedule'),
        ("@weekly", "needs a time"),
        ("cron @weekly", "exactly five fields"),
        ("weekly", "needs a time"),
        ("weekly 09:00", "needs a weekday"),
        ("weekly mon 25:00", '"25:00" is not a time'),
        ("weekly mnday 09:00", "Did you mean Monday"),
        ("weekly mon tue 09:00", '"mon tue" is not a weekday'),
        ("weekly mon 09:00 10:00", '"09:00 10:00" is not a time'),
        ("monthly mon 09:00", "is not a day of the month"),
        ("monthly 32 09:00", "is not a day of the month"),
        ("every 2 weeks mon 09:00", "counted from a date"),
        ("every 2 weeks mon 09:00 from monday", "is not a date"),
        ("every 2 weeks mon 09:00 from", "is not a date"),
        ("every 4 weeks mon 09:00", "counted from a date"),
        ("every 5 weeks mon 09:00", "is not a schedule"),
        ("weekly mon 09:00 " * 100, "is not a schedule"),
    ],
)
def test_what_is_no_schedule(text: str, says: str) -> None:
    """A schedule that cannot be is refused with a sentence."""
    with pytest.raises(CadenceError) as refused:
        read(text)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    "text, nearest",
    [
        ("mondays", "weekly mon 09:00"),
        ("every day", "daily 09:00"),
        ("every weekday", "weekdays 09:00"),
        ("weekly on monday at 9", "weekly mon 09:00"),
        ("weekly mon at 5", "weekly mon 17:00"),
        ("daily at 6", "daily 18:00"),
        ("monthly on the 1st", "monthly 1 09:00"),
        ("weekly mon 24:00", "weekly tue 00:00"),
        ("mon wed fri 9am", "cron 0 9 * * 1,3,5"),
        ("first monday of the month 9am", "cron 0 9 * * 1#1"),
        ("last friday of the month", "cron 0 9 * * 5L"),
        ("twice a week 10:00", "cron 0 10 * * 1,4"),
        ("every fornight", "every 2 weeks mon 09:00"),
        ("every 6 weeks tue 10:00", "every 4 weeks tue 10:00"),
        ("weekly mnday 10:00", "weekly mon 10:00"),
        ("hourly", "daily 09:00"),
    ],
)
def test_the_nearest_schedule_keeps_what_was_right(text: str, nearest: str) -> None:
    """What is offered has the day and the time that were typed, and is read."""
    with pytest.raises(CadenceError) as refused:
        read(text, start=date(2026, 11, 25))
    assert refused.value.nearest == nearest
    read(nearest, start=date(2026, 11, 25))


PIECES = [
    "weekly",
    "monthly",
    "quarterly",
    "every",
    "2",
    "weeks",
    "cron",
    "mon",
    "09:00",
    "25:00",
    "from",
    "on",
]
PIECES += ["L", "1#2", "*/2", "5L", "1-9/3", "LW", "31", "*", "0", "am", "2026-11-30", "quarter", "@daily"]


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)))
def test_any_text_is_a_rule_or_a_sentence(text: str) -> None:
    """Nothing that people type raises anything but CadenceError; what is read can be kept and read again."""
    try:
        rule = read(text)
    except CadenceError:
        return
    assert read(str(rule)) == rule
    assert next(rule.from_date(date(2026, 11, 25))).date() >= date(2026, 11, 25)
