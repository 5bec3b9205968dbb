"""Brings a database to the newest schema, with Alembic and without an alembic.ini."""

import asyncio
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select

from storage.engine.database import make_alike, run_once
from storage.engine.repository import put
from storage.schema.batch_tables import BATCH
from storage.schema.delivery_tables import EVERY_TEAM, FINGERPRINT
from storage.schema.installation_table import INSTALLATION, NOTHING_KEPT
from storage.schema.pause_tables import PAUSE
from storage.schema.round_tables import ROUND
from storage.schema.saved_tables import SAVED

TABLES = FINGERPRINT.metadata
"""The newest schema, complete: the modules of all tables are read."""
for _each in (ROUND, BATCH, INSTALLATION, PAUSE, SAVED):
    assert _each.metadata is TABLES  # noqa: S101 - the one that is complete

FIRST_WITH_ROUNDS = "0007"


class OldDatabase(Exception):
    """A database that keeps who answered what of counted questions; only `bifocal migrate` changes it."""


class NewerDatabase(Exception):
    """A database with migrations that this version does not know."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, for migrations over a connection."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


async def prepare(url: str) -> None:
    """Makes the tables of a new database, or changes those of one that has rounds, as `upgrade` does.

    Raises OldDatabase for one from before rounds or whose migration is not complete, and NewerDatabase. Both
    say in a sentence what to do; nothing is changed then.
    """
    await asyncio.to_thread(_prepare, url)


async def upgrade(url: str) -> bool:
    """Makes or changes the tables of a database as far as needed; all in one transaction.

    Whether ties of an older version are still to be taken out (`storage.answers.old_waves`). Two processes
    may do this at once: the second waits, and finds nothing to do. Raises NewerDatabase.
    """
    return await asyncio.to_thread(_upgrade, url)


async def finish(url: str) -> None:
    """Keeps that no tie of an older version is left, in the tables and in free pages."""
    await asyncio.to_thread(_finish, url)


async def has_rounds(url: str) -> bool:
    """Whether the tables of a database are those of a version with rounds; raises NewerDatabase."""
    return await asyncio.to_thread(_has_rounds, url)


def fingerprint_in(url: str) -> str | None:
    """That of the secret with which a database was begun: another one would find nobody's answers."""

    def work(connection: Connection) -> str | None:
        if not inspect(connection).has_table(FINGERPRINT.name):
            return None
        return connection.execute(select(FINGERPRINT.c.text)).scalar()

    return run_once(url, work)


def _prepare(url: str) -> None:
    def is_done(connection: Connection) -> bool:
        _check(connection)
        return at_head(connection)

    if not run_once(url, is_done):  # reads only, so it waits for nobody who migrates
        _upgrade(url, may_be_old=False)


def _has_rounds(url: str) -> bool:
    return run_once(url, lambda connection: not is_from_before_rounds(connection))


def _upgrade(url: str, *, may_be_old: bool = True) -> bool:
    def work(connection: Connection) -> bool:
        was_old = is_from_before_rounds(connection)
        command.upgrade(config(connection), "head")
        make_alike(connection)
        if was_old:
            put(connection, INSTALLATION, [{**NOTHING_KEPT, "unfinished": True}])
        if not may_be_old:
            _check(connection)
        return is_unfinished(connection)

    return run_once(url, work, alone=True)


def _finish(url: str) -> None:
    run_once(
        url, lambda connection: connection.execute(INSTALLATION.update().values(unfinished=False)), alone=True
    )


def _check(connection: Connection) -> None:
    if is_from_before_rounds(connection):
        raise OldDatabase("The database is of an older Bifocal: run bifocal migrate once, then start again.")
    if at_head(connection) and is_unfinished(connection):
        raise OldDatabase(
            "The migration of the database is not complete: run bifocal migrate, then start again."
        )


def is_from_before_rounds(connection: Connection) -> bool:
    """Whether a database is older than the first version with rounds; raises NewerDatabase."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        return False
    if revision not in _line():
        raise NewerDatabase(
            f"The database was made by a newer Bifocal (migration {revision}): start that version, "
            "or put a copy from before it back."
        )
    return _line().index(revision) < _line().index(FIRST_WITH_ROUNDS)


def is_unfinished(connection: Connection) -> bool:
    """Whether ties of an older version are still to be taken out of a database that has all migrations."""
    unfinished = select(INSTALLATION.c.unfinished).where(INSTALLATION.c.team_id == EVERY_TEAM)
    return bool(connection.execute(unfinished).scalar())


def make(connection: Connection) -> None:
    """Makes all tables in an empty database, as the newest migration would leave them."""
    TABLES.create_all(connection)
    MigrationContext.configure(connection).stamp(_script(), "head")


def at_head(connection: Connection) -> bool:
    """Whether a database has all migrations."""
    return MigrationContext.configure(connection).get_current_heads() == heads()


@cache
def heads() -> tuple[str, ...]:
    """The newest revision, as a tuple of one."""
    return tuple(_script().get_heads())


@cache
def _line() -> tuple[str, ...]:
    """Every migration, the first one first."""
    return tuple(each.revision for each in _script().walk_revisions())[::-1]


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())
