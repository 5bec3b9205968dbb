"""Closes waves when their time is up."""

from datetime import datetime
from functools import partial

from jobs.delivery.tell_owner import tell_failing
from jobs.steps import Item, StepRunner
from storage.store import Store

AT_ONCE = 64  # waves; they wait for one commit


async def close_due(store: Store, runner: StepRunner, *, now: datetime) -> None:
    """Close every wave whose time is up: its buttons go, its count stays."""
    items = [
        Item(
            name=f"closing wave {wave.id} of team {wave.team_id}",
            run=partial(store.waves.close, wave.team_id, wave.id, at=wave.closes_at),
            tell=partial(tell_failing, store, wave.pulse, key=f"close/{wave.id}", what="could not be closed"),
        )
        for wave in await store.waves.closing(now)
    ]
    await runner.run_all(items, now=now, at_once=AT_ONCE)
