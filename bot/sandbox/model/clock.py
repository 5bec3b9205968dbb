"""The one clock that bot and fake Slack share, and the timestamps that Slack makes of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

Clock = Callable[[], datetime]


class SteppedClock:
    """A clock that stands still until somebody moves it. Calling it gives the moment, aware."""

    def __init__(self, at: datetime) -> None:
        self._at = _aware(at)

    def __call__(self) -> datetime:
        """The moment at which it stands."""
        return self._at

    def step(self, by: timedelta) -> datetime:
        """Move by `by` (a negative one is a clock set back) and give the new moment."""
        self._at += by
        return self._at

    def set(self, to: datetime) -> datetime:
        """Jump to `to`; raises ValueError for a moment without a zone."""
        self._at = _aware(to)
        return self._at


class Moments:
    """Slack timestamps ("1548261231.000200"), no two alike even while the clock stands still.

    Within one reading of the clock they rise by a microsecond each, so that what was done later
    also carries the later stamp; when the clock is set back, they follow it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._read = -1
        self._last = -1
        self._given: set[int] = set()

    def next(self) -> str:
        """The timestamp of this very act."""
        read = micros(self._clock())
        count = self._last + 1 if read == self._read else read
        while count in self._given:
            count += 1
        self._given.add(count)
        self._read, self._last = read, count
        return f"{count // 1_000_000}.{count % 1_000_000:06d}"


def micros(moment: datetime) -> int:
    """Microseconds since 1970, exact where a float would round."""
    whole = int(moment.replace(microsecond=0).timestamp())
    return whole * 1_000_000 + moment.microsecond


def unix(moment: datetime) -> int:
    """Whole seconds since 1970."""
    return int(moment.timestamp())


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a zone: {moment.isoformat()}")
    return moment
