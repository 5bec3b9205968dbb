"""A disk and its threads: work is done at one moment, and its outcome is known a while later."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from random import Random
from typing import Any

QUICK = 0.0005, 0.006  # seconds
IS_SLOW = 0.3  # of the pieces of work in a slow spell


class Disk:
    """How long work in threads takes. Before `slow_until` some of it takes up to `slowest` seconds.

    One that is killed before its work is done leaves nothing; one that is killed after it is done, but before
    it heard of it, leaves everything.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, chance: Random) -> None:
        self._loop = loop
        self._chance = chance
        self._free: dict[int, float] = {}  # when a thread that is alone has ended its last work
        self._kept: list[object] = []  # so that no two executors ever have the same id
        self.slow_until = 0.0
        self.slowest = 4.0

    def do(self, executor: Any, work: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        """The outcome of the work, later."""
        loop, heard = self._loop, self._loop.create_future()
        begins = loop.time()
        alone = getattr(executor, "_max_workers", None) == 1
        if alone:
            if id(executor) not in self._free:
                self._kept.append(executor)
            begins = max(begins, self._free.get(id(executor), 0.0))
        done_at = begins + self._takes()
        heard_at = done_at + self._takes()
        if alone:
            self._free[id(executor)] = heard_at
        context = copy_context()

        def act() -> None:
            try:
                outcome, error = work(*args), None
            except Exception as problem:  # noqa: BLE001 - it belongs to whoever waits
                outcome, error = None, problem
            loop.call_at(heard_at, partial(_hear, heard, outcome, error), context=context)

        loop.call_at(done_at, act, context=context)
        return heard

    def _takes(self) -> float:
        if self._loop.time() < self.slow_until and self._chance.random() < IS_SLOW:
            return self._chance.uniform(0, self.slowest)
        return self._chance.uniform(*QUICK)


def _hear(heard: asyncio.Future[Any], outcome: Any, error: BaseException | None) -> None:
    if heard.done():
        return
    if error is None:
        heard.set_result(outcome)
    else:
        heard.set_exception(error)
