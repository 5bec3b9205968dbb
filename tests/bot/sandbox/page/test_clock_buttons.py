"""The steps of the clock, and what happens on the way."""

from datetime import datetime
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.sandbox.page.clock_buttons import next_day, next_hour, next_monday
from tests.bot.sandbox.page.conftest import House

BERLIN = ZoneInfo("Europe/Berlin")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in Berlin."""
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "now,monday",
    [
        (at(11, 16, 8, 59), at(11, 16, 9)),
        (at(11, 16, 9), at(11, 23, 9)),
        (at(11, 18, 12), at(11, 23, 9)),
        (at(10, 24, 12), at(10, 26, 9)),  # over the end of summer time
    ],
)
def test_monday_is_the_next_one_at_nine(now: datetime, monday: datetime) -> None:
    """At nine by the wall, a whole week on at nine itself."""
    assert next_monday(now) == monday


def test_a_day_keeps_the_time_on_the_wall() -> None:
    """Also where the day has 25 hours; an hour is an hour."""
    assert next_day(at(10, 24, 12)) == at(10, 25, 12)
    assert (
        next_day(at(10, 24, 12)) - at(10, 24, 12).astimezone(ZoneInfo("UTC"))
    ).total_seconds() == 25 * 3600
    assert next_hour(at(11, 16, 9, 20)) == at(11, 16, 10, 20)


@pytest.mark.asyncio(loop_scope="session")
async def test_what_is_due_happens_on_the_way(house: House, client: aiohttp.ClientSession) -> None:
    """A question that closes on Friday is closed by Monday, at its time; every leap is told to the pages."""
    slack = house.stage.slack
    await slack.command(house.lead, house.channel, "/pulse", "ask nps about Atlas until fri 17:00")
    await house.stage.settle()
    since = len(slack.feed)
    async with client.post("/step", json={"to": "monday"}) as answer:
        assert answer.status == 200
    assert house.stage.clock().replace(second=0) == at(11, 23, 9)
    closed = next(event for event in list(slack.feed)[since:] if event.kind == "message.updated")
    assert closed.at == at(11, 20, 17)
    ticks = [event["going"] for event in list(slack.feed)[since:] if event.kind == "clock"]
    assert len(ticks) > 7
    assert ticks == [True] * (len(ticks) - 1) + [False]
