"""What listeners and commands may use, and the slash command that was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from handlers.background import BackgroundTasks
from handlers.payloads import Actor, Click, Clock
from jobs.answers.record_answer import Classify
from jobs.answers.respondent_key import Respondents
from jobs.figures.load_contrast import WINDOW
from jobs.permissions.requester import Requester
from jobs.privacy.look import CountSettings
from jobs.slack.directory import Directory, SlackUnavailable
from jobs.slack.upload import Uploads
from storage.records import Period
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The parts that listeners and commands work with; `min_group`, `round_weeks` and `zone` are settings.

    `wake` tells the sender that a message waits in the outbox; it returns at once and sends nothing itself.
    `uploads` brings pictures to Slack.
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
    zone: str
    wake: Callable[[], None]
    uploads: Uploads

    @property
    def counting(self) -> CountSettings:
        """The settings by which questions are counted."""
        return CountSettings(self.min_group, self.round_weeks)

    async def zone_of(self, requester: Requester) -> str:
        """The person's own zone if Slack tells it, else the settings'; whoever is answered reads which."""
        try:
            return (await self.directory.person(requester.team_id, requester.user_id)).zone or self.zone
        except SlackUnavailable:
            return self.zone


@dataclass(frozen=True, slots=True, kw_only=True)
class SlashCommand(Requester):
    """A slash command: who typed which words where and when, and the trigger for a form."""

    words: str
    trigger_id: str

    @classmethod
    def by_click(cls, click: Click, words: str, *, now: datetime) -> "SlashCommand":
        """The command that a button stands for, with the words behind it."""
        return cls(
            team_id=click.actor.team_id,
            user_id=click.actor.user_id,
            channel_id=click.channel_id or "",
            words=words,
            trigger_id=click.trigger_id,
            now=now,
        )

    def period(self, said: Period | None, zone: str) -> Period:
        """The period that was named, else the last six weeks, on the clocks of a zone."""
        here = self.now.astimezone(ZoneInfo(zone))
        return said.seen_in(ZoneInfo(zone)) if said else Period(here - WINDOW, here)


def requester_of(actor: Actor, *, channel_id: str | None, now: datetime) -> Requester:
    """Who acts with a click or a form, as jobs know them."""
    return Requester(team_id=actor.team_id, user_id=actor.user_id, channel_id=channel_id or "", now=now)
