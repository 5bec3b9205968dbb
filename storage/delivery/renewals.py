"""Messages of questions are renewed when more people have answered, without a row that each answer writes.

Who keeps an answer notes its wave in memory. A little later one write asks for the renewal of all that were
noted. What is noted is lost at a kill, so every minute all open questions are looked through as well.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func, select

from storage.delivery.outbox_requests import RENEWED
from storage.engine.repository import Repository, Transact
from storage.schema.delivery_tables import POST
from storage.schema.question_tables import IS_ANSWER, RATING, WAVE

PEOPLE = (
    select(func.count(RATING.c.respondent.distinct()))
    .where(RATING.c.team_id == POST.c.team_id, RATING.c.wave_id == POST.c.ref, IS_ANSWER)
    .correlate(POST)
    .scalar_subquery()
)
_WAVE_OF_POST = (POST.c.team_id == WAVE.c.team_id) & (POST.c.ref == WAVE.c.id) & (POST.c.part == 0)
_OUTDATED = (
    select(WAVE.c.team_id, WAVE.c.id)
    .select_from(WAVE.join(POST, _WAVE_OF_POST))
    .where(WAVE.c.settled_at.is_(None), ~WAVE.c.taken_down, POST.c.answered != PEOPLE)
)


class Renewals(Repository):
    """Renewals of questions because of how many have answered."""

    def __init__(self, engine: Transact) -> None:
        super().__init__(engine)
        self.changed: set[tuple[str, str]] = set()
        """The waves, each with its workspace, that have more or fewer people since they were last renewed."""

    async def ask(self) -> int:
        """Asks for the renewal of what was noted; gives for how many messages."""
        changed = frozenset(self.changed)
        noted = _by_team(changed)
        self.changed.clear()
        if not noted:
            return 0
        try:
            return await self._engine.write(lambda connection: _renew(connection, noted))
        except BaseException:
            self.changed.update(changed)
            raise

    async def sweep(self) -> int:
        """Asks for the renewal of every open question whose count is not the one that was last asked for."""
        found = await self._engine.read(
            lambda connection: [(row.team_id, row.id) for row in connection.execute(_OUTDATED)]
        )
        noted = _by_team(found)
        return await self._engine.write(lambda connection: _renew(connection, noted)) if noted else 0


def _by_team(waves: Collection[tuple[str, str]]) -> Mapping[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for team_id, wave_id in sorted(waves):
        found[team_id].append(wave_id)
    return found


def _renew(connection: Connection, waves: Mapping[str, list[str]]) -> int:
    renewed = 0
    for team_id, wave_ids in waves.items():
        theirs = (POST.c.team_id == team_id, POST.c.ref.in_(wave_ids), POST.c.part == 0)
        asking = POST.update().where(*theirs, POST.c.answered != PEOPLE).values(**RENEWED, answered=PEOPLE)
        renewed += connection.execute(asking).rowcount
    return renewed
