"""The bot as a process of its own, killed without warning while people click."""

import re
import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Silence
from storage.records import PostState
from storage.store import Store
from tests.databases import databases
from tests.killed import SECRET, fall_due, kill_often, now, posted
from tests.migrated import new_database
from tests.processes import PATIENCE, BotProcess, database
from tests.standing import TEAM

KILLS = {"SQLite": 2, "PostgreSQL": 2}
"""In short; `make bench-kills` does twenty of each."""


@pytest.mark.parametrize("where", KILLS)
async def test_a_kill_loses_no_click_that_was_answered(where: str, tmp_path: Path) -> None:
    """Every click answered 200 before one of the kills is in the database; the due digests post once."""
    url = database(tmp_path) if where == "SQLite" else databases().migrated()
    killed = await kill_often(tmp_path, url, kills=KILLS[where])
    stream = killed.stream
    assert not re.search("|".join(stream.sent), killed.log)  # nor anybody's id
    assert stream.unanswered  # else no kill came in the middle of a click
    assert killed.lost == []
    for user_id in stream.acked:
        assert killed.kept[user_id] in stream.sent[user_id]
    keys = [posted(message) for message in killed.posted]
    assert len(set(keys)) == len(keys)
    for number in range(KILLS[where]):
        titles = [message for message in killed.posted if message.text.startswith(f"Product {number}:")]
        assert len(titles) == 1


@pytest.fixture
def in_a_terminal() -> Iterator[None]:
    """What is started hears that its terminal closes, though these tests may run under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("in_a_terminal")
async def test_a_stop_ends_what_is_under_way(tmp_path: Path) -> None:
    """Its terminal closes while Slack is slow to answer a post, and it waits: no post is left in doubt."""
    async with FakeSlack(clock=now) as slack, BotProcess(slack, tmp_path, BIFOCAL_SECRET=SECRET) as bot:
        lead = slack.workspace.add_user("Priya Nair")
        people = [slack.workspace.add_user(f"Colleague {number}") for number in range(12)]
        channel = slack.add_channel("atlas", lead, *people)
        new_database(tmp_path / "bifocal.db")
        await fall_due(database(tmp_path), channel, "Atlas", lead)
        slack.faults.add("chat.postMessage", Silence())
        await bot.start()
        await slack.feed.happens("message.posted", within=PATIENCE, channel=channel.id)
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
