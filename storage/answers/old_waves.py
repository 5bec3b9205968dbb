"""The waves that versions before rounds counted: each still ties people to what they chose.

They are counted again by the rules of rounds, each as of the moment at which it was counted, the first one
first. What was looked at in between, since four weeks were over, is looked at in between here too. Nothing
else may use the database meanwhile.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Connection, func, select, tuple_

from storage.answers.erasure import erase_wave
from storage.engine.repository import Repository, fetch_all
from storage.pulses.rounds import count_in
from storage.pulses.waiting_answers import day_of, ready
from storage.records import GRACE
from storage.records.count_records import Count, Uncounted
from storage.schema.question_tables import PULSE, RATING, WAVE
from storage.schema.round_tables import QUESTION
from storage.schema.wave_rows import PULSE_OF_WAVE, read_wave

IS_OLD = WAVE.c.counted_at.is_not(None) & WAVE.c.round_id.is_(None) & ~WAVE.c.taken_down
OLD = select(func.count()).select_from(WAVE).where(IS_OLD)
OF_QUESTION = (WAVE.c.team_id == QUESTION.c.team_id) & (WAVE.c.question_id == QUESTION.c.id)
FIRST_WAITING = (
    select(WAVE.c.closes_at)
    .select_from(WAVE.join(PULSE, PULSE_OF_WAVE))
    .where(OF_QUESTION, WAVE.c.round_id.is_(None), WAVE.c.counted_at.is_(None), ~WAVE.c.taken_down)
    .order_by(WAVE.c.closes_at, PULSE.c.number)
    .limit(1)
    .correlate(QUESTION)
)
FIRST_CLOSE = FIRST_WAITING.scalar_subquery()
FIRST_NUMBER = FIRST_WAITING.with_only_columns(PULSE.c.number).scalar_subquery()
"""Of the first to close among what waits in a question: of several looks on one day, which comes first."""
Decide = Callable[[Uncounted], Count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many old waves a step went through, the rounds it made, and the waves that had waited too long."""

    waves: int = 0
    rounds: int = 0
    erased: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """A question, and a moment at which it was looked at."""

    at: datetime
    team_id: str
    question_id: str


class OldWaves(Repository):
    """The waves of every workspace that an older version counted."""

    async def left(self) -> int:
        """How many still have no round."""
        return await self._engine.read(lambda connection: connection.execute(OLD).scalar_one())

    async def count_next(self, decide: Decide, *, most: int, longest_wait: timedelta) -> Rebuilt | None:
        """Counts the next ones at up to `most` of their old moments, in one transaction; None: none is left.

        It can be stopped at any time and begun again. A wave that does not become part of a round waits, as
        if it had never been counted; after `longest_wait` all that was answered in it is erased.
        """

        def work(connection: Connection) -> Rebuilt | None:
            places = _places(connection, most)
            if not places:
                return None
            before = connection.execute(OLD).scalar_one()
            counts = Counter[str]()
            for place in places:
                for earlier in _looks_before(connection, place):
                    counts += _look(connection, earlier, decide, longest_wait)
                counts += _look(connection, _as_waiting(connection, place), decide, longest_wait)
            waves = before - connection.execute(OLD).scalar_one()
            return Rebuilt(waves=waves, rounds=counts["rounds"], erased=counts["erased"])

        return await self._engine.write(work)

    async def delete_ties(self) -> int:
        """Deletes what was chosen in every wave that a round counts and that is not asked with names."""
        counted = select(WAVE.c.team_id, WAVE.c.id).select_from(WAVE.join(PULSE, PULSE_OF_WAVE))
        counted = counted.where(WAVE.c.round_id.is_not(None), ~PULSE.c.named)
        return await self._change(
            RATING.delete().where(tuple_(RATING.c.team_id, RATING.c.wave_id).in_(counted))
        )


def _places(connection: Connection, most: int) -> list[_Place]:
    """The first moments at which old waves were counted, in their order."""
    columns = (WAVE.c.counted_at, WAVE.c.team_id, WAVE.c.question_id)
    counted = select(*columns).select_from(WAVE.join(PULSE, PULSE_OF_WAVE)).where(IS_OLD).group_by(*columns)
    first = (func.min(WAVE.c.closes_at), func.min(PULSE.c.number))
    query = counted.order_by(WAVE.c.counted_at, *first).limit(most)
    return [_Place(*row) for row in connection.execute(query)]


def _looks_before(connection: Connection, place: _Place) -> Iterator[_Place]:
    """The looks that are due on days up to that of `place`, each once it is its turn."""
    due = QUESTION.c.look_again_on <= day_of(place.at)
    query = select(QUESTION.c.look_again_on, QUESTION.c.team_id, QUESTION.c.id).where(due)
    order = (QUESTION.c.look_again_on, FIRST_CLOSE, FIRST_NUMBER, QUESTION.c.team_id)
    first = query.order_by(*order).limit(1)
    while found := connection.execute(first).first():
        yield _Place(datetime.combine(found.look_again_on, time(), UTC), found.team_id, found.id)


def _as_waiting(connection: Connection, place: _Place) -> _Place:
    """Lets the waves that were counted at a place wait, and gives when they can be looked at."""
    here = (WAVE.c.team_id == place.team_id, WAVE.c.question_id == place.question_id)
    counted = (*here, IS_OLD, WAVE.c.counted_at <= place.at)
    last_close = connection.execute(select(func.max(WAVE.c.closes_at)).where(*counted)).scalar_one()
    waits = {"counted_at": None, "settled_at": None, "people": None}
    connection.execute(WAVE.update().where(*counted).values(waits))
    return replace(place, at=max(place.at, last_close + GRACE))


def _look(connection: Connection, place: _Place, decide: Decide, longest_wait: timedelta) -> Counter[str]:
    erased = _erase_waiting(connection, place, closed_before=place.at - longest_wait)
    found = count_in(connection, place.team_id, place.question_id, at=place.at, decide=decide)
    if found is None:  # nothing waits there, so the day has no meaning
        this = (QUESTION.c.team_id == place.team_id, QUESTION.c.id == place.question_id)
        connection.execute(QUESTION.update().where(*this).values(look_again_on=None))
    return Counter(rounds=bool(found and found.round), erased=erased)


def _erase_waiting(connection: Connection, place: _Place, *, closed_before: datetime) -> int:
    """Erases the waves of a question that have been looked at and have waited too long; how many."""
    waiting = ready(place.team_id, place.question_id, place.at).where(
        WAVE.c.settled_at.is_not(None), WAVE.c.closes_at < closed_before
    )
    waves = fetch_all(connection, waiting, read_wave)
    for wave in waves:
        erase_wave(connection, wave.team_id, wave.id, keep_listed=True)
        this = WAVE.update().where(WAVE.c.team_id == wave.team_id, WAVE.c.id == wave.id)
        connection.execute(this.values(taken_down=True, people=0))
    return len(waves)
