"""Gives each step of the bot its rhythm: a job of APScheduler wakes it, and it runs in a task of its own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

LOG = logging.getLogger(__name__)
JITTER = 1  # seconds, so that replicas do not work in step
PATIENCE = 7.0  # seconds for what is under way at the end

Work = Callable[[datetime], Awaitable[object]]
"""What a step does; it is given the moment."""


@dataclass(kw_only=True)
class Step:
    """A part of what the bot does by itself. `due` is set when it should run.

    One that `listens` looks for new work while it runs, so it is woken even then. Any other that is still
    running when its time comes round is left to go on. `then` is called after each run.
    """

    name: str
    every: timedelta
    work: Work
    then: Callable[[], None] = lambda: None
    due: asyncio.Event = field(default_factory=asyncio.Event)
    listens: bool = False
    _runs: bool = field(default=False, init=False)
    _fails: bool = field(default=False, init=False)

    async def tick(self) -> None:
        """Its time has come round: let it run, unless it runs already."""
        if self.listens or not self._runs:
            self.due.set()

    async def run(self, now: datetime) -> None:
        """Do what is due at `now`. A fault is logged when it begins and when it is over, never raised."""
        self.due.clear()
        self._runs = True
        try:
            await self.work(now)
        except Exception:
            if not self._fails:
                LOG.exception("step %s failed; it is tried again every %s", self.name, self.every)
            self._fails = True
        else:
            if self._fails:
                LOG.info("step %s works again", self.name)
            self._fails = False
        finally:
            self._runs = False
            self.then()


class Ticker:
    """One job and one task a step. What is due stands in the database, nothing in here.

    A job only wakes its step and is over at once: no job ever meets itself, and the end of the scheduler,
    which cancels the jobs that run, cancels no step.
    """

    def __init__(self, steps: Sequence[Step], *, clock: Callable[[], datetime]) -> None:
        self._steps = steps
        self._clock = clock
        self._tasks: list[asyncio.Task[None]] = []
        self._stopped = False
        self.scheduler = AsyncIOScheduler(timezone=UTC)
        for step in steps:
            self.scheduler.add_job(
                step.tick,
                "interval",
                id=step.name,
                name=step.name,
                seconds=step.every.total_seconds(),
                jitter=JITTER,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """Begin, each step at once; to be called in the running loop."""
        self._tasks = [asyncio.create_task(self._live(step), name=step.name) for step in self._steps]
        for step in self._steps:
            step.due.set()
        self.scheduler.start()

    async def _live(self, step: Step) -> None:
        while not self._stopped:
            await step.due.wait()
            if not self._stopped:
                await step.run(self._clock())

    async def stop(self) -> None:
        """Begin no step any more, and wait for those under way: 7 seconds, then the others are named.

        They are not cancelled: nobody would know whether a message in flight has arrived.
        """
        if not self._tasks:
            return
        self._stopped = True
        self.scheduler.shutdown(wait=False)
        for step in self._steps:
            step.due.set()
        _, late = await asyncio.wait(self._tasks, timeout=PATIENCE)
        for task in late:
            LOG.warning("step %s was still running after %s s", task.get_name(), PATIENCE)
