"""The bot as a process of its own, told to stop in the midst of work."""

import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Silence
from bot.sandbox.model.channels import Channel
from storage.records import PostState
from storage.store import Store
from tests.killed import SECRET, fall_due, now, posted
from tests.migrated import new_database
from tests.processes import PATIENCE, BotProcess, database
from tests.standing import TEAM
from tests.stopped import stop_under_load

ENDED = 12.0  # seconds: 9.5, and what a busy machine adds to the start and the end of a process
AT_ONCE = 40.0  # seconds of a busy machine for a start; a lease that was not given back takes 120


async def test_a_stop_under_load_loses_nothing_and_leaves_no_lease(tmp_path: Path) -> None:
    """While people click and each call takes half a second; whoever comes next posts what is due at once."""
    stopped = await stop_under_load(
        tmp_path, new_database(tmp_path / "bifocal.db"), signal.SIGTERM, slow=0.5, clicks=20
    )
    assert stopped.status in (0, -signal.SIGTERM)  # the latter where a busy machine needs the whole time
    assert stopped.seconds < ENDED
    assert stopped.acked
    assert stopped.lost == []
    assert not stopped.states[PostState.SENDING]
    assert stopped.again < AT_ONCE
    assert "Traceback" not in stopped.log


@asynccontextmanager
async def waiting_for_slack(folder: Path) -> AsyncIterator[tuple[FakeSlack, BotProcess, Channel]]:
    """A bot whose post has arrived, and which waits for Slack's answer to it."""
    async with FakeSlack(clock=now) as slack, BotProcess(slack, folder, BIFOCAL_SECRET=SECRET) as bot:
        lead = slack.workspace.add_user("Priya Nair")
        people = [slack.workspace.add_user(f"Colleague {number}") for number in range(12)]
        channel = slack.add_channel("atlas", lead, *people)
        new_database(folder / "bifocal.db")
        await fall_due(database(folder), channel, "Atlas", lead)
        slack.faults.add("chat.postMessage", Silence())
        await bot.start()
        await slack.feed.happens("message.posted", within=PATIENCE, channel=channel.id)
        yield slack, bot, channel


@pytest.fixture
def in_a_terminal() -> Iterator[None]:
    """What is started hears that its terminal closes, though these tests may run under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("in_a_terminal")
async def test_a_stop_ends_what_is_under_way(tmp_path: Path) -> None:
    """Its terminal closes while Slack is slow to answer a post, and it waits: no post is left in doubt."""
    async with waiting_for_slack(tmp_path) as (slack, bot, channel):
        bot.ask_to_stop(signal.SIGHUP)
        await bot.says("stopping")
        slack.faults.release()
        assert await bot.ended() == 0
    store = await Store.open(database(tmp_path))
    assert await store.doubts.expire(now=now() + timedelta(days=1)) == []
    post = await store.outbox.get(TEAM, posted(channel.messages[0]))
    assert post is not None
    assert post.state is PostState.SENT
    await store.close()


async def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    """Slack is silent, so the end in order would wait; the log says that nothing confirmed is lost."""
    async with waiting_for_slack(tmp_path) as (slack, bot, _):
        bot.ask_to_stop(signal.SIGINT)
        await bot.says("stopping")
        bot.ask_to_stop(signal.SIGTERM)
        await bot.says("ended at once by a second signal; no answer that was confirmed is lost")
        assert await bot.ended() == -signal.SIGTERM
        slack.faults.release()
