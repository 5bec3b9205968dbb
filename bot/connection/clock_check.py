"""Whether this machine's clock agrees with Slack's: an answer of the Web API tells the time there.

A clock that is far off refuses everything that Slack sends (a signature is good for five minutes), and asks,
closes and posts at wrong times.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LOG = logging.getLogger(__name__)
OWN = "this machine's"
SAID = timedelta(seconds=30)  # off: it is said
REFUSES = timedelta(minutes=5)  # off: no signature is good any more
SLOWEST = timedelta(seconds=5)  # an answer that took longer says too little about now
HALF = timedelta(seconds=0.5)  # the time in a head is cut to whole seconds


class ClockCheck:
    """Compares `clock` with the times in answers of Slack's; `whose` clock it is, is said with it."""

    def __init__(self, clock: Callable[[], datetime], *, whose: str = OWN) -> None:
        self._clock = clock
        self._whose = whose
        self._ahead = timedelta(0)

    @property
    def refuses(self) -> str | None:
        """One line where the clock is so far off that nothing of Slack's can be taken, else None."""
        return self.off if abs(self._ahead) >= REFUSES else None

    @property
    def off(self) -> str | None:
        """One line where the clock is off at all, else None."""
        if abs(self._ahead) < SAID:
            return None
        side = "ahead of" if self._ahead > timedelta(0) else "behind"
        return f"{self._whose} clock is {round(abs(self._ahead).total_seconds())} s {side} Slack's"

    def compare(self, date: str, *, began: datetime) -> None:
        """Take in the time of an answer, as its head gives it, to a call that began then."""
        now = self._clock()
        try:
            theirs = parsedate_to_datetime(date)
        except ValueError:
            return
        if not timedelta(0) <= now - began <= SLOWEST:
            return
        was = self.off
        self._ahead = began + (now - began) / 2 - (theirs.astimezone(UTC) + HALF)
        if self.off and not was:
            LOG.warning("%s: set it right, by NTP for instance", self.off)
        elif was and not self.off:
            LOG.warning("%s clock agrees with Slack's again", self._whose)
