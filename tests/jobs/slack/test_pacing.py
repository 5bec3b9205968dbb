"""Slack's pauses are kept, one a method."""

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox import SteppedClock
from jobs.slack.pacing import BEGUN, Pacing, for_answer, for_extras, for_lookups

MINUTE = timedelta(minutes=1)


def test_a_method_rests_until_its_pause_is_over(clock: SteppedClock) -> None:
    """For as long as Slack said, that method alone."""
    pacing = Pacing(clock)
    pacing.pause("users.list", MINUTE)
    assert (pacing.left("users.list"), pacing.left("users.info")) == (MINUTE, timedelta(0))
    clock.step(MINUTE / 2)
    assert pacing.left("users.list") == MINUTE / 2
    clock.step(MINUTE / 2)
    assert not pacing.left("users.list")


def test_a_shorter_pause_does_not_end_a_longer_one(clock: SteppedClock) -> None:
    """Of two answers that come at once, the longer pause holds."""
    pacing = Pacing(clock)
    pacing.pause("users.list", 2 * MINUTE)
    pacing.pause("users.list", MINUTE)
    assert pacing.left("users.list") == 2 * MINUTE


def test_a_clock_set_back_does_not_lengthen_a_pause_that_is_over(clock: SteppedClock) -> None:
    """What was over when another pause began is forgotten."""
    pacing = Pacing(clock)
    pacing.pause("users.list", MINUTE)
    clock.step(2 * MINUTE)
    pacing.pause("users.info", MINUTE)
    clock.step(-2 * MINUTE)
    assert not pacing.left("users.list")


async def test_all_that_one_answer_asks_for_shares_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be done without ends first, then what is needed; a call alone has all its time."""
    for name, seconds in {"EXTRAS": 1, "LOOKUPS": 2, "ANSWER": 3}.items():
        monkeypatch.setattr(f"jobs.slack.pacing.{name}", seconds)
    limits = for_extras, for_lookups, for_answer
    assert [limit(10) for limit in limits] == [10, 10, 10]
    now = [100.0]
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now[0])
    begun = BEGUN.set(now[0])
    assert [limit(10) for limit in limits] == [1, 2, 3]
    assert [limit(0.5) for limit in limits] == [0.5, 0.5, 0.5]
    now[0] += 2.5
    assert [limit(10) for limit in limits] == [-1.5, -0.5, 0.5]
    BEGUN.reset(begun)
    assert [limit(10) for limit in limits] == [10, 10, 10]
