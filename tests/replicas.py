"""Bots that share one file, each composed in a thread of its own, and what they left behind."""

import asyncio
import sqlite3
import threading
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.app import Bifocal, build
from bot.config.settings import Settings
from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.model.channels import Channel
from storage.records import PostState
from tests.conftest import settings_for
from tests.processes import PATIENCE

T = TypeVar("T")


class Replica:
    """A bot with its own store, client and event loop, in a thread of its own."""

    def __init__(self, settings: Settings, clock: SteppedClock) -> None:
        self._settings, self._clock = settings, clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._built = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()))
        self.bot: Bifocal

    async def _live(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self.bot = await build(self._settings, clock=self._clock)
        self._built.set()
        await self._over.wait()
        await self.bot.close()

    def tick(self, now: datetime) -> asyncio.Future[None]:
        """Do what is due at `now`, over there; to be awaited here, or cancelled as a kill would."""
        return self._do(self.bot.tick(now))

    def _do(self, work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
        assert self._loop is not None
        return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    @classmethod
    @asynccontextmanager
    async def of(cls, settings: Settings, clock: SteppedClock) -> AsyncIterator["Replica"]:
        """A replica that runs, and is let go of at the end."""
        replica = cls(settings, clock)
        replica._thread.start()
        try:
            await asyncio.to_thread(replica._built.wait, PATIENCE)
            yield replica
        finally:
            assert replica._loop is not None
            assert replica._over is not None
            replica._loop.call_soon_threadsafe(replica._over.set)
            await asyncio.to_thread(replica._thread.join, PATIENCE)


@asynccontextmanager
async def two(slack: FakeSlack, clock: SteppedClock, folder: Path) -> AsyncIterator[tuple[Replica, Replica]]:
    """Two replicas on one file, composed at once."""
    settings = settings_for(slack, folder)
    async with Replica.of(settings, clock) as one, Replica.of(settings, clock) as other:
        yield one, other


def keys(*channels: Channel) -> Counter[str]:
    """How often each row of the outbox was posted."""
    said = [message.metadata for channel in channels for message in channel.messages]
    return Counter(metadata["event_payload"]["key"] for metadata in said if metadata)


def outbox(folder: Path) -> dict[str, PostState]:
    """The questions and editions in the outbox, without replies, and what became of them."""
    query = "select key, state from post where kind in ('wave', 'edition') and part = 0"
    with closing(sqlite3.connect(folder / "bifocal.db")) as rows:
        return {key: PostState(state) for key, state in rows.execute(query)}
