"""What is erased, and what goes with it: a comment takes its label, its correction and its quotes along."""

from collections.abc import Awaitable, Collection
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Select, select

from storage.answers.roles import erase_roles
from storage.delivery.outbox_requests import request_delete, request_update
from storage.digests.editions import IS_LISTED_NO_MORE, blank_quotes
from storage.digests.shared_results import renew_told
from storage.engine.repository import Repository, Transact, fetch_all
from storage.pulses.batches import COMMENT_IS_UNLISTED, withdraw_batch
from storage.pulses.rounds import erase_marks, withdraw_round
from storage.pulses.waves import end_wave
from storage.records import Forgotten
from storage.reminders.pauses import erase_pauses
from storage.saved.saved_messages import forget_saved
from storage.schema.batch_tables import BATCH_WAVE
from storage.schema.delivery_tables import QUOTE
from storage.schema.question_tables import COMMENT, IS_ANSWER, RATING, WAVE
from storage.schema.wave_rows import WAS_ASKED, WAVES, read_wave

KEY_LENGTH = 64  # of a confidential key


class Note(Protocol):
    """Keeps outside of the database that something is about to be erased."""

    def __call__(self, what: str, team_id: str, *ids: str) -> Awaitable[None]:
        """What it is (forget, takedown), and the keys or waves."""


class Erasure(Repository):
    """What people may have erased. `note` keeps outside of the database that it is about to be."""

    def __init__(self, engine: Transact, note: Note | None = None) -> None:
        super().__init__(engine)
        self._note = note

    async def forget(self, team_id: str, respondents: Collection[str]) -> Forgotten:
        """Erases all that is kept of a person, who is given in each of their forms (hash and user id).

        Gives what that was. Totals of rounds, and how many people two rounds share, stay; that they took part
        is erased. Quotes of theirs in editions lose their text; the messages of open and waiting waves that
        they answered, and of editions that quoted them, are renewed.
        """
        if self._note:
            keys = (each for each in respondents if len(each) == KEY_LENGTH)  # a user id stands in no list
            await self._note("forget", team_id, *keys)
        return await self._engine.erase(lambda connection: erase_person(connection, team_id, respondents))

    async def take_down(self, team_id: str, wave_id: str, *, at: datetime) -> None:
        """Erases all that was answered in a wave, closes it and wants its message gone; the wave stays.

        Of a wave that came from a file all that came with it goes too.
        The round in which it is counted is withdrawn, as are the batch and the block of its comments: what
        was counted, listed or cut with it never is again, and editions and shared results lose it.
        """
        waves = await self._engine.read(lambda connection: _with_its_file(connection, team_id, wave_id))
        if self._note:
            await self._note("takedown", team_id, *waves)

        def work(connection: Connection) -> None:
            for each in waves:
                take_down_wave(connection, team_id, each, at=at)

        await self._engine.erase(work)


def _with_its_file(connection: Connection, team_id: str, wave_id: str) -> list[str]:
    """The wave, and where it came from a file all waves of that file that stand."""
    its_file = select(WAVE.c.pulse_id).where(WAVE.c.team_id == team_id, WAVE.c.id == wave_id, ~WAS_ASKED)
    beside = select(WAVE.c.id).where(
        WAVE.c.team_id == team_id, WAVE.c.pulse_id.in_(its_file), WAVE.c.id != wave_id, ~WAVE.c.taken_down
    )
    return [wave_id, *connection.execute(beside).scalars()]


def take_down_wave(connection: Connection, team_id: str, wave_id: str, *, at: datetime) -> None:
    """What `Erasure.take_down` does, inside a transaction."""
    erase_wave(connection, team_id, wave_id)
    rounds = withdraw_round(connection, team_id, wave_id, at)
    blocks = withdraw_batch(connection, team_id, wave_id, at)
    _blank_unlisted_quotes(connection, team_id, [wave_id])
    renew_told(connection, team_id, [*rounds, *blocks])
    connection.execute(end_wave(team_id, wave_id, at).values(taken_down=True, people=0))
    request_delete(connection, team_id, wave_id)
    request_update(connection, team_id, connection.execute(_waiting_with(team_id, wave_id)).scalars().all())


def _waiting_with(team_id: str, wave_id: str) -> Select[Any]:
    """The waves that wait to be counted together with a wave: what they say may change with it."""
    question = select(WAVE.c.question_id).where(WAVE.c.team_id == team_id, WAVE.c.id == wave_id)
    return select(WAVE.c.id).where(
        WAVE.c.team_id == team_id,
        WAVE.c.question_id.in_(question),
        WAVE.c.round_id.is_(None),
        WAVE.c.counted_at.is_(None),
        ~WAVE.c.taken_down,
        WAVE.c.closed_at.is_not(None),
    )


def erase_comments(connection: Connection, team_id: str, comment_ids: Collection[str]) -> None:
    """Erases comments, their labels and corrections (the schema cascades) and the text of their quotes."""
    connection.execute(COMMENT.delete().where(COMMENT.c.team_id == team_id, COMMENT.c.id.in_(comment_ids)))
    blank_quotes(connection, team_id, comment_ids)


def _blank_unlisted_quotes(connection: Connection, team_id: str, wave_ids: Collection[str]) -> None:
    """Takes out of every edition, posted or not yet, what was listed with these waves and is no more."""
    its = select(BATCH_WAVE.c.batch_id).where(
        BATCH_WAVE.c.team_id == team_id, BATCH_WAVE.c.wave_id.in_(wave_ids)
    )
    beside = select(BATCH_WAVE.c.wave_id).where(
        BATCH_WAVE.c.team_id == team_id, BATCH_WAVE.c.batch_id.in_(its)
    )
    gone = select(COMMENT.c.id).where(
        COMMENT.c.team_id == team_id, COMMENT.c.wave_id.in_(beside), IS_LISTED_NO_MORE
    )
    blank_quotes(connection, team_id, connection.execute(gone).scalars().all())


def erase_wave(connection: Connection, team_id: str, wave_id: str, *, keep_listed: bool = False) -> None:
    """Erases every answer and comment of a wave; with `keep_listed`, not the comments that a batch holds."""
    comments = select(COMMENT.c.id).where(COMMENT.c.team_id == team_id, COMMENT.c.wave_id == wave_id)
    if keep_listed:
        comments = comments.where(COMMENT_IS_UNLISTED)
    erase_comments(connection, team_id, connection.execute(comments).scalars().all())
    connection.execute(RATING.delete().where(RATING.c.team_id == team_id, RATING.c.wave_id == wave_id))


def erase_person(connection: Connection, team_id: str, respondents: Collection[str]) -> Forgotten:
    """What `Erasure.forget` does, inside a transaction."""
    ratings = (RATING.c.team_id == team_id) & RATING.c.respondent.in_(respondents)
    given = select(RATING.c.wave_id).where(ratings, IS_ANSWER)
    wave_ids = set(connection.execute(given).scalars())  # DISTINCT would walk the whole workspace
    waves = fetch_all(connection, WAVES.where(WAVE.c.team_id == team_id, WAVE.c.id.in_(wave_ids)), read_wave)
    request_update(connection, team_id, [wave.id for wave in waves if wave.counted_at is None])
    theirs = (COMMENT.c.team_id == team_id, COMMENT.c.respondent.in_(respondents))
    written = connection.execute(select(COMMENT.c.id, COMMENT.c.wave_id).where(*theirs)).all()
    comment_ids, written_in = [row.id for row in written], {row.wave_id for row in written}
    quoted = select(QUOTE.c.edition_id).where(
        QUOTE.c.team_id == team_id, QUOTE.c.comment_id.in_(comment_ids), QUOTE.c.text.is_not(None)
    )
    quotes = connection.execute(quoted.limit(1)).first() is not None
    erase_comments(connection, team_id, comment_ids)
    if written_in:
        _blank_unlisted_quotes(connection, team_id, written_in)
    connection.execute(RATING.delete().where(ratings))
    pause = erase_pauses(connection, team_id, respondents)
    roles, not_said = erase_roles(connection, team_id, respondents)
    saved, savings = forget_saved(connection, team_id, respondents)
    return Forgotten(
        comments=len(comment_ids),
        answers=sum(wave.counted_at is None and not wave.pulse.named for wave in waves),
        named_answers=sum(wave.pulse.named for wave in waves),
        marks=erase_marks(connection, team_id, respondents) + not_said,
        roles=roles,
        quotes=quotes,
        pauses=pause is not None,
        stopped=pause is not None and pause.stopped,
        saved=saved,
        savings=savings,
    )
