"""What the parts of the store share: how they read and write, and how they add and change rows."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from operator import itemgetter
from typing import Any, Protocol, TypeVar, cast, get_args, get_type_hints

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    Table,
    and_,
    select,
    tuple_,
)
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

    async def erase(self, work: Work[T]) -> T:
        """The same as `write`, for work that may erase what must not stay in the journal either."""

    @property
    def erasures(self) -> int:
        """How often something was erased since it was opened."""

    async def empty_journal(self) -> bool:
        """Whether nothing that was deleted is left in the journal; False while somebody reads."""


class Repository:
    """A part of the store: what is kept of one subject, in records."""

    def __init__(self, engine: Transact) -> None:
        self._engine = engine

    async def _fetch_one(self, query: Select[Any], read: Reader[Record], **values: object) -> Record | None:
        """The first record that a query finds, with these values for what it leaves open."""
        return await self._engine.read(lambda connection: fetch_one(connection, query, read, **values))

    async def _fetch_all(self, query: Select[Any], read: Reader[Record], **values: object) -> list[Record]:
        """All records that a query finds, with these values for what it leaves open."""
        return await self._engine.read(lambda connection: fetch_all(connection, query, read, **values))

    async def _change(self, statement: UpdateBase) -> int:
        """Commits one statement; how many rows it touched."""
        return await self._engine.write(lambda connection: connection.execute(statement).rowcount)


def new_id() -> str:
    """A random id of 16 letters, so that replicas and shards never meet in one."""
    return secrets.token_hex(8)


def select_columns(columns: Iterable[Any], source: FromClause) -> Select[Any]:
    """A query whose columns are named after their table (`wave_closed_at`), as the readers of rows expect."""
    return select(*columns).select_from(source).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)


def has_key_in(keys: Sequence[tuple[Any, ...]], *columns: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a row has one of these keys, each with a value for every column.

    The columns are named one by one as well: for several keys SQLite 3.40 would read the whole table.
    """
    apart = (
        column.in_(set(values)) for column, values in zip(columns, zip(*keys, strict=True), strict=False)
    )
    return and_(*apart, tuple_(*columns).in_(keys))


def fetch_one(
    connection: Connection, query: Select[Any], read: Reader[Record], **values: object
) -> Record | None:
    """The first record that a query finds, with these values for what it leaves open."""
    row = connection.execute(query, values).first()
    return None if row is None else read(row)


def fetch_all(
    connection: Connection, query: Select[Any], read: Reader[Record], **values: object
) -> list[Record]:
    """All records that a query finds, with these values for what it leaves open."""
    return [read(row) for row in connection.execute(query, values)]


def row_of(record: object, into: Table, **more: Any) -> dict[str, Any]:
    """A record as a row: `more`, and for every other column the record's field of that name."""
    return {name: more[name] if name in more else getattr(record, name) for name in _names(into)}


@cache
def _names(of: Table) -> tuple[str, ...]:
    return tuple(column.name for column in of.c)


def record_of(row: Row[Any], prefix: str, cls: type[Record], **more: Any) -> Record:
    """A row as a record: `more`, and for every other field the column of that name with the prefix.

    A field that is itself a record takes the columns that begin with the field's name (`pulse_number`); one
    that may be missing is None when all of them are empty.
    """
    known = _fields(prefix, cls, row._fields, frozenset(more))  # type: ignore[arg-type]  # a class has a hash
    return cast("Record", known.read(row, more))


def reader(prefix: str, cls: type[Record]) -> Reader[Record]:
    """What makes records of this class of rows."""
    return lambda row: record_of(row, prefix, cls)


@dataclass(frozen=True, slots=True)
class _Fields:
    """Where the fields of a record stand in the rows of one query; found once, since reading is hot."""

    cls: type[Any]
    names: tuple[str, ...]
    values: Callable[[Row[Any]], tuple[Any, ...]]
    records: tuple[tuple[str, bool, "_Fields"], ...]

    def read(self, row: Row[Any], more: Mapping[str, Any]) -> object:
        """The record in a row."""
        held = dict(zip(self.names, self.values(row), strict=True))
        for name, may_be_missing, inner in self.records:
            held[name] = None if may_be_missing and inner.is_empty(row) else inner.read(row, {})
        return self.cls(**held, **more)

    def is_empty(self, row: Row[Any]) -> bool:
        """Whether an outer join found nothing."""
        return all(value is None for value in self.values(row))


@cache
def _fields(prefix: str, cls: type[Any], columns: tuple[str, ...], given: frozenset[str]) -> _Fields:
    """Raises ValueError when a row has no column for a field."""
    types = {field.name: get_type_hints(cls)[field.name] for field in fields(cls) if field.name not in given}
    inner = {name: found for name, type_ in types.items() if (found := _record_in(type_))}
    names = tuple(name for name in types if name not in inner)
    return _Fields(
        cls=cls,
        names=names,
        values=itemgetter(*(columns.index(f"{prefix}_{name}") for name in names)),
        records=tuple(
            (name, types[name] is not part, _fields.__wrapped__(name, part, columns, frozenset()))
            for name, part in inner.items()
        ),
    )


def _record_in(type_: Any) -> type[Any] | None:
    """The class of record in a field's type, `Label` in `Label | None`."""
    records = [each for each in (type_, *get_args(type_)) if isinstance(each, type) and is_dataclass(each)]
    return records[0] if records else None


def add(connection: Connection, into: Table, row: Mapping[str, Any]) -> bool:
    """Adds a row; False, and nothing changed, when a row with one of its keys is there."""
    return connection.execute(_addition(connection.dialect.name, into), row).rowcount == 1


def add_many(connection: Connection, into: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows, but for those of which one of the keys is there."""
    if rows:
        connection.execute(_addition(connection.dialect.name, into), list(rows))


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
