"""Brings a database to the newest schema, with Alembic and without an alembic.ini."""

import asyncio
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.engine.sqlite import read_url, sqlite_engine
from storage.schema.delivery_tables import FINGERPRINT
from storage.schema.round_tables import ROUND

TABLES = FINGERPRINT.metadata
"""The newest schema, complete: the modules of all tables are read."""
assert TABLES is ROUND.metadata  # noqa: S101 - the one that is complete


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, for migrations over a connection."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


async def upgrade(url: str) -> None:
    """Makes or changes the tables of a database as far as needed; all in one transaction.

    Two processes may do this at once: the second waits, and finds nothing to do.
    """
    await asyncio.to_thread(_upgrade, url)


def _upgrade(url: str) -> None:
    # Foreign keys are off here: SQLite changes a table by making it anew, and would lose what refers to it.
    engine = sqlite_engine(read_url(url), connections=1, begin="BEGIN IMMEDIATE", foreign_keys=False)
    try:
        with engine.begin() as connection:
            command.upgrade(config(connection), "head")
    finally:
        engine.dispose()


def make(connection: Connection) -> None:
    """Makes all tables in an empty database, as the newest migration would leave them."""
    TABLES.create_all(connection)
    MigrationContext.configure(connection).stamp(ScriptDirectory.from_config(config()), "head")


def at_head(connection: Connection) -> bool:
    """Whether a database has all migrations."""
    return MigrationContext.configure(connection).get_current_heads() == heads()


@cache
def heads() -> tuple[str, ...]:
    """The newest revision, as a tuple of one."""
    return tuple(ScriptDirectory.from_config(config()).get_heads())
