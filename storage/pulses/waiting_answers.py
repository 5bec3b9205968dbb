"""What waits to be counted: the closed waves of a question with their answers, and who was counted lately.

The one reader of who chose what for a figure; it runs in the transaction that deletes the tie.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, select

from storage.engine.repository import fetch_all, new_id, reader, select_columns
from storage.pulses.batches import unlisted_comments
from storage.records import GRACE, MARKS_KEPT, Mark, Question, Role, Wave
from storage.records.count_records import EarlierRound, Uncounted, WaitingWave
from storage.records.name_folding import comparison_key
from storage.schema.installation_table import RESTORED_ON
from storage.schema.question_tables import IS_ANSWER, PRODUCT, PULSE, RATING, WAVE
from storage.schema.round_rows import QUESTION_OF_ROUND, read_rounds
from storage.schema.round_tables import PARTICIPATION, QUESTION, ROLE, ROUND
from storage.schema.wave_rows import WAVES, read_product, read_wave

PRODUCT_OF_QUESTION = (PRODUCT.c.team_id == QUESTION.c.team_id) & (PRODUCT.c.id == QUESTION.c.product_id)
ROUND_OF_MARK = (ROUND.c.team_id == PARTICIPATION.c.team_id) & (ROUND.c.id == PARTICIPATION.c.round_id)
QUESTIONS = select_columns([*QUESTION.c, *PRODUCT.c], QUESTION.join(PRODUCT, PRODUCT_OF_QUESTION))
MARKS = select_columns(
    [
        PARTICIPATION.c.team_id,
        PARTICIPATION.c.respondent,
        PARTICIPATION.c.round_id,
        ROUND.c.counted_on,
        ROUND.c.kind,
        *QUESTION.c,
        PRODUCT.c.name,
        PRODUCT.c.former_keys,
    ],
    PARTICIPATION.join(ROUND, ROUND_OF_MARK)
    .join(QUESTION, QUESTION_OF_ROUND)
    .join(PRODUCT, PRODUCT_OF_QUESTION),
)
MARKS_OF_PEOPLE = MARKS.where(
    PARTICIPATION.c.team_id.in_(bindparam("teams", expanding=True)),
    PARTICIPATION.c.respondent.in_(bindparam("people", expanding=True)),
)
"""Made once, since a click waits for it. Of pairs SQLite makes a search through the whole table."""

LATELY = timedelta(weeks=4)
"""How long after a round its marks leave anybody out, at the longest setting."""

_read_question = reader("question", Question)


def day_of(moment: datetime) -> date:
    """The day, UTC, by which four weeks are reckoned."""
    return moment.astimezone(UTC).date()


def is_in(at: datetime) -> ColumnElement[bool]:
    """What holds for a wave whose answers are all in at a moment."""
    return and_(WAVE.c.closed_at.is_not(None), WAVE.c.closes_at <= at - GRACE)


def ready(team_id: str, question_id: str, at: datetime) -> Select[Any]:
    """The waves of a question that can be counted, in the order of their close."""
    is_uncounted = and_(WAVE.c.round_id.is_(None), WAVE.c.counted_at.is_(None), ~WAVE.c.taken_down)
    return WAVES.where(
        WAVE.c.team_id == team_id, WAVE.c.question_id == question_id, is_uncounted, is_in(at)
    ).order_by(WAVE.c.closes_at, PULSE.c.number, WAVE.c.opened_at, WAVE.c.id)


def gather(
    connection: Connection, team_id: str, question_id: str, at: datetime, *, only_look: bool = False
) -> Uncounted | None:
    """All that decides about a question at a moment; None where there is nothing to decide.

    That is so when every wave has been looked at before and the day of the next look has not come. With
    `only_look` nothing is decided: then it is None only where no wave waits.
    """
    by_id = QUESTIONS.where(QUESTION.c.team_id == team_id, QUESTION.c.id == question_id)
    asked = connection.execute(by_id if only_look else by_id.with_for_update()).first()
    if asked is None:
        return None
    waves = fetch_all(connection, ready(team_id, question_id, at), read_wave)
    again_on = asked.question_look_again_on
    is_new = any(wave.settled_at is None for wave in waves)
    if not waves or not (only_look or is_new or (again_on and again_on <= day_of(at))):
        return None
    wave_ids = [wave.id for wave in waves]
    marks = _marks(connection, team_id, wave_ids, day_of(at - LATELY))
    answers = _answers(connection, team_id, wave_ids)
    question = _read_question(asked)
    scheduled = asked.question_ended_at is not None  # its schedule was removed while a wave was open
    unlisted = [] if question.named else unlisted_comments(connection, team_id, question_id, is_in(at))
    knows_roles = not (only_look or question.named)
    return Uncounted(
        at=at,
        round_id=new_id(),
        question=question,
        product_keys=read_product(asked).keys,
        waves=tuple(
            _waiting(number, wave, answers[wave.id], scheduled=scheduled or not wave.pulse.asked_once)
            for number, wave in enumerate(waves, start=1)
        ),
        last_round_on=connection.execute(_last_day(team_id, question_id)).scalar(),
        known_invited=connection.execute(_last_size(team_id, waves[0].pulse.channel_id)).scalar(),
        marks=tuple(marks),
        restored_on=connection.execute(RESTORED_ON).scalar(),
        earlier=_Earlier(connection, team_id, tuple(wave_ids), day_of(at - MARKS_KEPT)),
        unlisted=tuple(unlisted),
        roles=_roles(connection, question, wave_ids) if knows_roles else {},
    )


def _waiting(number: int, wave: Wave, answers: dict[str, dict[int, int]], *, scheduled: bool) -> WaitingWave:
    return WaitingWave(
        id=wave.id,
        number=number,
        opened_at=wave.opened_at,
        closes_at=wave.closes_at,
        promise=wave.promise,
        scheduled=scheduled,
        invited=wave.invited,
        answers=answers,
    )


def _answers(
    connection: Connection, team_id: str, wave_ids: list[str]
) -> defaultdict[str, dict[str, dict[int, int]]]:
    """Point by item, by respondent, by wave."""
    found: defaultdict[str, dict[str, dict[int, int]]] = defaultdict(dict)
    given = select(RATING).where(RATING.c.team_id == team_id, RATING.c.wave_id.in_(wave_ids), IS_ANSWER)
    for row in connection.execute(given.order_by(RATING.c.wave_id, RATING.c.respondent, RATING.c.item)):
        found[row.wave_id].setdefault(row.respondent, {})[row.item] = row.point
    return found


def _marks(connection: Connection, team_id: str, wave_ids: list[str], since: date) -> list[Mark]:
    query = MARKS.where(*_taken_part(team_id, wave_ids, since))
    return fetch_all(connection, query, _read_mark)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The rounds since a day in which respondents took part, each with those; read when they are asked for.

    Most looks make no round and do not ask. It can be read inside the transaction of the count only.
    """

    connection: Connection
    team_id: str
    wave_ids: tuple[str, ...]
    since: date

    def __iter__(self) -> Iterator[EarlierRound]:
        """Each round, oldest first, with its people."""
        query = select(PARTICIPATION.c.round_id, PARTICIPATION.c.respondent)
        taken_part = query.where(*_taken_part(self.team_id, list(self.wave_ids), self.since))
        people: defaultdict[str, set[str]] = defaultdict(set)
        for round_id, respondent in self.connection.execute(taken_part):
            people[round_id].add(respondent)
        those = (ROUND.c.team_id == self.team_id, ROUND.c.id.in_(people))
        rounds = read_rounds(self.connection, *those, with_shared=False) if people else []
        known = self._known([each.id for each in rounds if each.by_role or each.withdrawn])
        for each in rounds:
            forgotten = each.n - known.get(each.id, each.n)
            yield EarlierRound(each, frozenset(people[each.id]), forgotten)

    def _known(self, round_ids: list[str]) -> dict[str, int]:
        """Of how many people of these rounds it is known still that they took part."""
        these = (PARTICIPATION.c.team_id == self.team_id, PARTICIPATION.c.round_id.in_(round_ids))
        query = select(PARTICIPATION.c.round_id, func.count()).where(*these)
        grouped = query.group_by(PARTICIPATION.c.round_id)
        return {row[0]: row[1] for row in self.connection.execute(grouped)} if round_ids else {}


def _roles(connection: Connection, question: Question, wave_ids: list[str]) -> dict[str, Role]:
    """How those who answered know the product, as far as they have told it by now."""
    of_product = (ROLE.c.team_id == question.team_id, ROLE.c.product_id == question.product_id)
    told = select(ROLE.c.respondent, ROLE.c.role).where(
        *of_product, ROLE.c.respondent.in_(_respondents(question.team_id, wave_ids)), ROLE.c.role.is_not(None)
    )
    return {row.respondent: row.role for row in connection.execute(told)}


def _respondents(team_id: str, wave_ids: list[str]) -> Select[Any]:
    of_waves = (RATING.c.team_id == team_id, RATING.c.wave_id.in_(wave_ids), IS_ANSWER)
    return select(RATING.c.respondent).where(*of_waves)


def _taken_part(team_id: str, wave_ids: list[str], since: date) -> tuple[ColumnElement[bool], ...]:
    return (
        PARTICIPATION.c.team_id == team_id,
        PARTICIPATION.c.respondent.in_(_respondents(team_id, wave_ids)),
        PARTICIPATION.c.counted_on >= since,
    )


def marks_of(
    connection: Connection, people: Collection[tuple[str, str]]
) -> dict[tuple[str, str], list[Mark]]:
    """In which rounds people took part, each named by workspace and key."""
    marks = defaultdict[tuple[str, str], list[Mark]](list)
    values = {"teams": sorted({team for team, _ in people}), "people": sorted({key for _, key in people})}
    for row in connection.execute(MARKS_OF_PEOPLE, values):
        marks[row.participation_team_id, row.participation_respondent].append(_read_mark(row))
    return marks


def _read_mark(row: Row[Any]) -> Mark:
    return Mark(
        round_id=row.participation_round_id,
        respondent=row.participation_respondent,
        instrument=row.question_instrument,
        product_key=comparison_key(row.product_name),
        subject_key=row.question_subject_key,
        day=row.round_counted_on,
        kind=row.round_kind,
        named=row.question_named,
        former_keys=row.product_former_keys,
    )


def _last_day(team_id: str, question_id: str) -> Select[Any]:
    """The day of a question's last round, withdrawn or not."""
    return select(func.max(ROUND.c.counted_on)).where(
        ROUND.c.team_id == team_id, ROUND.c.question_id == question_id
    )


def _last_size(team_id: str, channel_id: str) -> Select[Any]:
    """How many people a channel had, when that was last known."""
    return (
        select(WAVE.c.invited)
        .where(WAVE.c.team_id == team_id, WAVE.c.channel_id == channel_id, WAVE.c.invited.is_not(None))
        .order_by(WAVE.c.opened_at.desc())
        .limit(1)
    )
