"""Slack's pauses are kept, one a method."""

from datetime import timedelta

from bot.sandbox import SteppedClock
from jobs.slack.pacing import Pacing

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
