"""Random weeks of two replicas on one file: people are asked, answer, say Not now and Stop; processes end.

Slack's own log says who was written to when; it is judged by the words of the rules, not by the code.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bot.app import Bifocal, build
from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Dropped, Fault, LostAnswer, RateLimited
from bot.sandbox.model.clock import SteppedClock
from bot.sandbox.model.people import User
from jobs.answers.record_answer import Answerer, record_click
from jobs.reminders.claim_writing import claim_writing
from jobs.reminders.quiet_wishes import ask_again, not_now, stop_asking, undo_not_now
from storage.records import Wave
from tests.conftest import settings_for
from tests.migrated import new_database
from tests.standing import TEAM, a_pulse

START = datetime.fromisoformat("2026-10-05T00:00:00+00:00")  # clocks change in October, November and March
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "America/Los_Angeles",
    "UTC",
]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CAP, SNOOZE, REST, SILENT = 14 * DAY, 7 * DAY, 90 * DAY, 3
SATURDAY = 5
PRODUCTS = ["Atlas", "Borea"]


@dataclass
class Seen:
    """What one person did and had, as it happened."""

    written: list[datetime] = field(default_factory=list)
    reminded_of: list[str] = field(default_factory=list)
    silent: int = 0
    last_reminder: datetime | None = None
    stopped: bool = False
    declined: dict[str, datetime] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)


class Weeks:
    """One history; `findings` are the rules that were broken."""

    def __init__(self, slack: FakeSlack, clock: SteppedClock, folder: Path, seed: int) -> None:
        self.slack, self.clock, self.folder, self.chance = slack, clock, folder, Random(seed)  # noqa: S311
        add = slack.workspace.add_user
        self.people = [
            add(f"P{each}", id=f"U0W{each:02d}", tz=self.chance.choice(ZONES)) for each in range(5)
        ]
        self.channels = [slack.add_channel(f"w{each}", *self.people, id=f"C0W{each}") for each in range(3)]
        self.waves: dict[str, Wave] = {}
        self.seen: dict[str, Seen] = defaultdict(Seen)
        self.bots: list[Bifocal] = []
        self.findings: list[str] = []
        self._read = 0

    async def live(self, events: int) -> list[str]:
        """So many things happen; what was found."""
        self.bots = [await self._start(), await self._start()]
        acts: list[tuple[int, Callable[[], Awaitable[object]]]] = [
            (8, self._remind),
            (6, self._open),
            (2, self._answer),
            (2, self._decline),
            (1, self._undo),
            (1, self._stop),
            (2, self._ask_again),
            (2, self._note),
            (1, self._restart),
            (1, self._leave),
            (1, self._trouble),
        ]
        weights, does = [weight for weight, _ in acts], [act for _, act in acts]
        for _ in range(events):
            await self.chance.choices(does, weights)[0]()
            self._judge()
            if self.findings:
                break
        for bot in self.bots:
            await bot.close()
        return self.findings

    async def _start(self) -> Bifocal:
        return await build(settings_for(self.slack, self.folder), clock=self.clock)

    @property
    def _bot(self) -> Bifocal:
        return self.chance.choice(self.bots)

    def _person(self) -> User:
        return self.chance.choice(self.people)

    async def _run(self, name: str) -> None:
        steps = [step for bot in self.bots for step in bot.steps if step.name == name]
        await asyncio.gather(*(step.run(self.clock()) for step in steps))

    async def _remind(self) -> None:
        """Time passes to somebody's morning before a close, or a little, and both processes look at once."""
        mornings = sorted(
            at
            for wave in self.waves.values()
            for person in self.people
            if (at := morning_before(wave.closes_at, ZoneInfo(person.tz))) > self.clock()
        )
        if mornings:
            self.clock.set(mornings[0] + self.chance.choice([-1, 0, 0, 0.1, 2, 6.9, 7]) * HOUR)
        self.clock.step(self.chance.choice([0, 0, 1, 30]) * HOUR / 2)
        await self._run("close")
        await self._run("remind")
        await self._run("remind")
        await self._run("expire")

    async def _open(self) -> None:
        self.clock.step(self.chance.uniform(0, 5) * DAY)
        bot, now, channel = self.bots[0], self.clock(), self.chance.choice(self.channels)
        pulse = await a_pulse(
            bot.store,
            rule=None,
            zone="UTC",
            channel_id=channel.id,
            lead_id="U0LEAD",
            now=now,
            named=self.chance.random() < 0.3,
            instrument="seq",  # whose own pause is the shortest: so it is the cap that is tried
            product=PRODUCTS[len(self.waves) % len(PRODUCTS)],
        )
        closes = now + self.chance.uniform(2, 6) * DAY
        wave = await bot.store.waves.open(
            pulse=pulse, question="?", ui_version=1, opened_at=now, closes_at=closes
        )
        assert wave is not None
        self.waves[wave.id] = wave
        await self._run("send")

    def _open_wave(self) -> Wave | None:
        found = [each for each in self.waves.values() if each.open_at(self.clock())]
        return self.chance.choice(found) if found else None

    def _answerer(self, wave: Wave, person: User) -> Answerer:
        return Answerer(team_id=TEAM, user_id=person.id, wave_id=wave.id, at=self.clock())

    async def _answer(self) -> None:
        wave, person = self._open_wave(), self._person()
        if wave is not None:
            bot, now = self._bot, self.clock()
            answerer = self._answerer(wave, person)
            await record_click(bot.store, bot.context.respondents, answerer, item=1, point=5, now=now)
            self.seen[person.id].answered.add(wave.id)
            self.seen[person.id].silent = 0

    async def _decline(self) -> None:
        wave, person = self._open_wave(), self._person()
        if wave is not None:
            bot, now = self._bot, self.clock()
            await not_now(bot.store, bot.context.respondents, self._answerer(wave, person), now=now)
            self.seen[person.id].declined[wave.id] = now

    async def _undo(self) -> None:
        person = self._person()
        if self.seen[person.id].declined:
            wave = self.waves[self.chance.choice(sorted(self.seen[person.id].declined))]
            bot, now = self._bot, self.clock()
            await undo_not_now(bot.store, bot.context.respondents, self._answerer(wave, person), now=now)
            del self.seen[person.id].declined[wave.id]

    async def _stop(self) -> None:
        bot, person = self._bot, self._person()
        await stop_asking(bot.store, bot.context.respondents, team_id=TEAM, user_id=person.id)
        self.seen[person.id].stopped = True

    async def _ask_again(self) -> None:
        bot, person, now = self._bot, self._person(), self.clock()
        await ask_again(bot.store, bot.context.respondents, team_id=TEAM, user_id=person.id, now=now)
        self.seen[person.id].stopped = False

    async def _note(self) -> None:
        """Both processes want to write something else to the same person."""
        person, now = self._person(), self.clock()
        asked = [
            claim_writing(
                bot.store,
                bot.context.directory,
                bot.context.respondents,
                team_id=TEAM,
                user_id=person.id,
                now=now,
            )
            for bot in self.bots
        ]
        for allowed in await asyncio.gather(*asked):
            if allowed:
                self._wrote(person, now, "a note", (time(9), time(18)))

    async def _restart(self) -> None:
        place = self.chance.randrange(len(self.bots))
        await self.bots[place].close()
        self.bots[place] = await self._start()

    async def _leave(self) -> None:
        channel, person = self.chance.choice(self.channels), self._person()
        if person.id in channel.members:
            channel.members.remove(person.id)
        else:
            channel.members.append(person.id)

    async def _trouble(self) -> None:
        """The next reminder is lost on the way, or its answer is, and the process ends before it knows."""
        faults: list[Fault] = [Dropped(), LostAnswer(), RateLimited(90)]
        self.slack.faults.add("chat.postEphemeral", self.chance.choice(faults))
        await self._remind()
        await self._restart()

    # What was seen

    def _judge(self) -> None:
        events = [self.slack.feed[place] for place in range(self._read, len(self.slack.feed))]
        self._read = len(self.slack.feed)
        for event in events:
            if event.kind == "ephemeral.posted" and "second reminder" in str(event.facts["message"]):
                self._reminded(event.facts["user"], event.facts["message"], event.at)

    def _reminded(self, user_id: str, message: object, at: datetime) -> None:
        person, seen = self.slack.workspace.users[user_id], self.seen[user_id]
        wave = next(wave for wave in self.waves.values() if wave.id in str(message))
        day = at.astimezone(ZoneInfo(person.tz)).date()
        closes = wave.closes_at.astimezone(ZoneInfo(person.tz)).date()
        if seen.last_reminder is None or at - seen.last_reminder >= REST:
            seen.silent = 0
        channel = self.slack.workspace.channels[wave.pulse.channel_id]
        broken = {
            "twice of one question": wave.id in seen.reminded_of,
            "on another day": day != last_working_day_before(closes),
            "of a closed question": at >= wave.closes_at,
            "of an answered question": any(
                other.pulse.subject == wave.pulse.subject and other.closes_at > at
                for other in (self.waves[each] for each in seen.answered)
            ),
            "though not wanted now": wave.id in seen.declined,
            "after three in silence": seen.silent >= SILENT,
            "outside of the channel": user_id not in channel.members,
            "of a new question": at - wave.opened_at < 20 * HOUR,
        }
        self.findings += [f"{user_id} at {at}: {rule}" for rule, is_broken in broken.items() if is_broken]
        seen.silent, seen.last_reminder = seen.silent + 1, at
        self._wrote(person, at, "a reminder", (time(10), time(17)))
        seen.reminded_of.append(wave.id)

    def _wrote(self, person: User, at: datetime, what: str, hours: tuple[time, time]) -> None:
        seen, here = self.seen[person.id], at.astimezone(ZoneInfo(person.tz))
        broken = {
            "within 14 days": bool(seen.written) and at - seen.written[-1] < CAP,
            "after Stop": seen.stopped,
            "within 7 days of Not now": any(at - said < SNOOZE for said in seen.declined.values()),
            "outside of their hours": here.weekday() >= SATURDAY or not hours[0] <= here.time() < hours[1],
        }
        self.findings += [
            f"{person.id} at {at}: {what} {rule}" for rule, is_broken in broken.items() if is_broken
        ]
        seen.written.append(at)


def morning_before(closes: datetime, zone: ZoneInfo) -> datetime:
    """10:00 on the last working day before a close."""
    return datetime.combine(last_working_day_before(closes.astimezone(zone).date()), time(10), zone)


def last_working_day_before(day: date) -> date:
    """Monday to Friday."""
    day -= DAY
    return day if day.weekday() < SATURDAY else last_working_day_before(day)


async def live(folder: Path, seed: int, events: int = 60) -> Weeks:
    """The weeks of a seed, in an empty folder."""
    new_database(folder / "bifocal.db")
    clock = SteppedClock(START)
    async with FakeSlack(clock=clock) as slack:
        weeks = Weeks(slack, clock, folder, seed)
        await weeks.live(events)
        return weeks
