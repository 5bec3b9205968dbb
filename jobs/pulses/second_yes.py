"""Where a question is not asked at once: it cannot work, is open already, or could not be counted yet."""

import asyncio
from collections.abc import Awaitable, Callable
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
QUARTER = 90  # days


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


async def tires(store: Store, draft: AskDraft, requester: Requester, *, asked: str = "") -> str | None:
    """The advice not to ask again so soon, for instruments that are asked at most once a quarter.

    `asked` is the pulse of this very request: another of its buttons may have asked meanwhile.
    """
    instrument = INSTRUMENTS[draft.instrument]
    if instrument.pause_days < QUARTER:
        return None
    since = requester.now - timedelta(days=instrument.pause_days)
    waves = await store.waves.recent(
        requester.team_id, draft.channel_id, instrument=draft.instrument, since=since
    )
    others = [wave.opened_at for wave in waves if wave.opened_at > since and wave.pulse.id != asked]
    opened = max(others, default=None)
    if opened is None:
        return None
    return asking_notes.asked_lately(instrument, opened.astimezone(ZoneInfo(draft.zone)).date())


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
