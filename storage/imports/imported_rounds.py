"""Rounds of files: what is there, and how a file's rounds and comments come to be kept."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, func, select

from storage.engine.repository import Repository, new_id
from storage.pulses.asked_questions import questions_of
from storage.records.count_records import NO_MESSAGE, CountedBefore, Import, RoundFromFile
from storage.schema.batch_tables import BATCH, BATCH_WAVE
from storage.schema.question_tables import COMMENT, PULSE, WAVE
from storage.schema.round_rows import read_rounds, row_of_round
from storage.schema.round_tables import OVERLAP, QUESTION, ROUND
from storage.schema.wave_rows import PULSE_OF_WAVE, WAS_ASKED

AT_ONCE = 2000  # comments in one transaction, so that clicks need not wait for a large file


class CountedMeanwhile(Exception):
    """Raised where rounds came while a file was read, so that its own may be too near: none is kept."""


class ImportedRounds(Repository):
    """The rounds of every workspace that came from files."""

    async def counted(self, team_id: str, instrument: str) -> list[CountedBefore]:
        """All rounds of an instrument, withdrawn ones too, oldest first; from files and from Slack."""
        return await self._engine.read(lambda connection: _counted(connection, team_id, instrument))

    async def keep(self, new: Import, *, advance: Callable[[int], object]) -> None:
        """Keeps all of a file; nothing of it is seen before the last of it is there.

        `advance` is told how many comments are kept. What is left of a process that was killed meanwhile is
        in no figure and no list; its comments are erased as all that are never listed. Raises
        CountedMeanwhile, which leaves as much.
        """
        question_id = await self._engine.write(lambda connection: _begin(connection, new))
        comments = _comments(new)
        while some := list(islice(comments, AT_ONCE)):
            await self._engine.write(partial(_add, rows=some))
            advance(len(some))
        await self._engine.write(lambda connection: _finish(connection, new, question_id))

    async def waves_of(self, team_id: str, number: int) -> list[str]:
        """The waves that stand for the rounds of a file, by the number of its pulse; empty for any other."""
        query = select(WAVE.c.id).select_from(WAVE.join(PULSE, PULSE_OF_WAVE))
        these = query.where(PULSE.c.team_id == team_id, PULSE.c.number == number, _IS_OF_FILE)
        standing = these.where(~WAVE.c.taken_down)
        return await self._fetch_all(standing, lambda row: str(row.id))


_IS_OF_FILE = ~WAS_ASKED


def _counted(connection: Connection, team_id: str, instrument: str) -> list[CountedBefore]:
    asked = select(QUESTION.c.id).where(QUESTION.c.team_id == team_id, QUESTION.c.instrument == instrument)
    rounds = read_rounds(
        connection, ROUND.c.team_id == team_id, ROUND.c.question_id.in_(asked), with_shared=False
    )
    query = select(WAVE.c.round_id, WAVE.c.id, PULSE.c.number).select_from(WAVE.join(PULSE, PULSE_OF_WAVE))
    waves = connection.execute(query.where(WAVE.c.team_id == team_id, _IS_OF_FILE))
    from_file = {row.round_id: (row.number, row.id.partition("-")[0]) for row in waves}
    return [CountedBefore(one, *from_file.get(one.id, (None, None))) for one in rounds]


def _how_many(team_id: str, instrument: str) -> Select[Any]:
    """How many rounds of an instrument there are, withdrawn ones too."""
    this = (QUESTION.c.team_id == ROUND.c.team_id) & (QUESTION.c.id == ROUND.c.question_id)
    query = select(func.count()).select_from(ROUND.join(QUESTION, this))
    return query.where(ROUND.c.team_id == team_id, QUESTION.c.instrument == instrument)


def _begin(connection: Connection, new: Import) -> str:
    """The question, and a wave for each round that is taken down as long as not all of it is there."""
    wording = new.rounds[0].round.question.wording
    question_id = questions_of(connection, [(new.pulse, wording)])[0]
    connection.execute(WAVE.insert(), [_wave(new, each, question_id, wording) for each in new.rounds])
    return question_id


def _wave(new: Import, each: RoundFromFile, question_id: str, wording: str) -> dict[str, Any]:
    pulse, made = new.pulse, each.round
    ends = datetime.combine(made.last_day, time(), UTC) + timedelta(days=1)
    return {
        "team_id": pulse.team_id,
        "id": each.wave_id,
        "pulse_id": pulse.id,
        "question_id": question_id,
        "channel_id": pulse.channel_id,
        "product_id": pulse.product.id,
        "question": wording,
        "ui_version": NO_MESSAGE,
        "opened_at": datetime.combine(made.first_day, time(), UTC),
        "closes_at": ends,
        "closed_at": ends,
        "settled_at": ends,
        "counted_at": made.counted_at,
        "taken_down": True,
        "invited": None,
        "people": made.n,
        "promise": pulse.min_group,
    }


def _comments(new: Import) -> Iterator[dict[str, Any]]:
    """A writer is known by nothing; the key keeps two comments of a wave apart."""
    for each in new.rounds if new.listed else ():
        for text in each.comments:
            yield {
                "team_id": new.pulse.team_id,
                "id": new_id(),
                "wave_id": each.wave_id,
                "respondent": new_id(),
                "text": text,
                "may_quote": False,
                "written_at": each.round.counted_at,
            }


def _add(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(COMMENT.insert(), rows)


def _finish(connection: Connection, new: Import, question_id: str) -> None:
    """The rounds, with which all is seen; comments are listed in one batch of their age, never cut."""
    team_id = new.pulse.team_id
    rounds = [each.round for each in new.rounds]
    if connection.execute(_how_many(team_id, rounds[0].question.instrument)).scalar_one() != new.counted:
        raise CountedMeanwhile
    connection.execute(ROUND.insert(), [row_of_round(one, question_id) for one in rounds])
    shared = [
        {"team_id": team_id, "round_id": one.id, "earlier_id": earlier, "shared": people}
        for one in rounds
        for earlier, people in one.shared.items()
    ]
    if shared:
        connection.execute(OVERLAP.insert(), shared)
    for each in new.rounds:
        this = (WAVE.c.team_id == team_id, WAVE.c.id == each.wave_id)
        connection.execute(WAVE.update().where(*this).values(round_id=each.round.id, taken_down=False))
    if new.listed:
        _list(connection, new, question_id)


def _list(connection: Connection, new: Import, question_id: str) -> None:
    team_id, batch_id, listed_at = new.pulse.team_id, new_id(), new.rounds[-1].round.counted_at
    batch = {"team_id": team_id, "id": batch_id, "question_id": question_id, "need": new.pulse.min_group}
    connection.execute(BATCH.insert(), {**batch, "listed_at": listed_at, "never_cut": True})
    waves = [each.wave_id for each in new.rounds if each.comments]
    rows = [{"team_id": team_id, "wave_id": wave_id, "batch_id": batch_id} for wave_id in waves]
    connection.execute(BATCH_WAVE.insert(), rows)
