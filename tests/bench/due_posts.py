"""A thousand questions due at once, and a Slack that takes 100 ms a call: `make bench-due`.

Measured on the bot as a process of its own, from the minute in which they fall due: when the first and the
last are posted, what processor time a question takes, and how long a lead waits who asks and closes a
question meanwhile. Then the bot is stopped in the middle of another thousand. No post may be cut off, and
nobody told of a post in doubt. With `--a-minute 300` Slack takes so many messages of the whole workspace in
each minute instead; then no method may be called in its pause. It fails where a limit below is not kept.
"""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Slow
from bot.sandbox.api.limits import Limits
from bot.sandbox.api.methods import METHODS
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User
from storage.records import PostKind, PostState
from storage.schema.delivery_tables import POST
from storage.schema.migrate import upgrade
from storage.store import Store
from tests.bench.clicks import cpu_seconds
from tests.processes import BotProcess, database
from tests.standing import a_pulse, this_minute

DUE = 1000
SECONDS_A_CALL = 0.1
TO_GET_READY = 15  # seconds before they fall due
IN_THE_MIDST = 200  # posts, then the lead acts
LONGEST_WAIT = 3.0  # seconds for a lead
FIRST, LAST = 2.0, 10.0  # seconds until the first and the last question stand
LATER = 1.2  # times what the limit of a workspace needs
KNOWN_BY_THEN = 1.0  # seconds after a 429 is sent; what the bot sends meanwhile it has begun before
PATIENCE = 300.0  # seconds for the whole
MINUTE = timedelta(minutes=1)
NEW_MESSAGE = "chat.postMessage"


class OwnLimits(Limits):
    """One message a second in each channel, and so many of the workspace in each minute by the clock."""

    a_minute: int | None = None
    taken: tuple[datetime | None, int] = (None, 0)

    def of_method(self, method: str, a_minute: int) -> int:  # noqa: ARG002 - the tiers do not hold here
        """Seconds until the next minute, where this one has had its messages."""
        if method != NEW_MESSAGE or self.a_minute is None:
            return 0
        now = self.clock()
        minute = now.replace(second=0, microsecond=0)
        count = self.taken[1] if self.taken[0] == minute else 0
        if count < self.a_minute:
            self.taken = minute, count + 1
            return 0
        return 60 - now.second


@dataclass(kw_only=True)
class Scene:
    """The bot, the slow Slack, a lead in a channel of their own, and when the questions fall due."""

    slack: FakeSlack
    bot: BotProcess
    store: Store
    lead: User
    channels: list[Channel]
    own: Channel
    due_at: datetime
    worked: float = field(default=0.0)  # seconds of the processor, until they fall due

    @property
    def posted(self) -> int:
        """In how many of the channels a question stands."""
        return sum(bool(channel.messages) for channel in self.channels)

    async def fall_due(self) -> None:
        """Return when they fall due."""
        await asyncio.sleep((self.due_at - utc_now()).total_seconds())
        self.worked = cpu_seconds(self.bot.pid)

    async def until_posted(self, count: int) -> float:
        """Return when so many are posted; how many seconds after they fell due."""
        posted = self.posted
        with self.slack.feed.follow() as events:
            async with asyncio.timeout(PATIENCE):
                while posted < count:
                    event = await events.get()
                    if event.kind == "message.posted":
                        posted = self.posted
        return (utc_now() - self.due_at).total_seconds()

    async def answered(self, words: str) -> float:
        """How long the lead waits for the answer to `/pulse words`."""
        began, seen = utc_now(), len(self.slack.feed)
        await self.slack.command(self.lead, self.own, "/pulse", words)
        await self.slack.feed.happens("ephemeral.posted", since=seen, within=PATIENCE, user=self.lead.id)
        return (utc_now() - began).total_seconds()

    async def states(self) -> Counter[PostState]:
        """How many messages stand where."""
        query = select(POST.c.state)
        return Counter(await self.store.database.read(lambda connection: connection.scalars(query).all()))

    async def kept(self) -> int:
        """Of how many questions it is kept that Slack shows them."""
        query = select(func.count()).where(POST.c.kind == PostKind.WAVE, POST.c.slack_ts.is_not(None))
        return await self.store.database.read(lambda connection: connection.execute(query).scalar_one())

    def twice(self) -> int:
        """In how many channels more than one message stands."""
        return sum(len(channel.messages) > 1 for channel in self.channels)

    def notices(self) -> int:
        """How often the lead was told that something went wrong."""
        return len(self.slack.dms(self.lead))

    def limited(self) -> tuple[int, int]:
        """How often Slack said "too many", and the most calls of a new message in one pause.

        A call that was on its way when Slack said so is in no pause.
        """
        calls = [event.at for event in self.slack.feed.of("api.request") if event["method"] == NEW_MESSAGE]
        told = [event.at for event in self.slack.feed.of("api.answer") if event["error"] == "ratelimited"]
        pauses = {
            at.replace(second=0, microsecond=0): at for at in reversed(told)
        }  # the first of each minute
        known = timedelta(seconds=KNOWN_BY_THEN)
        within = [sum(at + known < call < minute + MINUTE for call in calls) for minute, at in pauses.items()]
        return len(told), max(within, default=0)


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


@asynccontextmanager
async def scene(a_minute: int | None = None) -> AsyncIterator[Scene]:
    """A thousand questions that fall due soon, and a bot that has nothing else to do."""
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="bifocal-bench-")))
        slack = FakeSlack(clock=utc_now)
        slack.limits = OwnLimits(utc_now)
        slack.limits.a_minute = a_minute
        await opened.enter_async_context(slack)
        lead = slack.workspace.add_user("Priya Nair", id="U0LEAD")
        channels = [
            slack.add_channel(f"channel-{number}", lead, id=f"C{number:05d}") for number in range(DUE)
        ]
        own = slack.add_channel("own", lead, id="C0OWN")
        await upgrade(database(folder))
        store = await Store.open(database(folder))
        opened.push_async_callback(store.close)
        due_at = (utc_now() + timedelta(seconds=TO_GET_READY) + MINUTE).replace(second=0, microsecond=0)
        await _due(store, channels, lead, due_at)
        bot = await opened.enter_async_context(BotProcess(slack, folder))
        slack.bot_url = await bot.start()
        for method in METHODS:
            slack.faults.add(method, Slow(SECONDS_A_CALL), times=sys.maxsize)
        yield Scene(slack=slack, bot=bot, store=store, lead=lead, channels=channels, own=own, due_at=due_at)


async def _due(store: Store, channels: list[Channel], lead: User, due_at: datetime) -> None:
    await asyncio.gather(
        *(
            a_pulse(
                store,
                rule=this_minute(due_at),
                zone="UTC",
                channel_id=channel.id,
                lead_id=lead.id,
                now=due_at,
                open_for=timedelta(days=1),
            )
            for channel in channels
        )
    )


async def _all_are_posted() -> list[str]:
    async with scene() as lived:
        await lived.fall_due()
        first = await lived.until_posted(1)
        await lived.until_posted(IN_THE_MIDST)
        asking = await lived.answered("ask nps about Atlas")
        closing = await lived.answered(f"close {DUE + 1}")
        posted_meanwhile = lived.posted
        last = await lived.until_posted(DUE)
        took = (cpu_seconds(lived.bot.pid) - lived.worked) / DUE
        await lived.bot.stop()
        states = await lived.states()
        sys.stdout.write(
            f"{DUE} questions due, {SECONDS_A_CALL * 1000:.0f} ms a call: "
            f"first posted after {first:.1f} s, last after {last:.1f} s "
            f"({DUE / (last - first):.0f}/s), {1000 * took:.1f} ms of the processor each\n"
            f"a lead's `ask` answered after {asking:.2f} s, `close` after {closing:.2f} s "
            f"({posted_meanwhile} posted by then)\n"
            f"{_sums(lived, states)}\n"
        )
        late = {
            f"the first came after {FIRST:.0f} s": first <= FIRST,
            f"the last came after {LAST:.0f} s": last <= LAST,
            f"a lead waited for more than {LONGEST_WAIT:.0f} s": max(asking, closing) <= LONGEST_WAIT,
        }
        return _failures(lived, states, **late)


async def _at_the_limit(a_minute: int) -> list[str]:
    async with scene(a_minute) as lived:
        await lived.fall_due()
        first, last = await lived.until_posted(1), await lived.until_posted(DUE)
        await lived.bot.stop()
        states, most = await lived.states(), LATER * 60 * DUE / a_minute
        refused, within = lived.limited()
        sys.stdout.write(
            f"{DUE} questions due, {a_minute} messages a minute: first posted after {first:.1f} s, "
            f"last after {last:.1f} s (at most {most:.0f} s); {refused} refused, "
            f"at most {within} called within a pause\n{_sums(lived, states)}\n"
        )
        late = {
            f"the last came after {most:.0f} s": last <= most,
            "the method was called in its pause": within <= 1,
        }
        return _failures(lived, states, **late)


async def _stopped_in_the_midst() -> list[str]:
    async with scene() as lived:
        await lived.until_posted(IN_THE_MIDST)
        began = utc_now()
        await lived.bot.stop()
        took = (utc_now() - began).total_seconds()
        states = await lived.states()
        sys.stdout.write(f"stopped in the midst of them within {took:.1f} s\n{_sums(lived, states)}\n")
        same = {"what is posted is not what is kept as sent": await lived.kept() == lived.posted}
        return _failures(lived, states, **same)


def _sums(lived: Scene, states: Counter[PostState]) -> str:
    in_doubt = states[PostState.UNKNOWN] + states[PostState.SENDING]
    return (
        f"  {lived.posted} posted, {lived.twice()} twice, {in_doubt} cut off or in doubt, "
        f"{lived.notices()} notices to owners"
    )


def _failures(lived: Scene, states: Counter[PostState], **more: bool) -> list[str]:
    checks = more | {
        "a post was cut off": not states[PostState.UNKNOWN] + states[PostState.SENDING],
        "a post was refused": not states[PostState.FAILED],
        "a question was posted twice": not lived.twice(),
        "an owner was told without a reason": not lived.notices(),
    }
    return [failure for failure, holds in checks.items() if not holds]


async def main(a_minute: int | None) -> int:
    """Both cases, or the one at the limit of a workspace; 1 when something failed."""
    if a_minute:
        failed = await _at_the_limit(a_minute)
    else:
        failed = [*await _all_are_posted(), *await _stopped_in_the_midst()]
    for failure in failed:
        sys.stdout.write(f"FAILED: {failure}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--a-minute", type=int, help="messages that Slack takes of the workspace")
    sys.exit(asyncio.run(main(parser.parse_args().a_minute)))
