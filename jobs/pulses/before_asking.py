"""What a lead should know before asking."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from jobs.instruments import INSTRUMENTS
from jobs.messages.lead import asking_notes
from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.may_post import may_post
from jobs.permissions.requester import Requester
from jobs.slack.directory import Directory
from storage.store import Store

SMALL_CHANNEL = 15  # people


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAsking:
    """What Slack and the store know of a question before it is asked.

    `asked_by` is the lead's name, `people` is how many can see it; `shared` says that other companies are in
    the channel; `notes` are sentences of caution.
    """

    asked_by: str
    people: int
    shared: bool
    notes: list[str]


async def look_ahead(
    store: Store, directory: Directory, draft: AskDraft, requester: Requester, *, min_group: int
) -> BeforeAsking:
    """What a lead should see before asking; raises Refused where it cannot be asked."""
    await may_post(directory, requester, draft.channel_id)
    channel = await directory.channel(draft.channel_id)
    return BeforeAsking(
        asked_by=(await directory.person(requester.user_id)).name,
        people=await directory.people(draft.channel_id),
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
        if wave.closed_at is None and wave.closes_at > requester.now and wave.pulse.subject == draft.words:
            said.append(asking_notes.still_open(wave))
        elif wave.opened_at > since:
            local = wave.opened_at.astimezone(ZoneInfo(draft.zone)).date()
            said.append(asking_notes.asked_lately(instrument, local))
    if await directory.people(draft.channel_id) < SMALL_CHANNEL:
        said.append(asking_notes.small_channel(min_group))
    return list(dict.fromkeys(said))[:3]
