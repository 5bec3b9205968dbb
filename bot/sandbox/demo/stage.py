"""The stage of the demo: the real bot on SQLite in a temporary folder, over signed HTTP, and a clock."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import Bifocal, build
from bot.config.font_cache import keep_font_list_in
from bot.config.settings import Settings
from bot.connection.http_server import Server
from bot.sandbox.model.clock import SteppedClock
from bot.sandbox.server import FakeSlack
from storage.records import GRACE

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
SOON = 6  # seconds after which the bot looks again; a message's count is renewed every 5
LOOKS = 10  # at most, before time goes on


@dataclass(kw_only=True)
class Stage:
    """Fake Slack, bot and clock. `passed` is called each time that the clock was moved on."""

    slack: FakeSlack
    bot: Bifocal
    clock: SteppedClock
    passed: Callable[[datetime], None] = lambda _: None
    _ran: dict[str, datetime] = field(default_factory=dict, init=False)

    async def until(self, moment: datetime) -> None:
        """Let time pass, the bot doing all that is due on the way; hours without anything due are skipped."""
        while self.clock() < moment:
            self.clock.set(await self._next_due(moment))
            await self._look_until_quiet(moment)
            self.passed(self.clock())

    async def settle(self) -> None:
        """End what the bot has begun, do what is due, and send what waits as fast as Slack takes it.

        A step that has its turn every hour is left out until an hour is over, as the ticker does.
        """
        await self.bot.finish()
        now = self.clock()
        for step in self.bot.steps:
            ran = self._ran.get(step.name)
            if ran is None or step.every < timedelta(minutes=1) or not ran <= now < ran + step.every:
                self._ran[step.name] = now
                await step.run(now)

    async def _look_until_quiet(self, moment: datetime) -> None:
        """Settle now, and every few seconds for as long as the bot has something to say to Slack."""
        for _ in range(LOOKS):
            said = len(self.slack.feed)
            await self.settle()
            if len(self.slack.feed) == said or self.clock() >= moment:
                return
            self.clock.set(min(self.clock() + SOON * SECOND, moment))

    async def _next_due(self, moment: datetime) -> datetime:
        """The next time, by `moment`, for which the database has something to do.

        A schedule's time, a close, a count; and each midnight (UTC), when what waits is looked at again.
        """
        store, now = self.bot.store, self.clock()
        ends = await store.waves.closing(moment)
        counts = [wave for wave in await store.rounds.due(moment) if wave.settled_at is None]
        times = [
            *(pulse.next_at for pulse in await store.pulses.due(moment)),
            *(digest.next_at for digest in await store.digests.due(moment)),
            *(wave.closes_at for wave in ends),
            *(wave.closes_at + GRACE for wave in counts),
        ]
        midnight = (now.astimezone(UTC) + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
        return min(midnight, moment, *(time for time in times if time and time > now))

    async def seconds(self, count: int) -> None:
        """Let a few seconds pass, as between two people who act."""
        self.clock.step(count * SECOND)
        await self.settle()

    def names(self) -> dict[str, str]:
        """The channels' names by id."""
        return {channel.id: channel.name for channel in self.slack.workspace.channels.values()}


@asynccontextmanager
async def stage(begin: datetime) -> AsyncIterator[Stage]:
    """Everything running, and nothing left behind: no file, no port."""
    clock = SteppedClock(begin)
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="bifocal-demo-")))
        keep_font_list_in(folder / "matplotlib")
        slack = await opened.enter_async_context(FakeSlack(clock=clock))
        settings = Settings.load(
            {
                "SLACK_BOT_TOKEN": slack.app.token,
                "SLACK_SIGNING_SECRET": slack.app.signing_secret,
                "SLACK_API_URL": slack.api_url,
                "DATABASE_URL": f"sqlite:///{folder / 'demo.db'}",
                "BIFOCAL_TIMEZONE": "Europe/Berlin",
                "BIFOCAL_SECRET": "the-demo-forgets-everything",
                "PORT": "0",
            }
        )
        bot = await build(settings, clock=clock)
        opened.push_async_callback(bot.close)
        server = Server(
            bot.app,
            settings,
            clock=clock,
            not_ready=bot.readiness.why_not,
            odd=bot.readiness.odd,
            acks=bot.metrics.acks,
        )
        await server.start()
        opened.push_async_callback(server.stop)
        slack.bot_url = server.url
        await bot.contact.greet()
        yield Stage(slack=slack, bot=bot, clock=clock)
