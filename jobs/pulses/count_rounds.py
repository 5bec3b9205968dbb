"""Lets the answers of closed waves count once the last forms are in."""

from datetime import datetime
from functools import partial

from jobs.delivery.tell_owner import tell_failing, tell_waiting
from jobs.steps import Item, StepRunner
from storage.records import GRACE, Wave
from storage.store import Store

PATIENT_WAVES = 2  # after so many waits the lead is told


async def settle_due(store: Store, runner: StepRunner, *, now: datetime) -> None:
    """Let waves count whose grace has passed, oldest first."""
    items = [
        Item(
            name=f"counting wave {wave.id} of team {wave.team_id}",
            run=partial(settle, store, wave),
            tell=partial(
                tell_failing, store, wave.pulse, key=f"count/{wave.id}", what="could not be counted"
            ),
        )
        for wave in await store.rounds.settling(now - GRACE)
    ]
    await runner.run_all(items, now=now)


async def settle(store: Store, wave: Wave) -> None:
    """Let this wave count, with those of its question that waited, if their people make a group.

    Else it waits and joins the next.

    So two figures always differ by a whole group, never by one person. The moment is that of the close and
    its grace, not of the tick: a late tick does not move answers into the next digest.
    """
    together = [*await store.rounds.waiting(wave.pulse), wave]
    people = await store.responses.people(wave.team_id, [each.id for each in together])
    enough = people >= max(each.pulse.min_group for each in together)
    await store.rounds.settle(
        wave.team_id,
        wave.id,
        at=wave.closes_at + GRACE,
        count=[each.id for each in together] if enough else [],
    )
    if not enough and len(together) == PATIENT_WAVES:  # once, not at every close from then on
        await tell_waiting(store, wave.pulse, wave_id=wave.id, answers=people, waves=len(together))
