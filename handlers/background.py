"""Work that may be lost at a kill without the loss of an answer: opening a form, a word to the clicker.

It starts only after the commit, keeps a reference to each task (asyncio does not), limits its time, and is
drained at shutdown. What must happen is a row of the outbox instead.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

LOG = logging.getLogger(__name__)
TIME_LIMIT = 20.0  # seconds; a call to Slack may take 10


class BackgroundTasks:
    """A set of tasks that nobody waits for, but which are kept until they end."""

    def __init__(self, *, limit: float = TIME_LIMIT) -> None:
        self._limit = limit
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, object], **ids: str) -> None:
        """Run `work` soon. A fault is logged with `ids` (team, wave, post), never raised to the listener."""
        task = asyncio.create_task(self._run(work, ids))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, work: Coroutine[Any, Any, object], ids: dict[str, str]) -> None:
        name = getattr(work, "__qualname__", "work")
        try:
            async with asyncio.timeout(self._limit):
                await work
        except TimeoutError:
            LOG.warning("gave up after %s s: %s %s", self._limit, name, ids)
        except Exception:
            LOG.exception("failed after the answer was kept: %s %s", name, ids)

    async def drain(self, *, patience: float | None = None) -> None:
        """Wait until everything begun has ended, what it begins meanwhile included.

        After `patience` seconds what is left is given up, in one line.
        """
        try:
            async with asyncio.timeout(patience):
                while self._tasks:
                    await asyncio.wait(set(self._tasks))
        except TimeoutError:
            LOG.warning("%s words to people were not sent before the end", len(self._tasks))
            for task in self._tasks:
                task.cancel()

    async def drain_beside(self, work: Callable[[], Awaitable[object]], *, woken: asyncio.Event) -> None:
        """As `drain`, and do `work` each time that it is `woken`: some tasks wait for what it does."""
        drained = asyncio.create_task(self.drain())
        while not drained.done() or woken.is_set():
            if woken.is_set():
                await work()
                continue
            waiting = asyncio.create_task(woken.wait())
            await asyncio.wait({drained, waiting}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
