"""What PostgreSQL adds: a server that dies, freezes and comes back, and other processes that write too."""

import asyncio
import re
import traceback
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.util import await_only

from storage.engine import database, postgres
from storage.engine.address import read_url
from storage.engine.database import MissingDriver, is_locked, open_database
from storage.engine.postgres import PostgresDatabase
from storage.engine.repository import put, row_of
from storage.engine.writer import Failure, Share, Work
from storage.records.count_records import Count, Uncounted
from storage.schema.migrate import NewerDatabase, OldDatabase, make, prepare
from storage.schema.question_tables import RATING
from storage.store import Store
from tests.databases import databases
from tests.postgres_server import PostgresServer
from tests.storage.scene import DAY, MONDAY, TEAM, a_rating, a_wave, answer, decides_to_count, settle

WORDS = "between us"
A_MOMENT = 0.3  # seconds, in which whoever waits for nothing is done


@pytest.fixture
def address() -> str:
    """An empty database of PostgreSQL, whatever the other tests run on."""
    return databases().empty()


@pytest.fixture
async def opened(address: str) -> AsyncIterator[PostgresDatabase]:
    """A database with one table of numbers."""
    held = PostgresDatabase(read_url(address))
    await held.commit([run("CREATE TABLE number (n INTEGER PRIMARY KEY CHECK (n < 100), word TEXT)")])
    yield held
    await held.close()


@pytest.fixture
async def second(address: str, opened: PostgresDatabase) -> AsyncIterator[PostgresDatabase]:  # noqa: ARG001
    """The same database, as another process has it."""
    held = PostgresDatabase(read_url(address))
    yield held
    await held.close()


def run(statement: str, **values: object) -> Work[Any]:
    """Work that runs one statement."""
    return lambda connection: connection.execute(text(statement), values).rowcount


def insert(number: int) -> Work[Any]:
    """Work that keeps a number."""
    return run(f"INSERT INTO number VALUES ({number})")  # noqa: S608 - a number


async def numbers(held: PostgresDatabase) -> list[int]:
    """What is kept."""
    return await held.read(
        lambda connection: list(connection.execute(text("SELECT n FROM number ORDER BY n")).scalars())
    )


async def test_one_that_fails_does_not_sink_the_others(opened: PostgresDatabase) -> None:
    """Of a batch each work that can be done is done, and the other one learns why."""
    outcomes = await opened.commit([insert(1), insert(200), insert(2)])
    assert [outcomes[0], outcomes[2]] == [1, 1]
    assert isinstance(outcomes[1], Failure)
    assert isinstance(outcomes[1].error, IntegrityError)
    assert await numbers(opened) == [1, 2]


async def test_a_read_keeps_nothing(opened: PostgresDatabase) -> None:
    """What a read writes is dropped."""
    await opened.read(insert(1))
    assert await numbers(opened) == []


async def test_an_error_quotes_no_row(opened: PostgresDatabase) -> None:
    """PostgreSQL adds the refused row to its error, which is logged: what somebody wrote is taken out."""
    with pytest.raises(IntegrityError) as refused:
        await opened.write(run("INSERT INTO number VALUES (200, :word)", word=WORDS))
    assert "number_n_check" in str(refused.value)
    assert WORDS not in "".join(traceback.format_exception(refused.value))


async def test_a_deadlock_is_tried_again_as_a_whole(
    opened: PostgresDatabase, second: PostgresDatabase
) -> None:
    """Two that wait for each other both end well: the server ends one, which begins anew."""
    await opened.commit([insert(1), insert(2)])
    both_hold_one = asyncio.Barrier(2)
    tries = []

    def change(first: int, other: int) -> Work[int]:
        def work(connection: Connection) -> int:
            tries.append(first)
            connection.execute(text(f"UPDATE number SET word = 'a' WHERE n = {first}"))  # noqa: S608
            if len(tries) <= 2:
                _await(both_hold_one.wait())
            connection.execute(text(f"UPDATE number SET word = 'b' WHERE n = {other}"))  # noqa: S608
            return first

        return work

    mine, theirs = alone_of(change(1, 2)), alone_of(change(2, 1))
    assert list(await asyncio.gather(opened.write(mine), second.write(theirs))) == [1, 2]
    assert len(tries) >= 3  # more where it meets the other one again, on a busy machine


def _await(something: Awaitable[object]) -> None:
    """Waits inside of a piece of work, as a statement would."""
    await_only(something)


def alone_of(work: Work[Any]) -> Share[Work[Any], Any]:
    """Work that other processes do not wait for."""
    return Share(lambda connection, works: [each(connection) for each in works], work)


async def test_what_does_not_end_in_deadlocks_is_told(opened: PostgresDatabase) -> None:
    """After a few tries the one who waits learns it; nothing is tried for ever."""
    tries = []

    def fails(connection: Connection) -> None:
        tries.append(1)
        connection.execute(text("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$"))

    (outcome,) = await opened.commit([fails])
    assert isinstance(outcome, Failure)
    assert len(tries) == postgres.TRIES


async def test_writes_of_two_processes_follow_one_another(
    opened: PostgresDatabase, second: PostgresDatabase
) -> None:
    """Each adds one to what it finds; nobody finds what the other is about to change."""
    await opened.commit([insert(1), run("UPDATE number SET word = '0'")])

    def add_one(connection: Connection) -> None:
        found = int(connection.execute(text("SELECT word FROM number")).scalar_one())
        connection.execute(text("UPDATE number SET word = :word"), {"word": str(found + 1)})

    await asyncio.gather(*(held.write(add_one) for held in [opened, second] * 20))
    assert await opened.read(lambda c: c.execute(text("SELECT word FROM number")).scalar_one()) == "40"


async def test_two_processes_make_the_tables_of_one_database(address: str) -> None:
    """Both starts on an empty database end well, and the schema is whole."""
    await asyncio.gather(*(prepare(address) for _ in range(3)))
    store = await Store.open(address)
    assert await store.reachable()
    await store.close()


async def test_text_is_compared_by_its_bytes(address: str) -> None:
    """Every column of text is sorted as SQLite sorts it, whatever language the server speaks."""
    await prepare(address)
    store = await Store.open(address)
    left = await store.database.read(lambda connection: connection.execute(postgres._OTHER_COLLATIONS).all())
    assert left == []
    await store.close()


@pytest.fixture
async def on_own(own_postgres: PostgresServer) -> AsyncIterator[PostgresDatabase]:
    """A database on a server that may be killed."""
    held = PostgresDatabase(read_url(own_postgres.url()))
    await held.commit([run("CREATE TABLE number (n INTEGER PRIMARY KEY)"), insert(1)])
    yield held
    await held.close()


async def test_it_heals_after_the_server_was_killed(
    own_postgres: PostgresServer, on_own: PostgresDatabase
) -> None:
    """While the server is away a read and a write say so at once; after its start both work, all is kept."""
    own_postgres.kill()
    for ask in (numbers(on_own), on_own.write(insert(2))):
        with pytest.raises(DBAPIError):
            await ask
    own_postgres.start()
    await on_own.write(insert(3))
    assert await numbers(on_own) == [1, 3]


async def test_a_restart_that_nobody_noticed_costs_no_click(
    own_postgres: PostgresServer, on_own: PostgresDatabase
) -> None:
    """Sessions that died meanwhile are found dead before they are used."""
    own_postgres.stop()
    own_postgres.start()
    await on_own.write(insert(2))
    assert await numbers(on_own) == [1, 2]


async def test_a_frozen_server_is_given_up_in_time_and_goes_on_later(
    own_postgres: PostgresServer, on_own: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read ends with an error when its time is over; once the server goes on, so does everything."""
    monkeypatch.setattr(postgres, "READ_LIMIT", 0.2)
    own_postgres.freeze()
    writing = asyncio.create_task(on_own.write(insert(2)))
    with pytest.raises(OperationalError):
        await numbers(on_own)
    assert not writing.done()
    monkeypatch.undo()
    own_postgres.thaw()
    await writing
    assert await numbers(on_own) == [1, 2]


async def test_no_error_holds_the_password(own_postgres: PostgresServer) -> None:
    """A server that is away, and a database that is not there, are said without the password."""
    url = own_postgres.url("nowhere").replace("postgres@", "postgres:secret-word@")
    for away in (False, True):
        if away:
            own_postgres.stop()
        held = await open_database(url, make=make)
        with pytest.raises(DBAPIError) as error:
            await held.read(run("SELECT 1"))
        assert "secret-word" not in "".join(traceback.format_exception(error.value))
        await held.close()


def test_without_the_driver_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the command; who keeps answers in a file needs no driver."""

    def missing(_: str) -> None:
        raise ModuleNotFoundError

    monkeypatch.setattr(database, "import_module", missing)
    with pytest.raises(MissingDriver, match=r"pip install -e '\.\[postgres\]'"):
        database.run_once("postgresql://me@host/bifocal", lambda _: None)
    database.run_once("sqlite://", lambda _: None)


@pytest.mark.parametrize("given", ["postgres://h/x", "postgresql+asyncpg://h/x", "postgresql+psycopg2://h/x"])
def test_any_spelling_of_an_address_will_do(given: str) -> None:
    """A URL may name a driver or none, or PostgreSQL by its short name."""
    assert read_url(given).render_as_string() == "postgresql://h/x"


async def test_what_was_deleted_is_taken_out_of_the_pages(opened: PostgresDatabase, address: str) -> None:
    """After the journal was emptied no page of a table holds what was deleted."""
    await opened.commit([run("INSERT INTO number VALUES (1, 'between us')"), insert(2)])
    await opened.erase(run("DELETE FROM number WHERE n = 1"))
    assert await opened.empty_journal()
    connection = await asyncpg.connect(address)
    dead = await connection.fetchval("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'number'")
    await connection.close()
    assert dead == 0


async def test_a_click_waits_for_the_count_of_its_wave(address: str) -> None:
    """A click that arrives while its wave is being counted is refused, and not kept in a counted wave."""
    await prepare(address)
    one, other = await Store.open(address), await Store.open(address)
    wave = await a_wave(one)
    await answer(one, wave, [f"early {number}" for number in range(9)])
    begun, go_on = asyncio.Event(), asyncio.Event()

    def held(given: Uncounted) -> Count:
        begun.set()
        _await(go_on.wait())
        return decides_to_count(given)

    at = MONDAY + 30 * DAY
    await other.waves.close(TEAM, wave.id, at=wave.closes_at)
    counting = asyncio.create_task(other.rounds.count(TEAM, wave.question_id, at=at, decide=held))
    await begun.wait()
    clicking = asyncio.create_task(one.answers.record([a_rating(wave, "late")]))
    await asyncio.wait({clicking}, timeout=A_MOMENT)
    assert not clicking.done()
    go_on.set()
    late, _ = await asyncio.gather(clicking, counting)
    assert (late.kept, late.closed) == (False, True)
    made = await one.waves.get(TEAM, wave.id)
    assert made is not None
    assert made.answered == 9
    for store in (one, other):
        await store.close()


async def test_a_count_waits_for_the_clicks_that_are_being_kept(address: str) -> None:
    """Clicks that have seen an open wave are committed before it is counted."""
    await prepare(address)
    one, other = await Store.open(address), await Store.open(address)
    wave = await a_wave(one)
    begun, go_on = asyncio.Event(), asyncio.Event()

    def held(connection: Connection, _: object) -> list[None]:
        connection.execute(text("SELECT 1"))
        begun.set()
        _await(go_on.wait())
        put(connection, RATING, [row_of(a_rating(wave), RATING)])
        return [None]

    clicking = asyncio.create_task(one.database.write(Share(held, None)))
    await begun.wait()
    counting = asyncio.create_task(settle(other, wave, at=MONDAY + 30 * DAY))
    await asyncio.wait({counting}, timeout=A_MOMENT)
    assert not counting.done()
    go_on.set()
    await clicking
    assert await counting
    made = await one.waves.get(TEAM, wave.id)
    assert made is not None
    assert made.answered == 1
    for store in (one, other):
        await store.close()


@pytest.mark.parametrize(
    "revision, error, says",
    [
        ("9999", NewerDatabase, "made by a newer Bifocal (migration 9999): start that version"),
        ("0006", OldDatabase, "of an older Bifocal: run bifocal migrate once"),
    ],
)
async def test_a_database_of_another_version_is_let_be(
    revision: str, error: type[Exception], says: str
) -> None:
    """One that is newer, or from before rounds, gets one sentence, and nothing in it changes."""
    url = databases().migrated()
    as_it_was = "UPDATE alembic_version SET version_num = ?"
    databases().run(url, as_it_was, revision)
    with pytest.raises(error, match=re.escape(says)):
        await prepare(url)
    assert databases().run(url, "SELECT version_num FROM alembic_version") == [(revision,)]


async def test_who_waits_too_long_for_others_is_known(
    address: str, opened: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that fails since another process writes can be told from work that fails for another reason."""
    monkeypatch.setitem(postgres._SESSION, "lock_timeout", "20")
    impatient = PostgresDatabase(read_url(address))
    other = await asyncpg.connect(address)
    await other.execute(str(postgres._ALONE).replace("_xact", ""))
    outcomes = await impatient.commit([insert(1)])
    await other.close()
    outcomes += await opened.commit([run("SELECT nothing")])
    await impatient.close()
    errors = [each.error for each in outcomes if isinstance(each, Failure)]
    assert [is_locked(error) for error in errors if isinstance(error, DBAPIError)] == [True, False]
