"""Makes pulses and opens their waves, where asker and bot may."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from jobs import cadence
from jobs.instruments import INSTRUMENTS
from jobs.messages.lead import owner_notices as notices
from jobs.messages.lead.ask_preview import AskDraft
from jobs.messages.respondent.question import UI_VERSION, question_text
from jobs.permissions.refusal import Refused
from jobs.slack.directory import Directory
from storage.records import Occasion, OccasionState, Pulse, Wave
from storage.store import Store


async def may_post(directory: Directory, *, user_id: str, channel_id: str, here: str | None = None) -> None:
    """Raise Refused unless both bot and asker are members of the channel and it is not archived.

    `here` is the channel in which the person typed: that they are in it needs no asking.
    """
    channel = await directory.channel(channel_id)
    if channel is None or not channel.member:
        raise Refused(notices.not_in_channel(channel_id))
    if channel.archived:
        raise Refused(notices.archived(channel_id))
    if channel_id != here and user_id not in await directory.members(channel_id):
        raise Refused(notices.asker_not_in_channel(channel_id))


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


async def open_wave(
    store: Store,
    directory: Directory,
    pulse: Pulse,
    *,
    now: datetime,
    occasion: Occasion | None = None,
    skipped: Sequence[Occasion] = (),
    next_at: datetime | None = None,
) -> Wave | None:
    """Open a wave, its post in the outbox; None when another replica has this occasion already."""
    instrument = INSTRUMENTS[pulse.instrument]
    return await store.waves.open(
        pulse=pulse,
        question=question_text(instrument, pulse.subject),
        ui_version=UI_VERSION,
        opened_at=now,
        closes_at=now + pulse.open_for,
        invited=await directory.people(pulse.channel_id) or None,
        occasion=occasion,
        skipped=skipped,
        next_at=next_at,
    )


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
            said.append(notices.still_open(wave))
        elif wave.opened_at > now - timedelta(days=instrument.pause_days):
            local = wave.opened_at.astimezone(ZoneInfo(draft.zone)).date()
            said.append(notices.asked_lately(instrument, local))
    if await directory.people(draft.channel_id) < SMALL_CHANNEL:
        said.append(notices.small_channel(min_group))
    return list(dict.fromkeys(said))[:3]


SMALL_CHANNEL = 15
