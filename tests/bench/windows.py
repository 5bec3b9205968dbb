"""Due questions, three processes on PostgreSQL, kills and a faulty Slack: `make bench-windows`.

Each question falls due once, in a channel of its own, while one process after the other is killed and started
again. Of the calls that post, some are refused with 429, some answers are lost and some are errors although
the message was posted. At the end all processes live until the last lease is over. It fails where a question
was posted twice, or is in doubt or missing without its owner having been told.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Fault, Faults, LostAnswer, RateLimited, ServerError, Slow
from bot.sandbox.model.app import DEFAULT_SCOPES, App
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.people import User
from jobs.delivery.look_up import SCOPES
from jobs.delivery.send import LEASE
from storage.records import PostKind, PostState
from storage.schema.delivery_tables import POST
from storage.schema.migrate import upgrade
from storage.store import Store
from tests.databases import own_server
from tests.processes import BotProcess
from tests.standing import a_pulse, this_minute

SECRET = "0123456789abcdef-bench"
REPLICAS = 3
SECONDS_A_POST = 0.2
BETWEEN_WINDOWS = 0.25  # seconds
BETWEEN_KILLS = (1.0, 4.0)  # seconds
FAULTS: Mapping[Fault, float] = {
    LostAnswer(): 0.08,
    ServerError(500, accepted=True): 0.08,
    RateLimited(retry_after=1): 0.05,
}
"""What happens to a call that posts, and how often."""
CHANCE = random.Random(5)  # noqa: S311 - no secret


class RandomFaults(Faults):
    """Any call that posts to a channel may fail; notices to people arrive."""

    def __init__(self) -> None:
        super().__init__()
        self.met: Counter[str] = Counter()

    def next(self, method: str, channel: str | None) -> Fault | None:
        """The fault that this call meets."""
        if method == "chat.postMessage" and channel and channel.startswith("CW"):
            for fault, chance in FAULTS.items():
                if CHANCE.random() < chance:
                    self.met[type(fault).__name__] += 1
                    return fault
            return Slow(SECONDS_A_POST)
        return None


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


async def fall_due(store: Store, channels: list[Channel], lead: User) -> None:
    """One question after the other, each due in the minute in which it is made."""
    for channel in channels:
        now = utc_now().replace(second=0, microsecond=0)
        await a_pulse(
            store, rule=this_minute(now), zone="UTC", channel_id=channel.id, lead_id=lead.id, now=now
        )
        await asyncio.sleep(BETWEEN_WINDOWS)


async def kill_often(process: BotProcess, over: asyncio.Event) -> int:
    """Kill it and start it, again and again until it is `over`; how often."""
    kills = 0
    while not over.is_set():
        await asyncio.sleep(CHANCE.uniform(*BETWEEN_KILLS))
        await process.kill()
        kills += 1
        await process.start()
    return kills


async def states(store: Store) -> dict[str, PostState]:
    """What became of the question of each channel."""

    def work(connection: Connection) -> dict[str, PostState]:
        query = select(POST.c.channel_id, POST.c.state).where(POST.c.kind == PostKind.WAVE)
        return {channel: PostState(state) for channel, state in connection.execute(query)}

    return await store.database.read(work)


async def settled(store: Store, count: int, under_way: set[PostState]) -> dict[str, PostState]:
    """Wait until no question is `under_way` any more; what became of each."""
    async with asyncio.timeout(4 * LEASE.total_seconds()):
        while True:
            found = await states(store)
            if len(found) == count and not under_way & set(found.values()):
                return found
            await asyncio.sleep(1)


async def post_all(count: int, *, history: bool) -> int:
    """Print what became of the windows; 1 when one was posted twice or went unsaid.

    With `history` the bot may read channels, and so look up what is in doubt.
    """
    async with AsyncExitStack() as opened:
        folder, home = (
            Path(opened.enter_context(tempfile.TemporaryDirectory(prefix=f"bifocal-{name}-")))
            for name in ("bench", "server")
        )
        server = own_server(home, durable=True)
        opened.callback(server.stop)
        await upgrade(server.url())
        scopes = DEFAULT_SCOPES | (SCOPES if history else set())
        slack = FakeSlack(clock=utc_now, app=App(scopes=scopes))
        slack.faults = faults = RandomFaults()
        await opened.enter_async_context(slack)
        slack.limits.on = False
        lead = slack.workspace.add_user("Priya Nair", id="U0LEAD")
        people = [slack.workspace.add_user(f"Colleague {number}") for number in range(10)]
        channels = [
            slack.add_channel(f"window-{number}", lead, *people, id=f"CW{number:05d}")
            for number in range(count)
        ]
        more = {"DATABASE_URL": server.url(), "BIFOCAL_SECRET": SECRET, "BIFOCAL_FOLDER": str(folder)}
        processes = [
            await opened.enter_async_context(BotProcess(slack, folder, **more)) for _ in range(REPLICAS)
        ]
        await asyncio.gather(*(process.start() for process in processes))
        store = await Store.open(server.url())
        opened.push_async_callback(store.close)
        over = asyncio.Event()
        killing = [asyncio.create_task(kill_often(process, over)) for process in processes]
        await fall_due(store, channels, lead)
        over.set()
        kills = sum(await asyncio.gather(*killing))
        under_way = {PostState.PENDING, PostState.SENDING} | ({PostState.UNKNOWN} if history else set())
        found = await settled(store, count, under_way)
        await asyncio.sleep(3 * BETWEEN_KILLS[1])  # notices to the lead follow
        shown = {channel.id: len(channel.messages) for channel in channels}
        said = [message.text for message in slack.dms(lead)]
    return verdict(found, shown, said, kills, faults.met)


def verdict(
    found: dict[str, PostState], shown: dict[str, int], said: list[str], kills: int, met: Counter[str]
) -> int:
    """Print it; 1 when a rule was broken."""
    doubtful = {channel for channel, state in found.items() if state is PostState.UNKNOWN}
    told = {channel for channel in doubtful if any(f"<#{channel}>" in text for text in said)}
    once = sum(times == 1 and channel not in doubtful for channel, times in shown.items())
    twice = sum(times > 1 for times in shown.values())
    never = sum(not times and channel not in doubtful for channel, times in shown.items())
    sys.stdout.write(
        f"{len(shown)} windows, {REPLICAS} processes, {kills} kills, {dict(met)}\n"
        f"posted once and known: {once}   in doubt and told: {len(told)} "
        f"(of them shown {sum(shown[channel] for channel in told)})   in doubt and not told: "
        f"{len(doubtful - told)}   never: {never}   twice: {twice}\n"
    )
    failed = {"posted twice": twice, "never posted": never, "in doubt and not told": len(doubtful - told)}
    for failure, times in failed.items():
        if times:
            sys.stdout.write(f"FAILED: {times} {failure}\n")
    return int(any(failed.values()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=500)
    parser.add_argument("--history", action="store_true", help="with the optional scope to read history")
    given = parser.parse_args()
    sys.exit(asyncio.run(post_all(given.windows, history=given.history)))
