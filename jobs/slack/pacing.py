"""Slack's pauses: after "too many requests" a method is not called again before the time that Slack named."""

from collections.abc import Callable
from datetime import datetime, timedelta


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
