"""Counts questions once the last forms are in: their waves become a round, or wait for more answers."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from jobs.delivery.tell_owner import tell_failing, tell_waiting
from jobs.instruments import INSTRUMENTS
from jobs.privacy.batch_rule import next_batch
from jobs.privacy.round_rule import Wait, WhyWait, decide, needed
from jobs.privacy.split_rule import known_roles
from jobs.scoring.counted_round import count_round
from jobs.scoring.counting_look import look_of
from jobs.steps import Item, StepRunner
from storage.records import GRACE, SMALLEST_PROMISE, Wave
from storage.records.count_records import Count, Uncounted
from storage.store import Store

PATIENT_WAVES = 2  # after so many waits the lead is told
WEEKS = 4  # between two rounds of a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Count):
    """What became of a question; `wait` says why nothing is counted, `waves` how many were looked at."""

    waves: int
    wait: Wait | None = None


async def count_due(
    store: Store, runner: StepRunner, *, now: datetime, k: int = SMALLEST_PROMISE, weeks: int = WEEKS
) -> None:
    """Look at every question that has something new to count, or whose day has come; the oldest first.

    `k` and `weeks` are the settings: the smallest group, and the weeks between two rounds of a question.
    """
    items = [
        Item(
            name=f"counting question {wave.question_id} of team {wave.team_id}",
            run=partial(count_question, store, wave, now=now, k=k, weeks=weeks),
            tell=partial(
                tell_failing, store, wave.pulse, key=f"count/{wave.id}", what="could not be counted"
            ),
        )
        for wave in await store.rounds.due(now)
    ]
    await runner.run_all(items, now=now)
    await store.rounds.clean_journal()
    await store.restores.keep_up()


async def count_question(store: Store, wave: Wave, *, now: datetime, k: int, weeks: int) -> None:
    """Count the question of this wave, or let it wait; tell its lead when too few answer again and again.

    For a wave that has just closed the moment is that of its close and its grace, not of the tick: a late
    tick does not move answers into the next digest.
    """
    found = await store.rounds.count(
        wave.team_id,
        wave.question_id,
        at=now if wave.settled_at else wave.closes_at + GRACE,
        decide=partial(decide_count, k=k, weeks=weeks),
    )
    if found is None or found.wait is None or found.wait.why is not WhyWait.TOO_FEW:
        return
    if found.waves == PATIENT_WAVES:  # once, not at every close from then on
        await tell_waiting(
            store,
            wave.pulse,
            wave_id=wave.id,
            answers=found.wait.people,
            waves=found.waves,
            need=found.wait.need,
        )


def decide_count(given: Uncounted, *, k: int, weeks: int) -> Decision:
    """The round that the waves of a question become, with its totals; or that they wait, and until when.

    Either way the comments on it are listed, once enough people have written.
    """
    batch = next_batch(given.unlisted, k=k)
    instrument = INSTRUMENTS[given.question.instrument]
    look = look_of(given, k=k, weeks=weeks)
    found = decide(look)
    if isinstance(found, Wait):
        return Decision(waves=len(look.waves), look_again_on=found.until, wait=found, batch=batch)
    answers = {wave.id: wave.answers for wave in given.waves}
    made = count_round(
        instrument,
        found,
        {person: answers[wave_id][person] for person, wave_id in found.members.items()},
        id=given.round_id,
        question=given.question,
        counted_at=given.at,
        earlier=given.earlier,
        roles=known_roles(given.roles, restored_on=look.restored_on, today=look.today),
        need=needed(look),
    )
    return Decision(waves=len(look.waves), round=made, people=frozenset(found.members), batch=batch)
