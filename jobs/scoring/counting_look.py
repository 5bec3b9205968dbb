"""What a look at a question is told of the answers that wait in it: who has one that can be scored. Pure.

The count decides by it, and so does every sentence that says beforehand what the count will do.
"""

from datetime import UTC

from jobs.instruments import INSTRUMENTS, Instrument
from jobs.privacy.look import ClosedWave, Look
from jobs.scoring.response_score import response_score
from storage.records.count_records import Uncounted, WaitingWave


def look_of(given: Uncounted, *, k: int, weeks: int) -> Look:
    """The look at the moment for which `given` was read; `k` and `weeks` are the settings."""
    instrument = INSTRUMENTS[given.question.instrument]
    return Look(
        question=given.question,
        waves=tuple(_closed_wave(wave, instrument) for wave in given.waves),
        today=given.at.astimezone(UTC).date(),
        last_round_on=given.last_round_on,
        product_keys=given.product_keys,
        marks=given.marks,
        known_members=given.known_invited,
        restored_on=given.restored_on,
        k=k,
        weeks=weeks,
    )


def _closed_wave(wave: WaitingWave, instrument: Instrument) -> ClosedWave:
    scored = (
        person for person, points in wave.answers.items() if response_score(instrument, points) is not None
    )
    return ClosedWave(
        id=wave.id,
        number=wave.number,
        opened_at=wave.opened_at,
        closes_at=wave.closes_at,
        promise=wave.promise,
        scheduled=wave.scheduled,
        members=wave.invited,
        respondents=frozenset(scored),
    )
