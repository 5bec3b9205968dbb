"""What a lead should know before asking."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from jobs.instruments import INSTRUMENTS
from jobs.messages.lead import asking_notes
from jobs.messages.lead.ask_draft import AskDraft
from jobs.slack.directory import Directory
from storage.store import Store

SMALL_CHANNEL = 15  # people


async def cautions(
    store: Store, directory: Directory, draft: AskDraft, *, team_id: str, min_group: int, now: datetime
) -> list[str]:
    """What is said before asking and not refused: asked lately, still open here, a channel that is small."""
    said = []
    instrument = INSTRUMENTS[draft.instrument]
    for wave in await store.waves.in_channels(team_id, [draft.channel_id]):
        if wave.pulse.instrument != draft.instrument:
            continue
        if wave.closed_at is None and wave.closes_at > now and wave.pulse.subject == draft.words:
            said.append(asking_notes.still_open(wave))
        elif wave.opened_at > now - timedelta(days=instrument.pause_days):
            local = wave.opened_at.astimezone(ZoneInfo(draft.zone)).date()
            said.append(asking_notes.asked_lately(instrument, local))
    if await directory.people(draft.channel_id) < SMALL_CHANNEL:
        said.append(asking_notes.small_channel(min_group))
    return list(dict.fromkeys(said))[:3]
