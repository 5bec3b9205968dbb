"""The time that all replicas on one database go by: that database's, or this machine's on SQLite.

Leases end, questions open and posts are due by it. So a replica whose own clock is off, or is set while it
runs, neither takes over what another one is sending nor posts before the time.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from bot.connection.clock_check import OWN, SAID
from storage.store import Store

LOG = logging.getLogger(__name__)
SLOWEST = 1.0  # seconds; a reading that took longer tells less than the one before


class SharedClock:
    """Reads the database's clock at each `look`; to be called for the time.

    Between two looks the time is carried on by a clock that nobody sets. It is behind the database's by as
    long as the reading took to arrive, never ahead: nobody ends a lease early.
    """

    def __init__(
        self, own: Callable[[], datetime], store: Store, *, elapsed: Callable[[], float] = monotonic
    ) -> None:
        self._own = own
        self._store = store
        self._elapsed = elapsed
        self._reading: tuple[datetime, float] | None = None
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        """The time now."""
        if self._reading is None:
            return self._own()
        read, at = self._reading
        return read + timedelta(seconds=self._elapsed() - at)

    @property
    def whose(self) -> str:
        """Whose clock it is, as a word before the clock."""
        return OWN if self._reading is None else "the database's"

    @property
    def off(self) -> str | None:
        """One line where this machine's own clock is far from the database's, else None."""
        if abs(self._ahead) < SAID:
            return None
        side = "ahead of" if self._ahead > timedelta(0) else "behind"
        seconds = round(abs(self._ahead).total_seconds())
        return f"this machine's clock is {seconds} s {side} the database's, which is used instead"

    async def look(self) -> None:
        """Read the database's clock; raises sqlalchemy.exc.SQLAlchemyError where that is away."""
        began = self._elapsed()
        read = await self._store.now()
        arrived = self._elapsed()
        if read is None or (self._reading and arrived - began > SLOWEST):
            return
        was = self.off
        self._reading = read, arrived
        self._ahead = self._own() - read
        if self.off and not was:
            LOG.warning("%s: set it right, by NTP for instance", self.off)
        elif was and not self.off:
            LOG.warning("this machine's clock agrees with the database's again")
