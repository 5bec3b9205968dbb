import os
import stat
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.engine.address import is_in_memory, read_url
from storage.engine.sqlite import SQLiteDatabase, run_once, sqlite_engine
from storage.engine.writer import Failure, Work

pytestmark = pytest.mark.sqlite("the engine for SQLite")


@pytest.fixture
async def database(url: str) -> AsyncIterator[SQLiteDatabase]:
    """A database with one table of numbers."""
    opened = SQLiteDatabase(read_url(url))
    await opened.commit([run("CREATE TABLE number (n INTEGER PRIMARY KEY CHECK (n < 100))")])
    yield opened
    await opened.close()


def rights(folder: Path) -> dict[str, int]:
    """Who may do what with each file in a folder."""
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def run(statement: str) -> Work[Any]:
    """Work that runs one statement."""
    return lambda connection: connection.execute(text(statement)).rowcount


def insert(number: int) -> Work[Any]:
    """Work that keeps a number."""
    return run(f"INSERT INTO number VALUES ({number})")  # noqa: S608 - a number


async def numbers(database: SQLiteDatabase) -> list[int]:
    """What is kept."""
    return await database.read(
        lambda connection: list(connection.execute(text("SELECT n FROM number")).scalars())
    )


@pytest.mark.parametrize("given", ["sqlite:///x.db", "sqlite+aiosqlite:///x.db", "sqlite+pysqlite:///x.db"])
def test_any_spelling_of_a_sqlite_url_will_do(given: str) -> None:
    """A URL may name a driver or none."""
    assert read_url(given).render_as_string() == "sqlite:///x.db"


def test_another_database_is_refused_with_a_sentence() -> None:
    """The error says what works, and repeats no password."""
    with pytest.raises(ValueError, match=r"only SQLite .* and PostgreSQL .* are supported") as refused:
        read_url("mysql://me:secret@db/bifocal")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "given, expected", [("sqlite://", True), ("sqlite:///:memory:", True), ("sqlite:///x.db", False)]
)
def test_a_database_in_memory_is_known(given: str, expected: bool) -> None:  # noqa: FBT001
    """A URL without a file is a database in memory."""
    assert is_in_memory(read_url(given)) is expected


@pytest.mark.parametrize(
    "pragma, value",
    [("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 2000), ("foreign_keys", 1)],
)
async def test_commits_are_durable_and_references_hold(
    database: SQLiteDatabase, pragma: str, value: object
) -> None:
    """Both sides run with WAL, synchronous=FULL, two seconds of patience, and foreign keys."""

    def ask(connection: Connection) -> Any:
        return connection.execute(text(f"PRAGMA {pragma}")).scalar()

    assert await database.read(ask) == value
    assert await database.commit([ask]) == [value]


def test_many_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    """None of the replicas that start together on a new file is told that it is locked."""
    starts = 8

    def opened(at: int, together: Barrier) -> Any:
        engine = sqlite_engine(read_url(f"sqlite:///{tmp_path / str(at)}.db"), connections=1, begin="BEGIN")
        together.wait()
        with engine.connect() as connection:
            mode = connection.execute(text("PRAGMA journal_mode")).scalar()
        engine.dispose()
        return mode

    with ThreadPoolExecutor(starts) as threads:
        for at in range(100):
            together = Barrier(starts)
            modes = threads.map(opened, [at] * starts, [together] * starts)
            assert list(modes) == ["wal"] * starts


async def test_one_that_fails_does_not_sink_the_others(database: SQLiteDatabase) -> None:
    """In a batch with a bad row all others are kept, and only that one is told."""
    outcomes = await database.commit([insert(1), insert(1), insert(100), insert(2)])
    assert [type(outcome) for outcome in outcomes] == [int, Failure, Failure, int]
    assert isinstance(outcomes[1].error, IntegrityError)
    assert await numbers(database) == [1, 2]


async def test_half_a_work_is_never_kept(database: SQLiteDatabase) -> None:
    """What a work did before it raised is undone, alone or among others."""

    def half(connection: Connection) -> None:
        insert(1)(connection)
        raise KeyError("no")

    assert isinstance((await database.commit([half]))[0], Failure)
    outcomes = await database.commit([insert(2), half])
    assert isinstance(outcomes[1], Failure)
    assert await numbers(database) == [2]


async def test_a_read_keeps_nothing(database: SQLiteDatabase) -> None:
    """What is written in a read is dropped: every write goes through the writer."""
    await database.read(insert(1))
    assert await numbers(database) == []


async def test_a_lock_is_everyones_trouble(database: SQLiteDatabase, url: str) -> None:
    """When another process keeps the lock past two seconds, the whole batch fails and keeps nothing."""
    holder = sqlite_engine(read_url(url), connections=1, begin="BEGIN IMMEDIATE")
    with holder.begin():
        outcomes = await database.commit([insert(1), insert(2)])
    holder.dispose()
    assert [type(outcome.error) for outcome in outcomes] == [OperationalError, OperationalError]
    assert await database.commit([insert(3)]) == [1]
    assert await numbers(database) == [3]


async def test_a_new_file_is_for_its_owner_only(tmp_path: Path) -> None:
    """Others on the machine can read neither the file nor its journal, whatever the mask is."""
    mask = os.umask(0)
    try:
        database = SQLiteDatabase(read_url(f"sqlite:///{tmp_path / 'new.db'}"))
        await database.commit([run("CREATE TABLE number (n INTEGER)")])
    finally:
        os.umask(mask)
    assert rights(tmp_path) == dict.fromkeys(("new.db", "new.db-wal", "new.db-shm"), 0o600)
    await database.close()


def test_one_who_works_alone_waits_for_another(url: str) -> None:
    """A migration waits minutes, not seconds, for somebody else who migrates the same file."""

    def patience(connection: Connection) -> Any:
        return connection.execute(text("PRAGMA busy_timeout")).scalar()

    assert run_once(read_url(url), patience, alone=True) >= 60_000
    assert run_once(read_url(url), patience, alone=False) == 2_000


async def test_a_full_disk_loses_nothing_that_was_kept(database: SQLiteDatabase) -> None:
    """On a full disk a batch fails as a whole; what was kept stays, and there is room again afterwards."""

    def pages(count: str) -> Work[Any]:
        return lambda connection: connection.execute(text(f"PRAGMA max_page_count={count}")).scalar()

    await database.commit([run("CREATE TABLE heap (n INTEGER PRIMARY KEY, stuff BLOB)"), insert(1)])
    await database.commit([pages("1")])  # as few as there are
    fill = run("INSERT INTO heap (stuff) VALUES (zeroblob(100000))")
    outcomes = await database.commit([insert(2), fill, insert(3)])
    assert {type(outcome) for outcome in outcomes} == {Failure}
    await database.commit([pages("1000000")])
    assert await database.commit([fill, insert(4)]) == [1, 1]
    assert await numbers(database) == [1, 4]


async def test_in_memory_reads_and_writes_are_one() -> None:
    """A database in memory has one connection, which everybody sees."""
    database = SQLiteDatabase(read_url("sqlite://"))
    await database.commit([run("CREATE TABLE number (n INTEGER)"), insert(1)])
    assert await numbers(database) == [1]
    await database.close()
