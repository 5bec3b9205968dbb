"""What people did and heard, and which processes died meanwhile: what the bot is held to."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

LONG_AGO = datetime.min.replace(tzinfo=UTC)
PATIENCE = timedelta(seconds=30)  # within which everybody reads something


@dataclass(frozen=True, slots=True, eq=False)
class Click:
    """A point that somebody chose, by Slack's clock; `taken_by` is the process that it went to."""

    user_id: str
    wave_id: str
    point: int
    at: datetime
    acked: bool
    taken_by: str = ""

    def __str__(self) -> str:
        return f"{self.point} of {self.user_id} at {self.at:%H:%M:%S.%f} in wave {self.wave_id}"


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A comment that was acked, by the word in it that no other has."""

    user_id: str
    wave_id: str
    token: str
    at: datetime


@dataclass
class Testimony:
    """Everything that was seen from outside so far."""

    clock: Callable[[], datetime]
    clicks: list[Click] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    points: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # ever chosen, by person
    tokens: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # ever written, by person
    clicked_in: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # people, by wave
    wrote_in: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    heard: dict[str, list[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(list))
    killed: dict[str, datetime] = field(default_factory=dict)  # when, by process
    away: list[tuple[datetime, datetime]] = field(default_factory=list)  # when no process ran
    jumped: list[tuple[datetime, datetime]] = field(default_factory=list)  # when the clock was off
    wants_gone: dict[str, datetime] = field(default_factory=dict)  # asked for, perhaps not done
    forgotten: dict[str, datetime] = field(default_factory=dict)  # acked
    wants_back: dict[tuple[str, str], datetime] = field(default_factory=dict)  # by person and wave
    taken_back: dict[tuple[str, str], datetime] = field(default_factory=dict)  # acked

    stopped: dict[str, datetime] = field(default_factory=dict)  # wants no reminder, and has read so

    def died(self, process: str, since: datetime) -> bool:
        """Whether that very process was killed while it had to say something of what began at `since`."""
        at = self.killed.get(process)
        return at is not None and since <= at <= since + PATIENCE

    def may_be_gone(self, user_id: str, wave_id: str, at: datetime) -> bool:
        """Whether this person has wanted erased since what they did at that moment."""
        wanted = self.wants_gone.get(user_id, LONG_AGO), self.wants_back.get((user_id, wave_id), LONG_AGO)
        return max(wanted) >= at

    def was_away(self, at: datetime) -> bool:
        """Whether no process was there at that moment."""
        return any(since <= at <= until for since, until in self.away)

    def was_off(self, at: datetime, around: timedelta) -> bool:
        """Whether the clock of the bot was off around that moment."""
        return any(since - around <= at <= until + around for since, until in self.jumped)
