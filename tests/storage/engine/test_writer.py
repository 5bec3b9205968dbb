import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine

from storage.engine.writer import Failure, Work, Writer


class Disk:
    """Commits that a test can hold up and count."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.free = asyncio.Event()
        self.free.set()

    async def commit(self, works: Sequence[Work[Any]]) -> list[Any]:
        """Does every work by itself, in one go."""
        self.batches.append(len(works))
        await self.free.wait()
        with create_engine("sqlite://").connect() as connection:
            return [self._do(work, connection) for work in works]

    def _do(self, work: Work[Any], connection: Connection) -> Any:
        try:
            return work(connection)
        except LookupError as error:
            return Failure(error)


@pytest.fixture
def disk() -> Disk:
    """A disk that is free."""
    return Disk()


def give(value: object) -> Work[Any]:
    """Work that gives a value, or raises it."""

    def work(_connection: Connection) -> Any:
        if isinstance(value, Exception):
            raise value
        return value

    return work


async def settled(tasks: Sequence[asyncio.Task[Any]]) -> list[Any]:
    """What became of tasks: results and exceptions."""
    return await asyncio.gather(*tasks, return_exceptions=True)


async def hand_in(writer: Writer, values: Sequence[object]) -> list[asyncio.Task[Any]]:
    """Writes that wait, in order."""
    tasks = [asyncio.create_task(writer.write(give(value))) for value in values]
    await asyncio.sleep(0)
    return tasks


async def test_a_write_gives_what_its_work_gives(disk: Disk) -> None:
    """The caller gets the result of their own work."""
    writer = Writer(disk.commit)
    assert await writer.write(give(7)) == 7
    await writer.close()


async def test_writes_that_meet_share_a_commit(disk: Disk) -> None:
    """While one commit is under way the others gather, and go together in the next, in their order."""
    writer = Writer(disk.commit)
    disk.free.clear()
    tasks = await hand_in(writer, [0])
    tasks += await hand_in(writer, range(1, 51))
    disk.free.set()
    assert await settled(tasks) == list(range(51))
    assert disk.batches == [1, 50]
    await writer.close()


async def test_a_batch_has_a_limit(disk: Disk) -> None:
    """A batch is never larger than said, so that nobody waits behind a crowd."""
    writer = Writer(disk.commit, batch=16)
    tasks = await hand_in(writer, range(40))
    await settled(tasks)
    assert disk.batches == [16, 16, 8]
    await writer.close()


async def test_a_failure_is_its_own(disk: Disk) -> None:
    """One who fails gets their error; the others get their results."""
    writer = Writer(disk.commit)
    tasks = await hand_in(writer, [1, KeyError("gone"), 3])
    first, failed, third = await settled(tasks)
    assert (first, third) == (1, 3)
    assert isinstance(failed, KeyError)
    await writer.close()


async def test_a_commit_that_breaks_is_everyones_and_not_the_last(disk: Disk) -> None:
    """When a whole commit raises, all of its callers get that, and the next one is served."""
    broken = True

    async def commit(works: Sequence[Work[Any]]) -> list[Any]:
        if broken:
            raise OSError("no disk")
        return await disk.commit(works)

    writer = Writer(commit)
    assert [type(each) for each in await settled(await hand_in(writer, [1, 2]))] == [OSError, OSError]
    broken = False
    assert await writer.write(give(3)) == 3
    await writer.close()


async def test_a_caller_who_leaves_breaks_nothing(disk: Disk) -> None:
    """A cancelled caller is forgotten, before or during the commit; the others are served."""
    writer = Writer(disk.commit)
    disk.free.clear()
    during, *_ = await hand_in(writer, [1])
    before, stays = await hand_in(writer, [2, 3])
    during.cancel()
    before.cancel()
    await settled([during, before])
    disk.free.set()
    assert await stays == 3
    assert disk.batches == [1, 1]
    await writer.close()


async def test_a_caller_who_is_out_of_patience_still_has_it_written(disk: Disk) -> None:
    """With a shield a caller bounds its wait and the work goes on."""
    writer = Writer(disk.commit)
    done: list[int] = []
    disk.free.clear()
    write = asyncio.create_task(writer.write(lambda _connection: done.append(1)))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(write), 0.01)
    disk.free.set()
    await write
    assert done == [1]
    await writer.close()


async def test_closing_drains_what_was_handed_in(disk: Disk) -> None:
    """Whoever handed in before the close gets an answer; whoever comes after is refused."""
    writer = Writer(disk.commit, batch=2)
    disk.free.clear()
    tasks = await hand_in(writer, range(5))
    closing = asyncio.create_task(writer.close())
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="closed"):
        await writer.write(give(9))
    disk.free.set()
    await closing
    assert await settled(tasks) == list(range(5))
    await writer.close()


async def test_there_is_room_for_so_many(disk: Disk) -> None:
    """More than the room holds wait outside, also if those inside have gone, and come in as it empties."""
    writer = Writer(disk.commit, room=3)
    disk.free.clear()
    inside = await hand_in(writer, range(3))
    outside = await hand_in(writer, range(3, 5))
    inside[2].cancel()
    await settled([inside[2]])
    assert writer._jobs.qsize() <= 3
    late = asyncio.create_task(writer.write(give(5)))
    await asyncio.sleep(0)
    assert writer._jobs.qsize() <= 3
    disk.free.set()
    assert await settled([*inside[:2], *outside, late]) == [0, 1, 3, 4, 5]
    await writer.close()


async def test_who_waits_outside_at_the_close_is_told(disk: Disk) -> None:
    """A caller who had no room yet when the writer closed gets an error rather than waiting for ever."""
    writer = Writer(disk.commit, room=1)
    disk.free.clear()
    inside, outside = await hand_in(writer, [1, 2])
    closing = asyncio.create_task(writer.close())
    await asyncio.sleep(0)
    disk.free.set()
    await closing
    assert await inside == 1
    with pytest.raises(RuntimeError, match="closed"):
        await outside
