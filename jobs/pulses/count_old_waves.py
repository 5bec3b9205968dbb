"""Counts by the rules of rounds what older versions counted, each question as of its old moments."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from jobs.privacy.look import LONGEST_WAIT
from jobs.pulses.count_rounds import decide_count
from storage.answers.old_waves import Rebuilt
from storage.records import MARKS_KEPT
from storage.store import Store

BATCH = 100  # moments in one commit


async def count_old_waves(
    store: Store, *, now: datetime, k: int, weeks: int, advance: Callable[[int], None]
) -> Rebuilt:
    """Make the rounds of all waves that an older version counted, and delete who chose what in them.

    `advance` is told after each commit how many waves were gone through. It can be stopped at any moment and
    begun again; nobody else may use the database meanwhile. Nobody is told anything of so long ago.
    """
    decide = partial(decide_count, k=k, weeks=weeks)
    waves = rounds = erased = 0
    while made := await store.old_waves.count_next(decide, most=BATCH, longest_wait=LONGEST_WAIT):
        waves, rounds, erased = waves + made.waves, rounds + made.rounds, erased + made.erased
        advance(made.waves)
    await store.old_waves.delete_ties()
    await store.rounds.expire_marks((now - MARKS_KEPT).astimezone(UTC).date())
    return Rebuilt(waves=waves, rounds=rounds, erased=erased)
