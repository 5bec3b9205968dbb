"""The rules by which something is repeated: each knows its text and its local times."""

import re
from abc import ABC, abstractmethod
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from cronsim import CronSim, CronSimError

from jobs.cadence.clock import DAYS, CadenceError, quoted

SHORTEST_MONTH, LONGEST_MONTH = 28, 31
CRON_FIELDS = 5
_CRON_ORDER = "minute, hour, day of the month, month, weekday"
_CRON_EXAMPLE = "cron 0 9 * * 1"
_LONGEST_CRON = 80
_EVERY_DAY = re.compile(r"(\d+) (\d+) \* \* (\*|1-5)", re.ASCII)
_CRON_BASE = datetime(2000, 1, 1)  # noqa: DTZ001, a nominal local time has no zone


class Cadence(ABC):
    """How often something is repeated. `str()` is the text that is kept, and `read` reads it back."""

    __slots__ = ()

    @abstractmethod
    def from_date(self, first: date) -> Iterator[datetime]:
        """The rule's local times on and after the date `first`, at most one a day, without a zone."""

    @property
    @abstractmethod
    def phrase(self) -> str:
        """The rule for people, without its zone: "Mondays 09:00"."""


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Weekly(Cadence):
    """Once a week; `weekday` counts from 0 for Monday."""

    weekday: int
    at: time

    def __str__(self) -> str:
        return f"weekly {DAYS[self.weekday][:3].lower()} {_clock(self.at)}"

    def from_date(self, first: date) -> Iterator[datetime]:
        """Every such weekday."""
        day = first + timedelta(days=(self.weekday - first.weekday()) % 7)
        while True:
            yield datetime.combine(day, self.at)
            day += timedelta(days=7)

    @property
    def phrase(self) -> str:
        """Such as "Mondays 09:00"."""
        return f"{DAYS[self.weekday]}s {_clock(self.at)}"


@dataclass(frozen=True, slots=True)
class EveryFewWeeks(Cadence):
    """Every second, third or fourth week, counted from the first such weekday on or after `start`.

    Nothing is due before it.
    """

    weekday: int
    at: time
    start: date
    weeks: int = 2

    def __str__(self) -> str:
        day = DAYS[self.weekday][:3].lower()
        return f"every {self.weeks} weeks {day} {_clock(self.at)} from {self.start:%Y-%m-%d}"

    def from_date(self, first: date) -> Iterator[datetime]:
        """Every so many such weekdays. Calendar days are counted: no change of clocks or years shifts it."""
        between = 7 * self.weeks
        day = self.start + timedelta(days=(self.weekday - self.start.weekday()) % 7)
        if first > day:
            day += timedelta(days=-((day - first).days // between) * between)
        while True:
            yield datetime.combine(day, self.at)
            day += timedelta(days=between)

    @property
    def phrase(self) -> str:
        """Such as "Every 4 weeks on Mondays 09:00, from 30 Nov 2026"."""
        start = f"{self.start.day} {self.start:%b %Y}"
        return f"Every {self.weeks} weeks on {DAYS[self.weekday]}s {_clock(self.at)}, from {start}"


@dataclass(frozen=True, slots=True)
class Monthly(Cadence):
    """Once a month on `day` (1 to 31); in a month that is shorter, on its last day."""

    day: int
    at: time

    MONTHS: ClassVar[tuple[int, ...]] = tuple(range(1, 13))
    HEAD: ClassVar[tuple[str, str]] = ("monthly", "Every month")

    def __post_init__(self) -> None:
        if self.day not in range(1, LONGEST_MONTH + 1):
            raise CadenceError(f'"{self.day}" is not a day of the month. Days are 1 to 31.')

    def __str__(self) -> str:
        return f"{self.HEAD[0]} {self.day} {_clock(self.at)}"

    def from_date(self, first: date) -> Iterator[datetime]:
        """The day of each of its months."""
        year, month = first.year, first.month
        while True:
            day = date(year, month, min(self.day, monthrange(year, month)[1]))
            if month in self.MONTHS and day >= first:
                yield datetime.combine(day, self.at)
            year, month = year + month // 12, month % 12 + 1

    @property
    def phrase(self) -> str:
        """Such as "Every month on day 15, 09:00" or "... on the last day, 09:00"."""
        day = f"day {self.day}"
        if self.day > SHORTEST_MONTH:
            day = "the last day" if self.day == LONGEST_MONTH else f"{day} or the last"
        return f"{self.HEAD[1]} on {day}, {_clock(self.at)}"


@dataclass(frozen=True, slots=True)
class Quarterly(Monthly):
    """Once a quarter: in January, April, July and October, on `day` or the last."""

    MONTHS: ClassVar[tuple[int, ...]] = (1, 4, 7, 10)
    HEAD: ClassVar[tuple[str, str]] = ("quarterly", "January, April, July and October")


@dataclass(frozen=True, slots=True)
class Cron(Cadence):
    """Five cron fields with one time of day; weekday 0 and 7 are Sunday, as in cron."""

    fields: str

    def __post_init__(self) -> None:
        if len(self.fields) > _LONGEST_CRON or len(self.fields.split()) != CRON_FIELDS:
            raise CadenceError(f"A cron has exactly five fields: {_CRON_ORDER}.", _CRON_EXAMPLE)
        try:
            rule = CronSim(self.fields, _CRON_BASE)
            next(rule)
        except (CronSimError, ValueError) as error:
            raise CadenceError(
                f"{quoted(self.fields)} is not a cron: {_CRON_ORDER}.", "cron 0 9 * * 1"
            ) from error
        except StopIteration as error:
            raise CadenceError(f"{quoted(self.fields)} never comes round.", _CRON_EXAMPLE) from error
        if len(rule.minutes) > 1 or len(rule.hours) > 1:
            raise CadenceError(f"{quoted(self.fields)} is more than once a day.", "cron 0 9 * * *")

    def __str__(self) -> str:
        return f"cron {self.fields}"

    def from_date(self, first: date) -> Iterator[datetime]:
        """The rule's days and time, without a zone; `moment` says what a clock makes of them."""
        yield from CronSim(self.fields, datetime.combine(first, time()) - timedelta(seconds=1))

    @property
    def phrase(self) -> str:
        """Such as "Every day 09:00"; else the fields, in backticks, so that stars are not read as bold."""
        if found := _EVERY_DAY.fullmatch(self.fields):
            days = "Every day" if found[3] == "*" else "Mondays to Fridays"
            return f"{days} {_clock(time(int(found[2]), int(found[1])))}"
        return f"Cron `{self.fields}`"


def in_words(cadence: Cadence, zone: str) -> str:
    """The schedule as people read it, with its zone after the time: "Mondays 09:00 Europe/Berlin"."""
    often, since, first = cadence.phrase.partition(", from ")
    return f"{often} {zone}{since}{first}"
