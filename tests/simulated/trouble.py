"""What goes wrong: processes die, answers get lost, Slack has enough, the disk is slow, the clock jumps."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.config.settings import Settings
from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Dropped, Fault, LostAnswer, RateLimited, Refusal, ServerError, Silence
from tests.simulated.judging.evidence import SECRET
from tests.simulated.judging.judge import Judge
from tests.simulated.machine.chance import source
from tests.simulated.machine.loop import SimulatedLoop
from tests.simulated.machine.replica import Replica
from tests.simulated.people import Balance

METHODS = (
    *("chat.postMessage", "chat.postMessage", "chat.update", "response_url", "response_url"),
    *("views.open", "chat.postEphemeral", "conversations.members", "users.info", "conversations.info"),
)
OPTIONAL = (
    *("conversations.members", "conversations.info", "users.info", "users.conversations"),
    *("chat.getPermalink", "files.getUploadURLExternal", "files.completeUploadExternal"),
)
REPLICAS = 2
JUMPS = (2.0, -2.0, 40.0, -40.0, 240.0, -240.0, 3600.0, -3600.0)
SILENT = 15.0  # seconds; the bot's own limit is 10


class Replicas(Balance):
    """The processes of the bot on one file; each that ends is followed by a new one."""

    def __init__(
        self, loop: SimulatedLoop, slack: FakeSlack, folder: Path, clock: Callable[[], datetime], seed: int
    ) -> None:
        self._loop, self._slack, self._folder, self._clock = loop, slack, folder, clock
        self._chance = source("replicas", seed)
        self._count = 0
        self.away = False  # none is to be started
        self.running: list[Replica] = []

    def start(self) -> Replica:
        """One more process."""
        self._count += 1
        settings = Settings.load(
            {
                "SLACK_BOT_TOKEN": self._slack.app.token,
                "SLACK_SIGNING_SECRET": self._slack.app.signing_secret,
                "SLACK_API_URL": self._slack.api_url,
                "DATABASE_URL": f"sqlite:///{self._folder / 'bifocal.db'}",
                "BIFOCAL_SECRET": SECRET,
                "BIFOCAL_TIMEZONE": "Europe/Berlin",
                "PORT": "0",
            }
        )
        replica = Replica(f"r{self._count}", self._loop, settings, self._clock)
        self.running.append(replica)
        replica.start()
        return replica

    def turn(self) -> str:
        """The next request goes to one that runs; to a port where nobody listens, if there is none."""
        there = [replica for replica in self.running if replica.url]
        taken_by = self._chance.choice(there) if there else None
        self._slack.bot_url = taken_by.url if taken_by else "http://127.0.0.1:1"
        return taken_by.name if taken_by else ""

    def ring(self, names: Collection[str], *, both: bool) -> None:
        """The time of these steps has come round, in each process or in any one."""
        self.mend()
        if self.running:
            for replica in self.running if both else [self._chance.choice(self.running)]:
                replica.ring(names)

    def mend(self) -> None:
        """Whatever has ended by itself is started anew."""
        self.running = [replica for replica in self.running if not replica.is_over]
        while len(self.running) < REPLICAS and not self.away:
            self.start()

    async def listen(self) -> None:
        """Wait until all of them listen."""
        self.mend()
        for _ in range(400):
            if all(replica.url for replica in self.running):
                return
            await asyncio.sleep(0.1)
            self.mend()

    async def stop(self) -> None:
        """End all of them in good order."""
        for replica in self.running:
            await replica.stop()


class Trouble:
    """Does what goes wrong when it is told to."""

    def __init__(
        self, loop: SimulatedLoop, slack: FakeSlack, replicas: Replicas, judge: Judge, chance: Random
    ) -> None:
        self._loop, self._slack, self._replicas, self._judge = loop, slack, replicas, judge
        self._chance = chance
        self.offset = timedelta(0)
        """How far the clock of the bot's machine is off."""
        self.counts: dict[str, int] = {}

    def _note(self, kind: str, **facts: Any) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self._judge.log.note(kind, self._slack.world.clock(), **facts)

    async def kill(self) -> None:
        """A process vanishes, sometimes all of them; a new one starts some time later."""
        there = self._replicas.running
        count = len(there) if self._chance.random() < 0.25 else 1
        for replica in self._chance.sample(there, min(count, len(there))):
            self._kill(replica)
        await asyncio.sleep(self._chance.uniform(0.2, 40))
        self._replicas.mend()

    def _kill(self, replica: Replica) -> None:
        self._note("killed", name=replica.name)
        self._judge.seen.killed[replica.name] = self._slack.world.clock()
        replica.kill()
        self._replicas.running = [each for each in self._replicas.running if not each.is_over]

    async def leave(self, hours: float) -> None:
        """All processes vanish, and none is started for hours."""
        if self._replicas.away:
            return
        clock = self._slack.world.clock
        self._note("away", hours=hours)
        self._replicas.away, since = True, clock()
        self._judge.seen.away.append((since, since + timedelta(hours=hours, minutes=1)))
        for replica in list(self._replicas.running):
            self._kill(replica)
        await asyncio.sleep(hours * 3600)
        self._replicas.away = False
        self._replicas.mend()

    async def restart(self) -> None:
        """A process is told to end, and a new one takes its place."""
        there = [replica for replica in self._replicas.running if replica.url]
        if there:
            replica = self._chance.choice(there)
            self._note("stopped", name=replica.name)
            await replica.stop()
            self._replicas.mend()

    async def fault(self, method: str = "") -> None:
        """The next call of this or of some method fails."""
        method = method or self._chance.choice(METHODS)
        faults: list[Fault] = [
            RateLimited(retry_after=self._chance.choice([1, 5, 30])),
            Dropped(),
            LostAnswer(),
            ServerError(503),
            ServerError(500, accepted=True),
            Silence(accepted=self._chance.random() < 0.5),
        ]
        fault = self._chance.choice(faults)
        self._note("fault", method=method, fault=repr(fault))
        planned = self._slack.faults.add(method, fault)
        await asyncio.sleep(120)
        planned.left = 0
        if isinstance(fault, Silence):
            await asyncio.sleep(SILENT)
            self._slack.faults.release()

    async def hobble(self) -> None:
        """Everything that is not needed to ask or to post fails for most of an hour."""
        self._note("hobbled")
        faults: list[Fault] = [Refusal("internal_error"), ServerError(503), Dropped()]
        fault = self._chance.choice(faults)
        planned = [self._slack.faults.add(method, fault, times=10_000) for method in OPTIONAL]
        await asyncio.sleep(self._chance.uniform(600, 2800))
        for each in planned:
            each.left = 0

    async def slow(self) -> None:
        """The disk takes seconds for some of its work."""
        self._note("slow")
        self._loop.disk.slow_until = self._loop.time() + self._chance.uniform(5, 30)

    async def cut(self) -> None:
        """Connections to the bot break while it answers."""
        self._note("cuts")
        self._loop.network.cuts = 0.2
        await asyncio.sleep(self._chance.uniform(2, 20))
        self._loop.network.cuts = 0.0

    async def jump(self) -> None:
        """The clock of the bot's machine jumps, and is set right some minutes later."""
        self.offset = timedelta(seconds=self._chance.choice(JUMPS))
        self._note("jumped", seconds=self.offset.total_seconds())
        since = self._slack.world.clock()
        self._judge.seen.jumped.append((since, since + timedelta(seconds=600)))
        await asyncio.sleep(self._chance.uniform(30, 600))
        self.offset = timedelta(0)
        self._note("set right")
