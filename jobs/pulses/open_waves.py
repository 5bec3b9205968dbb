"""Opens the waves that are due, each local time once, and goes the round of a tick."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from jobs import cadence
from jobs.instruments import INSTRUMENTS
from jobs.messages.respondent.question import UI_VERSION, question_text
from jobs.slack.directory import Directory
from storage.records import Occasion, OccasionState, Pulse, Wave
from storage.store import Store

LOG = logging.getLogger(__name__)
PULSE_MAX_LATE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a schedule has to do now: the occasion to keep (or None), those missed, and the next time."""

    due: Occasion | None
    skipped: tuple[Occasion, ...]
    next_at: datetime


def agenda(
    owner_id: str,
    team_id: str,
    rule: str,
    zone: str,
    *,
    next_at: datetime,
    now: datetime,
    max_late: timedelta,
) -> Agenda:
    """The latest occasion from `next_at` to `now`, if at most `max_late` old; the rest are skipped.

    Every occasion gets a row with its reason, so that "why was nothing asked?" has an answer. Where the rules
    of the zone have changed, `next_at` may be no occasion any more: then it is skipped for the one that is.
    """
    read = cadence.read(rule)
    dues = cadence.occasions(read, zone, next_at - timedelta(microseconds=1), now + timedelta(microseconds=1))
    latest, missed = cadence.catch_up(dues, now, max_late)
    reason = "missed while down; a later one was kept" if latest else "missed while down, too late"
    if not dues:
        local = next_at.astimezone(ZoneInfo(zone))
        missed, reason = (
            [cadence.Due(f"{local:%Y-%m-%dT%H:%M}", next_at)],
            "the clock of the zone has changed",
        )
    occasion = partial(Occasion, team_id=team_id, owner_id=owner_id)
    return Agenda(
        occasion(local=latest.local, due_at=latest.at, state=OccasionState.DONE) if latest else None,
        tuple(
            occasion(local=each.local, due_at=each.at, state=OccasionState.SKIPPED, reason=reason)
            for each in missed
        ),
        cadence.next_after(read, zone, now).at,
    )


async def open_due(store: Store, directory: Directory, *, now: datetime) -> None:
    """Open a wave for every pulse that is due; one that fails does not hold up the others."""
    await each(
        {
            f"pulse {pulse.id} of team {pulse.team_id}": partial(open_one, store, directory, pulse, now=now)
            for pulse in await store.pulses.due(now)
        }
    )


async def open_one(store: Store, directory: Directory, pulse: Pulse, *, now: datetime) -> None:
    """Open the wave of a scheduled pulse that is due, and close an older one that is still open."""
    if pulse.cadence is None or pulse.next_at is None:
        return
    plan = agenda(
        pulse.id,
        pulse.team_id,
        pulse.cadence,
        pulse.zone,
        next_at=pulse.next_at,
        now=now,
        max_late=PULSE_MAX_LATE,
    )
    if plan.due is None:
        await store.ledger.skip(occasions=plan.skipped, owner="pulse", next_at=plan.next_at)
        return
    for wave in await store.waves.of_pulse(pulse.team_id, pulse.id):
        if wave.closed_at is None and wave.opened_at < plan.due.due_at:  # not what a replica has just opened
            await store.waves.close(wave.team_id, wave.id, at=now)
    opened = await open_wave(
        store,
        directory,
        pulse,
        now=now,
        occasion=plan.due,
        skipped=plan.skipped,
        next_at=plan.next_at,
    )
    if opened is None:  # this local time was kept before, perhaps by another replica: on to the next
        await store.ledger.skip(occasions=(*plan.skipped, plan.due), owner="pulse", next_at=plan.next_at)


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


async def each(steps: dict[str, Callable[[], Awaitable[object]]]) -> None:
    """Run the steps of a tick in order; one that fails is logged and does not stop the others."""
    for name, step in steps.items():
        try:
            await step()
        except Exception:
            LOG.exception("tick: %s failed", name)
