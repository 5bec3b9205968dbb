"""Where a question is not asked at once: it cannot work, is open already, or could not be counted yet."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from jobs.instruments import INSTRUMENTS
from jobs.messages.lead import asking_notes, confirm_asking
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.wording.voice import MRKDWN, Voice
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.privacy.repeat_rule import four_weeks_after
from jobs.privacy.round_rule import is_small, number_from, word_from
from jobs.pulses.earlier_askings import Planned, counted_until, plan
from jobs.pulses.meet_digest import closes_of
from jobs.slack.directory import Directory
from jobs.slack.pacing import for_extras
from storage.records import GRACE, Wave
from storage.store import Store

Answer = TypeVar("Answer")
Told = Callable[[Voice], str]
LONGEST_OPEN = timedelta(days=91)
PATIENCE = 2.0  # seconds
ANY_QUESTION = 14  # days
MONTH = 30  # days


class StillOpen(Refused):
    """Raised where the same question is open in the channel: `wave`."""

    def __init__(self, wave: Wave) -> None:
        super().__init__(confirm_asking.open_here(wave))
        self.wave = wave


class TooSoon(Refused):
    """Raised where answers could not be counted yet, but from `again` on; `told` says why, in mrkdwn."""

    def __init__(self, told: Told, again: date) -> None:
        super().__init__(f"{told(MRKDWN)} Nothing was asked.")
        self.told, self.again = told, again


async def require_use(
    store: Store, directory: Directory, draft: AskDraft, requester: Requester, *, min_group: int
) -> None:
    """Raise StillOpen, or Refused in so small a channel that nothing could be shown; not for a schedule."""
    if draft.cadence is not None:
        return
    for wave in await open_here(store, draft, requester):
        raise StillOpen(wave)
    people = await soon(directory.people(requester.team_id, draft.channel_id))
    if people is not None and too_small(draft, people, min_group=min_group):
        raise Refused(f"{small_channel(draft, people, min_group=min_group)} Nothing was asked.")


async def require_countable(store: Store, draft: AskDraft, requester: Requester, *, weeks: int) -> None:
    """Raise TooSoon where answers could not be counted when it closes, unless the lead said yes to that."""
    if draft.anyway:
        return
    if days := await too_soon(store, draft, requester, weeks=weeks):
        raise TooSoon(partial(asking_notes.counted_lately, *days), days[1])
    if (wave := await _being_counted(store, draft, requester)) is not None:
        counted_on = (wave.closes_at + GRACE).astimezone(UTC).date()
        again = four_weeks_after(counted_on, weeks)
        closes = await closes_of(store, draft, await plan(store, draft, requester), requester.now)
        if closes.astimezone(UTC).date() < again:
            raise TooSoon(partial(asking_notes.being_counted, wave.answered, again), again)


async def soon(answer: Awaitable[Answer]) -> Answer | None:
    """What Slack tells, if that is without keeping the asker waiting."""
    try:
        async with asyncio.timeout(for_extras(PATIENCE)):
            return await answer
    except TimeoutError:
        return None


def small_channel(draft: AskDraft, people: int, *, min_group: int, first: int | None = None) -> str:
    """What a lead should know of a channel of so few people.

    `first` is how many they were when what waits of this question was asked first; None where none does.
    """
    word, number = _needs(draft, people if first is None else first, min_group)
    return asking_notes.small_channel(people, word=word, number=number)


def too_small(draft: AskDraft, people: int, *, min_group: int) -> bool:
    """Whether nothing could be shown even if everybody in a channel answers, as far as can be foretold."""
    word, number = _needs(draft, people, min_group)
    return people < (word or number) and not draft.named and draft.cadence is None


def _needs(draft: AskDraft, people: int, min_group: int) -> tuple[int | None, int]:
    """How many have to answer for a word, None where none is shown, and for a score."""
    word = word_from(min_group) if is_small(people) or draft.cadence is None else None
    number = number_from(min_group)
    return (word if word is not None and word < number else None), number


async def open_here(store: Store, draft: AskDraft, requester: Requester) -> list[Wave]:
    """The waves of the same question that are open in this channel, the newest first."""
    planned = await plan(store, draft, requester)
    waves = await store.waves.recent(
        requester.team_id, draft.channel_id, instrument=draft.instrument, since=requester.now
    )
    return [
        wave
        for wave in waves
        if wave.open_at(requester.now)
        and Planned.of_pulse(wave.pulse, day=planned.day).question == planned.question
    ]


async def _being_counted(store: Store, draft: AskDraft, requester: Requester) -> Wave | None:
    """The wave of the same question that has closed with enough answers and whose last forms may come in."""
    if draft.named or draft.cadence is not None:
        return None
    planned = await plan(store, draft, requester)
    waves = await store.waves.recent(
        requester.team_id, draft.channel_id, instrument=draft.instrument, since=requester.now - LONGEST_OPEN
    )
    for wave in waves:
        if wave.settled_at or wave.counted_at or wave.taken_down or wave.open_at(requester.now):
            continue
        small = is_small(wave.invited) or wave.pulse.cadence is None
        need = word_from(wave.promise) if small else number_from(wave.promise)
        same = Planned.of_pulse(wave.pulse, day=planned.day).question == planned.question
        if same and wave.answered >= need:
            return wave
    return None


async def tires(
    store: Store, directory: Directory, draft: AskDraft, requester: Requester, *, asked: str = ""
) -> str | None:
    """The advice not to ask again so soon, in one sentence; None where the last asking is long enough ago.

    The same question rests for its own pause; of any others one is asked within two weeks, in a channel
    shared with another company within 30 days. `asked` is the pulse of this very request: another of its
    buttons may have asked meanwhile.
    """
    instrument, team_id = INSTRUMENTS[draft.instrument], requester.team_id
    longest = requester.now - timedelta(days=max(instrument.pause_days, MONTH))
    waves = await store.waves.recent(team_id, draft.channel_id, instrument=None, since=longest)
    others = [wave for wave in waves if wave.opened_at > longest and wave.pulse.id != asked]
    same = [wave for wave in others if wave.pulse.instrument == instrument.key]

    def day(wave: Wave) -> date:
        return wave.opened_at.astimezone(ZoneInfo(draft.zone)).date()

    def within(days: int, found: Sequence[Wave]) -> list[Wave]:
        return [wave for wave in found if wave.opened_at > requester.now - timedelta(days=days)]

    if again := within(instrument.pause_days, same):
        return asking_notes.asked_lately(instrument, day(again[0]))
    if instrument.most_a_month and len(often := within(MONTH, same)) >= instrument.most_a_month:
        return asking_notes.asked_often(instrument, len(often), day(often[0]))
    channel = await soon(directory.channel(team_id, draft.channel_id))
    days = MONTH if channel and channel.shared else ANY_QUESTION
    if other := within(days, others):
        return asking_notes.asked_another(INSTRUMENTS[other[0].pulse.instrument], day(other[0]), days)
    return None


async def too_soon(
    store: Store, draft: AskDraft, requester: Requester, *, weeks: int
) -> tuple[date, date] | None:
    """When the question was last counted, and from when on answers are; None where these count at once.

    What closes by then counts at once: it goes by the close, not by the day on which it is asked.
    """
    if draft.named or draft.cadence is not None:
        return None
    planned = await plan(store, draft, requester)
    closes = await closes_of(store, draft, planned, requester.now)
    return await counted_until(store, replace(planned, day=closes.astimezone(UTC).date()), weeks=weeks)
