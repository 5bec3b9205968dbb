"""Sends the one reminder of a question: in its channel, to one person alone, who has not answered.

It is claimed before it is sent, and never tried again. Ids of people are in memory only.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from jobs.answers.respondent_key import Respondents
from jobs.delivery.lanes import Budget
from jobs.instruments import INSTRUMENTS
from jobs.messages.respondent.reminder import reminder
from jobs.reminders.claim_writing import cap_of, lately_restored
from jobs.reminders.writing_rule import LOOK_AHEAD, ReminderTime, may_be_time, reminder_time
from jobs.slack.call_outcome import CallOutcome, failed_call
from jobs.slack.directory import HOUR, MINUTE, Directory
from jobs.slack.local_zones import LocalZones
from jobs.slack.pacing import Pacing
from jobs.slack.permalink import permalink
from jobs.steps import Item, StepRunner
from storage.records import AnswerKey, Post, Pulse, WaveHeader
from storage.reminders.claims import Claim
from storage.reminders.pauses import once_forgotten
from storage.store import Store

LOG = logging.getLogger(__name__)
METHOD = "chat.postEphemeral"
AT_ONCE, A_MINUTE = 20, 30  # Slack takes 100 a minute: most is left to receipts, also beside another process
TIME_LIMIT = 10.0  # seconds
LEFT = {"user_not_in_channel", "user_not_found", "user_not_visible"}

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a question stands."""

    channel_id: str
    link: str | None


class Reminding:
    """The step `remind` of one process. What it knows beside the database only saves it from asking Slack.

    `clock` tells the time right before each reminder: what has closed meanwhile gets none.
    """

    def __init__(
        self,
        store: Store,
        directory: Directory,
        respondents: Respondents,
        runner: StepRunner,
        *,
        client: AsyncWebClient,
        pacing: Pacing,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._respondents = respondents
        self._runner = runner
        self._client = client
        self._pacing = pacing
        self._clock = clock
        self._directory = directory
        self._zones = LocalZones(directory, clock)
        self._budget = Budget(AT_ONCE, A_MINUTE)
        self._rests_until: datetime | None = None  # after Slack was silent or had enough
        self._look_at: dict[Key, datetime] = {}  # when it is next time for anybody, by wave

    async def remind_due(self, now: datetime) -> None:
        """Remind whoever it is time for, as far as Slack and the budget allow; the rest comes next time."""
        if lately_restored(self._store, now):
            return
        waves = await self._store.reminders.closing(now, now + LOOK_AHEAD)
        open_ = {(wave.team_id, wave.id) for wave in waves}
        self._look_at = {key: at for key, at in self._look_at.items() if key in open_}
        items = [
            Item(
                name=f"reminding of wave {wave.id} of team {wave.team_id}",
                run=partial(self._remind, wave),
                optional=True,
            )
            for wave in waves
            if self._look_at.get((wave.team_id, wave.id), now) <= now
            and may_be_time(wave.opened_at, wave.closes_at, now)
        ]
        await self._runner.run_all(items, now=now)

    async def _remind(self, wave: WaveHeader) -> None:
        """Raises SlackUnavailable where Slack does not tell who is in the channel, and in which zone."""
        if self._may_not_send(wave) or (post := await self._post(wave)) is None:
            return
        local = await self._zones.of_people_in(wave.team_id, post.channel_id)
        now, times = self._clock(), self._times(wave, local.zones)
        people = await self._wanted(wave, [each for each, time in times.items() if now in time], now)
        link = await permalink(self._client, post.channel_id, str(post.slack_ts)) if people else None
        sent, is_over = 0, True
        for user_id in people:
            if self._may_not_send(wave):
                is_over = False
                break
            sent += await self._send(wave, _Place(post.channel_id, link), user_id)
        if sent:
            LOG.info("wave %s of team %s: %d reminders", wave.id, wave.team_id, sent)
        if is_over and local.whole:
            later = [time.start for time in times.values() if time.start > now]
            self._look_at[wave.team_id, wave.id] = min([*later, now + HOUR])

    async def _wanted(self, wave: WaveHeader, people: list[str], now: datetime) -> list[str]:
        """Those of the people who have not answered and whom nothing holds back, by their ids."""
        if not people:
            return []
        pause = _pause(wave.pulse)
        answered, held = await self._store.reminders.left_out(wave, now=now, pause=pause)
        return [
            each
            for each in sorted(people)
            if answered.isdisjoint(self._respondents.both(wave.team_id, each))
            and (code := self._respondents.confidential(wave.team_id, each)) not in held
            and once_forgotten(wave.id, code) not in held
        ]

    def _times(self, wave: WaveHeader, zones: dict[str, str]) -> dict[str, ReminderTime]:
        of_zone = {zone: reminder_time(wave.opened_at, wave.closes_at, zone) for zone in set(zones.values())}
        return {user_id: time for user_id, zone in zones.items() if (time := of_zone[zone])}

    async def _post(self, wave: WaveHeader) -> Post | None:
        """The message of the question; None where nobody knows where it stands."""
        post = await self._store.outbox.post_for(wave.team_id, wave.id)
        return None if post is None or post.slack_ts is None or post.delete else post

    def _may_not_send(self, wave: WaveHeader) -> bool:
        """Whether no more is to be claimed now: the process ends, Slack takes none, the budget is spent."""
        now = self._clock()
        return bool(
            self._runner.stopped
            or self._look_at.get((wave.team_id, wave.id), now) > now
            or (self._rests_until and now < self._rests_until)
            or self._pacing.left(METHOD)
            or self._pacing.left(f"{METHOD} {wave.pulse.channel_id}")
            or not self._budget.room(now)
        )

    async def _send(self, wave: WaveHeader, place: _Place, user_id: str) -> bool:
        """Whether Slack has taken the reminder to one person; it is claimed first and counts as sent then.

        Their zone is asked for anew: who has just landed elsewhere is not woken. Raises SlackUnavailable.
        """
        person = await self._directory.person(wave.team_id, user_id, fresh=MINUTE)
        now = self._clock()
        time = reminder_time(wave.opened_at, wave.closes_at, person.zone) if person.zone else None
        answer = AnswerKey(
            team_id=wave.team_id, wave_id=wave.id, respondent=self._respondents.of(wave.pulse, user_id)
        )
        keys = self._respondents.both(wave.team_id, user_id)
        cap, pause = cap_of(person, wave.team_id), _pause(wave.pulse)
        claim = Claim(respondent=keys[0], answer=answer, keys=keys, cap=cap, pause=pause)
        if not time or now not in time or not await self._store.reminders.claim(claim, now=now):
            return False
        self._budget.take(now)
        message = reminder(
            wave.id, wave.pulse, closes_on=time.closes.weekday(), is_eve=time.is_eve, link=place.link
        )
        try:
            async with asyncio.timeout(TIME_LIMIT):
                await self._client.chat_postEphemeral(channel=place.channel_id, user=user_id, **message)
        except Exception as error:  # noqa: BLE001 - those that are no end of a call are raised again
            self._failed(wave, error)
            return False
        return True

    def _failed(self, wave: WaveHeader, error: Exception) -> None:
        """One reminder less; where the next one would fail too, none is claimed for a while."""
        failed, now = failed_call(error), self._clock()
        self._pacing.heed(f"{METHOD} {wave.pulse.channel_id}", failed)
        if failed.error in LEFT:
            return
        silent = failed.outcome in (CallOutcome.AGAIN, CallOutcome.LOST)
        self._rests_until = now + max(failed.wait, MINUTE if silent else timedelta(0))
        if not silent:
            LOG.warning("wave %s of team %s is not reminded of: %s", wave.id, wave.team_id, failed.error)
            self._look_at[wave.team_id, wave.id] = now + HOUR


def _pause(pulse: Pulse) -> timedelta:
    """How long nobody is reminded again of what is asked with the same instrument."""
    return timedelta(days=INSTRUMENTS[pulse.instrument].pause_days)
