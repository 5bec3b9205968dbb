"""What is left of a person's answers once they are counted: that they took part, and what they wrote."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, select

from storage.answers.comments import COMMENTS, read_comment
from storage.engine.repository import Repository, fetch_all
from storage.records import CountedAnswer, Wave
from storage.schema.question_tables import COMMENT, IS_ANSWER, RATING, WAVE
from storage.schema.round_tables import PARTICIPATION
from storage.schema.wave_rows import WAVES, read_wave


class PersonalData(Repository):
    """What is kept of one person beside their answers that are not counted yet."""

    async def counted(self, team_id: str, respondents: Collection[str]) -> list[CountedAnswer]:
        """What is left of a person's counted answers, given each of their forms, newest first.

        A question with names keeps its answers, so it is not in here; nor is a comment beside an answer that
        still waits.
        """
        return await self._engine.read(lambda connection: _counted(connection, team_id, respondents))


def _counted(connection: Connection, team_id: str, respondents: Collection[str]) -> list[CountedAnswer]:
    marks = select(PARTICIPATION.c.round_id, PARTICIPATION.c.counted_on).where(
        PARTICIPATION.c.team_id == team_id, PARTICIPATION.c.respondent.in_(respondents)
    )
    counted_on: dict[str | None, date] = {row.round_id: row.counted_on for row in connection.execute(marks)}
    theirs = COMMENTS.where(COMMENT.c.team_id == team_id, COMMENT.c.respondent.in_(respondents))
    written = {comment.wave_id: comment for comment in fetch_all(connection, theirs, read_comment)}
    waiting = set(
        connection.execute(
            select(RATING.c.wave_id)
            .join(WAVE, (WAVE.c.team_id == RATING.c.team_id) & (WAVE.c.id == RATING.c.wave_id))
            .where(RATING.c.team_id == team_id, RATING.c.respondent.in_(respondents), IS_ANSWER)
            .where(WAVE.c.counted_at.is_(None))
        ).scalars()
    )
    either = (WAVE.c.round_id.in_(counted_on), WAVE.c.id.in_(set(written) - waiting))  # an index for each
    halves = (
        fetch_all(connection, WAVES.where(WAVE.c.team_id == team_id, half), read_wave) for half in either
    )
    waves = {wave.id: wave for half in halves for wave in half}
    found = []
    for wave in sorted(waves.values(), key=lambda wave: (wave.id in written, wave.opened_at), reverse=True):
        comment, day = written.get(wave.id), counted_on.pop(wave.round_id, None)
        if not wave.pulse.named and (comment or day):
            found.append(CountedAnswer(wave=wave, counted_on=day, comment=comment))
    return sorted(found, key=_day, reverse=True)


def _day(kept: CountedAnswer) -> date:
    return kept.counted_on or _closed_on(kept.wave)


def _closed_on(wave: Wave) -> date:
    return wave.closes_at.date()
