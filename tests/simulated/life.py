"""The weeks of a seed, lived: what is due is awaited, people act, things go wrong, the judge looks."""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.sandbox import FakeSlack
from bot.sandbox.model.errors import CannotActError
from storage.store import Store
from tests.simulated.evidence import DatabaseFile, Log
from tests.simulated.judge import Judge
from tests.simulated.machine.chance import source
from tests.simulated.machine.loop import SimulatedLoop
from tests.simulated.people import COMMANDS, People
from tests.simulated.plan import GRACE, OPEN_FOR, Due, Plan
from tests.simulated.trouble import Replicas, Trouble
from tests.standing import a_digest, a_pulse

Act = Callable[[], Awaitable[object]]
ANSWERS, TOO_LATE, POST_FAILS = 0.8, 0.4, 0.3
SECONDS = timedelta(seconds=1)


@dataclass
class Life:
    """One seed on one loop. `owners` are the ids of what is due, by its schedule."""

    plan: Plan
    loop: SimulatedLoop
    folder: Path
    is_over_when_found: bool = False
    owners: dict[str, str] = field(default_factory=dict)

    def _slack_now(self) -> datetime:
        return self.plan.start + timedelta(seconds=round(self.loop.time(), 6))

    def _bot_now(self) -> datetime:
        return self._slack_now() + self.trouble.offset

    async def live(self) -> Judge:
        """All weeks, and what the judge found."""
        plan = self.plan
        async with FakeSlack(clock=self._slack_now) as slack:
            judge = Judge(slack, DatabaseFile(self.folder / "bifocal.db"), Log(slack), plan)
            replicas = Replicas(self.loop, slack, self.folder, self._bot_now, plan.seed)
            self.chance = source("life", plan.seed)
            self.trouble = Trouble(self.loop, slack, replicas, judge, source("trouble", plan.seed))
            self.judge, self.replicas = judge, replicas
            self.people = People(slack, plan, judge, replicas)
            self._agenda: list[tuple[datetime, int, Act]] = []
            self._numbers = itertools.count()
            await self._schedule()
            judge.owners = self.owners
            await replicas.listen()
            for due in plan.dues():
                self._plan_due(due)
            self._plan_the_rest()
            await self._act()
            if self.is_over_when_found and judge.findings:
                return judge
            await self._calm()
            judge.look()
            await replicas.stop()
            judge.look()
            judge.ends()
        return judge

    async def _schedule(self) -> None:
        """Two questions and a digest stand in the database before the first process starts."""
        store = await Store.open(f"sqlite:///{self.folder / 'bifocal.db'}")
        start, lead = self.plan.start, self.people.lead.id
        for schedule in self.plan.questions:
            pulse = await a_pulse(
                store,
                rule=schedule.rule,
                zone=schedule.zone,
                channel_id=schedule.channel_id,
                lead_id=lead,
                now=start,
                open_for=OPEN_FOR,
                instrument=schedule.instrument,
                product=schedule.product,
            )
            self.owners[schedule.channel_id] = pulse.id
        schedule = self.plan.digest
        digest = await a_digest(
            store,
            rule=schedule.rule,
            zone=schedule.zone,
            channel_id=schedule.channel_id,
            lead_id=lead,
            now=start,
            product=schedule.product,
        )
        self.owners["digest"] = digest.id
        await store.close()

    # The agenda

    def _at(self, moment: datetime, act: Act) -> None:
        heapq.heappush(self._agenda, (moment, next(self._numbers), act))

    def _ring_at(self, moment: datetime, steps: str, *after: float, both: bool = False) -> None:
        for seconds in after:
            self._at(moment + seconds * SECONDS, lambda: self._ring(steps.split(), both=both))

    async def _ring(self, names: list[str], *, both: bool) -> None:
        self.replicas.ring(names, both=both)
        await asyncio.sleep(1.5)
        self.judge.look()

    def _plan_due(self, due: Due) -> None:
        """What happens around one due time."""
        chance, at = self.chance, due.at
        self._maybe_trouble(at, 3)
        if chance.random() < POST_FAILS:
            self._at(at - SECONDS, partial(self.trouble.fault, "chat.postMessage"))
        if due.schedule.kind == "digest":
            self._ring_at(at, "digests", 0.3, both=True)
            self._ring_at(at, "digests pictures send", 4, 135)
            return
        self._ring_at(at, "open", 0.3, both=True)
        self._ring_at(at, "open invited send", 4)
        for minutes in sorted(chance.uniform(1, 600) for _ in range(2)):
            burst = at + minutes * 60 * SECONDS
            for person in self._people_of(due):
                if chance.random() < ANSWERS / 2:
                    moment = burst + chance.uniform(0, 4) * SECONDS
                    self._at(moment, partial(self._answer, person, due.schedule.channel_id))
            self._maybe_trouble(burst, 4)
            self._ring_at(burst, "renew send", 9)
        close = at + OPEN_FOR
        if chance.random() < TOO_LATE:
            self._at(close - 120 * SECONDS, partial(self._answer_too_late, due.schedule.channel_id))
        self._ring_at(close, "close", 1, both=True)
        self._ring_at(close, "close renew send", 8)
        self._maybe_trouble(close, 3)
        self._ring_at(close + GRACE, "count", 130, both=True)
        self._ring_at(close + GRACE, "count label cut renew send", 137)
        self._maybe_trouble(close + GRACE + 130 * SECONDS, 3)

    def _people_of(self, due: Due) -> list[str]:
        members = self.people.channels[due.schedule.channel_id].members
        return [user for user in members if user.startswith("U0P")]

    def _maybe_trouble(self, at: datetime, seconds: float) -> None:
        """Perhaps something goes wrong within some seconds from then on."""
        chance, trouble = self.chance, self.trouble
        kinds = [(trouble.kill, 0.12), (trouble.fault, 0.35), (trouble.slow, 0.06), (trouble.cut, 0.05)]
        for act, how_often in (*kinds, (trouble.jump, 0.06), (trouble.restart, 0.04)):
            if chance.random() < how_often:
                self._at(at + chance.uniform(-0.5, seconds) * SECONDS, act)
                what_hung = 700 if act == trouble.jump else 150  # is over by then
                self._ring_at(at, "open close digests count send", what_hung)

    def _plan_the_rest(self) -> None:
        """Commands, somebody who wants to be forgotten, and every few days a ring of every step."""
        chance, plan = self.chance, self.plan
        for day in range(0, 7 * plan.weeks - 4, 3):
            self._ring_at(plan.start + timedelta(days=day + chance.uniform(0, 3)), "", 0)
        for _ in range(2 * plan.weeks):
            self._at(plan.start + chance.uniform(0, 1) * (plan.end - plan.start), self._command)
        for _ in range(2):
            self._at(plan.start + chance.uniform(0.2, 0.95) * (plan.end - plan.start), self._forget)

    async def _act(self) -> None:
        """Everything at its moment, each act by itself."""
        acting: set[asyncio.Task[object]] = set()
        while self._agenda:
            if self.is_over_when_found and self.judge.findings:
                return
            moment, _, act = heapq.heappop(self._agenda)
            wait = (moment - self._slack_now()).total_seconds()
            if wait > 0:
                await asyncio.sleep(wait)
            task = asyncio.ensure_future(act())
            acting.add(task)
            for over in [task for task in acting if task.done()]:
                acting.remove(over)
                over.result()
        for task in acting:
            await task

    async def _answer(self, user_id: str, channel_id: str) -> None:
        question = self.people.question_in(channel_id)
        if question is not None:
            user = self.people.user(user_id)
            await self.people.answer(user, question)
            self.judge.look()

    async def _answer_too_late(self, channel_id: str) -> None:
        """Somebody has left the window open, and clicks some minutes after the close."""
        question = self.people.question_in(channel_id)
        if question is None:
            return
        seen, user = question.snapshot(), self.people.user(self.chance.choice(self.people.few))
        await asyncio.sleep(self.chance.uniform(4 * 60, 12 * 60))
        if not self.trouble.offset:
            await self.people.answer_too_late(user, seen)

    async def _command(self) -> None:
        channel = self.people.channels[self.chance.choice(["C0ATLAS", "C0ATLAS", "C0BOREA"])]
        user = self.people.user(self.chance.choice([one for one in channel.members if one.startswith("U0")]))
        if user.is_bot:
            user = self.people.lead
        try:
            await self.people.command(user, channel, self.chance.choice(COMMANDS))
        except CannotActError:
            return
        self.judge.look()

    async def _forget(self) -> None:
        user = self.chance.choice(self.people.people)
        await self.people.forget(user, self.people.channels["C0ATLAS"])
        self.judge.look()

    async def _calm(self) -> None:
        """Nothing goes wrong any more: whatever was begun comes to its end."""
        self.trouble.offset = timedelta(0)
        for _ in range(6):
            await self.replicas.listen()
            self.replicas.ring((), both=False)
            await asyncio.sleep(65)
