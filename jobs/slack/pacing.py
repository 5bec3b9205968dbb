"""How long Slack is left alone, and how long it is waited for.

After "too many requests" a method is not called again before the time that Slack named. While a person waits,
all that Slack is asked for shares one time limit, so that they read something within three seconds.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

EXTRAS, LOOKUPS, ANSWER = 1.0, 2.0, 2.8  # seconds after an answer was begun
BEGUN: ContextVar[float | None] = ContextVar("begun", default=None)
"""When an answer was begun for which a person waits, by the loop's own time; None where nobody waits."""


@contextmanager
def answer_begun() -> Iterator[None]:
    """What is asked of Slack from here on shares the time limit of an answer."""
    begun = BEGUN.set(asyncio.get_running_loop().time())
    try:
        yield
    finally:
        BEGUN.reset(begun)


def for_extras(most: float) -> float:
    """Seconds for what an answer can do without: `most`, and fewer where a person waits; below 0 none."""
    return _left(EXTRAS, most)


def for_lookups(most: float) -> float:
    """Seconds for what an answer needs to know."""
    return _left(LOOKUPS, most)


def for_answer(most: float) -> float:
    """Seconds until a person reads something."""
    return _left(ANSWER, most)


def _left(limit: float, most: float) -> float:
    begun = BEGUN.get()
    return most if begun is None else min(most, begun + limit - asyncio.get_running_loop().time())


class Pacing:
    """One pause a method, whoever calls it. A method that has a limit for each channel is named with it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}

    def pause(self, method: str, wait: timedelta) -> None:
        """Slack has said how long to wait before the next call of this method."""
        now = self._clock()
        self._until = {name: until for name, until in self._until.items() if until > now}
        self._until[method] = max(now + wait, self._until.get(method, now))

    def left(self, method: str) -> timedelta:
        """How long this method may not be called yet; nothing when it may."""
        return max(self._until.get(method, self._clock()) - self._clock(), timedelta(0))
