"""The real bot for a history: on a database file, behind its server, in a fake Slack with these people.

What is random (ids, orders) is drawn from a generator with a fixed seed, so that two runs of the same acts
show the same bytes and nothing has to be masked.
"""

import os
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from bot.sandbox import FakeSlack, SteppedClock
from tests.conftest import Running, composed
from tests.simulation.history import START, History, Join
from tests.simulation.playable import reader_of

TEAM_CHANNEL = "C0TEAM"


@contextmanager
def drawn_alike(seed: int) -> Iterator[None]:
    """Everything that is random in here comes from one seed."""
    chance = random.Random(seed)  # noqa: S311 - the point is that it is known
    with patch.object(os, "urandom", chance.randbytes), patch.object(random, "_urandom", chance.randbytes):
        yield


@asynccontextmanager
async def on_stage(history: History, folder: Path) -> AsyncIterator[Running]:
    """The bot in a workspace with the people and channels of a history, and a channel of the reader alone."""
    clock = SteppedClock(START - timedelta(days=1))
    async with AsyncExitStack() as opened:
        opened.enter_context(drawn_alike(1))
        slack = await opened.enter_async_context(FakeSlack(clock=clock))
        slack.limits.on = False
        joining = {event.person for event in history.events if isinstance(event, Join)}
        people = sorted(joining.union(*history.channels.values()))
        users = {
            name: slack.workspace.add_user(f"Person {name[1:]}", id=user_id(name), tz="UTC")
            for name in people
        }
        for name, members in history.channels.items():
            slack.add_channel(name.lower(), *(users[one] for one in sorted(members)), id=channel_id(name))
        slack.add_channel("team", users[reader_of(history)], id=TEAM_CHANNEL)
        settings = {
            "BIFOCAL_TIMEZONE": "UTC",
            "BIFOCAL_ROUND_WEEKS": str(history.weeks),
            "BIFOCAL_MIN_GROUP": str(max(pulse.promise for pulse in history.pulses.values())),
        }
        yield await opened.enter_async_context(composed(slack, clock, folder, **settings))


def user_id(person: str) -> str:
    """Slack's id of somebody in a history."""
    return f"U0{person.upper()}"


def channel_id(name: str) -> str:
    """Slack's id of a channel in a history."""
    return f"C0{name}"
