"""What is to happen in the weeks of a seed: who, what is due when, who answers, and what goes wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.simulated.machine.chance import source

OPEN_FOR = timedelta(hours=20)
GRACE = timedelta(minutes=15)
CHANGES = [  # the zone, and the Sunday on which its clocks change
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/New_York", date(2027, 3, 14)),
    ("Europe/Berlin", date(2027, 3, 28)),
]
TIMES = [time(9), time(0, 15), time(16, 30)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Something that is due every week at a local time: a question or a digest."""

    kind: str
    channel_id: str
    product: str
    instrument: str
    zone: str
    weekday: int
    at: time

    @property
    def rule(self) -> str:
        """As the bot keeps it."""
        day = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[self.weekday]
        return f"weekly {day} {self.at:%H:%M}"

    def dues(self, since: datetime, until: datetime) -> Iterator["Due"]:
        """The times in a span, by the wall clock of its zone; none of them is skipped or doubled there."""
        day = since.date()
        while day <= until.date():
            if day.weekday() == self.weekday:
                local = datetime.combine(day, self.at, ZoneInfo(self.zone))
                if since <= local.astimezone(UTC) < until:
                    yield Due(self, f"{local:%Y-%m-%dT%H:%M}", local.astimezone(UTC))
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """One time of a schedule: its local name and its moment."""

    schedule: Schedule
    local: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole of a seed, drawn before it begins; what the acts are is drawn as they happen."""

    seed: int
    start: datetime
    weeks: int
    people: int
    questions: tuple[Schedule, Schedule]
    digest: Schedule

    @property
    def end(self) -> datetime:
        """When the weeks are over."""
        return self.start + timedelta(weeks=self.weeks)

    @property
    def last_due(self) -> datetime:
        """Nothing that the plan knows of is due from then on."""
        return self.end - timedelta(days=2)

    def dues(self) -> list[Due]:
        """All times in order; the last day has none, so that everything can come to its end."""
        schedules = (*self.questions, self.digest)
        return sorted(
            (due for schedule in schedules for due in schedule.dues(self.start, self.last_due)),
            key=lambda due: due.at,
        )


def plan_of(seed: int, weeks: int = 8) -> Plan:
    """The plan of a seed."""
    chance = source("plan", seed)
    zone, change = CHANGES[seed % len(CHANGES)]
    sunday = change - timedelta(weeks=chance.randint(2, 5))
    start = datetime.combine(sunday - timedelta(days=6), time(0), UTC)
    other = chance.choice(["UTC", "Asia/Tokyo", zone])
    return Plan(
        seed=seed,
        start=start,
        weeks=weeks,
        people=chance.choice([8, 8, 9, 13]),
        questions=(
            _question(chance, "C0ATLAS", "Atlas", "nps", zone),
            _question(chance, "C0BOREA", "Borea", "csat", other),
        ),
        digest=Schedule(
            kind="digest",
            channel_id="C0ATLAS",
            product="Atlas",
            instrument="",
            zone=zone,
            weekday=chance.choice([3, 4]),
            at=chance.choice(TIMES),
        ),
    )


def _question(chance: Random, channel_id: str, product: str, instrument: str, zone: str) -> Schedule:
    return Schedule(
        kind="question",
        channel_id=channel_id,
        product=product,
        instrument=instrument,
        zone=zone,
        weekday=chance.choice([0, 1]),
        at=chance.choice(TIMES),
    )
