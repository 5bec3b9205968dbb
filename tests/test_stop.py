"""The bot as a process of its own, told to stop in the midst of work."""

import signal
from pathlib import Path

from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Silence
from storage.records import PostState
from tests.killed import SECRET, fall_due, now
from tests.migrated import new_database
from tests.processes import PATIENCE, BotProcess, database
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


async def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    """Slack is silent, so the end in order would wait; the log says that nothing confirmed is lost."""
    async with FakeSlack(clock=now) as slack, BotProcess(slack, tmp_path, BIFOCAL_SECRET=SECRET) as bot:
        lead = slack.workspace.add_user("Priya Nair")
        people = [slack.workspace.add_user(f"Colleague {number}") for number in range(12)]
        channel = slack.add_channel("atlas", lead, *people)
        new_database(tmp_path / "bifocal.db")
        await fall_due(database(tmp_path), channel, "Atlas", lead)
        slack.faults.add("chat.postMessage", Silence())
        await bot.start()
        await slack.feed.happens("message.posted", within=PATIENCE, channel=channel.id)
        bot.ask_to_stop(signal.SIGINT)
        await bot.says("stopping")
        bot.ask_to_stop(signal.SIGTERM)
        await bot.says("ended at once by a second signal; no answer that was confirmed is lost")
        assert await bot.ended() == -signal.SIGTERM
        slack.faults.release()
