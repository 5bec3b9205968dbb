"""Erases answers that wait for a round which never comes: too few people, for half a year, or no question."""

from datetime import datetime
from functools import partial

from jobs.delivery.tell_owner import tell_expired
from jobs.privacy.look import LONGEST_WAIT
from jobs.steps import Item, StepRunner
from storage.records import Wave
from storage.store import Store


async def erase_waiting_due(store: Store, runner: StepRunner, *, now: datetime) -> None:
    """Erase what has waited for 26 weeks, and what has begun to wait in questions that have ended."""
    items = [
        Item(
            name=f"erasing what waits in wave {wave.id} of team {wave.team_id}",
            run=partial(_erase, store, wave),
        )
        for wave in await store.ended_questions.waited_since(now - LONGEST_WAIT)
    ]
    await runner.run_all(items, now=now)
    await store.ended_questions.erase_what_waits()


async def _erase(store: Store, wave: Wave) -> None:
    """Tell the lead first, once a wave: a crash in between tells nobody twice and loses no notice."""
    if wave.answered:
        await tell_expired(store, wave)
    await store.ended_questions.erase_wave(wave.team_id, wave.id)
