"""Moments and periods, always aware. Pure."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo


def aware(moment: datetime) -> datetime:
    """The same moment; raises ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a zone: {moment.isoformat()}")
    return moment


@lru_cache(maxsize=512)
def is_zone(name: str) -> bool:
    """Whether this machine knows a zone by that name: lists of zones change."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Period:
    """Time from `start`, included, to `end`, excluded; both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if aware(self.start) > aware(self.end):
            raise ValueError("a period ends after it starts")

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def seen_in(self, zone: tzinfo) -> "Period":
        """The same period on the clocks of a zone, for its days to be named."""
        return Period(self.start.astimezone(zone), self.end.astimezone(zone))

    @property
    def previous(self) -> "Period":
        """The period of the same length that ends where this one starts."""
        return Period(self.start - (self.end - self.start), self.start)
