"""What was asked lately of the same people: may a question be asked, and what its asker should know first.

All of it goes by who was asked, as members of channels, never by who answered.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from jobs.cadence import next_after, read
from jobs.instruments import INSTRUMENTS
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.respondent.question import UI_VERSION
from jobs.permissions.requester import Requester
from jobs.privacy.asking_rule import Asking, asked_lately, free_from
from jobs.privacy.repeat_rule import four_weeks_after
from jobs.slack.directory import Directory, SlackUnavailable
from storage.pulses.asked_questions import subject_key
from storage.pulses.askings import Kind, LookedAt
from storage.records import Lens, Pulse, Question, Wave
from storage.records.name_folding import comparison_key
from storage.store import Store

NOT_THERE = "not_in_channel"
WEEKS = 4  # between two counts of a question, unless set otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A question that is about to be asked in a channel on a day (UTC).

    `product_id` is empty for a product that is not there yet; `product_keys` are its names, now and before.
    """

    team_id: str
    channel_id: str
    product_id: str
    product_keys: frozenset[str]
    subject: str
    lens: Lens
    instrument: str
    named: bool
    day: date

    @classmethod
    def of_pulse(cls, pulse: Pulse, *, day: date) -> "Planned":
        """The question of a pulse."""
        return cls(
            team_id=pulse.team_id,
            channel_id=pulse.channel_id,
            product_id=pulse.product.id,
            product_keys=pulse.product.keys,
            subject=pulse.subject,
            lens=pulse.lens,
            instrument=pulse.instrument,
            named=pulse.named,
            day=day,
        )

    @property
    def question(self) -> Question:
        """The question as rounds know it."""
        return Question(
            team_id=self.team_id,
            channel_id=self.channel_id,
            product_id=self.product_id,
            subject_key=subject_key(self.subject, self.product_keys),
            lens=self.lens,
            instrument=self.instrument,
            wording=str(UI_VERSION),
            named=self.named,
        )


async def plan(store: Store, draft: AskDraft, requester: Requester) -> Planned:
    """The question of a draft, as it would be asked today or on the first day of its schedule."""
    known = await store.products.find(requester.team_id, draft.product)
    name = known.name if known else draft.product
    first = first_time(draft, requester)
    return Planned(
        team_id=requester.team_id,
        channel_id=draft.channel_id,
        product_id=known.id if known else "",
        product_keys=known.keys if known else frozenset({comparison_key(name)}),
        subject=draft.subject or name,
        lens=draft.lens or INSTRUMENTS[draft.instrument].lens,
        instrument=draft.instrument,
        named=draft.named,
        day=first.astimezone(UTC).date(),
    )


def first_time(draft: AskDraft, requester: Requester) -> datetime:
    """When a question is asked first: now, or at the first time of its schedule."""
    if draft.cadence is None:
        return requester.now
    return next_after(read(draft.cadence), draft.zone, requester.now).at


class AskedOtherwise(NamedTuple):
    """The first day on which a question may be asked; None where that is the day for which it is planned.

    `looked_at` says what that was found from.
    """

    until: date | None
    looked_at: LookedAt


async def asked_otherwise(
    store: Store, directory: Directory, planned: Planned, *, now: datetime, weeks: int
) -> AskedOtherwise:
    """Whether the same people were just asked with names what is planned without, or the other way round.

    With names and without are not asked within four weeks of each other of anybody in common, about the same
    product and side. Raises SlackUnavailable when Slack does not tell who is in a channel in question; where
    Bifocal is not in that channel any more, everybody may be in both.
    """
    other = Kind(named=not planned.named, lens=planned.lens)
    waves = await _lately(store, planned, now=now, weeks=weeks, kind=other)
    looked_at = LookedAt(since(now, weeks), frozenset(wave.id for wave in waves))
    if not waves:
        return AskedOtherwise(None, looked_at)
    new = _asking(planned, await directory.people_in(planned.team_id, planned.channel_id))
    earlier = [await _earlier(directory, wave, now=now, unseen=new.members) for wave in waves]
    first = free_from(new, earlier, weeks=weeks)
    return AskedOtherwise(first if first > planned.day else None, looked_at)


async def how_many_asked(
    store: Store, directory: Directory, planned: Planned, *, asker_id: str, now: datetime, weeks: int
) -> int | None:
    """How many of the people of a channel were asked the same within four weeks; None for 1 to 4.

    Only public channels, and channels that the asker is in, are looked at. Raises SlackUnavailable when Slack
    does not tell who is in them.
    """
    waves = [
        wave
        for wave in await _lately(store, planned, now=now, weeks=weeks)
        if not wave.pulse.named
        and wave.pulse.instrument == planned.instrument
        and await _may_know(directory, wave, asker_id)
    ]
    if planned.named or not waves:
        return 0
    new = _asking(planned, await directory.people_in(planned.team_id, planned.channel_id))
    earlier = [await _earlier(directory, wave, now=now, unseen=frozenset()) for wave in waves]
    return asked_lately(new, earlier, weeks=weeks)


async def counted_until(store: Store, planned: Planned, *, weeks: int) -> tuple[date, date] | None:
    """When a question was last counted, and from when on new answers are; None where that is at once."""
    counted_on = await store.askings.last_counted_on(planned.question)
    again = four_weeks_after(counted_on, weeks) if counted_on else None
    return (counted_on, again) if counted_on and again and planned.day < again else None


async def _lately(
    store: Store, planned: Planned, *, now: datetime, weeks: int, kind: Kind | None = None
) -> list[Wave]:
    begin = since(now, weeks)
    return await store.askings.about(planned.team_id, planned.product_keys, since=begin, kind=kind)


def since(now: datetime, weeks: int) -> datetime:
    """From when on what was asked with names and what was asked without come too close."""
    return now - timedelta(weeks=weeks)


async def _may_know(directory: Directory, wave: Wave, asker_id: str) -> bool:
    channel = await directory.channel(wave.team_id, wave.pulse.channel_id)
    if channel is None:
        return False
    return not channel.private or asker_id in await directory.members(wave.team_id, channel.id)


async def _earlier(directory: Directory, wave: Wave, *, now: datetime, unseen: frozenset[str]) -> Asking:
    """A wave as an asking; one that is still open is as if it were asked today.

    `unseen` stands for the people of a channel that Bifocal is not in any more.
    """
    day = (now if wave.open_at(now) else wave.opened_at).astimezone(UTC).date()
    try:
        members = await directory.people_in(wave.team_id, wave.pulse.channel_id)
    except SlackUnavailable as unavailable:
        if unavailable.failed.error != NOT_THERE:
            raise
        members = unseen
    return _asking(Planned.of_pulse(wave.pulse, day=day), members)


def _asking(planned: Planned, members: frozenset[str]) -> Asking:
    return Asking(
        question=planned.question, product_keys=planned.product_keys, day=planned.day, members=members
    )
