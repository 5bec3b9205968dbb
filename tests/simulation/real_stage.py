"""The real bot for a history: on a database file, behind its server, in a fake Slack with these people.

What is random (ids, orders) is drawn from a generator with a fixed seed, so that two runs of the same acts
show the same bytes and nothing has to be masked.
"""

import os
import random
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from bot.sandbox import FakeSlack, SteppedClock
from storage.records import Lane
from tests.conftest import Running, agree, composed
from tests.migrated import migrated
from tests.simulation.gone import FILE
from tests.simulation.history import START, History, Join
from tests.simulation.playable import reader_of

TEAM_CHANNEL = "C0TEAM"
COPY = "copy"  # not beside the database by its name, since it still holds the ties
WORDING = ("jobs.pulses.open_waves.UI_VERSION", "jobs.pulses.earlier_askings.UI_VERSION")


class Stage:
    """The bot that runs; it can be stopped and started again, with other settings, words or another file."""

    def __init__(self, slack: FakeSlack, clock: SteppedClock, folder: Path, settings: dict[str, str]) -> None:
        self.slack, self.clock = slack, clock
        self._folder, self._settings, self._wording = folder, settings, 1
        self._opened = AsyncExitStack()
        self.running: Running

    async def start(self) -> None:
        """Let the bot run."""
        for name in WORDING:
            self._opened.enter_context(patch(name, self._wording))
        bot = composed(self.slack, self.clock, self._folder, **self._settings)
        self.running = await self._opened.enter_async_context(bot)

    async def stop(self) -> None:
        """End what the bot has begun, and stop it."""
        await self._opened.aclose()

    async def restart(self, *, wording: int | None = None, **settings: str) -> None:
        """Stop it and start it again, as after an upgrade or a change of settings."""
        await self.stop()
        self._settings |= settings
        self._wording = wording or self._wording
        await self.start()

    async def copy(self) -> None:
        """Keep a copy of the database, as an operator does."""
        await self.running.bot.finish()
        await self.running.bot.store.database.empty_journal()
        shutil.copy(self._folder / FILE, self._folder / COPY)

    async def restore(self) -> None:
        """Put the copy in the place of the database while no bot runs."""
        await self.stop()
        for path in self._folder.glob(f"{FILE}*"):
            path.unlink()
        shutil.copy(self._folder / COPY, self._folder / FILE)
        await self.start()


@contextmanager
def drawn_alike(seed: int) -> Iterator[None]:
    """Everything that is random in here comes from one seed."""
    chance = random.Random(seed)  # noqa: S311 - the point is that it is known
    with patch.object(os, "urandom", chance.randbytes), patch.object(random, "_urandom", chance.randbytes):
        yield


ONE_AFTER_THE_OTHER = dict.fromkeys(Lane, 1)
"""How many messages are sent at once, so that two runs send them in the same order."""
BUSY = 30.0  # seconds
LIMITS = (
    "bot.connection.pools.FORM_LIMIT",
    "bot.connection.response_url.RECEIPT_LIMIT",
    "handlers.context.ZONE_LIMIT",
    "handlers.page_updates.FORM_LIMIT",
    "handlers.replies.FORM_LIMIT",
    "handlers.replies.ROAD_LIMIT",
    "jobs.answers.record_answer.WRITE_LIMIT",
    "jobs.slack.pacing.ANSWER",
    "jobs.slack.pacing.EXTRAS",
    "jobs.slack.pacing.LOOKUPS",
)


@asynccontextmanager
async def on_stage(history: History, folder: Path) -> AsyncIterator[Stage]:
    """The bot in a workspace with the people and channels of a history, and a channel of the reader alone."""
    clock = SteppedClock(START - timedelta(days=1))
    migrated()  # draws at random too, and only once a process
    async with AsyncExitStack() as opened:
        opened.enter_context(drawn_alike(1))
        for module in ("ask", "before_asking"):  # histories ask also what is open already
            opened.enter_context(patch(f"jobs.pulses.{module}.require_use", agree))
        opened.enter_context(patch("handlers.syntax.pulses.ask_fields._wrong_subject", return_value=None))
        opened.enter_context(patch.dict("jobs.delivery.lanes.AT_ONCE", ONE_AFTER_THE_OTHER))
        opened.enter_context(patch("jobs.delivery.lanes.PACE", timedelta(0)))
        for module in ("open_waves", "close_waves"):
            opened.enter_context(patch(f"jobs.pulses.{module}.AT_ONCE", 1))
        for limit in LIMITS:  # a busy machine shows the same as an idle one
            opened.enter_context(patch(limit, BUSY))
        slack = await opened.enter_async_context(FakeSlack(clock=clock))
        slack.limits.on, slack.courier.ack_seconds = False, BUSY
        joining = {event.person for event in history.events if isinstance(event, Join)}
        people = sorted(joining.union(*history.channels.values()))
        users = {
            name: slack.workspace.add_user(f"Person {name[1:]}", id=user_id(name), tz="UTC")
            for name in people
        }
        for name, members in history.channels.items():
            slack.add_channel(name.lower(), *(users[one] for one in sorted(members)), id=channel_id(name))
        slack.add_channel("team", users[reader_of(history)], id=TEAM_CHANNEL)
        settings = {"BIFOCAL_TIMEZONE": "UTC", "BIFOCAL_ROUND_WEEKS": str(history.weeks)}
        stage = Stage(slack, clock, folder, settings)
        await stage.start()
        opened.push_async_callback(stage.stop)
        yield stage


def user_id(person: str) -> str:
    """Slack's id of somebody in a history."""
    return f"U0{person.upper()}"


def channel_id(name: str) -> str:
    """Slack's id of a channel in a history."""
    return f"C0{name}"
