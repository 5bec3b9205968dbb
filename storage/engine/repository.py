"""What the parts of the store share: how they read and write, and how they add and change rows."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, Connection, FromClause, Row, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import UpdateBase

from storage.engine.writer import T, Work

Record = TypeVar("Record")
Reader = Callable[[Row[Any]], Record]


class Transact(Protocol):
    """Runs work in transactions; every read and write of the store passes through one of these."""

    async def read(self, work: Work[T]) -> T:
        """What `work` reads, from one snapshot."""

    async def write(self, work: Work[T]) -> T:
        """What `work` gives, once it is committed."""


class Repository:
    """A part of the store: what is kept of one subject, in records."""

    def __init__(self, engine: Transact) -> None:
        self._engine = engine

    async def _fetch_one(self, query: Select[Any], read: Reader[Record], **values: str) -> Record | None:
        """The first record that a query finds, with these values for what it leaves open."""
        return await self._engine.read(lambda connection: fetch_one(connection, query, read, **values))

    async def _fetch_all(self, query: Select[Any], read: Reader[Record]) -> list[Record]:
        """All records that a query finds."""
        return await self._engine.read(lambda connection: fetch_all(connection, query, read))

    async def _change(self, statement: UpdateBase) -> int:
        """Commits one statement; how many rows it touched."""
        return await self._engine.write(lambda connection: connection.execute(statement).rowcount)


def new_id() -> str:
    """A random id of 16 letters, so that replicas and shards never meet in one."""
    return secrets.token_hex(8)


def select_columns(columns: Iterable[Any], source: FromClause) -> Select[Any]:
    """A query whose columns are named after their table (`wave_closed_at`), as the readers of rows expect."""
    return select(*columns).select_from(source).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)


def fetch_one(
    connection: Connection, query: Select[Any], read: Reader[Record], **values: str
) -> Record | None:
    """The first record that a query finds, with these values for what it leaves open."""
    row = connection.execute(query, values).first()
    return None if row is None else read(row)


def fetch_all(connection: Connection, query: Select[Any], read: Reader[Record]) -> list[Record]:
    """All records that a query finds."""
    return [read(row) for row in connection.execute(query)]


def row_of(record: object, into: Table, **more: Any) -> dict[str, Any]:
    """A record as a row: `more`, and for every other column the record's field of that name."""
    return {
        column.name: more[column.name] if column.name in more else getattr(record, column.name)
        for column in into.c
    }


def add(connection: Connection, into: Table, row: Mapping[str, Any]) -> bool:
    """Adds a row; False, and nothing changed, when a row with one of its keys is there."""
    return connection.execute(_addition(connection.dialect.name, into), row).rowcount == 1


def put(
    connection: Connection, into: Table, rows: Iterable[Mapping[str, Any]], *, newest: str | None = None
) -> None:
    """Adds rows, or changes those with the same primary key, in full.

    With `newest`, the name of a column: only where that column's value is not lower than the one kept.
    """
    connection.execute(_change(connection.dialect.name, into, newest), list(rows))


def _insert(dialect: str, into: Table) -> sqlite.Insert:
    """SQLAlchemy has an INSERT ... ON CONFLICT for each database, made alike."""
    if dialect == "postgresql":
        return postgresql.insert(into)  # type: ignore[return-value]
    return sqlite.insert(into)


@cache
def _addition(dialect: str, into: Table) -> sqlite.Insert:
    # SQLAlchemy forgets the count of an INSERT unless told; RETURNING would need a SQLite of 2021.
    statement = _insert(dialect, into).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)


@cache
def _change(dialect: str, into: Table, newest: str | None) -> sqlite.Insert:
    statement = _insert(dialect, into)
    keys = [column.name for column in into.primary_key]
    return statement.on_conflict_do_update(
        index_elements=keys,
        set_={column.name: statement.excluded[column.name] for column in into.c if column.name not in keys},
        where=None if newest is None else statement.excluded[newest] >= into.c[newest],
    )
