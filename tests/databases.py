"""Which database the tests run on: a SQLite file each, or with TEST_DATABASE=postgresql one of PostgreSQL.

Each process of pytest has one server, and on it a database for each test, with all migrations. A database of
a test that is over is emptied and used again, which is ten times as fast as to copy a new one.
"""

import asyncio
import atexit
import os
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.schema.migrate import TABLES, _upgrade
from tests.postgres_server import NoPostgres, PostgresServer

T = TypeVar("T")
ON_POSTGRES = os.environ.get("TEST_DATABASE") == "postgresql"
EMPTIED = "; ".join(f'DELETE FROM "{name}"' for name in TABLES.tables)  # noqa: S608 - our own names
CUT_OFF = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
WIPE = f"{CUT_OFF}; SET session_replication_role = replica; {EMPTIED}"


def own_server(folder: Path, *, durable: bool = False) -> PostgresServer:
    """A server that runs. Where none can be had the test is skipped; on CI (`CI=true`) it fails."""
    try:
        server = PostgresServer(folder, durable=durable)
    except NoPostgres as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    server.start()
    return server


@cache
def server_address() -> str:
    """The address of the server for all tests of this process: TEST_DATABASE_URL, or one of its own."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return given
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    server = own_server(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.stop)
    return server.url()


class Databases:
    """The databases of one server. Its methods may be called inside of a running event loop too."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._thread = ThreadPoolExecutor(1, "databases")
        self._loop = asyncio.new_event_loop()
        self._sessions: dict[str, asyncpg.Connection] = {}
        self._free: list[str] = []
        self._template: str | None = None

    def empty(self) -> str:
        """The address of a new database without tables."""
        return self._do(self._create("template0"))

    def migrated(self) -> str:
        """The address of a database with all migrations and nothing in it."""
        if self._template is None:
            url = self.empty()
            self._thread.submit(_upgrade, url).result()
            self._template = str(make_url(url).database)
        return self._free.pop() if self._free else self._do(self._create(self._template))

    def give_back(self, url: str) -> None:
        """Empties a database with all migrations, for another test; whoever still uses it is cut off.

        One whose tables a test has changed is used no more.
        """
        with suppress(asyncpg.PostgresError):
            self._do(self._execute(url, WIPE))
            self._free.append(url)

    def run(self, url: str, statement: str, *values: str) -> list[tuple[Any, ...]]:
        """What one statement gives in a database; `?` stands for each value."""
        return self._do(self._run(url, statement, values))

    def fill(self, url: str, script: str) -> None:
        """Runs many statements in a database."""
        self._do(self._execute(url, script))

    async def _run(self, url: str, statement: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        session = await self._session(url)
        for number in range(1, len(values) + 1):
            statement = statement.replace("?", f"${number}", 1)
        return [tuple(row) for row in await session.fetch(statement, *values)]

    async def _create(self, template: str) -> str:
        name = f"test_{secrets.token_hex(6)}"
        words = f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"
        await self._execute(self._address, words)
        return make_url(self._address).set(database=name).render_as_string(hide_password=False)

    async def _execute(self, url: str, words: str) -> None:
        session = await self._session(url)
        await session.execute(words)

    async def _session(self, url: str) -> asyncpg.Connection:
        if url not in self._sessions:
            self._sessions[url] = await asyncpg.connect(url)
        return self._sessions[url]

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return self._thread.submit(self._loop.run_until_complete, work).result()


@cache
def databases() -> Databases:
    """The databases of this process of pytest."""
    return Databases(server_address())


GIVEN: dict[Path, str] = {}
"""The databases in use, by the path of the file that each stands for."""


def address_of(path: Path) -> str:
    """The address of the database that stands for a SQLite file of that path; made at the first call."""
    if not ON_POSTGRES:
        return f"sqlite:///{path}"
    if path not in GIVEN:
        GIVEN[path] = databases().migrated()
    return GIVEN[path]


def run_in(path: Path, statement: str, *values: str) -> list[tuple[Any, ...]]:
    """What one statement gives in the database that stands for a file, past the bot; `?` for each value."""
    if ON_POSTGRES:
        return databases().run(GIVEN[path], statement, *values)
    with closing(sqlite3.connect(path, timeout=5)) as connection, connection:
        return connection.execute(statement, values).fetchall()


def rows_in(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table of that database with all its rows."""
    listed, every = "SELECT name FROM sqlite_master WHERE type = 'table'", 'SELECT * FROM "{}"'
    if ON_POSTGRES:
        listed = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        return {name: run_in(path, every.format(name)) for (name,) in run_in(path, listed)}
    with closing(sqlite3.connect(path, timeout=5)) as connection, connection:
        names = connection.execute(listed).fetchall()
        return {name: connection.execute(every.format(name)).fetchall() for (name,) in names}


def give_back(*paths: Path) -> None:
    """Lets other tests have the databases that stood for these paths."""
    for path in paths:
        databases().give_back(GIVEN.pop(path))
