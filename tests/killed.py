"""People who click without end while the bot is killed again and again, and what was kept of their clicks."""

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox import FakeSlack
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from jobs.answers.respondent_key import Respondents
from storage.records import AnswerKey
from storage.store import Store
from tests.processes import PATIENCE, BotProcess
from tests.standing import TEAM, a_digest, give_news, this_minute
from tests.storage.scene import all_waves

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """What came of it: the clicks as people sent them, the last one kept of each, and all that was posted."""

    stream: Stream
    kept: dict[str, Click]
    log: str
    posted: list[Message]

    @property
    def lost(self) -> list[str]:
        """Who was told that an answer is kept, and of whom neither it nor a newer one is."""
        return [
            user_id
            for user_id, acked in self.stream.acked.items()
            if user_id not in self.kept
            or not (self.kept[user_id] == acked or self.kept[user_id][0] > acked[0])
        ]


async def ask_first(slack: FakeSlack, bot: BotProcess) -> tuple[User, Channel]:
    """Start the bot and have a lead ask a channel of twelve others; the question is its last message."""
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
    return lead, channel


async def kill_often(folder: Path, url: str, *, kills: int, seed: int = 2) -> Killed:
    """Let people click on the bot as a process, kill it so many times in the midst, and start it again.

    While it is away a digest falls due each time, of `Product 0` and so on.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    more = {"BIFOCAL_SECRET": SECRET, "DATABASE_URL": url, "BIFOCAL_FOLDER": str(folder)}
    async with FakeSlack(clock=now) as slack, BotProcess(slack, folder, **more) as bot:
        lead, channel = await ask_first(slack, bot)
        stream = Stream(slack=slack, question=channel.messages[-1], channel=channel)
        clickers = [asyncio.create_task(stream.go_on()) for _ in range(CLICKERS)]
        for number in range(kills):
            stream.running.set()
            await stream.answered(chance.randrange(1, 120))
            await bot.kill()
            stream.running.clear()
            await fall_due(url, channel, f"Product {number}", lead)
            since = len(slack.feed)
            slack.bot_url = await bot.start()
            await slack.feed.happens("message.posted", since=since, within=PATIENCE, channel=channel.id)
        stream.running.set()
        await stream.answered(20)
        stream.ended = True
        await asyncio.gather(*clickers)
        assert await bot.stop() == 0

        log = "".join(bot.log)
        assert not [word for word in (slack.app.token, slack.app.signing_secret, SECRET) if word in log]
    return Killed(stream=stream, kept=await kept_clicks(url, stream), log=log, posted=channel.messages)


def posted(message: Message) -> str:
    """The key of the outbox that rode along."""
    assert message.metadata is not None
    return str(message.metadata["event_payload"]["key"])


async def kept_clicks(url: str, stream: Stream) -> dict[str, Click]:
    """What the database holds of each person, by their id."""
    store = await Store.open(url)
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


async def fall_due(url: str, channel: Channel, product: str, lead: User) -> None:
    """Let the digest of a product fall due while nobody is there to post it."""
    at = now().replace(second=0, microsecond=0)
    store = await Store.open(url)
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
