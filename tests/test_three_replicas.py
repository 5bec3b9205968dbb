"""Three bots on one PostgreSQL database, in short what `make bench-windows` does at length with processes."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.sandbox import FakeSlack, SteppedClock
from bot.sandbox.api.faults import Fault, LostAnswer, RateLimited, ServerError
from storage.records import PostState
from storage.store import Store
from tests.conftest import Company, settings_for
from tests.databases import databases
from tests.replicas import Replica, keys
from tests.standing import a_pulse

WINDOWS = 21


async def test_three_bots_post_each_window_once(
    slack: FakeSlack, clock: SteppedClock, company: Company, tmp_path: Path
) -> None:
    """One is killed in the midst, answers are lost: none is posted twice, and who is in doubt is told."""
    settings = settings_for(slack, tmp_path, DATABASE_URL=databases().migrated())
    channels = [slack.add_channel(f"window-{number}", company.lead) for number in range(WINDOWS)]
    store = await Store.open(settings.database_url)
    for channel in channels:
        await a_pulse(
            store,
            rule="weekly mon 09:00",
            zone="UTC",
            channel_id=channel.id,
            lead_id=company.lead.id,
            now=clock(),
        )
    faults: list[Fault] = [LostAnswer(), ServerError(500, accepted=True), RateLimited(retry_after=1)]
    for channel, fault in zip(channels[::3], faults * 3, strict=False):
        slack.faults.add("chat.postMessage", fault, channel=channel.id)
    async with (
        Replica.of(settings, clock) as one,
        Replica.of(settings, clock) as two,
        Replica.of(settings, clock) as three,
    ):
        dying = one.tick(clock())
        living = asyncio.gather(two.tick(clock()), three.tick(clock()))
        await slack.feed.happens("message.posted", within=60)
        dying.cancel()
        await asyncio.wait({dying})
        await living
        for seconds in (30, 121, 11, 11, 11, 11):
            clock.step(timedelta(seconds=seconds))
            await asyncio.gather(two.tick(clock()), three.tick(clock()))
    posted = keys(*channels)
    doubtful = 0
    for key, times in posted.items():
        post = await store.outbox.get("T0SANDBOX", key)
        assert times == 1
        assert post
        doubtful += post.state is PostState.UNKNOWN
    await store.close()
    told = [message for message in slack.dms(company.lead) if "did not say whether" in message.text]
    assert len(posted) <= WINDOWS
    assert WINDOWS - len(posted) <= len(told) - doubtful
    assert len(told) >= doubtful > 0
