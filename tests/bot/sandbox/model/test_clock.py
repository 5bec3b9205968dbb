from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.model.clock import Moments, SteppedClock, micros, unix
from tests.bot.sandbox.conftest import MONDAY


def test_a_stepped_clock_moves_only_when_moved() -> None:
    """It stands, steps forward and back, and jumps; it refuses a moment without a zone."""
    clock = SteppedClock(MONDAY)
    assert clock() == clock() == MONDAY
    assert clock.step(timedelta(hours=1)) == clock() == MONDAY + timedelta(hours=1)
    assert clock.step(timedelta(hours=-1)) == MONDAY
    assert clock.set(MONDAY + timedelta(days=7)) == clock()
    with pytest.raises(ValueError, match="zone"):
        clock.set(datetime(2026, 11, 2))  # noqa: DTZ001  that is the point


@settings(max_examples=50)
@given(st.lists(st.integers(-3, 3), max_size=30))
def test_no_two_timestamps_are_alike(steps: list[int]) -> None:
    """Whatever the clock does, each timestamp is new; while it stands or goes on, they rise."""
    clock = SteppedClock(MONDAY)
    moments = Moments(clock)
    given_out = [moments.next()]
    for step in steps:
        clock.step(timedelta(microseconds=step))
        given_out.append(moments.next())
        if step == 0:
            assert given_out[-1] > given_out[-2]
    assert len(set(given_out)) == len(given_out)


def test_a_timestamp_is_the_clock_to_the_microsecond() -> None:
    """The stamp has Slack's form and no rounding of a float."""
    at = datetime(2026, 11, 2, 9, 0, 0, 123456, tzinfo=UTC)
    assert Moments(SteppedClock(at)).next() == f"{unix(at)}.123456"
    assert micros(at) == unix(at) * 1_000_000 + 123456
