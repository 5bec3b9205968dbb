"""Keeping answers: one row per (wave, respondent, item), and the newest click wins (rule 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, exists

from storage.answers.comments import drop_comment, keep_comment
from storage.delivery.outbox_requests import request_update
from storage.engine.repository import Repository, put, row_of, select_columns
from storage.pulses.waiting_answers import marks_of
from storage.records import AnswerKey, NewComment, Rating, Recorded, WaveHeader, aware
from storage.schema.question_tables import COMMENT, IS_ANSWER, RATING, TAKEN_BACK, WAVE
from storage.schema.wave_rows import (
    HEADER_COLUMNS,
    RESPONDENT,
    TEAM_ID,
    WAVE_ID,
    WAVE_TABLES,
    read_wave_header,
)

LONG_AGO = datetime.min.replace(tzinfo=UTC)
NO_GRACE = timedelta(0)

HAS_COMMENT = exists().where(
    COMMENT.c.team_id == TEAM_ID, COMMENT.c.wave_id == WAVE_ID, COMMENT.c.respondent == RESPONDENT
)
OF_RESPONDENT = and_(
    RATING.c.team_id == TEAM_ID, RATING.c.wave_id == WAVE_ID, RATING.c.respondent == RESPONDENT
)
CURRENT_ANSWER = select_columns(
    [*HEADER_COLUMNS, RATING.c.item, RATING.c.point, RATING.c.clicked_at, HAS_COMMENT.label("commented")],
    WAVE_TABLES.outerjoin(RATING, OF_RESPONDENT),
).where(WAVE.c.team_id == TEAM_ID, WAVE.c.id == WAVE_ID)
"""A wave with one person's ratings, and whether they wrote."""


@dataclass(frozen=True, slots=True)
class CurrentAnswer:
    """Where a person stands in a wave: their points, and when each was clicked (or, item 0, taken back)."""

    wave: WaveHeader
    points: Mapping[int, int]
    clicked_at: Mapping[int, datetime]
    has_comment: bool

    @property
    def taken_back_at(self) -> datetime:
        """Answers up to this moment were taken back."""
        return self.clicked_at.get(TAKEN_BACK, LONG_AGO)

    @property
    def final(self) -> bool:
        """Whether the wave takes no answer any more, and gives none back."""
        return self.wave.settled_at is not None or self.wave.taken_down

    def closed(self, by: datetime | None) -> bool:
        """Whether the wave is final or, if asked, had closed by then."""
        return self.final or (by is not None and self.wave.closes_at <= by)

    def is_newer(self, rating: Rating) -> bool:
        """Whether a rating is newer than what is there."""
        kept_at = self.clicked_at.get(rating.item, LONG_AGO)
        return rating.clicked_at > self.taken_back_at and rating.clicked_at >= kept_at


class Answers(Repository):
    """Writing the answers of every workspace."""

    async def record(
        self,
        ratings: Sequence[Rating],
        *,
        comment: NewComment | None = None,
        now: datetime | None = None,
        grace: timedelta = NO_GRACE,
    ) -> Recorded:
        """Keeps the ratings of one person in one wave, and the comment that came along (empty: erases it).

        Whoever rates again changes their mind, not the count. An older click than the one kept changes
        nothing, nor does any once the wave is settled or taken down or, given `now`, closed by then for as
        long as `grace`: `kept` is False. Raises KeyError without such a wave.
        """
        of_whom = {(rating.team_id, rating.wave_id, rating.respondent) for rating in ratings}
        for rating in ratings:
            aware(rating.clicked_at)  # here, since a naive one cannot be compared with those that are kept
        if len(of_whom) != 1:
            raise ValueError("ratings are recorded for one person in one wave at a time")
        closed_by = aware(now) - grace if now else None
        recorded = await self._engine.write(
            lambda connection: _record(connection, ratings, comment, closed_by)
        )
        if recorded is None:
            raise KeyError(ratings[0].wave_id)
        return recorded

    async def comment(self, key: AnswerKey, comment: NewComment) -> bool:
        """Keeps the comment of somebody who answered; an empty text erases it.

        False, and nothing changed, for somebody who did not, and once the wave is settled or taken down.
        """

        def work(connection: Connection) -> bool:
            at = _current_answer(connection, key)
            if at is None or at.final or not at.points:
                return False
            keep_comment(connection, at.wave, key.respondent, comment)
            return True

        if comment.text.strip():
            return await self._engine.write(work)
        return await self._engine.erase(work)

    async def take_back(self, key: AnswerKey, *, at: datetime) -> bool:
        """Erases a person's answer and comment in a wave, as far as they are not newer than `at`.

        False when there was none, and once the wave is settled or taken down.
        """
        return await self._engine.erase(lambda connection: _take_back(connection, key, at))


def _current_answer(connection: Connection, key: AnswerKey) -> CurrentAnswer | None:
    """None when there is no such wave."""
    place = {
        "team_id": key.team_id,
        "wave_id": key.wave_id,
        "respondent": key.respondent,
    }  # faster than asdict
    rows = connection.execute(CURRENT_ANSWER, place).all()
    if not rows:
        return None
    held = [row for row in rows if row.rating_item is not None]
    return CurrentAnswer(
        wave=read_wave_header(rows[0]),
        points={row.rating_item: row.rating_point for row in held if row.rating_item != TAKEN_BACK},
        clicked_at={row.rating_item: row.rating_clicked_at for row in held},
        has_comment=rows[0].commented,
    )


def _record(
    connection: Connection,
    ratings: Sequence[Rating],
    comment: NewComment | None,
    closed_by: datetime | None,
) -> Recorded | None:
    first = ratings[0]
    key = AnswerKey(team_id=first.team_id, wave_id=first.wave_id, respondent=first.respondent)
    before = _current_answer(connection, key)
    if before is None:
        return None
    closed = before.closed(closed_by)
    new = [] if closed else sorted(filter(before.is_newer, ratings), key=lambda rating: rating.clicked_at)
    points = {**before.points, **{rating.item: rating.point for rating in new}}
    if new:
        put(connection, RATING, [row_of(rating, RATING) for rating in new], newest="clicked_at")
    joined = bool(points) and not before.points
    is_first = bool(points) and not before.clicked_at
    asks_again = is_first and not before.wave.pulse.named
    if joined:
        request_update(connection, key.team_id, [key.wave_id])
    has_comment = before.has_comment
    if comment and new:  # a form that comes late brings neither
        has_comment = keep_comment(connection, before.wave, key.respondent, comment)
    return Recorded(
        wave=before.wave,
        first=is_first,
        kept=bool(new),
        before=before.points,
        points=points,
        has_comment=has_comment,
        closed=closed,
        marks=tuple(marks_of(connection, key.team_id, key.respondent)) if asks_again else (),
    )


def _take_back(connection: Connection, key: AnswerKey, at: datetime) -> bool:
    before = _current_answer(connection, key)
    if before is None or before.final:
        return False
    mark = {**asdict(key), "item": TAKEN_BACK, "point": None, "clicked_at": at, "external": False}
    put(connection, RATING, [mark], newest="clicked_at")
    mine = [RATING.c[name] == value for name, value in asdict(key).items()]
    gone = connection.execute(RATING.delete().where(*mine, IS_ANSWER, RATING.c.clicked_at <= at)).rowcount
    left = gone < len(before.points)
    until = at if left else None  # a comment alone is no response
    drop_comment(connection, before.wave, key.respondent, until=until)
    if gone and not left:
        request_update(connection, key.team_id, [key.wave_id])
    return gone > 0
