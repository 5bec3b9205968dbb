"""The bot as a process of its own, killed without warning while people click."""

import asyncio
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sandbox import FakeSlack
from bot.sandbox.api.faults import Silence
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from jobs.answers.respondent_key import Respondents
from storage.records import AnswerKey, PostState
from storage.store import Store
from tests.migrated import new_database
from tests.processes import PATIENCE, BotProcess, database
from tests.standing import TEAM, a_digest, give_news, this_minute
from tests.storage.scene import all_waves

KILLS = 4
CLICKERS = 10
SECRET = "0123456789abcdef-test"
Click = tuple[datetime, int]
"""When it was clicked, and the point."""


def now() -> datetime:
    """The real clock, as the processes read it."""
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Stream:
    """People who click without end, each a new one, some of them twice; `acked` are those answered 200."""

    slack: FakeSlack
    question: Message
    channel: Channel
    sent: dict[str, list[Click]] = field(default_factory=lambda: defaultdict(list))
    acked: dict[str, Click] = field(default_factory=dict)
    unanswered: int = 0
    running: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False
    _counted: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def go_on(self) -> None:
        """One of the clickers; while no bot is there, people wait."""
        while not self.ended:
            await self.running.wait()
            number = len(self.sent)
            user = self.slack.workspace.add_user(f"Clicker {number}")
            self.channel.members.append(user.id)
            for point in (number % 11, (number + 4) % 11)[: 1 + number % 2]:
                await self._click(user, point)

    async def _click(self, user: User, point: int) -> None:
        outcome = await self.slack.click(user, self.question, f"point/{point}")
        assert outcome.delivery is not None
        at = float(outcome.delivery.payload["actions"][0]["action_ts"])
        click = (datetime.fromtimestamp(at, UTC), point)
        self.sent[user.id].append(click)
        if outcome.status == 200:
            self.acked[user.id] = click
        else:
            self.unanswered += 1
        async with self._counted:
            self._counted.notify_all()

    async def answered(self, more: int) -> None:
        """Wait until so many more people were answered."""
        enough = len(self.acked) + more
        async with self._counted, asyncio.timeout(PATIENCE):
            await self._counted.wait_for(lambda: len(self.acked) >= enough)


async def test_a_kill_loses_no_click_that_was_answered(tmp_path: Path) -> None:
    """Every click answered 200 before one of the kills is in the database; the due digests post once."""
    chance = random.Random(2)  # noqa: S311 - no secret
    async with FakeSlack(clock=now) as slack, BotProcess(slack, tmp_path, BIFOCAL_SECRET=SECRET) as bot:
        slack.limits.on = False
        lead = slack.workspace.add_user("Priya Nair")
        people = [slack.workspace.add_user(f"Colleague {number}") for number in range(12)]
        channel = slack.add_channel("atlas", lead, *people)
        slack.bot_url = await bot.start()
        since = len(slack.feed)
        await slack.command(lead, channel, "/pulse", "ask nps about Atlas")
        await slack.feed.happens("ephemeral.posted", since=since, within=PATIENCE, channel=channel.id)
        await slack.click(lead, slack.ephemerals(lead, channel)[-1], "name/new")
        await slack.feed.happens("message.posted", since=since, within=PATIENCE, channel=channel.id)
        stream = Stream(slack=slack, question=channel.messages[-1], channel=channel)
        clickers = [asyncio.create_task(stream.go_on()) for _ in range(CLICKERS)]
        for number in range(KILLS):
            stream.running.set()
            await stream.answered(chance.randrange(1, 120))
            await bot.kill()
            stream.running.clear()
            await fall_due(tmp_path, channel, f"Product {number}", lead)
            since = len(slack.feed)
            slack.bot_url = await bot.start()
            await slack.feed.happens("message.posted", since=since, within=PATIENCE, channel=channel.id)
        stream.running.set()
        await stream.answered(20)
        stream.ended = True
        await asyncio.gather(*clickers)
        assert await bot.stop() == 0

    log = "".join(bot.log)
    assert not [secret for secret in (slack.app.token, slack.app.signing_secret, SECRET) if secret in log]
    assert not re.search("|".join(stream.sent), log)  # nor anybody's id
    assert stream.unanswered  # else no kill came in the middle of a click
    kept = await kept_clicks(tmp_path, stream)
    for user_id, acked in stream.acked.items():
        assert kept[user_id] in stream.sent[user_id]
        assert kept[user_id] == acked or kept[user_id][0] > acked[0]
    keys = [posted(message) for message in channel.messages]
    assert len(set(keys)) == len(keys)
    for number in range(KILLS):
        titles = [message for message in channel.messages if message.text.startswith(f"Product {number}:")]
        assert len(titles) == 1


def posted(message: Message) -> str:
    """The key of the outbox that rode along."""
    assert message.metadata is not None
    return str(message.metadata["event_payload"]["key"])


async def kept_clicks(folder: Path, stream: Stream) -> dict[str, Click]:
    """What the database holds of each person, by their id."""
    store = await Store.open(database(folder))
    respondents = Respondents(SECRET)
    (wave,) = await all_waves(store)
    kept = {}
    for user_id in stream.sent:
        key = AnswerKey(team_id=TEAM, wave_id=wave.id, respondent=respondents.of(wave.pulse, user_id))
        response = await store.responses.response_of(key)
        if response:
            kept[user_id] = (response.answered_at, response.points[1])
    await store.close()
    return kept


async def fall_due(folder: Path, channel: Channel, product: str, lead: User) -> None:
    """Let the digest of a product fall due while nobody is there to post it."""
    at = now().replace(second=0, microsecond=0)
    store = await Store.open(database(folder))
    digest = await a_digest(
        store,
        rule=this_minute(at),
        zone="UTC",
        channel_id=channel.id,
        lead_id=lead.id,
        now=at,
        product=product,
    )
    await give_news(store, digest, at)
    await store.close()


async def test_a_stop_ends_what_is_under_way(tmp_path: Path) -> None:
    """Told to stop while Slack is slow to answer a post, it waits: no post is left in doubt."""
    async with FakeSlack(clock=now) as slack, BotProcess(slack, tmp_path, BIFOCAL_SECRET=SECRET) as bot:
        lead = slack.workspace.add_user("Priya Nair")
        people = [slack.workspace.add_user(f"Colleague {number}") for number in range(12)]
        channel = slack.add_channel("atlas", lead, *people)
        new_database(tmp_path / "bifocal.db")
        await fall_due(tmp_path, channel, "Atlas", lead)
        slack.faults.add("chat.postMessage", Silence())
        await bot.start()
        await slack.feed.happens("message.posted", within=PATIENCE, channel=channel.id)
        bot.ask_to_stop()
        await bot.says("stopping")
        slack.faults.release()
        assert await bot.ended() == 0
    store = await Store.open(database(tmp_path))
    assert await store.outbox.expire(now=now() + timedelta(days=1)) == []
    post = await store.outbox.get(TEAM, posted(channel.messages[0]))
    assert post is not None
    assert post.state is PostState.SENT
    await store.close()
