"""Erases answers that wait for a round which never comes: too few people for so long, or no question."""

from datetime import datetime, timedelta
from functools import partial

from jobs.delivery.tell_owner import tell_expired
from jobs.privacy.look import MOST_WEEKS
from jobs.steps import Item, StepRunner
from storage.records import Wave
from storage.store import Store


async def erase_waiting_due(
    store: Store, runner: StepRunner, *, now: datetime, weeks: int = MOST_WEEKS
) -> None:
    """Erase what has waited for so many weeks, and what has begun to wait in questions that have ended."""
    items = [
        Item(
            name=f"erasing what waits in wave {wave.id} of team {wave.team_id}",
            run=partial(_erase, store, wave, weeks),
        )
        for wave in await store.ended_questions.waited_since(now - timedelta(weeks=weeks))
    ]
    await runner.run_all(items, now=now)
    await store.ended_questions.erase_what_waits()


async def _erase(store: Store, wave: Wave, weeks: int) -> None:
    """Tell the lead first, once a wave: a crash in between tells nobody twice and loses no notice."""
    if wave.answered:
        await tell_expired(store, wave, weeks=weeks)
    await store.ended_questions.erase_wave(wave.team_id, wave.id)
