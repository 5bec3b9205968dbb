"""A database that was put back from a copy is known by a mark outside of it, and made safe.

What was counted after the copy is not in it: to count the same answers again, with others, would show twice
what is shown once. So nothing of before the restore is counted any more. The mark is a random id and a
number that grows at every start, count and erasure; a copy has another id or a lower number.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from storage.answers.erasure import erase_person, erase_wave, take_down_wave
from storage.answers.listed_comments import end_unlisted
from storage.answers.roles import UNSAY, unsay_role
from storage.delivery.outbox_requests import request_update
from storage.engine.backup import InUse
from storage.engine.database import used_by_another
from storage.engine.repository import Repository, Transact, add, fetch_all, new_id
from storage.pulses.waiting_answers import day_of
from storage.pulses.waves import end_wave
from storage.reminders.pauses import AGAIN, STOP, set_stopped
from storage.restores.given_numbers import GivenNumbers
from storage.restores.run_marks import (
    Inside,
    Line,
    Mark,
    Outside,
    is_same,
    lines_since,
    mark_inside,
    mark_outside,
)
from storage.saved.saved_messages import erase_saved
from storage.schema.batch_tables import BATCH, BLOCK
from storage.schema.installation_table import INSTALLATION, NOTHING_KEPT, last_restore
from storage.schema.question_tables import COMMENT, PULSE, RATING, WAVE
from storage.schema.round_tables import QUESTION, ROUND
from storage.schema.wave_rows import PULSE_OF_WAVE, WAVES, read_wave

FORGET, TAKE_DOWN, UNSAVE = "forget", "takedown", "unsave"
UNCOUNTED = (WAVE.c.round_id.is_(None), WAVE.c.counted_at.is_(None), ~WAVE.c.taken_down)
"""What holds for a wave that is open or waits."""

KeyOf = Callable[[str, str], str]
"""The confidential key of a team's user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was done to a copy: how many waves lost their answers, and how many erasures were done again."""

    waves: int
    erasures: int


class Restores(Repository):
    """Whether the database is a copy that was put back; without something outside of it nobody can tell."""

    def __init__(self, engine: Transact) -> None:
        super().__init__(engine)
        self.numbers = GivenNumbers(engine)
        self._outside: Outside | None = None
        self._seen: _Seen | None = None
        self.restored_on: date | None = None  # known from `check` on, so that nobody has to read it
        self.by_new_secret = False
        self.is_missed = False  # the files beside it tell of another database, and this one is empty

    async def check(self, outside: Outside, *, now: datetime, key_of: KeyOf) -> Restored | None:
        """What was done to a restored copy; None where this is none. To be called once, at the start.

        Of a copy all that is open or waits is erased, erasures that came after it are done again, and it is
        kept that it was restored today. A new database, and one that never had a mark, get one.
        Raises InUse for what looks like a copy while another process has it open: it is none, and the mark is
        elsewhere.
        """
        fresh = new_id()

        def work(connection: Connection) -> Restored | None:
            inside, seen = mark_inside(connection), mark_outside(outside)
            is_empty = not connection.execute(select(WAVE.c.id).limit(1)).first()
            self.is_missed = is_empty and seen is not None and not is_same(inside, seen)
            if inside is None and (seen is None or seen.number is None):
                outside.write(str(Mark(seen.run_id if seen else fresh, None)))
                _keep(connection, run_id=seen.run_id if seen else fresh, step=0)
                return None
            if is_same(inside, seen):
                return None
            if is_empty:
                outside.write(str(Mark(fresh, None)))
                _keep(connection, run_id=fresh, step=0)
                return None
            if used_by_another(connection):
                raise InUse
            waves = erase_uncounted(connection, now)
            end_unlisted(connection)
            again = _erase_again(connection, lines_since(inside, seen, outside), now=now, key_of=key_of)
            step = max(inside.number if inside else 0, (seen and seen.number) or 0)
            _keep(connection, run_id=fresh, step=step, restored_on=day_of(now), new_secret=False)
            outside.write(str(Mark(fresh, None)))
            return Restored(waves=waves, erasures=again)

        found = await self._engine.write(work)
        self._outside = outside
        await self.numbers.look(outside)
        await self.advance()
        self._seen = await self._look()
        self.restored_on, self.by_new_secret = await self._engine.read(last_restore)
        return found

    async def advance(self) -> int:
        """Lets the number grow, inside first: what is outside is never ahead of what is inside."""
        if self._outside is None:
            return 0

        def work(connection: Connection) -> Inside:
            connection.execute(INSTALLATION.update().values(step=INSTALLATION.c.step + 1))
            inside = mark_inside(connection)
            assert inside is not None  # noqa: S101 - `check` has kept it
            return inside

        inside = await self._engine.write(work)
        self._outside.write(str(Mark(inside.run_id, inside.number)))
        return inside.number

    async def keep_up(self) -> None:
        """Lets the number grow if anything was counted, listed, cut or erased since this was last called.

        A number that has grown before an erasure, by its note, does not tell a copy taken just before it.
        """
        seen = await self._look()
        if self._seen not in (None, seen):
            await self.advance()
        self._seen = seen

    async def _look(self) -> "_Seen":
        kept = (ROUND, BATCH, BLOCK)
        query = select(*(select(func.count()).select_from(each).scalar_subquery() for each in kept))
        erasures = self._engine.erasures
        counts = await self._engine.read(lambda connection: tuple(connection.execute(query).one()))
        return _Seen(counts, erasures)

    async def note(self, what: str, team_id: str, *ids: str) -> None:
        """Keeps outside that something is about to be erased: keys of a person, waves, or a saved message."""
        if self._outside is None:
            return
        number = await self.advance()
        for each in ids:
            self._outside.append(f"{number} {what} {team_id} {each}")


class _Seen(NamedTuple):
    """What a copy that is put back would show twice or bring back, were it not known for a copy."""

    counts: tuple[int, ...]
    erasures: int


def _keep(connection: Connection, **values: object) -> None:
    add(connection, INSTALLATION, NOTHING_KEPT)
    connection.execute(INSTALLATION.update().values(**values))


def erase_uncounted(connection: Connection, now: datetime) -> int:
    """Erases all that no round counts, open or waiting, so that it never counts; how many waves."""
    waves = fetch_all(connection, WAVES.where(*UNCOUNTED), read_wave)
    for wave in waves:
        erase_wave(connection, wave.team_id, wave.id, keep_listed=True)
        ended = end_wave(wave.team_id, wave.id, now)
        connection.execute(ended.values(taken_down=True, people=0))
        if wave.closed_at is None:
            request_update(connection, wave.team_id, [wave.id])
    connection.execute(QUESTION.update().values(look_again_on=None))
    return len(waves)


def _erase_again(connection: Connection, lines: Iterable[Line], *, now: datetime, key_of: KeyOf) -> int:
    """Does erasures again; how many."""
    done = 0
    for _, what, team_id, which in lines:
        if what == TAKE_DOWN:
            take_down_wave(connection, team_id, which, at=now)
        elif what == UNSAVE:
            erase_saved(connection, team_id, which)
        elif what == FORGET:
            erase_person(connection, team_id, [which, *_named(connection, team_id, which, key_of)])
        elif what == UNSAY:
            unsay_role(connection, team_id, *which.split("/"))
        else:
            if what in (STOP, AGAIN):
                set_stopped(connection, team_id, which, what == STOP)
            continue
        done += 1
    return done


def _named(connection: Connection, team_id: str, key: str, key_of: KeyOf) -> list[str]:
    """The user ids, among those who answered with their names, that have a key."""
    users: set[str] = set()
    for kept in (RATING, COMMENT):
        of_wave = (kept.c.team_id == WAVE.c.team_id) & (kept.c.wave_id == WAVE.c.id)
        named = select(kept.c.respondent).select_from(kept.join(WAVE, of_wave).join(PULSE, PULSE_OF_WAVE))
        users |= set(connection.execute(named.where(kept.c.team_id == team_id, PULSE.c.named)).scalars())
    return [user for user in users if key_of(team_id, user) == key]
