"""The clock on the page: it stands still until somebody moves it, and everything due on the way happens."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.demo.stage import Stage

AFTER_AN_ACT = 6  # seconds that an act takes; a message's count is renewed every 5
ROUNDS, PAUSE = 3, 2  # a digest's thread is longer than Slack takes in one second
ZONE = ZoneInfo("Europe/Berlin")  # where the company of the demo is
NINE = time(9)
WEEK = 7


def next_hour(now: datetime) -> datetime:
    """An hour on."""
    return now + timedelta(hours=1)


def next_day(now: datetime) -> datetime:
    """The same time tomorrow by the clock on the wall."""
    local = now.astimezone(ZONE)
    return datetime.combine(local.date() + timedelta(days=1), local.time(), ZONE)


def next_monday(now: datetime) -> datetime:
    """The next Monday, 09:00."""
    local = now.astimezone(ZONE)
    monday = datetime.combine(local.date() + timedelta(days=-local.weekday() % WEEK), NINE, ZONE)
    return monday if monday > local else monday + timedelta(days=WEEK)


STEPS: Mapping[str, Callable[[datetime], datetime]] = {
    "hour": next_hour,
    "day": next_day,
    "monday": next_monday,
}


class Passing:
    """Lets time pass, one after the other. `turn` is held by whatever must not see it move."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.turn = asyncio.Lock()

    async def step(self, name: str) -> None:
        """Go on to the next hour, day or Monday, doing all that is due; raises KeyError for another word."""
        goal = STEPS[name]
        async with self.turn:
            self._stage.passed = lambda _: self._tell(going=True)
            try:
                await self._stage.settle()
                await self._stage.until(goal(self._stage.clock()))
                for _ in range(ROUNDS):
                    await self._stage.seconds(PAUSE)
            finally:
                self._stage.passed = lambda _: None
                self._tell(going=False)

    async def seconds(self, count: int) -> None:
        """End what the bot has begun, then let a few seconds pass."""
        async with self.turn:
            await self._stage.bot.finish()
            await self._stage.seconds(count)
            self._tell(going=False)

    def _tell(self, *, going: bool) -> None:
        self._stage.slack.feed.note("clock", going=going)
