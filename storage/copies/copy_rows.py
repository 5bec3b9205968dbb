"""Copies every row of one database into another one, whichever kind each is."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, String, Table, func, select, type_coerce

from storage.engine.database import as_of_one_moment, run_once
from storage.schema.columns import ZoneName
from storage.schema.migrate import TABLES, at_head

ROWS = 500  # at a time


class NotEmpty(Exception):
    """A database that is to be filled and holds something already; nothing was changed."""


class OtherVersion(Exception):
    """A database without all migrations of this version; nothing was changed."""


def copy_rows(source: str, target: str) -> int:
    """How many rows were copied, all in one transaction that sees the source as of one moment.

    Both have all migrations, and the target holds nothing: else raises OtherVersion or NotEmpty. One of the
    two is a SQLite file. Call it outside of an event loop.
    """

    def work(read: Connection) -> int:
        as_of_one_moment(read)
        return run_once(target, lambda written: _copy(read, written), alone=True)

    return run_once(source, work)


def is_empty(connection: Connection) -> bool:
    """Whether no table of ours has a row."""
    return not any(_count(connection, table) for table in TABLES.sorted_tables)


def _copy(read: Connection, written: Connection) -> int:
    if not (at_head(read) and at_head(written)):
        raise OtherVersion
    if not is_empty(written):
        raise NotEmpty
    return sum(_copy_table(read, written, table) for table in TABLES.sorted_tables)


def _copy_table(read: Connection, written: Connection, table: Table) -> int:
    """How many rows a table has, now on both sides."""
    rows = read.execution_options(yield_per=ROWS).execute(select(*map(_as_written, table.columns)))
    copied = 0
    for part in rows.mappings().partitions():
        written.execute(table.insert(), [dict(row) for row in part])
        copied += len(part)
    return copied


def _as_written(column: Column[Any]) -> ColumnElement[Any]:
    """A zone that does not exist any more would come out as another one."""
    is_zone = isinstance(column.type, ZoneName)
    return type_coerce(column, String).label(column.key) if is_zone else column


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()
