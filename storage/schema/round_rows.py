"""Rounds as rows: the query that finds them, and what makes records of them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from msgspec.json import Decoder
from sqlalchemy import ColumnElement, Connection, Row, Text, cast, select

from storage.engine.repository import record_of, row_of, select_columns
from storage.records import OldRound, Question, Round, RoundKind
from storage.schema.round_tables import OVERLAP, QUESTION, ROUND

_CLASSES = ("favourable", "middle", "unfavourable")
_OWN = [column for column in ROUND.c if column.name not in _CLASSES]
_OLD = select(
    ROUND.c.id,
    ROUND.c.question_id,
    ROUND.c.kind,
    ROUND.c.counted_at,
    ROUND.c.counted_on,
    ROUND.c.first_day,
    ROUND.c.n,
    cast(ROUND.c.histogram, Text),
    ROUND.c.clipped,
    ROUND.c.withdrawn_at.is_not(None),
).order_by(ROUND.c.counted_at.desc(), ROUND.c.id.desc())
_WITH_FIGURES = 2  # newest ones with figures that are always whole: what is shown, and what was before it
QUESTION_OF_ROUND = (QUESTION.c.team_id == ROUND.c.team_id) & (QUESTION.c.id == ROUND.c.question_id)
ROUNDS = select_columns(
    [*_OWN, *(ROUND.c[name].label(f"classes_{name}") for name in _CLASSES), *QUESTION.c],
    ROUND.join(QUESTION, QUESTION_OF_ROUND),
)

_read_counts = Decoder(dict[float, int]).decode


class LongStory(NamedTuple):
    """The newest rounds, whole and oldest first, and of each question all that are older, in no order."""

    rounds: Sequence[Round]
    older: Mapping[Question, Sequence[OldRound]]


def read_rounds(
    connection: Connection, *conditions: ColumnElement[bool], with_shared: bool = True
) -> list[Round]:
    """The rounds for which this holds, oldest first, with how many people each shares with earlier ones."""
    found = connection.execute(ROUNDS.where(*conditions).order_by(ROUND.c.counted_at, ROUND.c.id)).all()
    ids = {row.round_id for row in found}
    if not with_shared:
        return [_read_round(row, {}) for row in found]
    overlaps = select(OVERLAP.c.round_id, OVERLAP.c.earlier_id, OVERLAP.c.shared).where(
        OVERLAP.c.team_id.in_({row.round_team_id for row in found}), OVERLAP.c.round_id.in_(ids)
    )
    shared: dict[str, dict[str, int]] = defaultdict(dict)
    for round_id, earlier_id, people in connection.execute(overlaps).all() if ids else ():
        shared[round_id][earlier_id] = people
    return [_read_round(row, shared.get(row.round_id, {})) for row in found]


def read_long_story(
    connection: Connection, *conditions: ColumnElement[bool], whole: int, since: datetime | None = None
) -> LongStory:
    """The same rounds, but whole are only so many newest ones of each question, and two with figures.

    With `since`, whole are those counted from then on, and so many before them.

    An edition is to cost the same after many years, so hundreds of old rounds are read in one short query.
    """
    rows = connection.execute(_OLD.where(*conditions)).all()
    asked = _questions(connection, conditions) if len(rows) > whole else {}
    seen, with_figures = Counter[str](), Counter[str]()
    newest, older = list[str](), defaultdict[Question, list[OldRound]](list)
    for id_, question_id, kind, counted_at, counted_on, first_day, n, counts, clipped, gone in rows:
        if since is not None and counted_at >= since:
            newest.append(id_)
            continue
        seen[question_id] += not gone
        has_figures = kind is RoundKind.NUMBER and not gone
        if seen[question_id] <= whole or (has_figures and with_figures[question_id] < _WITH_FIGURES):
            newest.append(id_)
            with_figures[question_id] += has_figures
            continue
        asking, histogram = asked[question_id], _read_counts(counts)
        older[asking].append(
            OldRound(id_, asking, kind, counted_at, counted_on, first_day, n, histogram, clipped, gone)
        )
    recent = read_rounds(connection, *conditions, ROUND.c.id.in_(newest)) if newest else []
    return LongStory(recent, older)


def _questions(connection: Connection, conditions: Collection[ColumnElement[bool]]) -> dict[str, Question]:
    counted = select(ROUND.c.question_id).where(*conditions)
    query = select_columns(QUESTION.c, QUESTION).where(QUESTION.c.id.in_(counted))
    return {row.question_id: record_of(row, "question", Question) for row in connection.execute(query)}


def _read_round(row: Row[Any], shared: Mapping[str, int]) -> Round:
    withdrawn = row.round_withdrawn_at is not None
    return record_of(row, "round", Round, shared=shared, withdrawn=withdrawn)


def row_of_round(made: Round, question_id: str) -> dict[str, Any]:
    """A new round as a row."""
    counts = {name: made.classes and getattr(made.classes, name) for name in _CLASSES}
    team_id = made.question.team_id
    return row_of(made, ROUND, team_id=team_id, question_id=question_id, withdrawn_at=None, **counts)
