"""Goes through what is due, each item alone: one that fails waits, and stands in the way of no other."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LOG = logging.getLogger(__name__)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
FAILURES_UNTIL_TOLD = 2  # in a row: what mends itself within a minute needs no notice
MOST_FAILING = 10_000  # items remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that is due. `name` says in the log what is done to what; `tell` tells its owner.

    The failure of an `optional` one is no fault: one line says so, without a trace.
    """

    name: str
    run: Callable[[], Awaitable[object]]
    tell: Callable[[], Awaitable[object]] | None = None
    optional: bool = False


@dataclass(slots=True)
class _Failing:
    until: datetime
    times: int = 0
    told: bool = False


class StepRunner:
    """Runs the items of every step of this process, and remembers, by name, those that fail.

    A failing item is left alone for 1, 2, 4 ... 60 minutes. It logs its trace when it begins to fail and one
    line when it works again; its owner is told once, at the second failure in a row.
    """

    def __init__(self) -> None:
        self._failing: dict[str, _Failing] = {}
        self._stopped = False

    def stop(self) -> None:
        """Begin no item any more; the one under way goes on to its end."""
        self._stopped = True

    @property
    def stopped(self) -> bool:
        """Whether nothing more is to be begun, within a long item either."""
        return self._stopped

    def rests(self, name: str, now: datetime) -> bool:
        """Whether the item of that name has failed and is left alone at `now`."""
        failing = self._failing.get(name)
        return failing is not None and now < failing.until

    async def run_all(self, items: Iterable[Item], *, now: datetime, at_once: int = 1) -> None:
        """Run the items in order, so many `at_once`, without those that are left alone at `now`."""
        todo = list(items)
        coming = iter(todo)

        async def work() -> None:
            for item in coming:
                if self._stopped:
                    return
                if not self.rests(item.name, now):
                    await self._run(item, now=now)

        await asyncio.gather(*(work() for _ in range(min(at_once, len(todo)))))

    async def _run(self, item: Item, *, now: datetime) -> None:
        try:
            await item.run()
        except Exception as error:  # noqa: BLE001 - logged with its trace when it begins
            await self._failed(item, error, now=now)
        else:
            if self._failing.pop(item.name, None):
                LOG.info("%s works again", item.name)

    async def _failed(self, item: Item, error: Exception, *, now: datetime) -> None:
        failing = self._failing.pop(item.name, None)
        if failing is None:
            if item.optional:
                LOG.info("%s has to wait (%s); it is tried again, less and less often", item.name, error)
            else:
                LOG.error("%s failed; it is tried again, less and less often", item.name, exc_info=error)
            failing = _Failing(until=now)
        while len(self._failing) >= MOST_FAILING:
            del self._failing[next(iter(self._failing))]
        self._failing[item.name] = failing
        failing.until = now + min(FIRST_WAIT * 2**failing.times, LONGEST_WAIT)
        failing.times += 1
        if item.tell and failing.times >= FAILURES_UNTIL_TOLD and not failing.told:
            try:
                await item.tell()
                failing.told = True
            except Exception:
                LOG.exception("%s: its owner could not be told", item.name)
