"""Questions: what stays the same however often it is asked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, or_, select

from storage.engine.repository import Repository, has_key_in, new_id, record_of, select_columns
from storage.records import AskedIn, AskedQuestion, People, Pulse, Question, Wave
from storage.records.name_folding import comparison_key
from storage.schema.question_tables import PULSE, WAVE
from storage.schema.round_tables import QUESTION, ROUND
from storage.schema.wave_rows import PULSE_OF_WAVE, PULSES, WAS_ASKED, WAVES, of_whole, read_pulse, read_wave

QUESTIONS = select_columns(QUESTION.c, QUESTION)
_ALIKE = (
    "team_id",
    "channel_id",
    "product_id",
    "subject_key",
    "lens",
    "instrument",
    "wording",
    "named",
    "apart",
)
"""By what a question is known."""


class Questions(Repository):
    """The questions of every workspace."""

    async def asked(
        self, team_id: str, channel_ids: Collection[str], *, product_id: str
    ) -> list[AskedQuestion]:
        """What was ever asked about a product in some channels.

        Left out are questions of which every wave was taken down before it was counted.
        """
        about = (
            QUESTION.c.team_id == team_id,
            QUESTION.c.channel_id.in_(channel_ids),
            QUESTION.c.product_id == product_id,
        )
        return await self._engine.read(lambda connection: _asked(connection, team_id, about))

    async def ever_asked(self, team_id: str) -> bool:
        """Whether anything was ever asked in a workspace, also what was taken down since."""
        query = select(exists().where(WAVE.c.team_id == team_id))
        return await self._engine.read(lambda connection: bool(connection.execute(query).scalar_one()))

    async def subject(self, team_id: str, question_id: str) -> str | None:
        """What a question is about, in the words in which it was asked last; None for one never asked."""
        query = (
            select(PULSE.c.subject)
            .select_from(
                WAVE.join(PULSE, (PULSE.c.team_id == WAVE.c.team_id) & (PULSE.c.id == WAVE.c.pulse_id))
            )
            .where(WAVE.c.team_id == team_id, WAVE.c.question_id == question_id)
            .order_by(WAVE.c.opened_at.desc())
            .limit(1)
        )
        return await self._engine.read(lambda connection: connection.execute(query).scalar_one_or_none())

    async def askings(
        self, team_id: str, channel_ids: Collection[str], *, product_id: str, since: datetime
    ) -> list[AskedIn]:
        """When a product was asked about in some channels since a moment, and how people went together."""
        query = (
            select(PULSE.c.lens, WAVE.c.channel_id, WAVE.c.opened_at, WAVE.c.people_elsewhere)
            .select_from(WAVE.join(PULSE, PULSE_OF_WAVE))
            .where(
                WAVE.c.team_id == team_id,
                WAVE.c.channel_id.in_(channel_ids),
                WAVE.c.product_id == product_id,
                WAVE.c.opened_at >= since,
                WAS_ASKED,
                ~WAVE.c.taken_down,
            )
        )
        return await self._fetch_all(query, _read_asking)

    async def planned(
        self, team_id: str, channel_ids: Collection[str], *, product_id: str, whole: bool = False
    ) -> list[Pulse]:
        """The pulses about a product in some channels that will be asked by themselves, soonest first.

        With `whole` the product stands for the organisation: the user sides of others are among them.
        """
        query = PULSES.where(
            PULSE.c.team_id == team_id,
            PULSE.c.channel_id.in_(channel_ids),
            of_whole(PULSE, product_id) if whole else PULSE.c.product_id == product_id,
            PULSE.c.next_at.is_not(None),
            ~PULSE.c.paused,
        )
        return await self._fetch_all(query.order_by(PULSE.c.next_at, PULSE.c.number), read_pulse)


def _read_asking(row: Row[Any]) -> AskedIn:
    told = row.people_elsewhere or {}
    people = {channel_id: People(word) for channel_id, word in told.items()}
    return AskedIn(lens=row.lens, channel_id=row.channel_id, opened_at=row.opened_at, people=people)


def subject_key(subject: str, product_keys: Collection[str]) -> str:
    """A subject as questions are compared by it; empty where it is a name of the product, now or before."""
    key = comparison_key(subject)
    return "" if key in product_keys else key


def asks(pulse: Pulse, question: Question) -> bool:
    """Whether a pulse of the question's channel and product asks the same."""
    same = all(getattr(pulse, name) == getattr(question, name) for name in ("instrument", "lens", "named"))
    about = subject_key(pulse.subject, pulse.product.keys)
    return same and not question.apart and about == question.subject_key


def questions_of(connection: Connection, asked: Sequence[tuple[Pulse, str]]) -> list[str]:
    """The ids of the questions that pulses ask, each in its wording.

    One that was never asked is new, and one that is asked again has not ended.
    """
    rows = [_question_row(pulse, wording) for pulse, wording in asked]
    places = {(row["team_id"], row["channel_id"]) for row in rows}
    here = has_key_in(sorted(places), QUESTION.c.team_id, QUESTION.c.channel_id)
    known = {
        tuple(getattr(row, name) for name in _ALIKE): (row.id, row.ended_at)
        for row in connection.execute(select(QUESTION).where(here))
    }
    wanted = [tuple(row[name] for name in _ALIKE) for row in rows]
    new = {key: {**row, "id": new_id()} for key, row in zip(wanted, rows, strict=True) if key not in known}
    if new:
        connection.execute(QUESTION.insert(), list(new.values()))
    ended = {known[key][0] for key in wanted if key in known and known[key][1] is not None}
    if ended:
        again = QUESTION.update().where(QUESTION.c.id.in_(sorted(ended)))
        teams = {row["team_id"] for row in rows}
        connection.execute(again.where(QUESTION.c.team_id.in_(sorted(teams))).values(ended_at=None))
    return [str(known[key][0] if key in known else new[key]["id"]) for key in wanted]


def _question_row(pulse: Pulse, wording: str) -> dict[str, Any]:
    return {
        "team_id": pulse.team_id,
        "channel_id": pulse.channel_id,
        "product_id": pulse.product.id,
        "subject_key": subject_key(pulse.subject, pulse.product.keys),
        "lens": pulse.lens,
        "instrument": pulse.instrument,
        "wording": wording,
        "named": pulse.named,
        "apart": "",
    }


def _asked(
    connection: Connection, team_id: str, about: tuple[ColumnElement[bool], ...]
) -> list[AskedQuestion]:
    uncounted = exists().where(
        WAVE.c.team_id == QUESTION.c.team_id,
        WAVE.c.question_id == QUESTION.c.id,
        WAVE.c.round_id.is_(None),
        ~WAVE.c.taken_down,
    )
    counts = exists().where(ROUND.c.team_id == QUESTION.c.team_id, ROUND.c.question_id == QUESTION.c.id)
    query = QUESTIONS.where(*about, or_(uncounted, counts))
    found = connection.execute(query).all()
    if not found:
        return []
    waiting = WAVES.where(
        WAVE.c.team_id == team_id,
        WAVE.c.question_id.in_([row.question_id for row in found]),
        WAVE.c.round_id.is_(None),
        WAVE.c.counted_at.is_(None),
        ~WAVE.c.taken_down,
    )
    waves: dict[str, list[Wave]] = defaultdict(list)
    for row in connection.execute(waiting.order_by(WAVE.c.opened_at.desc())):
        wave = read_wave(row)
        waves[wave.question_id].append(wave)
    return [
        AskedQuestion(
            id=row.question_id,
            question=record_of(row, "question", Question),
            uncounted=tuple(waves[row.question_id]),
        )
        for row in found
    ]
