"""How long Slack is left alone, and how long it is waited for.

After "too many requests" a method is not called again before the time that Slack named. Where Slack refuses
all of the workspace, nothing is called but the question whether it still does. While a person waits,
all that Slack is asked for shares one time limit, so that they read something within three seconds.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from jobs.slack.call_outcome import FailedCall

LOG = logging.getLogger(__name__)
FIRST_LOOK, LONGEST_LOOK = timedelta(seconds=30), timedelta(minutes=15)
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
        self._wait = FIRST_LOOK
        self._look_at: datetime | None = None
        self.locked: str | None = None
        """Slack's word for why it takes nothing of the workspace; None as long as it does."""

    def heed(self, method: str, failed: FailedCall) -> None:
        """What a failed call says of those that come after."""
        if failed.everywhere:
            self.lock(failed.error)
        elif failed.limited:
            self.pause(method, failed.wait)

    def lock(self, error: str) -> None:
        """Slack refuses all of the workspace: nothing is called until `unlock`."""
        if self.locked is None:
            LOG.warning("Slack takes nothing of this workspace (%s): all that is due waits", error)
            self.locked, self._wait = error, FIRST_LOOK
            self._look_at = self._clock() + FIRST_LOOK

    def unlock(self) -> None:
        """Slack lets the bot in again."""
        LOG.warning("Slack lets Bifocal in again: what waits is sent")
        self.locked = None

    def may_look(self) -> bool:
        """Whether it is time to ask whether Slack lets the bot in: ever more seldom."""
        now = self._clock()
        if self.locked is None or (self._look_at and now < self._look_at):
            return False
        self._wait = min(self._wait * 2, LONGEST_LOOK)
        self._look_at = now + self._wait
        return True

    def pause(self, method: str, wait: timedelta) -> None:
        """Slack has said how long to wait before the next call of this method."""
        now = self._clock()
        self._until = {name: until for name, until in self._until.items() if until > now}
        self._until[method] = max(now + wait, self._until.get(method, now))

    def left(self, method: str) -> timedelta:
        """How long this method may not be called yet; nothing when it may."""
        if self.locked:
            return max(timedelta(seconds=1), (self._look_at or self._clock()) - self._clock())
        return max(self._until.get(method, self._clock()) - self._clock(), timedelta(0))
