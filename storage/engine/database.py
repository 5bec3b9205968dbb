"""What every database offers, and which one an address opens."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.engine import sqlite
from storage.engine.address import POSTGRES, is_in_memory, is_postgres, read_url
from storage.engine.database_file import DatabaseFile
from storage.engine.repository import Transact
from storage.engine.writer import T, Work

LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL
_ANOTHER = text("""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'bifocal-%'
        AND application_name <> current_setting('application_name')
""")


class MissingDriver(Exception):
    """The extra `postgres` is not installed; says how it is."""


class Database(Transact, Protocol):
    """An open database: the parts of the store read and write through it."""

    file: DatabaseFile | None
    """Where it is kept; None for a server's, and for one in memory."""

    def time_commits(self, tell: Callable[[float], None]) -> None:
        """From now on `tell` is given how many seconds each commit took."""

    async def close(self) -> None:
        """Commits what has been handed in, and takes nothing more."""


async def open_database(url: str, *, make: Work[None], zone: str = "UTC") -> Database:
    """The database of an address (`sqlite:///bifocal.db`, `postgresql://me@host/bifocal`).

    `zone` stands for zones that do not exist any more. One in memory (`sqlite://`) gets its tables at once by
    `make`, as no migration could reach it before. Raises ValueError for a database that is not supported,
    MissingDriver for one whose driver is not installed and sqlalchemy.exc.ArgumentError for no address.
    """
    address = read_url(url)
    if is_postgres(address):
        opened: Database = _postgres().PostgresDatabase(address, zone=zone)
        return opened
    database = sqlite.SQLiteDatabase(address, zone=zone)
    if is_in_memory(address):
        await database.write(make)
    return database


def run_once(url: str, work: Work[T], *, alone: bool = False) -> T:
    """What `work` gives, in one transaction of its own; with `alone` nobody writes meanwhile.

    For migrations, before anything is open: with `alone` it may change tables. Call it outside of an event
    loop. Raises what `open_database` raises.
    """
    address = read_url(url)
    run = _postgres().run_once if is_postgres(address) else sqlite.run_once
    result: T = run(address, work, alone=alone)
    return result


def as_of_one_moment(connection: Connection) -> None:
    """Lets a new transaction see the database as it is now until its end; a file is read so anyway."""
    if connection.dialect.name == POSTGRES:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


def server_time(connection: Connection) -> datetime | None:
    """What time it is by the database's own clock; None where it has only that of this machine."""
    if connection.dialect.name != POSTGRES:
        return None
    now: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return now


def used_by_another(connection: Connection) -> bool:
    """Whether another Bifocal has this database open; of a SQLite file nobody can tell."""
    if connection.dialect.name != POSTGRES:
        return False
    return bool(connection.execute(_ANOTHER).scalar_one())


def is_locked(error: DBAPIError) -> bool:
    """Whether what failed only waited too long for somebody else who writes."""
    return getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE or "database is locked" in str(
        error.orig
    )


def make_alike(connection: Connection) -> None:
    """Brings tables that were just changed to behave the same on each database."""
    if connection.dialect.name == POSTGRES:
        _postgres().order_text_by_bytes(connection)


def _postgres() -> Any:
    """The module `postgres`: who keeps answers in a file needs no driver for it."""
    try:
        return import_module("storage.engine.postgres")
    except ModuleNotFoundError as error:
        raise MissingDriver(
            "DATABASE_URL asks for PostgreSQL, and its driver is not installed: run "
            "pip install -e '.[postgres]' in Bifocal's folder, then start again."
        ) from error
