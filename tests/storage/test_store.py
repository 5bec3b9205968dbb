import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from storage.engine.address import read_url
from storage.engine.sqlite import SQLiteDatabase
from storage.schema.migrate import upgrade
from storage.store import Store
from tests.storage.scene import MONDAY, TEAM, a_pulse, a_rating, a_wave, ask_for_update


async def test_what_is_kept_outlives_the_store(url: str) -> None:
    """After a close everything is in the file."""
    first = await Store.open(url)
    wave = await a_wave(first)
    await first.close()
    second = await Store.open(url)
    assert await second.waves.get(TEAM, wave.id) == wave
    await second.close()


@pytest.mark.sqlite("watches the engine for SQLite")
async def test_every_write_passes_one_function(url: str) -> None:
    """Every part writes through the engine that the store was made with."""
    passed: list[str] = []

    class Watched(SQLiteDatabase):
        async def write(self, work):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            passed.append("write")
            return await super().write(work)

    store = Store(Watched(read_url(url)))
    wave = await a_wave(store)
    await store.answers.record([a_rating(wave)])
    await ask_for_update(store, wave.id)
    assert len(passed) == 5  # a product, a pulse, a wave, a rating, a request
    await store.close()


async def test_a_migrated_database_is_reachable(store: Store) -> None:
    """Reachable means that the database answers and has all migrations."""
    assert await store.reachable()


async def test_a_database_without_its_tables_is_not(tmp_path: Path) -> None:
    """Opening does not migrate: until then the store says that it is not reachable."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    store = await Store.open(url)
    assert not await store.reachable()
    await upgrade(url)
    assert await store.reachable()
    await store.close()


async def test_a_database_that_cannot_be_opened_is_not_reachable(tmp_path: Path) -> None:
    """A file that cannot be opened is an answer, not an exception."""
    store = await Store.open(f"sqlite:///{tmp_path / 'missing' / 'x.db'}")
    assert not await store.reachable()
    await store.close()


async def test_a_database_in_memory_is_ready_at_once() -> None:
    """`sqlite://` needs no migration, and is gone with its store."""
    store = await Store.open("sqlite://")
    assert await store.reachable()
    await a_pulse(store)
    await store.close()
    again = await Store.open("sqlite+aiosqlite://")
    assert await again.pulses.in_channel(TEAM, "C1", now=MONDAY) == []
    await again.close()


async def test_the_first_fingerprint_is_kept(store: Store, other: Store) -> None:
    """A start with another secret is noticed, whichever process it is and however often it tries."""
    assert await store.keep_fingerprint("abc")
    assert await other.keep_fingerprint("abc")
    assert not await other.keep_fingerprint("def")
    assert await store.keep_fingerprint("abc")


async def test_a_closed_store_takes_nothing(url: str) -> None:
    """A write after the close is an error; what was handed in before is kept."""
    store = await Store.open(url)
    pulse = await asyncio.create_task(a_pulse(store))
    await store.close()
    with pytest.raises(RuntimeError):
        await store.pulses.discard(TEAM, pulse.id)


@pytest.mark.sqlite("holds up the thread that writes")
async def test_reads_do_not_wait_for_a_write(store: Store) -> None:
    """While a write is under way others read what was committed before."""
    await a_pulse(store)
    begun, go_on = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(connection: Connection) -> None:
        connection.execute(text("DELETE FROM pulse"))
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(timeout=5)

    write = asyncio.create_task(store.database.write(slow))
    await begun.wait()
    assert len(await store.pulses.in_channel(TEAM, "C1", now=MONDAY)) == 1
    go_on.set()
    await write
    assert await store.pulses.in_channel(TEAM, "C1", now=MONDAY) == []
