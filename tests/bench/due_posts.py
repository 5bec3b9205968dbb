"""A thousand questions due at once, and a Slack that takes 100 ms a call: `make bench-due`.

Measured on the running bot, ticker and all: when the first and the last are posted, and how long a lead waits
who asks and closes a question meanwhile. Then the bot is stopped in the middle of another thousand. No post
may be cut off, and nobody told of a post in doubt; else, or should a lead wait for more than 3 s, it fails.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from sqlalchemy import func, select

from bot.app import Bifocal, build
from bot.connection.http_server import Server
from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Slow
from bot.sandbox.api.methods import METHODS
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User
from bot.ticker import Ticker
from storage.records import PostKind, PostState
from storage.schema.delivery_tables import POST
from storage.store import Store
from tests.conftest import settings_for
from tests.standing import a_pulse, this_minute

DUE = 1000
SECONDS_A_CALL = 0.1
IN_THE_MIDST = 200  # posts, then the lead acts
LONGEST_WAIT = 3.0  # seconds for a lead
PATIENCE = 300.0  # seconds for the whole


@dataclass(kw_only=True)
class Scene:
    """The running bot, the slow Slack, and a lead in a channel of their own."""

    slack: FakeSlack
    bot: Bifocal
    ticker: Ticker
    lead: User
    channels: list[Channel]
    own: Channel

    @property
    def posted(self) -> int:
        """In how many of the channels a question stands."""
        return sum(bool(channel.messages) for channel in self.channels)

    async def until_posted(self, count: int) -> float:
        """Return when so many are posted; the moment."""
        with self.slack.feed.follow() as events:
            async with asyncio.timeout(PATIENCE):
                while self.posted < count:
                    await events.get()
        return monotonic()

    async def answered(self, words: str) -> float:
        """How long the lead waits for the answer to `/pulse words`."""
        began, seen = monotonic(), len(self.slack.feed)
        await self.slack.command(self.lead, self.own, "/pulse", words)
        await self.slack.feed.happens("ephemeral.posted", since=seen, within=PATIENCE, user=self.lead.id)
        return monotonic() - began

    async def states(self) -> Counter[PostState]:
        """How many messages stand where."""
        query = select(POST.c.state)
        found = await self.bot.store.database.read(
            lambda connection: connection.execute(query).scalars().all()
        )
        return Counter(found)

    async def kept(self) -> int:
        """Of how many questions it is kept that Slack shows them."""
        query = select(func.count()).where(POST.c.kind == PostKind.WAVE, POST.c.slack_ts.is_not(None))
        return await self.bot.store.database.read(lambda connection: connection.execute(query).scalar_one())

    def twice(self) -> int:
        """In how many channels more than one message stands."""
        return sum(len(channel.messages) > 1 for channel in self.channels)

    def notices(self) -> int:
        """How often the lead was told that something went wrong."""
        return len(self.slack.dms(self.lead))


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


@asynccontextmanager
async def scene() -> AsyncIterator[Scene]:
    """A thousand questions due, and nothing begun yet."""
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="bifocal-bench-")))
        slack = await opened.enter_async_context(FakeSlack(clock=utc_now))
        slack.limits.on = False
        lead = slack.workspace.add_user("Priya Nair", id="U0LEAD")
        channels = [
            slack.add_channel(f"channel-{number}", lead, id=f"C{number:05d}") for number in range(DUE)
        ]
        own = slack.add_channel("own", lead, id="C0OWN")
        settings = settings_for(slack, folder)
        bot = await build(settings, clock=utc_now)
        opened.push_async_callback(bot.close)
        await _due(bot.store, channels, lead)
        server = Server(bot.app, settings, clock=utc_now, not_ready=bot.why_not_ready)
        await server.start()
        opened.push_async_callback(server.stop)
        slack.bot_url = server.url
        await bot.contact.greet()
        for method in METHODS:
            slack.faults.add(method, Slow(SECONDS_A_CALL), times=sys.maxsize)
        ticker = Ticker(bot.steps, clock=utc_now)
        yield Scene(slack=slack, bot=bot, ticker=ticker, lead=lead, channels=channels, own=own)


async def _due(store: Store, channels: list[Channel], lead: User) -> None:
    now = utc_now().replace(second=0, microsecond=0)
    await asyncio.gather(
        *(
            a_pulse(
                store,
                rule=this_minute(now),
                zone="UTC",
                channel_id=channel.id,
                lead_id=lead.id,
                now=now,
                open_for=timedelta(days=1),
            )
            for channel in channels
        )
    )


async def _all_are_posted() -> list[str]:
    async with scene() as lived:
        began = monotonic()
        lived.ticker.start()
        first = await lived.until_posted(1)
        await lived.until_posted(IN_THE_MIDST)
        asking = await lived.answered("ask nps about Atlas")
        closing = await lived.answered(f"close {DUE + 1}")
        posted_meanwhile = lived.posted
        last = await lived.until_posted(DUE)
        lived.bot.stop()
        await lived.ticker.stop()
        states = await lived.states()
        failed = _failures(lived, states, waits=(asking, closing))
        sys.stdout.write(
            f"{DUE} questions due, {SECONDS_A_CALL * 1000:.0f} ms a call: "
            f"first posted after {first - began:.1f} s, last after {last - began:.1f} s "
            f"({DUE / (last - first):.0f}/s)\n"
            f"a lead's `ask` answered after {asking:.2f} s, `close` after {closing:.2f} s "
            f"({posted_meanwhile} posted by then)\n"
            f"{_sums(lived, states)}\n"
        )
        return failed


async def _stopped_in_the_midst() -> list[str]:
    async with scene() as lived:
        lived.ticker.start()
        await lived.until_posted(IN_THE_MIDST)
        began = monotonic()
        lived.bot.stop()
        await lived.ticker.stop()
        took = monotonic() - began
        states = await lived.states()
        sys.stdout.write(f"stopped in the midst of them within {took:.1f} s\n{_sums(lived, states)}\n")
        failed = _failures(lived, states)
        if await lived.kept() != lived.posted:
            failed.append("what is posted is not what is kept as sent")
        return failed


def _sums(lived: Scene, states: Counter[PostState]) -> str:
    in_doubt = states[PostState.UNKNOWN] + states[PostState.SENDING]
    return (
        f"  {lived.posted} posted, {lived.twice()} twice, {in_doubt} cut off or in doubt, "
        f"{lived.notices()} notices to owners"
    )


def _failures(lived: Scene, states: Counter[PostState], *, waits: tuple[float, ...] = ()) -> list[str]:
    checks = {
        "a post was cut off": not states[PostState.UNKNOWN] + states[PostState.SENDING],
        "a post was refused": not states[PostState.FAILED],
        "a question was posted twice": not lived.twice(),
        "an owner was told without a reason": not lived.notices(),
        f"a lead waited for more than {LONGEST_WAIT:.0f} s": all(wait <= LONGEST_WAIT for wait in waits),
    }
    return [failure for failure, holds in checks.items() if not holds]


async def main() -> int:
    """Both cases; 1 when something failed."""
    failed = [*await _all_are_posted(), *await _stopped_in_the_midst()]
    for failure in failed:
        sys.stdout.write(f"FAILED: {failure}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
