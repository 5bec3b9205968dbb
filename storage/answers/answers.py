"""Keeping answers: one row per (wave, respondent, item), and the newest click wins (rule 2)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage.answers.comments import drop_comment, keep_comment
from storage.answers.current_answer import CurrentAnswer, current_answers
from storage.answers.roles import ASKED_OF_PEOPLE, keep_role
from storage.engine.repository import Repository, Transact, put, row_of
from storage.engine.writer import Share
from storage.pulses.waiting_answers import marks_of
from storage.records import AnswerKey, NewComment, Rating, Recorded, RoleSaid, aware
from storage.reminders.pauses import end_silence
from storage.schema.question_tables import IS_ANSWER, RATING, TAKEN_BACK

NO_GRACE = timedelta(0)


@dataclass(frozen=True, slots=True)
class _Given:
    """Ratings of one person in one wave, and by when it must not have closed, if that is asked.

    `code` is the code under which their pauses are kept, where that is known.
    """

    key: AnswerKey
    ratings: Sequence[Rating]
    closed_by: datetime | None
    code: str | None = None


class Answers(Repository):
    """Writing the answers of every workspace; `changed` hears of each wave that has more or fewer people."""

    def __init__(self, engine: Transact, changed: Callable[[tuple[str, str]], None]) -> None:
        super().__init__(engine)
        self._changed = changed

    async def record(
        self,
        ratings: Sequence[Rating],
        *,
        comment: NewComment | None = None,
        now: datetime | None = None,
        grace: timedelta = NO_GRACE,
        code: str | None = None,
    ) -> Recorded:
        """Keeps the ratings of one person in one wave, and the comment that came along (empty: erases it).

        Whoever rates again changes their mind, not the count. An older click than the one kept changes
        nothing, nor does any once the wave is settled or taken down or, given `now`, closed by then for as
        long as `grace`: `kept` is False. With the `code` of the person, reminders that they left without an
        answer count no more. Raises KeyError without such a wave.
        """
        of_whom = {(rating.team_id, rating.wave_id, rating.respondent) for rating in ratings}
        for rating in ratings:
            aware(rating.clicked_at)  # here, since a naive one cannot be compared with those that are kept
        if len(of_whom) != 1:
            raise ValueError("ratings are recorded for one person in one wave at a time")
        closed_by = aware(now) - grace if now else None
        first = ratings[0]
        key = AnswerKey(team_id=first.team_id, wave_id=first.wave_id, respondent=first.respondent)
        given = _Given(key, ratings, closed_by, code)
        if comment:
            recorded = await self._engine.write(lambda connection: _record_form(connection, given, comment))
        else:
            recorded = await self._engine.write(Share(_record, given))
        if recorded is None:
            raise KeyError(key.wave_id)
        if recorded.points and not recorded.before:
            self._changed((key.team_id, key.wave_id))
        return recorded

    async def comment(self, key: AnswerKey, comment: NewComment | None, said: RoleSaid | None = None) -> bool:
        """Keeps the comment of somebody who answered; an empty text erases it, None leaves it as it is.

        With it is kept what they `said` of how they know the product, if they were asked that; never with a
        name. False, and nothing changed, for somebody who did not answer, and once the wave is settled or
        taken down.
        """

        def work(connection: Connection) -> bool:
            at = current_answers(connection, [key]).get(key)
            if at is None or at.final or not at.points:
                return False
            if comment:
                keep_comment(connection, at.wave, key.respondent, comment)
            if said and not at.wave.pulse.named:
                keep_role(connection, key.team_id, key.respondent, at.wave.pulse.product.id, said)
            return True

        if comment is None or comment.text.strip():
            return await self._engine.write(work)
        return await self._engine.erase(work)

    async def take_back(self, key: AnswerKey, *, at: datetime) -> bool:
        """Erases a person's answer and comment in a wave, as far as they are not newer than `at`.

        False when there was none, and once the wave is settled or taken down.
        """
        gone, is_last = await self._engine.erase(lambda connection: _take_back(connection, key, at))
        if is_last:
            self._changed((key.team_id, key.wave_id))
        return gone


def _record(connection: Connection, given: Sequence[_Given]) -> list[Recorded | None]:
    """The answers of several people, each once or more, with few statements for all of them.

    Rows are written in the order of their keys, so that two processes never wait for each other in a circle.
    """
    standing = current_answers(connection, [each.key for each in given])
    new: dict[tuple[str, ...], Rating] = {}
    recorded = [_taken(each, standing.get(each.key), new) for each in given]
    if new:
        put(connection, RATING, [row_of(new[key], RATING) for key in sorted(new)], newest="clicked_at")
        end_silence(connection, {(each.key.team_id, each.code) for each in given if each.code})
    return _with_the_person(connection, given, recorded)


def _taken(given: _Given, at: CurrentAnswer | None, new: dict[tuple[str, ...], Rating]) -> Recorded | None:
    """What becomes of one person's ratings; those that are kept are put into `new`."""
    if at is None:
        return None
    before, is_new = dict(at.points), not at.clicked_at
    closed = at.closed(given.closed_by)
    by_time = () if closed else sorted(given.ratings, key=lambda rating: rating.clicked_at)
    taken = [rating for rating in by_time if at.take(rating)]
    for rating in taken:
        new[rating.team_id, rating.wave_id, rating.respondent, f"{rating.item:03}"] = rating
    return Recorded(
        wave=at.wave,
        first=bool(at.points) and is_new,
        kept=bool(taken),
        before=before,
        points=dict(at.points),
        has_comment=at.has_comment,
        closed=closed,
        marks=(),
    )


def _with_the_person(
    connection: Connection, given: Sequence[_Given], recorded: Sequence[Recorded | None]
) -> list[Recorded | None]:
    """The same, and for whoever answers a question for the first time what is known of them.

    That is in which rounds they took part, and whether they were asked how they know the product.
    """
    asking = {
        each.key
        for each, made in zip(given, recorded, strict=True)
        if made and made.first and not made.wave.pulse.named
    }
    if not asking:
        return list(recorded)
    people = {(key.team_id, key.respondent) for key in asking}
    marks, asked = marks_of(connection, people), _asked(connection, people)
    return [
        replace(
            made,
            marks=tuple(marks.get((each.key.team_id, each.key.respondent), ())),
            ask_role=(each.key.team_id, each.key.respondent, made.wave.pulse.product.id) not in asked,
        )
        if made and made.first and each.key in asking
        else made
        for each, made in zip(given, recorded, strict=True)
    ]


def _asked(connection: Connection, people: Collection[tuple[str, str]]) -> set[tuple[str, str, str]]:
    """Who of them was asked of which product how they know it."""
    values = {"teams": sorted({team for team, _ in people}), "people": sorted({key for _, key in people})}
    return {(row[0], row[1], row[2]) for row in connection.execute(ASKED_OF_PEOPLE, values)}


def _record_form(connection: Connection, given: _Given, comment: NewComment) -> Recorded | None:
    (recorded,) = _record(connection, [given])
    if recorded is None or not recorded.kept:  # a form that comes late brings neither
        return recorded
    has_comment = keep_comment(connection, recorded.wave, given.key.respondent, comment)
    return replace(recorded, has_comment=has_comment)


def _take_back(connection: Connection, key: AnswerKey, at: datetime) -> tuple[bool, bool]:
    """Whether anything went, and whether it was all that the person had chosen."""
    before = current_answers(connection, [key]).get(key)
    if before is None or before.final:
        return False, False
    mark = {**asdict(key), "item": TAKEN_BACK, "point": None, "clicked_at": at, "external": False}
    put(connection, RATING, [mark], newest="clicked_at")
    mine = [RATING.c[name] == value for name, value in asdict(key).items()]
    gone = connection.execute(RATING.delete().where(*mine, IS_ANSWER, RATING.c.clicked_at <= at)).rowcount
    left = gone < len(before.points)
    until = at if left else None  # a comment alone is no response
    drop_comment(connection, before.wave, key.respondent, until=until)
    return gone > 0, gone > 0 and not left
