"""What a lead should know before asking."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from jobs.instruments import INSTRUMENTS
from jobs.messages.lead import asking_notes
from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.may_post import may_post
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from storage.records.name_folding import fold
from storage.store import Store

SMALL_CHANNEL = 15  # people
PATIENCE = 2.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAsking:
    """What Slack and the store know of a question before it is asked.

    `asked_by` is the lead's name, `people` is how many can see it, None when Slack does not tell; `shared`
    says that other companies are in the channel; `notes` are sentences of caution.
    """

    asked_by: str
    people: int | None
    shared: bool
    notes: list[str]


async def with_known_name(store: Store, draft: AskDraft, *, team_id: str) -> AskDraft:
    """The draft with its product's name as the workspace writes it, where there is such a product."""
    known = await store.products.find(team_id, draft.product)
    return replace(draft, product=known.name) if known else draft


async def look_ahead(
    store: Store, directory: Directory, draft: AskDraft, requester: Requester, *, min_group: int
) -> BeforeAsking:
    """What a lead should see before asking; raises Refused where it cannot be asked."""
    await may_post(directory, requester, draft.channel_id)
    team_id, channel_id = requester.team_id, draft.channel_id
    channel = await directory.channel(team_id, channel_id)
    return BeforeAsking(
        asked_by=(await directory.person(team_id, requester.user_id)).name,
        people=await directory.people(team_id, channel_id),
        shared=bool(channel and channel.shared),
        notes=await cautions(store, directory, draft, requester, min_group=min_group),
    )


async def cautions(
    store: Store, directory: Directory, draft: AskDraft, requester: Requester, *, min_group: int
) -> list[str]:
    """What is said before asking and not refused: asked lately, still open here, a channel that is small."""
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
    people = await _people_soon(directory, requester.team_id, draft.channel_id)
    if people is not None and people < SMALL_CHANNEL:
        said.append(asking_notes.small_channel(min_group))
    return list(dict.fromkeys(said))[:3]


async def _people_soon(directory: Directory, team_id: str, channel_id: str) -> int | None:
    """How many people can answer in the channel, if Slack tells without keeping the asker waiting."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await directory.people(team_id, channel_id)
    except TimeoutError:
        return None
