"""A SQLite file: one thread with the connection that writes, and a few that read.

SQLite has no sockets to wait for. A transaction that runs whole in a thread costs two hops between threads;
through an asynchronous driver it costs several for each statement.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import OperationalError

from storage.engine.address import is_in_memory
from storage.engine.database_file import DatabaseFile
from storage.engine.writer import Failure, T, Work, WritesInGroups, run_all

OWNER_ONLY = 0o600
READERS = 4
PATIENCE = timedelta(seconds=2)  # below the three that Slack waits for an answer
PATIENCE_ALONE = timedelta(minutes=5)  # a migration of a large file that somebody else has begun
_NO_FILE = "the database file is not where it was opened"
_TRIES = 20  # by then somebody reads a new file for so long that it is better to say so


def sqlite_engine(
    url: URL, *, connections: int, begin: str, foreign_keys: bool = True, patience: timedelta = PATIENCE
) -> Engine:
    """An engine with durable commits whose transactions start with `begin`.

    What reads and then writes must begin IMMEDIATE: a deferred transaction that asks for the lock later is
    refused at once, without any `patience` (`busy_timeout`).
    """
    if not is_in_memory(url):
        _make_private(Path(str(url.database)))
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        json_deserializer=msgspec.json.decode,  # a contrast reads three such columns of each comment
        hide_parameters=True,  # an error is logged with its trace, and may not quote what somebody wrote
        connect_args={"check_same_thread": False},  # a connection goes to whichever thread reads next
    )

    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # or the driver begins transactions of its own
        wait = int(patience.total_seconds() * 1000)
        connection.execute(f"PRAGMA busy_timeout={wait}")  # first: the next may meet a lock
        _switch_to_wal(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")  # what is deleted leaves no trace in free pages
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")

    def start(connection: Any) -> None:
        connection.execute(begin)

    event.listen(engine, "connect", set_up)
    # Not by the event "begin": a statement of SQLAlchemy's costs as much as a short transaction does.
    engine.dialect.do_begin = start  # type: ignore[assignment, method-assign]
    return engine


def _make_private(path: Path) -> None:
    """Makes a new file for its owner only; SQLite gives its journal the same rights."""
    with suppress(OSError):  # a folder that is not there, or not ours: SQLite says so
        path.touch(OWNER_ONLY)


def _switch_to_wal(connection: Any) -> None:
    """Has the file keep a write-ahead log, from then on for every connection.

    Of several that ask this of a new file at once, SQLite refuses some without patience. To begin a write is
    patient: it waits for the one that was first, and then there is nothing left to switch.
    """
    for _ in range(_TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")


class SQLiteDatabase(WritesInGroups):
    """Reads from snapshots and commits in groups; in memory one connection does both, in turns.

    `zone` stands for zones that do not exist any more.
    """

    def __init__(self, url: URL, *, zone: str = "UTC") -> None:
        super().__init__()
        self._write_engine = self._read_engine = sqlite_engine(url, connections=1, begin="BEGIN IMMEDIATE")
        self._write_threads = self._read_threads = ThreadPoolExecutor(1, "storage-write")
        if not is_in_memory(url):
            self._read_engine = sqlite_engine(url, connections=READERS, begin="BEGIN")
            self._read_threads = ThreadPoolExecutor(READERS, "storage-read")
            self.file = DatabaseFile(Path(str(url.database)))
        for engine in (self._write_engine, self._read_engine):
            engine.dialect.zone_of_settings = zone  # type: ignore[attr-defined]  # columns read it there

    async def read(self, work: Work[T]) -> T:
        """What `work` reads, from one snapshot; what it writes is dropped."""
        return await asyncio.get_running_loop().run_in_executor(self._read_threads, self._look, work)

    async def commit(self, works: Sequence[Work[Any]]) -> list[Any]:
        """What each work gives, or a Failure, once all are on the disk."""
        return await asyncio.get_running_loop().run_in_executor(self._write_threads, self._commit, works)

    async def empty_journal(self) -> bool:
        """Whether all of the write-ahead log is in the file and none of it on its own any more.

        The log keeps old pages, and with them what was deleted since. False while somebody reads it.
        """
        return await asyncio.get_running_loop().run_in_executor(self._write_threads, self._empty_journal)

    async def close(self) -> None:
        """Commits what has been handed in, and ends threads and connections."""
        await self._writer.close()
        sides = {(self._read_threads, self._read_engine), (self._write_threads, self._write_engine)}
        for threads, engine in sides:
            await asyncio.to_thread(threads.shutdown)
            engine.dispose()

    def _look(self, work: Work[T]) -> T:
        with self._read_engine.connect() as connection:
            return work(connection)

    def _empty_journal(self) -> bool:
        pooled = self._write_engine.raw_connection()  # outside of any transaction
        try:
            is_busy, _, _ = pooled.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            pooled.close()
        return not is_busy

    def _commit(self, works: Sequence[Work[Any]]) -> list[Any]:
        """All in one transaction. When one raises, nothing was kept, and each gets a transaction of its own.

        No savepoints: they cost a quarter of the speed, and SQLite drops them with the whole transaction when
        the disk is full. An OperationalError (locked, full) is no fault of one row, so it is everyone's.
        Nothing is written into a file that nobody could open any more.
        """
        if self.file is not None and (gone := self.file.elsewhere):
            return [Failure(OperationalError(_NO_FILE, None, FileNotFoundError(gone)))] * len(works)
        try:
            with self._write_engine.begin() as connection:
                return run_all(connection, works)
        except OperationalError as error:
            return [Failure(error)] * len(works)
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to whoever handed in the work
            if len(works) == 1:
                return [Failure(error)]
        return [outcome for work in works for outcome in self._commit([work])]


def run_once(url: URL, work: Work[T], *, alone: bool) -> T:
    """What `work` gives, in one transaction over a connection of its own.

    With `alone` nobody else writes meanwhile, and foreign keys are off: SQLite changes a table by making it
    anew, and would lose what refers to it. It waits for somebody else who writes alone.
    """
    begin, patience = ("BEGIN IMMEDIATE", PATIENCE_ALONE) if alone else ("BEGIN", PATIENCE)
    engine = sqlite_engine(url, connections=1, begin=begin, foreign_keys=not alone, patience=patience)
    try:
        with engine.begin() as connection:
            return work(connection)
    finally:
        engine.dispose()
