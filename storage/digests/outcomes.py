"""Figures from elsewhere about products: retention, churn, an app's rating. No answer or round knows them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select

from storage.engine.repository import Repository, fetch_all, fetch_one, record_of, row_of, select_columns
from storage.records import Outcome, OutcomeFigure, Period, Product
from storage.records.name_folding import fold
from storage.schema.delivery_tables import OUTCOME
from storage.schema.question_tables import PRODUCT
from storage.schema.wave_rows import PRODUCTS, read_product

_OUTCOMES = select_columns(OUTCOME.c, OUTCOME)
_NEWEST_FIRST = (OUTCOME.c.day.desc(), OUTCOME.c.whole_month, OUTCOME.c.lens, OUTCOME.c.metric_key)


class ProductGone(Exception):
    """Raised for a figure about a product that is not there any more: nothing was kept."""


class Change(StrEnum):
    """What became of a figure that was entered."""

    NEW = "new"
    CORRECTED = "corrected"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class KeptOutcome:
    """A figure as it is kept now, and the one in whose place it came, where there was another one."""

    outcome: Outcome
    change: Change
    before: OutcomeFigure | None = None


class Outcomes(Repository):
    """The figures from elsewhere of every workspace; whoever enters them is checked before."""

    async def keep(self, entered: Sequence[Outcome], *, instead_of: str | None = None) -> list[KeptOutcome]:
        """Keeps figures, all in one write: each in the place of one of its kind, side and day.

        With `instead_of`, the id of another one, in the place of that one too. Raises ProductGone.
        """

        def work(connection: Connection) -> list[KeptOutcome]:
            if instead_of:
                _remove(connection, entered[0].team_id, instead_of)
            return [_keep(connection, each) for each in entered]

        return await self._engine.write(work)

    async def get(self, team_id: str, outcome_id: str) -> Outcome | None:
        """The figure of that id."""
        query = _OUTCOMES.where(OUTCOME.c.team_id == team_id, OUTCOME.c.id == outcome_id)
        return await self._fetch_one(query, _read)

    async def about(self, team_id: str, product_id: str, *, most: int) -> list[Outcome]:
        """The figures about a product, those of the newest days first."""
        return await self._fetch_all(_about(team_id, product_id).order_by(*_NEWEST_FIRST).limit(most), _read)

    async def remove(self, team_id: str, outcome_id: str) -> bool:
        """Removes a figure; False where it is gone. Editions that have shown it stay as they are."""
        return await self._engine.write(lambda connection: _remove(connection, team_id, outcome_id))

    async def products_called(self, name: str) -> list[Product]:
        """The products of that name in all workspaces: for whoever runs Bifocal."""
        return await self._fetch_all(PRODUCTS.where(PRODUCT.c.folded == fold(name)), read_product)


def newest_of_each(
    connection: Connection, team_id: str, product_id: str, period: Period | None
) -> tuple[OutcomeFigure, ...]:
    """The newest figure of each kind and side about a product: customers first, then by name."""
    place = func.row_number().over(
        partition_by=(OUTCOME.c.lens, OUTCOME.c.metric_key), order_by=_NEWEST_FIRST
    )
    mine = [OUTCOME.c.team_id == team_id, OUTCOME.c.product_id == product_id]
    if period:
        mine.append(OUTCOME.c.day.between(period.start.date(), period.end.date()))
    placed = select(OUTCOME.c.id, place.label("place")).where(*mine).subquery()
    is_first = OUTCOME.c.id.in_(select(placed.c.id).where(placed.c.place == 1))
    query = _about(team_id, product_id).where(is_first).order_by(OUTCOME.c.lens, OUTCOME.c.metric_key)
    return tuple(each.figure for each in fetch_all(connection, query, _read))


def _about(team_id: str, product_id: str) -> Any:
    return _OUTCOMES.where(OUTCOME.c.team_id == team_id, OUTCOME.c.product_id == product_id)


def _keep(connection: Connection, entered: Outcome) -> KeptOutcome:
    figure = entered.figure
    there = and_(
        OUTCOME.c.team_id == entered.team_id,
        OUTCOME.c.product_id == entered.product_id,
        OUTCOME.c.lens == figure.lens,
        OUTCOME.c.metric_key == fold(figure.metric),
        OUTCOME.c.day == figure.day,
        OUTCOME.c.whole_month == figure.whole_month,
    )
    # The product is locked, so that two who enter the same figure at once come one after the other.
    product = and_(PRODUCT.c.team_id == entered.team_id, PRODUCT.c.id == entered.product_id)
    if connection.execute(select(PRODUCT.c.id).where(product).with_for_update()).first() is None:
        raise ProductGone
    old = fetch_one(connection, _OUTCOMES.where(there), _read)
    if old is None:
        connection.execute(OUTCOME.insert(), _row(entered))
        return KeptOutcome(entered, Change.NEW)
    if _is_same(old.figure, figure):
        return KeptOutcome(old, Change.SAME)
    now = replace(entered, id=old.id)
    connection.execute(OUTCOME.update().where(_with_id(old.team_id, old.id)).values(_row(now)))
    return KeptOutcome(now, Change.CORRECTED, old.figure)


def _is_same(old: OutcomeFigure, new: OutcomeFigure) -> bool:
    """Whether nothing changes but who has entered it."""
    return replace(old, name="", metric="") == replace(new, name="", metric="")


def _remove(connection: Connection, team_id: str, outcome_id: str) -> bool:
    return connection.execute(OUTCOME.delete().where(_with_id(team_id, outcome_id))).rowcount == 1


def _with_id(team_id: str, outcome_id: str) -> ColumnElement[bool]:
    return and_(OUTCOME.c.team_id == team_id, OUTCOME.c.id == outcome_id)


def _row(outcome: Outcome) -> dict[str, Any]:
    figure = asdict(outcome.figure) | {"metric_key": fold(outcome.figure.metric)}
    return row_of(outcome, OUTCOME, **figure)


def _read(row: Row[Any]) -> Outcome:
    return record_of(row, "outcome", Outcome, figure=record_of(row, "outcome", OutcomeFigure))
