"""What a lead should know before asking."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from jobs.cadence import later, next_after, read
from jobs.instruments import INSTRUMENTS
from jobs.messages.lead import asking_notes
from jobs.messages.lead.ask_draft import AskDraft
from jobs.messages.wording import why_not
from jobs.permissions.may_post import may_post
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.privacy.round_rule import is_small, number_from, word_from
from jobs.pulses.earlier_askings import WEEKS, Planned, asked_otherwise, counted_until, how_many_asked
from jobs.pulses.meet_digest import Meeting, close_of, meeting
from jobs.slack.directory import Directory, SlackUnavailable
from storage.pulses.askings import LookedAt
from storage.records.name_folding import fold
from storage.store import Store

Answer = TypeVar("Answer")
SMALL_CHANNEL = 15  # people
PATIENCE = 2.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAsking:
    """What Slack and the store know of a question before it is asked.

    `asked_by` is the lead's name, `people` is how many can see it, None when Slack does not tell; `shared`
    says that other companies are in the channel; `notes` are sentences of caution. `closes` is until when it
    is open, the first time, and `meets` the edition that will have the results.
    """

    asked_by: str
    people: int | None
    shared: bool
    notes: list[str]
    closes: datetime
    meets: Meeting | None


async def with_known_name(store: Store, draft: AskDraft, *, team_id: str) -> AskDraft:
    """The draft with its product's name as the workspace writes it, where there is such a product."""
    known = await store.products.find(team_id, draft.product)
    return replace(draft, product=known.name) if known else draft


async def look_ahead(
    store: Store,
    directory: Directory,
    draft: AskDraft,
    requester: Requester,
    *,
    min_group: int,
    weeks: int = WEEKS,
) -> BeforeAsking:
    """What a lead should see before asking; raises Refused where it cannot be asked.

    `min_group` and `weeks` are the settings: the smallest group, and the weeks between two counts.
    """
    await may_post(directory, requester, draft.channel_id)
    await require_apart(store, directory, draft, requester, weeks=weeks)
    team_id, channel_id = requester.team_id, draft.channel_id
    channel = await directory.channel(team_id, channel_id)
    planned, first = await plan(store, draft, requester), _first_time(draft, requester)
    closes = await _closes(store, draft, planned, first)
    return BeforeAsking(
        asked_by=(await directory.person(team_id, requester.user_id)).name,
        people=await directory.people(team_id, channel_id),
        shared=bool(channel and channel.shared),
        notes=await cautions(store, directory, draft, requester, min_group=min_group, weeks=weeks),
        closes=closes,
        meets=await meets_of(store, directory, requester, planned, closes=closes, weeks=weeks),
    )


async def _closes(store: Store, draft: AskDraft, planned: Planned, first: datetime) -> datetime:
    if draft.until:
        return draft.until
    next_at = next_after(read(draft.cadence), draft.zone, first).at if draft.cadence else None
    if draft.open_for:
        said = later(first, draft.open_for, draft.zone)
        return min(said, next_at) if next_at else said
    return await close_of(
        store,
        team_id=planned.team_id,
        channel_id=planned.channel_id,
        product_id=planned.product_id,
        zone=draft.zone,
        now=first,
        next_at=next_at,
    )


async def meets_of(
    store: Store,
    directory: Directory,
    requester: Requester,
    planned: Planned,
    *,
    closes: datetime,
    weeks: int,
) -> Meeting | None:
    """The edition that will have the results of a question, by its close and by when it may be counted."""
    counted = await counted_until(store, replace(planned, day=closes.astimezone(UTC).date()), weeks=weeks)
    return await meeting(
        store,
        directory,
        requester,
        channel_id=planned.channel_id,
        product_id=planned.product_id,
        closes=closes,
        counts_from=counted[1] if counted else None,
    )


async def require_apart(
    store: Store, directory: Directory, draft: AskDraft, requester: Requester, *, weeks: int = WEEKS
) -> LookedAt:
    """Raise Refused where the same people were just asked about the same product and side otherwise.

    Otherwise means with names where this question has none, and the other way round. Gives what was looked
    at, for the write that asks to see whether there is more by then.
    """
    planned = await plan(store, draft, requester)
    first, looked_at = await asked_otherwise(store, directory, planned, now=requester.now, weeks=weeks)
    if first:
        raise Refused(why_not.names_too_close(planned.product_name, first, named=draft.named))
    return looked_at


async def plan(store: Store, draft: AskDraft, requester: Requester) -> Planned:
    """The question of a draft, as it would be asked today or on the first day of its schedule."""
    known = await store.products.find(requester.team_id, draft.product)
    name = known.name if known else draft.product
    first = _first_time(draft, requester)
    return Planned(
        team_id=requester.team_id,
        channel_id=draft.channel_id,
        product_id=known.id if known else "",
        product_name=name,
        subject=draft.subject or name,
        lens=draft.lens or INSTRUMENTS[draft.instrument].lens,
        instrument=draft.instrument,
        named=draft.named,
        day=first.astimezone(UTC).date(),
    )


def _first_time(draft: AskDraft, requester: Requester) -> datetime:
    """When a question is asked first: now, or at the first time of its schedule."""
    if draft.cadence is None:
        return requester.now
    return next_after(read(draft.cadence), draft.zone, requester.now).at


async def cautions(
    store: Store,
    directory: Directory,
    draft: AskDraft,
    requester: Requester,
    *,
    min_group: int,
    weeks: int = WEEKS,
) -> list[str]:
    """What is said before asking and not refused.

    That it was asked lately, or is still open here; that the channel is small; and whose answers would not
    count at once.
    """
    said = await _asked_here(store, draft, requester)
    people = await _soon(directory.people(requester.team_id, draft.channel_id))
    if people is not None and people < SMALL_CHANNEL:
        word = word_from(min_group) if is_small(people) or draft.cadence is None else None
        number = number_from(min_group)
        word = word if word is not None and word < number else None
        said.append(asking_notes.small_channel(people, word=word, number=number))
    return said if draft.named else [*said, *await _counted(store, directory, draft, requester, weeks)]


async def _asked_here(store: Store, draft: AskDraft, requester: Requester) -> list[str]:
    """At most two sentences on the same instrument in this channel, the newest first."""
    said = []
    instrument = INSTRUMENTS[draft.instrument]
    since = requester.now - timedelta(days=instrument.pause_days)
    for wave in await store.waves.recent(
        requester.team_id, draft.channel_id, instrument=draft.instrument, since=since
    ):
        same_words = fold(wave.pulse.subject) == fold(draft.words)
        if same_words and wave.closed_at is None and wave.closes_at > requester.now:
            said.append(asking_notes.still_open(wave))
        elif wave.opened_at > since:
            local = wave.opened_at.astimezone(ZoneInfo(draft.zone)).date()
            said.append(asking_notes.asked_lately(instrument, local))
    return list(dict.fromkeys(said))[:2]


async def _counted(
    store: Store, directory: Directory, draft: AskDraft, requester: Requester, weeks: int
) -> list[str]:
    """Whose answers would not count at once: everybody's, those of so many, perhaps some others'."""
    said = []
    planned = await plan(store, draft, requester)
    if days := await counted_until(store, planned, weeks=weeks):
        said.append(asking_notes.counted_lately(*days))
    asked = await _soon(_how_many(store, directory, planned, requester, weeks))
    if asked:
        said.append(asking_notes.asked_the_same(asked[0], weeks))
    return [*said, asking_notes.asked_elsewhere()]


async def _how_many(
    store: Store, directory: Directory, planned: Planned, requester: Requester, weeks: int
) -> tuple[int | None] | None:
    """How many were asked the same; None where nobody was, or Slack does not tell who is where."""
    try:
        found = await how_many_asked(
            store, directory, planned, asker_id=requester.user_id, now=requester.now, weeks=weeks
        )
    except SlackUnavailable:
        return None
    return None if found == 0 else (found,)


async def _soon(answer: Awaitable[Answer]) -> Answer | None:
    """What Slack tells, if that is without keeping the asker waiting."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await answer
    except TimeoutError:
        return None
