"""Rounds of files: what is there, and how a file's rounds and comments come to be kept."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from storage.engine.repository import Repository, Transact, new_id
from storage.pulses.asked_questions import questions_of
from storage.pulses.products import add_product
from storage.pulses.pulses import GivenNumbers, number_pulse
from storage.records import Pulse, Round
from storage.records.count_records import NO_MESSAGE, CountedBefore, Import, RoundFromFile
from storage.schema.batch_tables import BATCH, BATCH_WAVE
from storage.schema.question_tables import COMMENT, PULSE, WAVE
from storage.schema.round_rows import read_rounds, row_of_round
from storage.schema.round_tables import FILE_ROWS, OVERLAP, QUESTION, ROUND
from storage.schema.wave_rows import PULSE_OF_WAVE, WAS_ASKED


class CountedMeanwhile(Exception):
    """Raised where rounds, or its product, came while a file was read: none of it is kept."""


class ImportedRounds(Repository):
    """The rounds of every workspace that came from files; no number is given out twice (`given`)."""

    def __init__(self, engine: Transact, given: GivenNumbers | None = None) -> None:
        super().__init__(engine)
        self._given = given

    async def counted(self, team_id: str, instrument: str) -> list[CountedBefore]:
        """All rounds of an instrument, withdrawn ones too, oldest first; from files and from Slack."""
        return await self._engine.read(lambda connection: _counted(connection, team_id, instrument))

    async def keep(self, new: Import) -> Pulse:
        """Keeps all of a file in one write, and gives its pulse with the number that it got.

        Where it is refused or killed nothing is left, no number and no product. Raises CountedMeanwhile.
        """
        return await self._engine.write(lambda connection: _keep(connection, new, self._given))

    async def waves_of(self, team_id: str, number: int) -> list[str]:
        """The waves that stand for the rounds of a file, by the number of its pulse; empty for any other."""
        query = select(WAVE.c.id).select_from(WAVE.join(PULSE, PULSE_OF_WAVE))
        these = query.where(PULSE.c.team_id == team_id, PULSE.c.number == number, _IS_OF_FILE)
        standing = these.where(~WAVE.c.taken_down)
        return await self._fetch_all(standing, lambda row: str(row.id))

    async def pulses_in(self, team_id: str, channel_id: str) -> set[str]:
        """The ids of the pulses of a channel that came from files, also those that were taken back."""
        query = select(WAVE.c.pulse_id).where(WAVE.c.team_id == team_id, WAVE.c.channel_id == channel_id)
        found = await self._fetch_all(query.where(_IS_OF_FILE), lambda row: str(row.pulse_id))
        return set(found)


_IS_OF_FILE = ~WAS_ASKED


def _counted(connection: Connection, team_id: str, instrument: str) -> list[CountedBefore]:
    asked = select(QUESTION.c.id).where(QUESTION.c.team_id == team_id, QUESTION.c.instrument == instrument)
    rounds = read_rounds(
        connection, ROUND.c.team_id == team_id, ROUND.c.question_id.in_(asked), with_shared=False
    )
    query = select(WAVE.c.round_id, WAVE.c.id, PULSE.c.number).select_from(WAVE.join(PULSE, PULSE_OF_WAVE))
    waves = connection.execute(query.where(WAVE.c.team_id == team_id, _IS_OF_FILE))
    from_file = {row.round_id: (row.number, row.id.partition("-")[0]) for row in waves}
    kept = select(FILE_ROWS.c.round_id, FILE_ROWS.c.marks).where(FILE_ROWS.c.team_id == team_id)
    marks = {row.round_id: frozenset(row.marks.split()) for row in connection.execute(kept)}
    return [
        CountedBefore(one, *from_file.get(one.id, (None, None)), marks.get(one.id, frozenset()))
        for one in rounds
    ]


def _how_many(team_id: str, instrument: str) -> Select[Any]:
    """How many rounds of an instrument there are, withdrawn ones too."""
    this = (QUESTION.c.team_id == ROUND.c.team_id) & (QUESTION.c.id == ROUND.c.question_id)
    query = select(func.count()).select_from(ROUND.join(QUESTION, this))
    return query.where(ROUND.c.team_id == team_id, QUESTION.c.instrument == instrument)


def _keep(connection: Connection, new: Import, given: GivenNumbers | None) -> Pulse:
    """The product, the question, its rounds with a wave for each, and their comments."""
    instrument, team_id = new.rounds[0].round.question.instrument, new.pulse.team_id
    if connection.execute(_how_many(team_id, instrument)).scalar_one() != new.counted:
        raise CountedMeanwhile
    if new.new_product and not add_product(connection, new.pulse.product):
        raise CountedMeanwhile
    pulse = number_pulse(connection, new.pulse, given)
    wording = new.rounds[0].round.question.wording
    question_id = questions_of(connection, [(pulse, wording)])[0]
    _add_rounds(connection, team_id, [each.round for each in new.rounds], question_id)
    marks = [
        {"team_id": team_id, "round_id": each.round.id, "marks": " ".join(sorted(each.marks))}
        for each in new.rounds
        if each.marks
    ]
    if marks:
        connection.execute(FILE_ROWS.insert(), marks)
    connection.execute(WAVE.insert(), [_wave(new, each, question_id, wording) for each in new.rounds])
    if comments := list(_comments(new)):
        connection.execute(COMMENT.insert(), comments)
    if new.listed:
        _list(connection, new, question_id)
    return pulse


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
        "taken_down": False,
        "round_id": made.id,
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


def _add_rounds(connection: Connection, team_id: str, rounds: Sequence[Round], question_id: str) -> None:
    connection.execute(ROUND.insert(), [row_of_round(one, question_id) for one in rounds])
    shared = [
        {"team_id": team_id, "round_id": one.id, "earlier_id": earlier, "shared": people}
        for one in rounds
        for earlier, people in one.shared.items()
    ]
    if shared:
        connection.execute(OVERLAP.insert(), shared)


def _list(connection: Connection, new: Import, question_id: str) -> None:
    team_id, batch_id, listed_at = new.pulse.team_id, new_id(), new.rounds[-1].round.counted_at
    batch = {"team_id": team_id, "id": batch_id, "question_id": question_id, "need": new.pulse.min_group}
    connection.execute(BATCH.insert(), {**batch, "listed_at": listed_at, "never_cut": True})
    waves = [each.wave_id for each in new.rounds if each.comments]
    rows = [{"team_id": team_id, "wave_id": wave_id, "batch_id": batch_id} for wave_id in waves]
    connection.execute(BATCH_WAVE.insert(), rows)
