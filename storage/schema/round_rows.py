"""Rounds as rows: the query that finds them, and what makes records of them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from storage.engine.repository import record_of, row_of, select_columns
from storage.records import Question, Round
from storage.schema.round_tables import OVERLAP, QUESTION, ROUND

_CLASSES = ("favourable", "middle", "unfavourable")
_OWN = [column for column in ROUND.c if column.name not in _CLASSES]
_SHORT = (
    "team_id",
    "id",
    "question_id",
    "kind",
    "counted_at",
    "n",
    "first_day",
    "last_day",
    "histogram",
    "clipped",
    "lean",
    "withdrawn_at",
)
QUESTION_OF_ROUND = (QUESTION.c.team_id == ROUND.c.team_id) & (QUESTION.c.id == ROUND.c.question_id)
ROUNDS = select_columns(
    [*_OWN, *(ROUND.c[name].label(f"classes_{name}") for name in _CLASSES), *QUESTION.c],
    ROUND.join(QUESTION, QUESTION_OF_ROUND),
)


def read_rounds(
    connection: Connection, *conditions: ColumnElement[bool], with_shared: bool = True
) -> list[Round]:
    """The rounds for which this holds, oldest first, with how many people each shares with earlier ones."""
    found = connection.execute(ROUNDS.where(*conditions).order_by(ROUND.c.counted_at, ROUND.c.id)).all()
    ids = {row.round_id for row in found}
    if not with_shared:
        return [_read_round(row, {}) for row in found]
    overlaps = select(OVERLAP).where(
        OVERLAP.c.team_id.in_({row.round_team_id for row in found}), OVERLAP.c.round_id.in_(ids)
    )
    shared: dict[str, dict[str, int]] = defaultdict(dict)
    for row in connection.execute(overlaps) if ids else ():
        shared[row.round_id][row.earlier_id] = row.shared
    return [_read_round(row, shared.get(row.round_id, {})) for row in found]


def read_long_story(connection: Connection, *conditions: ColumnElement[bool], whole: int) -> list[Round]:
    """The same rounds, but in full only so many newest ones of each question.

    The older ones come with what a level needs, without class counts, items, shared people and how many were
    asked: an edition is to cost the same after many years.
    """
    columns = [ROUND.c[name] for name in _SHORT]
    rows = connection.execute(select(*columns).where(*conditions).order_by(ROUND.c.counted_at.desc())).all()
    seen = Counter[str]()
    newest, older = list[Row[Any]](), list[Row[Any]]()
    for row in rows:
        seen[row.question_id] += 1
        (newest if seen[row.question_id] <= whole else older).append(row)
    recent = (
        read_rounds(connection, *conditions, ROUND.c.id.in_([row.id for row in newest])) if newest else []
    )
    asked = _questions(connection, {(row.team_id, row.question_id) for row in older}) if older else {}
    rounds = [_short(row, asked) for row in older]
    return sorted([*rounds, *recent], key=lambda one: (one.counted_at, one.id))


def _questions(connection: Connection, keys: Collection[tuple[str, str]]) -> dict[str, Question]:
    query = select_columns(QUESTION.c, QUESTION).where(
        QUESTION.c.team_id.in_({team_id for team_id, _ in keys}), QUESTION.c.id.in_({id_ for _, id_ in keys})
    )
    return {row.question_id: record_of(row, "question", Question) for row in connection.execute(query)}


def _short(row: Row[Any], asked: Mapping[str, Question]) -> Round:
    values: tuple[Any, ...] = tuple(row)  # faster than by name, and there may be hundreds
    _, id_, question_id, kind, counted_at, n, first_day, last_day, histogram, clipped, lean, gone = values
    return Round(
        id=id_,
        question=asked[question_id],
        kind=kind,
        counted_at=counted_at,
        n=n,
        invited=None,
        first_day=first_day,
        last_day=last_day,
        askings=1,
        histogram=histogram,
        clipped=clipped,
        lean=lean,
        withdrawn=gone is not None,
    )


def _read_round(row: Row[Any], shared: Mapping[str, int]) -> Round:
    withdrawn = row.round_withdrawn_at is not None
    return record_of(row, "round", Round, shared=shared, withdrawn=withdrawn)


def row_of_round(made: Round, question_id: str) -> dict[str, Any]:
    """A new round as a row."""
    counts = {name: made.classes and getattr(made.classes, name) for name in _CLASSES}
    team_id = made.question.team_id
    return row_of(made, ROUND, team_id=team_id, question_id=question_id, withdrawn_at=None, **counts)
