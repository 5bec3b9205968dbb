"""The stage of the demo: the real bot on SQLite in a temporary folder, over signed HTTP, and a clock."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import Bifocal, build
from bot.config.settings import Settings
from bot.connection.http_server import Server
from bot.sandbox.model.clock import SteppedClock
from bot.sandbox.server import FakeSlack

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@dataclass(kw_only=True)
class Stage:
    """Fake Slack, bot and clock. `passed` is called after each hour that goes by."""

    slack: FakeSlack
    bot: Bifocal
    clock: SteppedClock
    passed: Callable[[datetime], None] = lambda _: None

    async def until(self, moment: datetime) -> None:
        """Let time pass hour by hour, the bot doing what is due."""
        while self.clock() < moment:
            whole = self.clock().replace(minute=0, second=0, microsecond=0) + HOUR
            self.clock.set(min(whole, moment))
            await self.settle()
            self.passed(self.clock())

    async def settle(self) -> None:
        """End what the bot has begun, and send what waits as fast as Slack takes it."""
        await self.bot.background.drain()
        await self.bot.tick(self.clock())

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
        server = Server(bot.app, settings, clock=clock, not_ready=bot.why_not_ready)
        await server.start()
        opened.push_async_callback(server.stop)
        slack.bot_url = server.url
        await bot.greet()
        yield Stage(slack=slack, bot=bot, clock=clock)
