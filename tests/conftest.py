"""What every test may use: a clock to step, a strict fake Slack, a small company, and the composed bot."""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import Bifocal, build
from bot.config.settings import Settings
from bot.connection.http_server import Server
from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from jobs.classification import accurate as accurate_model
from jobs.classification import other_languages
from jobs.classification.sentiment import SecondReader
from storage.records import ConfirmedName
from tests.databases import GIVEN, ON_POSTGRES, address_of, give_back, own_server
from tests.migrated import new_database
from tests.postgres_server import PostgresServer
from tests.quick import keep_files_in_memory, keep_pictures, share_statements

KNOWN_PRODUCTS = ("Atlas", "Beacon", "Borea", "Calypso")
BURST = 100  # messages
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
"""A Monday morning, 10:00 in Berlin."""


def pytest_configure() -> None:
    """Everything a test does is what the bot does on a disk; only it is quicker to write to memory."""
    keep_files_in_memory()
    share_statements()
    keep_pictures()
    gc.disable()


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: no garbage is looked for in it."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 100)
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With TEST_DATABASE=postgresql only those are run that open a database and are not about SQLite."""
    if not ON_POSTGRES:
        return
    kept = [item for item in items if touches_database(item) and not item.get_closest_marker("sqlite")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for a store, or for the composed bot."""
    return bool({"url", "store", "running"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def accurate() -> SecondReader:
    """The accurate model. Where its package cannot be had the test is skipped; on CI (`CI=true`) it fails."""
    try:
        return accurate_model.load()
    except accurate_model.AccurateModelError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def languages() -> other_languages.LanguageReader:
    """What reads other languages than English; skipped where its package is not, on CI it fails."""
    try:
        return other_languages.load()
    except other_languages.LanguagesError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of the test's own, to be killed and frozen."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))  # where its user may go, unlike in `tmp_path`
    try:
        server = own_server(folder)
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _databases_given_back() -> Iterator[None]:
    """What a test has filled is emptied for the next; what is there for several tests stays."""
    before = set(GIVEN)
    yield
    give_back(*set(GIVEN) - before)


@pytest.fixture(scope="session", autouse=True)
def _unhurried() -> Iterator[None]:
    """A busy machine is no slow Slack: what a person waits for has longer here; some tests shorten it.

    Where the clock stands no channel ever ends its rest after a message, so only tests of that have it.
    """
    with pytest.MonkeyPatch.context() as patch:
        for limit in ("slack.pacing.EXTRAS", "slack.pacing.LOOKUPS", "slack.pacing.ANSWER"):
            patch.setattr(f"jobs.{limit}", 10.0)
        patch.setattr("jobs.delivery.wait_for_post.PATIENCE", 5.0)
        patch.setattr("jobs.delivery.lanes.PACE", timedelta(0))
        yield


@pytest.fixture
def clock() -> SteppedClock:
    """A clock that stands on a Monday morning until a test steps it."""
    return SteppedClock(MONDAY)


@pytest.fixture
async def slack(clock: SteppedClock) -> AsyncIterator[FakeSlack]:
    """A running fake Slack with nobody in it but the bot.

    While its clock stands a channel takes no more than a burst; then each answer waits for its post in vain.
    """
    async with FakeSlack(clock=clock) as running:
        running.limits.burst = BURST
        yield running


@dataclass(kw_only=True)
class Company:
    """A lead, an admin, ten people who answer, one of another company, and a channel with them all."""

    lead: User
    admin: User
    people: list[User]
    guest: User
    channel: Channel
    team: Channel


@pytest.fixture
def company(slack: FakeSlack) -> Company:
    """The small company in the fake Slack."""
    add = slack.workspace.add_user
    lead, admin = add("Priya Nair", id="U0LEAD"), add("Ada Boss", id="U0ADMIN", is_admin=True)
    people = [add(f"Person {number}", id=f"U0P{number:02d}") for number in range(10)]
    guest = add("Gil Guest", id="U0GUEST", team_id=slack.workspace.add_team("Client Co").id)
    channel = slack.add_channel("atlas", lead, admin, *people, guest, id="C0ATLAS")
    team = slack.add_channel("atlas-team", lead, admin, id="C0TEAM")
    return Company(lead=lead, admin=admin, people=people, guest=guest, channel=channel, team=team)


async def agree(*_: object, **__: object) -> None:
    """Ask in any case."""


@dataclass(kw_only=True)
class Running:
    """The composed bot behind its real server, and the fake Slack that it serves."""

    bot: Bifocal
    slack: FakeSlack
    clock: SteppedClock

    async def settle(self) -> None:
        """End what the bot has begun, then do what is due."""
        await self.bot.finish()
        await self.bot.tick(self.clock())

    async def step(self, by: timedelta) -> None:
        """Let time pass at once, then do what is due."""
        self.clock.step(by)
        await self.settle()

    async def type(self, user: User, channel: Channel, words: str) -> Message | None:
        """Type `/pulse words`; the newest message that this person alone sees there, or None."""
        await self.slack.command(user, channel, "/pulse", words)
        await self.bot.finish()
        seen = self.slack.ephemerals(user, channel)
        return seen[-1] if seen else None

    async def digest(self, user: User, channel: Channel, words: str) -> Message | None:
        """Type `/pulse digest ...`, and set what is shown; the newest message that this person alone sees."""
        seen = await self.type(user, channel, words)
        if seen is None or "Set it up" not in seen.text:
            return seen
        await self.slack.click(user, seen, "digest_set")
        await self.bot.finish()
        return self.slack.ephemerals(user, channel)[-1]

    async def ask(self, user: User, channel: Channel, words: str = "nps about Atlas") -> Message:
        """Ask by words, for a week unless they say how long; the question as it stands in the channel.

        It is asked also where the bot would want a second yes, or would not ask at all since the same is
        open or the channel is too small: tests of that use `type`.
        """
        if " until " not in words and " for " not in words:
            words = f"{words} for 7 days"
        with pytest.MonkeyPatch.context() as patch:
            for check in ("require_use", "require_countable"):
                patch.setattr(f"jobs.pulses.ask.{check}", agree)
            await self.type(user, channel, f"ask {words}")
        await self.settle()
        return channel.messages[-1]

    async def click(self, user: User, message: Message, point: int) -> None:
        """Choose a point and let the bot finish."""
        await self.slack.click(user, message, f"point/{point}")
        await self.bot.finish()

    async def count(self) -> None:
        """Let the open question close and its answers count: a week, and the grace for forms."""
        await self.step(timedelta(days=7, minutes=20))


@asynccontextmanager
async def composed(
    slack: FakeSlack, clock: SteppedClock, folder: Path, **more: str
) -> AsyncIterator[Running]:
    """The bot on SQLite in `folder`, behind its real server; with `SLACK_APP_TOKEN` in Socket Mode."""
    async with AsyncExitStack() as opened:
        new_database(folder / "bifocal.db")
        settings = settings_for(slack, folder, **more)
        bot = await build(settings, clock=clock)
        for name in KNOWN_PRODUCTS:  # as if somebody had confirmed it; tests of new names use others
            await bot.store.products.create(slack.workspace.team.id, ConfirmedName(name))
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
        slack.bot_url = None if settings.socket_mode else server.url
        if settings.socket_mode:
            await slack.sockets.connected()
        await bot.contact.greet()
        yield Running(bot=bot, slack=slack, clock=clock)


@pytest.fixture
async def running(slack: FakeSlack, clock: SteppedClock, tmp_path: Path) -> AsyncIterator[Running]:
    """The bot over signed HTTP on SQLite in a temporary folder."""
    async with composed(slack, clock, tmp_path) as bot:
        yield bot


def settings_for(slack: FakeSlack, folder: Path, **more: str) -> Settings:
    """Settings that lead to this fake Slack and a database in `folder`."""
    return Settings.load(
        {
            "SLACK_BOT_TOKEN": slack.app.token,
            "SLACK_SIGNING_SECRET": slack.app.signing_secret,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": address_of(folder / "bifocal.db"),
            "BIFOCAL_SECRET": "0123456789abcdef-test",
            "BIFOCAL_TIMEZONE": "Europe/Berlin",
            "PORT": "0",
            "BIFOCAL_FOLDER": str(folder),
        }
        | more
    )
