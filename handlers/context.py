"""What listeners and commands may use, and the slash command that was typed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from handlers.background import BackgroundTasks
from handlers.payloads import Actor, Click, Clock
from jobs.answers.record_answer import Classify
from jobs.answers.respondent_key import Respondents
from jobs.figures.load_contrast import WINDOW
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.sentence import sentence
from jobs.permissions.requester import Requester
from jobs.privacy.look import CountSettings, KeptFor
from jobs.slack.directory import Directory, SlackUnavailable
from jobs.slack.upload import Uploads
from storage.records import Period, Posting
from storage.store import Store

ZONE_LIMIT = 0.8  # seconds; what else an answer has to know is worth more


class WaitForPost(Protocol):
    """Gives what became of the message of a wave, an edition or a share, of which `reader` is told."""

    def __call__(self, *, team_id: str, ref: str, reader: str) -> Awaitable[Posting]:
        """As soon as that is known, or after a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The parts that listeners and commands work with; the numbers, `kept_for` and `zone` are settings.

    `wake` tells the sender that a message waits in the outbox; it returns at once and sends nothing itself.
    `wait_for_post` waits a moment for what becomes of such a message. `uploads` brings pictures to Slack.
    """

    store: Store
    directory: Directory
    respondents: Respondents
    client: AsyncWebClient
    classify: Classify
    background: BackgroundTasks
    clock: Clock
    min_group: int
    round_weeks: int
    kept_for: KeptFor
    zone: str
    wake: Callable[[], None]
    wait_for_post: WaitForPost
    uploads: Uploads

    @property
    def counting(self) -> CountSettings:
        """The settings by which questions are counted."""
        return CountSettings(self.min_group, self.round_weeks)

    async def once_posted(
        self, requester: Requester, ref: str, *, posted: Message, on_its_way: Message
    ) -> Message | None:
        """Send what waits; then what is said of the message of `ref`, a wave or an edition.

        Of one that does not stand, why; None where the requester is told that otherwise.
        """
        self.wake()
        posting = await self.wait_for_post(team_id=requester.team_id, ref=ref, reader=requester.user_id)
        if posting.stands is False:
            return sentence(posting.why_not) if posting.why_not else None
        return posted if posting.stands else on_its_way

    def learn_where(self, click: Click, ref: str) -> None:
        """A click in a message that shows a wave, an edition or a share, by its id, tells where that stands.

        Where nobody knew it, it can be renewed and removed from then on.
        """
        if (click.actor.team_id, ref) in self.store.doubts.refs:
            self.background.start(self._adopt(click, ref), ref=ref)

    async def _adopt(self, click: Click, ref: str) -> None:
        where, channel_id = click.container, click.channel_id
        if where and where.message_ts and channel_id and not click.private:
            await self.store.doubts.adopt(
                click.actor.team_id, ref, channel_id=channel_id, slack_ts=where.message_ts
            )
            self.wake()

    async def zone_of(self, requester: Requester) -> str:
        """The person's own zone if Slack tells it, else the settings'; whoever is answered reads which."""
        try:
            async with asyncio.timeout(ZONE_LIMIT):
                person = await self.directory.person(requester.team_id, requester.user_id)
        except (SlackUnavailable, TimeoutError):
            return self.zone
        return person.zone or self.zone

    def known_zone(self, actor: Actor | Requester) -> str:
        """The person's own zone as far as Slack told it lately, else the settings'; asks nobody."""
        known = self.directory.remembered(actor.team_id, actor.user_id)
        return (known.zone if known else None) or self.zone


@dataclass(frozen=True, slots=True, kw_only=True)
class SlashCommand(Requester):
    """A slash command: who typed which words where and when, and the trigger for a form."""

    words: str
    trigger_id: str

    @classmethod
    def by_click(
        cls, click: Click, words: str, *, now: datetime, channel_id: str | None = None
    ) -> "SlashCommand":
        """The command that a button stands for, with the words behind it; Home has no channel of its own."""
        return cls(
            team_id=click.actor.team_id,
            user_id=click.actor.user_id,
            channel_id=channel_id or click.channel_id or "",
            words=words,
            trigger_id=click.trigger_id,
            now=now,
        )

    def about_group(self, group: str | None) -> "SlashCommand":
        """The same command about a group of channels, where one was named."""
        return self if group is None else replace(self, group=group)

    def period(self, said: Period | None, zone: str) -> Period:
        """The period that was named, else the last six weeks, on the clocks of a zone."""
        here = self.now.astimezone(ZoneInfo(zone))
        return said.seen_in(ZoneInfo(zone)) if said else Period(here - WINDOW, here)


def requester_of(actor: Actor, *, channel_id: str | None, now: datetime) -> Requester:
    """Who acts with a click or a form, as jobs know them; a direct message is no channel."""
    here = "" if channel_id is None or channel_id.startswith("D") else channel_id
    return Requester(team_id=actor.team_id, user_id=actor.user_id, channel_id=here, now=now)
