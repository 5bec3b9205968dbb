"""The weeks of a seed, lived: what is due is awaited, people act, things go wrong, the judge looks."""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.sandbox import FakeSlack
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.people import User
from tests.simulated.acts import Acts
from tests.simulated.judging.judge import Judge
from tests.simulated.judging.leak_judge import log_read
from tests.simulated.machine.chance import source
from tests.simulated.machine.loop import SimulatedLoop
from tests.simulated.people import People
from tests.simulated.plan import GRACE, OPEN_FOR, TIMES, Due, Plan
from tests.simulated.set_up import set_up
from tests.simulated.trouble import Replicas, Trouble

Act = Callable[[], Awaitable[object] | None]
ANSWERS, TOO_LATE, POST_FAILS, TAKES_BACK, IS_AWAY = 0.8, 0.4, 0.3, 0.06, 0.6
AT_THE_END = timedelta(days=3)  # in which everything comes to its end
TEN, HERE = time(10), ZoneInfo("Europe/Berlin")  # when and where people are reminded
DIGEST_DAYS = 2, 3, 4
SECONDS, A_WHILE = timedelta(seconds=1), 3600.0


@dataclass
class Life:
    """One seed on one loop."""

    plan: Plan
    loop: SimulatedLoop
    folder: Path
    is_over_when_found: bool = False

    def __post_init__(self) -> None:
        self.chance = source("life", self.plan.seed)
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._numbers = itertools.count()

    def _slack_now(self) -> datetime:
        return self.plan.start + timedelta(seconds=round(self.loop.time(), 6))

    def _bot_now(self) -> datetime:
        return self._slack_now() + self.trouble.offset

    async def live(self) -> Judge:
        """All weeks, and what the judge found."""
        plan = self.plan
        async with FakeSlack(clock=self._slack_now) as slack:
            judge = self.judge = Judge(slack, self.folder / "bifocal.db")
            self.replicas = Replicas(self.loop, slack, self.folder, self._bot_now, plan.seed)
            self.trouble = Trouble(self.loop, slack, self.replicas, judge, source("trouble", plan.seed))
            self.people = People(slack, plan, judge, self.replicas)
            self.acts, self.digest = Acts(self.people), plan.digest
            self.owners = await set_up(plan, judge.path, self.people.lead.id)
            judge.due.owners, judge.due.until = self.owners, plan.last_due
            judge.due.expect(plan.dues())
            with log_read(judge.find):
                await self.replicas.listen()
                for due in plan.dues():
                    self._plan(due)
                self._plan_the_rest()
                await self._act()
                if self.is_over_when_found and judge.findings:
                    return judge
                await self._calm()
                await self.replicas.stop()
                judge.ends()
        return judge

    def _at(self, moment: datetime, act: Act) -> None:
        heapq.heappush(self._agenda, (moment, next(self._numbers), act))

    def _ring_at(self, moment: datetime, steps: str, *after: float, both: bool = False) -> None:
        for seconds in after:
            self._at(moment + seconds * SECONDS, lambda: self._ring(steps.split(), both=both))

    async def _ring(self, names: list[str], *, both: bool) -> None:
        self.replicas.ring(names, both=both)
        await asyncio.sleep(1.5)
        self.judge.look()

    def _plan(self, due: Due) -> None:
        self._at(due.at - 2 * SECONDS, partial(self._plan_due, due))

    def _plan_due(self, due: Due) -> None:
        """What happens around one due time, unless the digest has another one by now."""
        chance, at = self.chance, due.at
        if due.schedule not in (*self.plan.questions, self.digest):
            return
        is_digest = due.schedule.kind == "digest"
        self._maybe_trouble(at, 3, "digests pictures send" if is_digest else "open send")
        if chance.random() < POST_FAILS:
            self._at(at - SECONDS, partial(self.trouble.fault, "chat.postMessage"))
        if is_digest:
            self._ring_at(at, "digests", 0.3, both=True)
            self._ring_at(at, "digests pictures send", 4, 135, 900)
            return
        self._ring_at(datetime.combine(at.date(), TEN, HERE), "remind", 1, 61, both=True)
        self._ring_at(at, "open", 0.3, both=True)
        self._ring_at(at, "open invited send", 4)
        self._ring_at(at, "open send", 900)
        for minutes in sorted(chance.uniform(1, 600) for _ in range(2)):
            burst = at + minutes * 60 * SECONDS
            for person in self._people_of(due):
                if chance.random() < ANSWERS / 2:
                    moment = burst + chance.uniform(0, 4) * SECONDS
                    self._at(moment, partial(self._answer, person, due.schedule.channel_id))
            self._maybe_trouble(burst, 4, "renew send")
            self._ring_at(burst, "renew send", 9)
        close = at + OPEN_FOR
        if chance.random() < TOO_LATE:
            self._at(close - 120 * SECONDS, partial(self._answer_too_late, due.schedule.channel_id))
        self._ring_at(close, "close", 1, both=True)
        self._ring_at(close, "close renew send", 8)
        self._maybe_trouble(close, 3, "close send")
        self._ring_at(close + GRACE, "count", 130, both=True)
        self._ring_at(close + GRACE, "count label cut renew send", 137)
        self._maybe_trouble(close + GRACE + 130 * SECONDS, 3, "count send")

    def _people_of(self, due: Due) -> list[str]:
        members = self.people.channels[due.schedule.channel_id].members
        return [user for user in members if user.startswith("U0P")]

    def _maybe_trouble(self, at: datetime, seconds: float, steps: str) -> None:
        """Perhaps something goes wrong within some seconds; these steps run again when it is over."""
        chance, trouble = self.chance, self.trouble
        kinds = [(trouble.kill, 0.12), (trouble.fault, 0.35), (trouble.slow, 0.06), (trouble.cut, 0.05)]
        kinds += [(trouble.jump, 0.06), (trouble.restart, 0.04), (trouble.hobble, 0.04)]
        what_hangs = 0.0  # seconds until all of it is over
        for act, how_often in kinds:
            if chance.random() < how_often:
                self._at(at + chance.uniform(-0.5, seconds) * SECONDS, act)
                what_hangs = max(what_hangs, 700 if act == trouble.jump else 150)
        if what_hangs:
            self._ring_at(at, steps, what_hangs)

    def _plan_the_rest(self) -> None:
        """Commands and rarer acts, an absence, and every week a ring of every step."""
        chance, plan = self.chance, self.plan

        def some_time(since: float = 0.0, until: float = 1.0) -> datetime:
            return plan.start + chance.uniform(since, until) * (plan.end - plan.start - AT_THE_END)

        for week in range(plan.weeks):
            self._ring_at(plan.start + timedelta(days=7 * week + chance.uniform(0, 6)), "", 0)
        for _ in range(2 * plan.weeks):
            self._at(some_time(), partial(self._command, self.acts.any_command))
        for _ in range(plan.weeks // 2):
            self._at(some_time(), partial(self._command, self.acts.mistype))
        for _ in range(max(2, plan.weeks // 4)):
            self._at(some_time(0.2), self._forget)
        for _ in range(max(1, plan.weeks // 8)):
            self._at(some_time(0.3, 0.7), self._change_digest)
            for due in chance.choices([due for due in plan.dues() if due.schedule.kind == "question"], k=2):
                counted = due.at + OPEN_FOR + timedelta(hours=chance.uniform(1, 72))
                self._at(counted, partial(self._take_down, due.schedule.channel_id))
            if chance.random() < IS_AWAY:
                self._plan_absence(chance.choice(plan.dues()))

    def _plan_absence(self, due: Due) -> None:
        """Nobody is there when something is due, and comes back hours or days later."""
        hours = self.chance.choice([2, 20, 30, 200])
        self._at(due.at - 60 * SECONDS, partial(self.trouble.leave, hours))
        self._ring_at(due.at + timedelta(hours=hours), "", 30, 120)

    async def _act(self) -> None:
        """Everything at its moment, each act by itself."""
        acting: set[asyncio.Task[object]] = set()
        while self._agenda:
            if self.is_over_when_found and self.judge.findings:
                return
            wait = (self._agenda[0][0] - self._slack_now()).total_seconds()
            if wait > 0:
                await asyncio.sleep(min(wait, A_WHILE))  # meanwhile something earlier may be planned
                continue
            _, _, act = heapq.heappop(self._agenda)
            if (doing := act()) is not None:
                acting.add(asyncio.ensure_future(doing))
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
            if self.chance.random() < TAKES_BACK:
                await self.acts.take_back(user, self.people.channels[channel_id])

    async def _answer_too_late(self, channel_id: str) -> None:
        """Somebody has left the window open, and clicks some minutes after the close."""
        question = self.people.question_in(channel_id)
        if question is None:
            return
        seen, user = question.snapshot(), self.people.user(self.chance.choice(self.people.few))
        await asyncio.sleep(self.chance.uniform(4 * 60, 12 * 60))
        if not self.trouble.offset:
            await self.people.answer_too_late(user, seen)

    async def _command(self, act: Callable[[User, Channel], Awaitable[None]]) -> None:
        channel = self.people.channels[self.chance.choice(["C0ATLAS", "C0ATLAS", "C0BOREA"])]
        user = self.people.user(self.chance.choice(channel.members))
        user = self.people.lead if user.is_bot else user
        try:
            await act(user, channel)
        except CannotActError:
            return

    async def _forget(self) -> None:
        user = self.chance.choice(self.people.people)
        await self.acts.forget(user, self.people.channels["C0ATLAS"])

    async def _take_down(self, channel_id: str) -> None:
        number = [question.channel_id for question in self.plan.questions].index(channel_id) + 1
        await self.acts.take_down(self.people.channels[channel_id], number)

    async def _change_digest(self) -> None:
        """Another time from now on, unless one is due just now."""
        digest, now = self.digest, self._slack_now()
        to = replace(digest, weekday=self.chance.choice(DIGEST_DAYS), at=self.chance.choice(TIMES))
        to_come = [due for due in self.judge.due.dues if due.at > now - timedelta(hours=1)]
        near = [*to_come, *to.dues(now - timedelta(days=1), now + timedelta(days=1))]
        if to == digest or any(abs(due.at - now) < timedelta(hours=1) for due in near):
            return
        changed_at = await self.acts.change_digest(to, self.owners["digest"])
        if changed_at is not None:
            self.digest = to
            dues = list(to.dues(changed_at, self.plan.last_due))
            self.judge.due.expect_instead("digest", changed_at, dues)
            for due in dues:
                self._plan(due)

    async def _calm(self) -> None:
        """Nothing goes wrong any more: whatever was begun comes to its end."""
        self.trouble.offset = timedelta(0)
        for _ in range(6):
            await self.replicas.listen()
            self.replicas.ring((), both=False)
            await asyncio.sleep(65)
