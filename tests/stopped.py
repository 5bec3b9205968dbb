"""A bot as a process that is told to stop while people click, Slack is slow, and messages are due."""

import asyncio
import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Slow
from storage.records import PostState
from storage.schema.delivery_tables import POST
from storage.store import Store
from tests.killed import CLICKERS, SECRET, Stream, ask_first, fall_due, kept_clicks
from tests.killed import now as real_now
from tests.processes import PATIENCE, BotProcess

SLOW = ("chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "response_url")
DIGESTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What came of a stop: how long it took, what is kept, the states of the outbox, and its exit status.

    `again` is how long a second process took until it had posted what the first had left.
    """

    seconds: float
    status: int
    acked: int
    lost: list[str]
    states: Counter[PostState]
    again: float
    log: str


async def stop_under_load(
    folder: Path, url: str, number: signal.Signals, *, slow: float = 3.0, clicks: int = 40
) -> Stopped:
    """Let people click on a bot whose Slack takes `slow` seconds a call, and stop it in the midst."""
    more = {"BIFOCAL_SECRET": SECRET, "DATABASE_URL": url, "BIFOCAL_FOLDER": str(folder)}
    async with FakeSlack(clock=real_now) as slack, BotProcess(slack, folder, **more) as bot:
        lead, channel = await ask_first(slack, bot)
        for method in SLOW:
            slack.faults.add(method, Slow(slow), times=100_000)
        stream = Stream(slack=slack, question=channel.messages[-1], channel=channel)
        clickers = [asyncio.create_task(stream.go_on()) for _ in range(CLICKERS)]
        stream.running.set()
        others = [slack.add_channel(f"team-{each}", lead) for each in range(DIGESTS)]
        for each, other in enumerate(others):
            await fall_due(url, other, f"Product {each}", lead)
        await stream.answered(clicks)
        async with asyncio.timeout(PATIENCE):
            while not (await states_of(url))[PostState.SENDING]:  # nobody tells when a call begins
                await stream.answered(1)
        began = time.monotonic()
        bot.ask_to_stop(number)
        stream.ended = True
        status = await bot.ended()
        seconds = time.monotonic() - began
        await asyncio.gather(*clickers)
        kept, states = await kept_clicks(url, stream), await states_of(url)
        slack.faults.clear()
        began = time.monotonic()
        slack.bot_url = await bot.start()
        async with asyncio.timeout(PATIENCE):
            while not all(other.messages for other in others):
                await slack.feed.happens("message.posted", since=len(slack.feed), within=PATIENCE)
        again = time.monotonic() - began
        await bot.stop()
    lost = [user_id for user_id in stream.acked if user_id not in kept]
    return Stopped(
        seconds=seconds,
        status=status,
        acked=len(stream.acked),
        lost=lost,
        states=states,
        again=again,
        log="".join(bot.log),
    )


async def states_of(url: str) -> Counter[PostState]:
    """How many messages of the outbox are in which state."""
    store = await Store.open(url)
    found = await store.database.read(lambda connection: connection.execute(POST.select()).all())
    await store.close()
    return Counter(row.state for row in found)
