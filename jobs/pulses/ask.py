"""Makes pulses and opens their waves, where asker and bot may."""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from jobs import cadence
from jobs.instruments import INSTRUMENTS
from jobs.messages.lead.ask_draft import AskDraft
from jobs.pulses.open_waves import open_wave
from jobs.slack.directory import Directory
from storage.records import Occasion, OccasionState, Pulse, Wave
from storage.store import Store


async def ask(
    store: Store,
    directory: Directory,
    draft: AskDraft,
    *,
    team_id: str,
    user_id: str,
    min_group: int,
    now: datetime,
    request_id: str,
) -> tuple[Pulse, Wave | None]:
    """Make the pulse of a draft; without a cadence its only wave opens at once.

    The caller has checked `may_post`. `request_id` is Slack's id of what was typed or sent: however often it
    comes, there is one pulse and one wave. Gives the pulse and the wave that was opened (None when scheduled,
    and when the same request has opened it before).
    """
    face = await directory.person(user_id)
    instrument = INSTRUMENTS[draft.instrument]
    rule = cadence.read(draft.cadence) if draft.cadence else None
    pulse = await store.pulses.create(
        team_id=team_id,
        product=await store.products.named(team_id, draft.product),
        instrument=instrument.key,
        lens=draft.lens or instrument.lens,
        subject=draft.subject or draft.product,
        channel_id=draft.channel_id,
        named=draft.named,
        min_group=min_group,
        open_for=draft.open_for,
        cadence=str(rule) if rule else None,
        zone=draft.zone,
        next_at=cadence.next_after(rule, draft.zone, now).at if rule else None,
        leads=(user_id,),
        asked_by=face.name,
        created_at=now,
        pulse_id=hashlib.sha256(f"{team_id}/{user_id}/{request_id}".encode()).hexdigest()[:16],
    )
    if rule:
        return pulse, None
    return pulse, await open_wave(store, directory, pulse, now=now, occasion=_only(pulse))


def _only(pulse: Pulse) -> Occasion:
    """The one occasion of a pulse without a schedule, the same however often it is requested."""
    local = pulse.created_at.astimezone(ZoneInfo(pulse.zone)).strftime("%Y-%m-%dT%H:%M")
    return Occasion(
        team_id=pulse.team_id,
        owner_id=pulse.id,
        local=local,
        due_at=pulse.created_at,
        state=OccasionState.DONE,
    )
