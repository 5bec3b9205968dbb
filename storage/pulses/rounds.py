"""Rounds: when a question is counted, what is kept of it, and what is deleted in the same transaction."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, func, select

from storage.delivery.outbox_requests import request_update
from storage.engine.repository import Repository, Transact, fetch_all
from storage.pulses.batches import keep_batch
from storage.pulses.waiting_answers import day_of, gather, is_in, ready
from storage.records import GRACE, Lens, Round, Wave
from storage.records.count_records import Count, Uncounted
from storage.schema.question_tables import IS_ANSWER, RATING, WAVE
from storage.schema.round_rows import LongStory, read_long_story, read_rounds, row_of_round
from storage.schema.round_tables import OVERLAP, PARTICIPATION, QUESTION, ROUND
from storage.schema.wave_rows import PEOPLE, read_wave

Decided = TypeVar("Decided", bound=Count)


class Rounds(Repository):
    """The rounds of every workspace: how they come to be, and how they are read."""

    def __init__(self, engine: Transact) -> None:
        super().__init__(engine)
        self._cleaned: int | None = None  # a run before this one may have ended before it had cleaned

    async def due(self, at: datetime) -> list[Wave]:
        """The questions of all workspaces that are to be looked at, each by the newest wave that waits in it.

        Something has closed since their last look, all forms in, or the day of their next look has come.
        They come in the order of the first close among what waits.
        """
        return await self._engine.read(lambda connection: _due(connection, at))

    async def is_behind(self, at: datetime) -> bool:
        """Whether anything is to be counted whose forms were all in before: nobody has looked for a while."""
        over = WAVE.c.settled_at.is_(None) & ~WAVE.c.taken_down & (WAVE.c.closes_at <= at - GRACE)
        query = select(WAVE.c.id).where(over).limit(1)
        return await self._engine.read(lambda connection: connection.execute(query).first() is not None)

    async def count(
        self,
        team_id: str,
        question_id: str,
        *,
        at: datetime,
        decide: Callable[[Uncounted], Decided],
    ) -> Decided | None:
        """Counts a question, or lets it wait, as `decide` says of what is read in the same transaction.

        With the round are written the people it shares with earlier ones, who took part, and that its waves
        are counted; every rating of these waves is deleted, unless the question is asked with names. From
        then on the waves take no answer, also where they wait. None, and nothing changed, when there is
        nothing to decide, be it because another process has done it. `decide` may be called twice and has no
        effects.
        """
        return await self._engine.erase(
            lambda connection: count_in(connection, team_id, question_id, at=at, decide=decide)
        )

    async def clean_journal(self) -> None:
        """Takes out of the database's journal what counts and people have erased, where that is to be done.

        It is done after erasures and again until it succeeds, since nobody may be reading meanwhile.
        """
        erasures = self._engine.erasures
        if self._cleaned != erasures and await self._engine.empty_journal():
            self._cleaned = erasures

    async def expire_marks(self, before: date) -> int:
        """Deletes who took part in rounds before a day, in every workspace; how many marks that were."""

        def work(connection: Connection) -> int:
            teams = connection.execute(select(ROUND.c.team_id).distinct()).scalars().all()
            old = PARTICIPATION.delete().where(PARTICIPATION.c.counted_on < before)
            found = [connection.execute(old.where(PARTICIPATION.c.team_id == team_id)) for team_id in teams]
            return sum(deleted.rowcount for deleted in found)

        return await self._engine.write(work)

    async def withdrawn(self, team_id: str, round_ids: Collection[str]) -> list[Round]:
        """Those of these rounds that were withdrawn."""
        these = (ROUND.c.team_id == team_id, ROUND.c.id.in_(round_ids), ROUND.c.withdrawn_at.is_not(None))
        if not await self._fetch_all(select(ROUND.c.id).where(*these).limit(1), tuple):
            return []
        return await self._engine.read(lambda connection: read_rounds(connection, *these, with_shared=False))

    async def find(self, team_id: str, round_id: str) -> Round | None:
        """The round of that id, withdrawn or not."""
        by_id = (ROUND.c.team_id == team_id, ROUND.c.id == round_id)
        return next(iter(await self._engine.read(lambda connection: read_rounds(connection, *by_id))), None)

    async def waiting(self, team_id: str, question_id: str, *, at: datetime) -> Uncounted | None:
        """What a count at a moment would be made from, were nothing to change until then; changes nothing.

        None where no closed wave waits then.
        """
        return await self._engine.read(
            lambda connection: gather(connection, team_id, question_id, at, only_look=True)
        )

    async def about(
        self,
        team_id: str,
        channel_ids: Collection[str],
        *,
        product_id: str,
        instrument: str | None = None,
        lens: Lens | None = None,
        withdrawn: bool = False,
    ) -> list[Round]:
        """The rounds about a product in some channels, oldest first; withdrawn ones only where asked for."""
        conditions = _about(team_id, channel_ids, product_id, instrument=instrument, lens=lens)
        if not withdrawn:
            conditions.append(ROUND.c.withdrawn_at.is_(None))
        return await self._engine.read(lambda connection: read_rounds(connection, *conditions))

    async def long_story(
        self,
        team_id: str,
        channel_ids: Collection[str],
        *,
        product_id: str,
        instrument: str | None = None,
        whole: int,
        since: datetime | None = None,
    ) -> LongStory:
        """All rounds about a product in some channels, withdrawn ones too; few of them are whole.

        Whole are so many newest ones of each question, and its two newest with figures; with `since`, those
        counted from then on, and so many before them. The older ones are enough for a level.
        """
        conditions = _about(team_id, channel_ids, product_id, instrument=instrument)
        return await self._engine.read(
            lambda connection: read_long_story(connection, *conditions, whole=whole, since=since)
        )


def _about(
    team_id: str,
    channel_ids: Collection[str],
    product_id: str,
    *,
    instrument: str | None = None,
    lens: Lens | None = None,
) -> list[ColumnElement[bool]]:
    asked = select(QUESTION.c.id).where(
        QUESTION.c.team_id == team_id,
        QUESTION.c.channel_id.in_(channel_ids),
        QUESTION.c.product_id == product_id,
    )
    if instrument is not None:
        asked = asked.where(QUESTION.c.instrument == instrument)
    if lens is not None:
        asked = asked.where(QUESTION.c.lens == lens)
    return [ROUND.c.team_id == team_id, ROUND.c.question_id.in_(asked)]


def _due(connection: Connection, at: datetime) -> list[Wave]:
    new = select(WAVE.c.team_id, WAVE.c.question_id).where(
        WAVE.c.settled_at.is_(None), ~WAVE.c.taken_down, is_in(at)
    )
    again = select(QUESTION.c.team_id, QUESTION.c.id).where(QUESTION.c.look_again_on <= day_of(at))
    asked = {(str(row[0]), str(row[1])) for query in (new, again) for row in connection.execute(query)}
    waiting = (
        fetch_all(connection, ready(team_id, question_id, at), read_wave) for team_id, question_id in asked
    )
    found = sorted(filter(None, waiting), key=lambda waves: (waves[0].closes_at, waves[0].pulse.number))
    return [waves[-1] for waves in found]


def count_in(
    connection: Connection,
    team_id: str,
    question_id: str,
    *,
    at: datetime,
    decide: Callable[[Uncounted], Decided],
) -> Decided | None:
    """What `Rounds.count` does, inside a transaction."""
    given = gather(connection, team_id, question_id, at)
    if given is None:
        return None
    made = decide(given)
    _keep(connection, team_id, question_id, given, made)
    return made


def _keep(
    connection: Connection,
    team_id: str,
    question_id: str,
    given: Uncounted,
    made: Count,
) -> None:
    """Writes down what was decided, and deletes what must not be known any more."""
    wave_ids = [wave.id for wave in given.waves]
    these = (WAVE.c.team_id == team_id, WAVE.c.id.in_(wave_ids))
    ratings = RATING.delete().where(RATING.c.team_id == team_id, RATING.c.wave_id.in_(wave_ids))
    connection.execute(
        WAVE.update().where(*these).values(settled_at=func.coalesce(WAVE.c.settled_at, given.at))
    )
    connection.execute(ratings.where(~IS_ANSWER))
    this = QUESTION.update().where(QUESTION.c.team_id == team_id, QUESTION.c.id == question_id)
    connection.execute(this.values(look_again_on=made.look_again_on))
    request_update(connection, team_id, wave_ids)  # they say what became of them
    keep_batch(connection, team_id, question_id, made.batch, at=given.at)
    if made.round is None:
        return
    round_id = {"team_id": team_id, "round_id": made.round.id}
    connection.execute(ROUND.insert(), row_of_round(made.round, question_id))
    shared = [{**round_id, "earlier_id": id_, "shared": n} for id_, n in made.round.shared.items()]
    marks = [
        {**round_id, "respondent": person, "counted_on": made.round.counted_on} for person in made.people
    ]
    for into, rows in ((OVERLAP, shared), (PARTICIPATION, marks)):
        if rows:
            connection.execute(into.insert(), rows)
    counted = {"round_id": made.round.id, "counted_at": given.at, "people": PEOPLE}
    connection.execute(WAVE.update().where(*these).values(counted))
    if not given.question.named:
        connection.execute(ratings)


def withdraw_round(connection: Connection, team_id: str, wave_id: str, at: datetime) -> list[str]:
    """Takes the round in which a wave is counted out of every figure, for good; gives its id, if any.

    Its split by role is erased: a withdrawn round has none.
    """
    its_round = select(WAVE.c.round_id).where(WAVE.c.team_id == team_id, WAVE.c.id == wave_id)
    stands = (ROUND.c.team_id == team_id, ROUND.c.id.in_(its_round), ROUND.c.withdrawn_at.is_(None))
    connection.execute(ROUND.update().where(*stands).values(withdrawn_at=at, by_role={}))
    with_it = select(WAVE.c.id).where(WAVE.c.team_id == team_id, WAVE.c.round_id.in_(its_round))
    request_update(connection, team_id, connection.execute(with_it).scalars().all())
    return [each for each in connection.execute(its_round).scalars() if each]


def erase_marks(connection: Connection, team_id: str, respondents: Collection[str]) -> int:
    """Erases in which rounds a person took part, and gives how many; totals and shared counts stay."""
    theirs = PARTICIPATION.c.respondent.in_(respondents)
    marks = PARTICIPATION.delete().where(PARTICIPATION.c.team_id == team_id, theirs)
    return connection.execute(marks).rowcount
