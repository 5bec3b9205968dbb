"""One process of the bot inside the loop: started, rung, stopped, or killed at any moment."""

import asyncio
import logging
from collections.abc import Callable, Collection
from contextvars import copy_context
from datetime import datetime
from typing import Any

from bot.app import Bifocal, build
from bot.config.settings import Settings
from bot.connection.http_server import Server
from bot.ticker import Step, Ticker
from tests.simulated.machine.loop import OWNER, SimulatedLoop

LOG = logging.getLogger(__name__)
Clock = Callable[[], datetime]


class Rhythm(Ticker):
    """The tasks of a ticker without its scheduler, which reads the real clock: it is rung from outside."""

    def __init__(self, steps: list[Step], *, clock: Clock) -> None:
        self._steps, self._clock = steps, clock
        self._tasks, self._stopped = [], False

    def start(self) -> None:
        """Begin, each step at once."""
        self._tasks = [asyncio.create_task(self._live(step), name=step.name) for step in self._steps]
        self.ring()

    def ring(self, names: Collection[str] = ()) -> None:
        """The time of these steps has come round, or of all of them."""
        for step in self._steps:
            if (not names or step.name.split()[0] in names) and (step.listens or not step._runs):
                step.due.set()

    async def stop(self) -> None:
        """Begin no step any more, and wait for those under way."""
        self._stopped = True
        for step in self._steps:
            step.due.set()
        if self._tasks:
            await asyncio.wait(self._tasks)


class Replica:
    """A process named `name`. `url` is its address while it listens, else None."""

    def __init__(self, name: str, loop: SimulatedLoop, settings: Settings, clock: Clock) -> None:
        self.name = name
        self._loop, self._settings, self._clock = loop, settings, clock
        self._ended = asyncio.Event()
        self._rhythm: Rhythm | None = None
        self._bot: Bifocal | None = None
        self._task: asyncio.Task[None] | None = None
        self.url: str | None = None
        self.is_over = False
        self._killed = asyncio.Event()
        self.failed: BaseException | None = None

    def start(self) -> None:
        """Begin as `bifocal run` does, in a context of its own."""
        context = copy_context()
        context.run(OWNER.set, self.name)
        self._task = self._loop.create_task(self._run(), context=context)

    async def _run(self) -> None:
        try:
            await self._live()
        except Exception as error:  # noqa: BLE001 - a process that fails at its start ends, and is begun anew
            self.failed = error
        self.is_over, self.url = True, None

    async def _live(self) -> None:
        bot = self._bot = await build(self._settings, clock=self._clock)
        server = Server(
            bot.app,
            self._settings,
            clock=self._clock,
            not_ready=bot.readiness.why_not,
            odd=bot.readiness.odd,
            acks=bot.metrics.acks,
        )
        rhythm = self._rhythm = Rhythm(bot.steps, clock=self._clock)
        try:
            await bot.contact.greet()
            await server.start()
            rhythm.start()
            self.url = server.url
            await self._ended.wait()
            self.url = None
        finally:
            await server.stop()
            bot.stop()
            await rhythm.stop()
            await bot.close()

    def ring(self, names: Collection[str] = ()) -> None:
        """The time of these of its steps has come round, or of all of them."""
        if self.url and self._rhythm:
            self._rhythm.ring(names)

    def kill(self) -> None:
        """`kill -9`: whatever it was doing."""
        self._loop.kill(self.name)
        self.is_over, self.url = True, None
        self._killed.set()
        if self._bot is not None:
            database: Any = self._bot.store.database
            for engine in (database._write_engine, database._read_engine):
                engine.dispose()  # a dead process holds no file

    async def stop(self) -> None:
        """SIGTERM, and wait; one that is killed meanwhile ends no more by itself."""
        self._ended.set()
        if self._task is not None and not self.is_over:
            killed = asyncio.ensure_future(self._killed.wait())
            await asyncio.wait({self._task, killed}, return_when=asyncio.FIRST_COMPLETED)
            killed.cancel()
