"""Rounds as rows: the query that finds them, and what makes records of them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from storage.engine.repository import record_of, row_of, select_columns
from storage.records import Round
from storage.schema.round_tables import OVERLAP, QUESTION, ROUND

_CLASSES = ("favourable", "middle", "unfavourable")
_OWN = [column for column in ROUND.c if column.name not in _CLASSES]
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


def _read_round(row: Row[Any], shared: Mapping[str, int]) -> Round:
    withdrawn = row.round_withdrawn_at is not None
    return record_of(row, "round", Round, shared=shared, withdrawn=withdrawn)


def row_of_round(made: Round, question_id: str) -> dict[str, Any]:
    """A new round as a row."""
    counts = {name: made.classes and getattr(made.classes, name) for name in _CLASSES}
    team_id = made.question.team_id
    return row_of(made, ROUND, team_id=team_id, question_id=question_id, withdrawn_at=None, **counts)
