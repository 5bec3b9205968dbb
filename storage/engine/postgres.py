"""PostgreSQL: one connection that writes in groups, a few that read; several processes may share a database.

What is written is written by one process at a time, as in a SQLite file: a transaction holds one lock of the
whole database. Answers are the exception. They hold it together with the answers of other processes, which
they cannot disturb: each is one row of its own, and a batch writes its rows in the order of their keys.
"""

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any

import asyncpg
from sqlalchemy import URL, Connection, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.engine.writer import Failure, T, Work, WritesInGroups, may_run_together, run_all

READERS = 4
READ_LIMIT = 10.0  # seconds; who asks for less time bounds it
COMMAND_LIMIT = 20.0  # seconds, after which a server that is frozen or gone is given up
CONNECT_LIMIT = 5.0  # seconds
TRIES = 4
_LOCK = 0xB1F0CA1  # a number that nothing else in the database locks
_ALONE = text(f"SELECT pg_advisory_xact_lock({_LOCK})")
_TOGETHER = text(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")
_AGAIN = {"40P01", "40001"}  # a deadlock; a serialisation failure
_OWN_FAULTS = ("22", "23", "42")  # classes of errors: a value, a constraint, a statement
_LOST = (OSError, PoolTimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What ends an attempt to connect; faults of a statement come as SQLAlchemy's."""
_SESSION = {
    "application_name": f"bifocal-{secrets.token_hex(4)}",  # by it processes tell each other apart
    "lock_timeout": "2000",  # milliseconds, as long as SQLite waits for its lock
    "idle_in_transaction_session_timeout": "10000",  # a process that was stopped holds no lock for longer
    "jit": "off",  # it costs more than our short queries do
}
_FOR_MIGRATION = _SESSION | {"lock_timeout": "0", "idle_in_transaction_session_timeout": "0"}


class PostgresDatabase(WritesInGroups):
    """Reads from snapshots and commits in groups; to be made and used within one event loop.

    `zone` stands for zones that do not exist any more.
    """

    def __init__(self, url: URL, *, zone: str = "UTC") -> None:
        super().__init__()
        self._engine = _engine(url, connections=READERS + 1)
        self._engine.dialect.zone_of_settings = zone  # type: ignore[attr-defined]  # columns read it there
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ")
        self._outside = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._readers = asyncio.Semaphore(READERS)  # one connection is left for who writes
        self._reading = set[asyncio.Task[Any]]()

    async def read(self, work: Work[T]) -> T:
        """What `work` reads, from one snapshot; what it writes is dropped.

        Raises sqlalchemy.exc.OperationalError where the server is away or does not answer in time.
        """
        reading = asyncio.create_task(self._look(work))
        self._reading.add(
            reading
        )  # goes on when nobody waits any more: to cancel it waits for the server too
        reading.add_done_callback(self._read_ended)
        try:
            return await asyncio.wait_for(asyncio.shield(reading), READ_LIMIT)
        except TimeoutError as error:
            raise _away("no answer in time", error) from error

    async def commit(self, works: Sequence[Work[Any]]) -> list[Any]:
        """What each work gives, or a Failure, once all are on the server's disk.

        Where one raises, nothing was kept, and each gets a transaction of its own. A server that is away is
        no fault of one of them, so it is everyone's. A deadlock is tried again as a whole.
        """
        lock = _TOGETHER if all(map(may_run_together, works)) else _ALONE
        for _ in range(TRIES):
            try:
                return await _in_transaction(self._engine, lambda c: run_all(c, works), lock)
            except DBAPIError as error:
                failed: Exception = error
                if _code(error) in _AGAIN:
                    continue
                if not (_code(error) or "").startswith(_OWN_FAULTS):
                    return [Failure(error)] * len(works)
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to whoever handed in the work
                failed = error
            break
        if len(works) == 1:
            return [Failure(failed)]
        return [outcome for work in works for outcome in await self.commit([work])]

    async def empty_journal(self) -> bool:
        """Whether the pages of all tables were rid of what was deleted; the server's own log is let be.

        False where the server is away.
        """
        try:
            async with self._outside.connect() as connection:
                tables = await connection.execute(_OUR_TABLES)
                names = ", ".join(f'"{name}"' for name in tables.scalars())
                if names:
                    await connection.execute(text(f"VACUUM (SKIP_LOCKED) {names}"))
        except (DBAPIError, *_LOST):
            return False
        return True

    async def close(self) -> None:
        """Commits what has been handed in, and ends the connections."""
        await self._writer.close()
        while self._reading:
            await asyncio.wait(self._reading)
        await self._engine.dispose()

    def _read_ended(self, reading: asyncio.Task[Any]) -> None:
        self._reading.discard(reading)
        if not reading.cancelled():
            reading.exception()  # or asyncio complains where nobody waited

    async def _look(self, work: Work[T]) -> T:
        try:
            async with self._readers, self._snapshots.connect() as connection:
                return await connection.run_sync(work)
        except DBAPIError as error:
            _forget_values(error)
            raise
        except _LOST as error:
            raise _away("no connection", error) from error


_OUR_TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
_OTHER_COLLATIONS = text("""
    SELECT c.table_name, c.column_name, c.data_type, c.character_maximum_length AS length
    FROM information_schema.columns c
    JOIN pg_tables t ON t.schemaname = c.table_schema AND t.tablename = c.table_name
    WHERE c.table_schema = current_schema() AND c.data_type IN ('character varying', 'text')
        AND c.collation_name IS DISTINCT FROM 'C'
""")


def run_once(url: URL, work: Work[T], *, alone: bool) -> T:
    """What `work` gives, in one transaction over a connection of its own; call outside of an event loop.

    With `alone` nobody else writes meanwhile, and it waits as long as somebody does.
    """

    async def run() -> T:
        engine = _engine(url, connections=0, session=_FOR_MIGRATION)
        try:
            return await _in_transaction(engine, work, _ALONE if alone else None)
        finally:
            await engine.dispose()

    return asyncio.run(run())


def order_text_by_bytes(connection: Connection) -> None:
    """Has every column of text sorted and compared as SQLite does, whatever the server's language is."""
    for column in connection.execute(_OTHER_COLLATIONS).all():
        size = f"({column.length})" if column.length else ""
        connection.execute(
            text(
                f'ALTER TABLE "{column.table_name}" ALTER COLUMN "{column.column_name}" '
                f'TYPE {column.data_type}{size} COLLATE "C"'
            )
        )


def _engine(url: URL, *, connections: int, session: dict[str, str] = _SESSION) -> AsyncEngine:
    address = url.render_as_string(hide_password=False)  # the driver reads it: sslmode, several hosts

    async def connect(*_: object, **__: object) -> Any:
        return await asyncpg.connect(
            address, server_settings=session, timeout=CONNECT_LIMIT, command_timeout=COMMAND_LIMIT
        )

    pool: dict[str, Any] = {"poolclass": NullPool}
    if connections:
        pool = {"pool_size": connections, "max_overflow": 0, "pool_pre_ping": True}
        pool |= {"pool_timeout": COMMAND_LIMIT}
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        hide_parameters=True,  # an error is logged with its trace, and may not quote what somebody wrote
        **pool,
    )
    engine.dialect.do_ping = _answers  # type: ignore[assignment, method-assign]  # its own asks three times
    return engine


def _answers(session: DBAPIConnection) -> bool:
    """Whether a session that was used before still has its server: one question, outside of a transaction."""
    try:
        session.run_async(lambda driver: driver.execute("SELECT 1"))
    except (ConnectionError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
    return True


async def _in_transaction(engine: AsyncEngine, work: Work[T], lock: Any) -> T:
    try:
        async with engine.begin() as connection:
            if lock is not None:
                await connection.execute(lock)
            return await connection.run_sync(work)
    except DBAPIError as error:
        _forget_values(error)
        raise
    except _LOST as error:
        raise _away("no connection", error) from error


def _forget_values(error: BaseException | None) -> None:
    """Takes out of an error, and of what caused it, the row that PostgreSQL quotes in its details."""
    while error is not None:
        if isinstance(error, asyncpg.PostgresError):
            error.detail = None
        error.args = tuple(_without_details(each) for each in error.args)
        error = getattr(error, "orig", None) or error.__cause__


def _without_details(text_or_other: object) -> object:
    return text_or_other.partition("\nDETAIL:")[0] if isinstance(text_or_other, str) else text_or_other


def _away(what: str, error: Exception) -> OperationalError:
    return OperationalError(what, None, error, hide_parameters=True)


def _code(error: DBAPIError) -> str | None:
    """The five letters by which PostgreSQL names what was wrong; None where the connection was lost."""
    return getattr(error.orig, "sqlstate", None)
