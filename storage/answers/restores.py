"""A database that was put back from a copy is known by a mark outside of it, and made safe.

What was counted after the copy is not in it: to count the same answers again, with others, would show twice
what is shown once. So nothing of before the restore is counted any more. The mark is a random id and a
number that grows at every start, count and erasure; a copy has another id or a lower number.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, func, select

from storage.answers.erasure import erase_person, erase_wave, take_down_wave
from storage.answers.listed_comments import end_unlisted
from storage.delivery.outbox_requests import request_update
from storage.engine.backup import InUse
from storage.engine.database import used_by_another
from storage.engine.repository import Repository, Transact, fetch_all, new_id, put
from storage.pulses.waiting_answers import day_of
from storage.pulses.waves import end_wave
from storage.reminders.pauses import AGAIN, STOP, set_stopped
from storage.saved.saved_messages import erase_saved
from storage.schema.batch_tables import BATCH, BLOCK
from storage.schema.delivery_tables import EVERY_TEAM
from storage.schema.installation_table import INSTALLATION, RESTORED_ON
from storage.schema.question_tables import COMMENT, PULSE, RATING, WAVE
from storage.schema.round_tables import QUESTION, ROUND
from storage.schema.wave_rows import PULSE_OF_WAVE, WAVES, read_wave

FORGET, TAKE_DOWN, UNSAVE = "forget", "takedown", "unsave"
NEW = "new"

KeyOf = Callable[[str, str], str]
"""The confidential key of a team's user."""


class Outside(Protocol):
    """What is kept outside of the database."""

    def read(self) -> str | None:
        """The mark; None where there is none."""

    def write(self, mark: str) -> None:
        """Puts a mark in the place of the one before."""

    def append(self, line: str) -> None:
        """Adds a line to what was erased."""

    def lines(self) -> list[str]:
        """What was erased, the first one first."""


class _Mark(NamedTuple):
    """`number` is None while the database has not been seen with this id yet."""

    run_id: str
    number: int | None

    def __str__(self) -> str:
        return f"{self.run_id} {NEW if self.number is None else self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was done to a copy: how many waves lost their answers, and how many erasures were done again."""

    waves: int
    erasures: int


class Restores(Repository):
    """Whether the database is a copy that was put back; without something outside of it nobody can tell."""

    def __init__(self, engine: Transact) -> None:
        super().__init__(engine)
        self._outside: Outside | None = None
        self._seen: _Seen | None = None
        self.restored_on: date | None = None  # known from `check` on, so that nobody has to read it

    async def check(self, outside: Outside, *, now: datetime, key_of: KeyOf) -> Restored | None:
        """What was done to a restored copy; None where this is none. To be called once, at the start.

        Of a copy all that is open or waits is erased, erasures that came after it are done again, and it is
        kept that it was restored today. A new database, and one that never had a mark, get one.
        Raises InUse for what looks like a copy while another process has it open: it is none, and the mark is
        elsewhere.
        """
        fresh = new_id()

        def work(connection: Connection) -> Restored | None:
            inside, seen = _inside(connection), _parsed(outside.read())
            if inside is None and (seen is None or seen.number is None):
                outside.write(str(_Mark(seen.run_id if seen else fresh, None)))
                _keep(connection, run_id=seen.run_id if seen else fresh, step=0)
                return None
            if inside and seen and inside.run_id == seen.run_id and inside.number >= (seen.number or 0):
                return None
            if not connection.execute(select(WAVE.c.id).limit(1)).first():
                outside.write(str(_Mark(fresh, None)))
                _keep(connection, run_id=fresh, step=0)
                return None
            if used_by_another(connection):
                raise InUse
            is_known = inside is not None and seen is not None and inside.run_id == seen.run_id
            since = inside.number if inside and is_known else 0
            waves = _erase_uncounted(connection, now)
            end_unlisted(connection)
            again = _erase_again(connection, outside.lines(), since=since, now=now, key_of=key_of)
            step = max(inside.number if inside else 0, (seen and seen.number) or 0)
            _keep(connection, run_id=fresh, step=step, restored_on=day_of(now))
            outside.write(str(_Mark(fresh, None)))
            return Restored(waves=waves, erasures=again)

        found = await self._engine.write(work)
        self._outside = outside
        await self.advance()
        self._seen = await self._look()
        self.restored_on = await self._engine.read(
            lambda connection: connection.execute(RESTORED_ON).scalar()
        )
        return found

    async def advance(self) -> int:
        """Lets the number grow, inside first: what is outside is never ahead of what is inside."""
        if self._outside is None:
            return 0

        def work(connection: Connection) -> _Inside:
            connection.execute(INSTALLATION.update().values(step=INSTALLATION.c.step + 1))
            inside = _inside(connection)
            assert inside is not None  # noqa: S101 - `check` has kept it
            return inside

        inside = await self._engine.write(work)
        self._outside.write(str(_Mark(inside.run_id, inside.number)))
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


class _Inside(NamedTuple):
    run_id: str
    number: int


def _inside(connection: Connection) -> _Inside | None:
    row = connection.execute(select(INSTALLATION).where(INSTALLATION.c.team_id == EVERY_TEAM)).first()
    return None if row is None or row.run_id is None else _Inside(row.run_id, row.step)


def _parsed(text: str | None) -> _Mark | None:
    """The mark in a file; None for one that is missing or damaged."""
    match (text or "").split():
        case [run_id, number] if number.isdecimal():
            return _Mark(run_id, int(number))
        case [run_id, word] if word == NEW:
            return _Mark(run_id, None)
    return None


def _keep(connection: Connection, **values: object) -> None:
    row = {"team_id": EVERY_TEAM, "unfinished": False, "restored_on": None, **values}
    put(connection, INSTALLATION, [row])


def _erase_uncounted(connection: Connection, now: datetime) -> int:
    """Erases all that no round counts, open or waiting, so that it never counts; how many waves."""
    uncounted = WAVES.where(WAVE.c.round_id.is_(None), WAVE.c.counted_at.is_(None), ~WAVE.c.taken_down)
    waves = fetch_all(connection, uncounted, read_wave)
    for wave in waves:
        erase_wave(connection, wave.team_id, wave.id, keep_listed=True)
        ended = end_wave(wave.team_id, wave.id, now)
        connection.execute(ended.values(taken_down=True, people=0))
        if wave.closed_at is None:
            request_update(connection, wave.team_id, [wave.id])
    connection.execute(QUESTION.update().values(look_again_on=None))
    return len(waves)


def _erase_again(
    connection: Connection, lines: Iterable[str], *, since: int, now: datetime, key_of: KeyOf
) -> int:
    """Does erasures again from number `since` on; how many."""
    done = 0
    for number, what, team_id, which in filter(_is_whole, map(str.split, lines)):
        if int(number) < since:
            continue
        if what == TAKE_DOWN:
            take_down_wave(connection, team_id, which, at=now)
        elif what == UNSAVE:
            erase_saved(connection, team_id, which)
        elif what in (STOP, AGAIN):
            set_stopped(connection, team_id, which, what == STOP)
            continue
        elif what == FORGET:
            erase_person(connection, team_id, [which, *_named(connection, team_id, which, key_of)])
        done += 1
    return done


def _is_whole(words: list[str]) -> bool:
    """Whether a line was written to its end."""
    return len(words) == len(("number", "what", "team", "which")) and words[0].isdecimal()


def _named(connection: Connection, team_id: str, key: str, key_of: KeyOf) -> list[str]:
    """The user ids, among those who answered with their names, that have a key."""
    users: set[str] = set()
    for kept in (RATING, COMMENT):
        of_wave = (kept.c.team_id == WAVE.c.team_id) & (kept.c.wave_id == WAVE.c.id)
        named = select(kept.c.respondent).select_from(kept.join(WAVE, of_wave).join(PULSE, PULSE_OF_WAVE))
        users |= set(connection.execute(named.where(kept.c.team_id == team_id, PULSE.c.named)).scalars())
    return [user for user in users if key_of(team_id, user) == key]
