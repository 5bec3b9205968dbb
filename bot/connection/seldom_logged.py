"""One line a minute about what may happen thousands of times."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

LOG = logging.getLogger(__name__)
BETWEEN_LINES = 60.0  # seconds between two lines about the same


class SeldomLogged:
    """A thing that may happen thousands of times: one line in the log a minute says what, and how often.

    Or one `every` so many seconds.
    """

    def __init__(self, what: str, *, every: float = BETWEEN_LINES) -> None:
        self._what = what
        self._every = every
        self._times = 0
        self._later: asyncio.TimerHandle | None = None

    def count(self) -> None:
        """It has happened once more."""
        self._times += 1
        if self._later is None:
            self._say()

    def _say(self) -> None:
        self._later = None
        if self._times:
            LOG.warning("%s (%s since the last such line)", self._what, self._times)
            self._times = 0
            self._later = asyncio.get_running_loop().call_later(self._every, self._say)


def log_accept_errors_seldom(loop: asyncio.AbstractEventLoop) -> None:
    """Have connections that the system could not take logged once a minute, and all else as it is."""
    failed = SeldomLogged("a connection could not be accepted: the system is out of files or memory")

    def handle(loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        if "socket.accept()" in str(context.get("message")):
            failed.count()
        else:
            loop.default_exception_handler(dict(context))

    loop.set_exception_handler(handle)
