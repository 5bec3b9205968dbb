"""Whether the clock of this machine agrees with Slack's."""

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.connection.clock_check import ClockCheck
from bot.sandbox.model.clock import SteppedClock
from tests.bot.serving import get
from tests.conftest import Running

NOON = datetime(2026, 11, 30, 12, 0, 0, 350_000, tzinfo=UTC)


def compared(seconds: float, *, took: float = 0.2) -> ClockCheck:
    """A check whose clock is so far ahead of the time in an answer that took so long."""
    clock = SteppedClock(NOON)
    check = ClockCheck(clock)
    clock.step(timedelta(seconds=took))
    theirs = NOON + timedelta(seconds=took / 2) - timedelta(seconds=seconds)
    check.compare(format_datetime(theirs, usegmt=True), began=NOON)
    return check


@pytest.mark.parametrize("seconds", [0, 1, -1, 29, -29])
def test_a_clock_that_is_nearly_right_is_not_spoken_of(seconds: float) -> None:
    """Seconds are within what a head, cut to whole seconds, and the way of an answer can tell."""
    assert compared(seconds).off is None


@pytest.mark.parametrize(
    "seconds, said",
    [
        (95, "this machine's clock is 95 s ahead of Slack's"),
        (-95, "this machine's clock is 95 s behind Slack's"),
        (3600, "this machine's clock is 3600 s ahead of Slack's"),
    ],
)
def test_a_clock_that_is_off_is_one_line(seconds: float, said: str) -> None:
    """It says by how much, and on which side, to the second or one beside it."""
    off = compared(seconds).off
    assert off is not None
    near = {said.replace(str(abs(seconds)), str(abs(seconds) + by)) for by in (-1, 0, 1)}
    assert off in near


@pytest.mark.parametrize("seconds, refuses", [(299, False), (-299, False), (302, True), (-302, True)])
def test_five_minutes_off_refuses_all_signatures(seconds: float, *, refuses: bool) -> None:
    """Below that it works, though at wrong times."""
    assert (compared(seconds).refuses is not None) is refuses


def test_an_answer_that_took_long_says_nothing() -> None:
    """Nor does one whose time cannot be read."""
    assert compared(95, took=6).off is None
    check = ClockCheck(SteppedClock(NOON))
    check.compare("yesterday", began=NOON)
    assert check.off is None


async def test_a_clock_that_is_off_is_said_in_the_log_and_in_readyz(
    running: Running, clock: SteppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Once in the log when it begins and once when it ends; `/readyz` says it for as long as it is so."""
    slack_clock = running.slack.world.clock = SteppedClock(clock() + timedelta(seconds=120))
    url = running.slack.bot_url
    assert url is not None
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            await running.bot.contact.greet()
        behind = "this machine's clock is 120 s behind Slack's"
        far = "this machine's clock is 600 s behind Slack's: set it right, by NTP for instance"
        assert await get(url, "/readyz") == (200, f"ready, but {behind}\n")
        slack_clock.step(timedelta(minutes=8))
        await running.bot.contact.greet()
        assert await get(url, "/readyz") == (503, f"{far}\n")
        slack_clock.set(clock())
        await running.bot.contact.greet()
        assert await get(url, "/readyz") == (200, "ready\n")
    assert [record.getMessage() for record in caplog.records] == [
        f"{behind}: set it right, by NTP for instance",
        "this machine's clock agrees with Slack's again",
    ]
