"""Group commit: one writer takes what gathered while the last commit was under way, and commits it at once.

A durable commit costs milliseconds of disk, a row microseconds. So a lone write waits for its own commit
only, and fifty at once share one.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from time import perf_counter
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from storage.engine.database_file import DatabaseFile

T = TypeVar("T")
Work = Callable[[Connection], T]
"""What is done inside a transaction. It may run a second time, after a rollback: only its last run counts."""


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Share(Generic[Item, T]):
    """A piece of work that is done in one go with others of its kind that stand next to it in a batch.

    `do` takes the items of all of them and gives their results in the same order. It changes rows that belong
    to one item each, and those in the order of their keys: several processes may do so at once, unless it has
    to be done `alone`.
    """

    do: Callable[[Connection, Sequence[Item]], Sequence[T]]
    item: Item
    alone: bool = False

    def __call__(self, connection: Connection) -> T:
        """Done alone."""
        return self.do(connection, [self.item])[0]


def may_run_together(work: Work[Any]) -> bool:
    """Whether other processes may do work of this kind in the same moment."""
    return isinstance(work, Share) and not work.alone


def run_all(connection: Connection, works: Sequence[Work[Any]]) -> list[Any]:
    """What each work gives, in order; whatever one raises is raised."""
    results: list[Any] = []
    for do, group in groupby(works, key=lambda work: work.do if isinstance(work, Share) else None):
        if do is None:
            results += [work(connection) for work in group]
        else:
            results += do(connection, [share.item for share in group if isinstance(share, Share)])
    return results


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a piece of work changed nothing."""

    error: Exception


Commit = Callable[[Sequence[Work[Any]]], Awaitable[list[Any]]]
"""Does pieces of work durably; gives for each, in order, its result or a Failure."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A piece of work, and the future of whoever waits for it."""

    work: Work[Any]
    done: asyncio.Future[Any]

    def settle(self, outcome: object) -> None:
        """Tells the one who waits, unless they have gone."""
        if self.done.done():
            return
        if isinstance(outcome, Failure):
            self.done.set_exception(outcome.error)
        else:
            self.done.set_result(outcome)


def _nobody_asks(_: float) -> None:
    pass


class Writer:
    """The only one who writes; made and used within one event loop. At most `room` jobs are under way."""

    def __init__(self, commit: Commit, *, room: int = 1024, batch: int = 256) -> None:
        self._commit = commit
        self._batch = batch
        self._room = asyncio.Semaphore(room)
        self._jobs: asyncio.Queue[Job | None] = asyncio.Queue()
        self._closing = False
        self.timed: Callable[[float], None] = _nobody_asks
        self._task = asyncio.create_task(self._run(), name="storage-writer")

    async def write(self, work: Work[T]) -> T:
        """What `work` gives, once it is committed; when it raises, nothing of it is kept and that is raised.

        Waits for room, however long: a caller bounds its own patience. One that is cancelled leaves the
        others alone, and its own work may or may not be kept. Raises RuntimeError once the writer is closed.
        """
        await self._room.acquire()
        if self._closing:
            self._room.release()
            raise RuntimeError("the store is closed")
        job = Job(work, asyncio.get_running_loop().create_future())
        self._jobs.put_nowait(job)
        result: T = await job.done
        return result

    async def close(self) -> None:
        """Commits what has been handed in, and takes nothing more."""
        if not self._closing:
            self._closing = True
            self._jobs.put_nowait(None)
        await self._task

    async def _run(self) -> None:
        while not (self._closing and self._jobs.empty()):
            jobs = [await self._jobs.get()]
            while len(jobs) < self._batch and not self._jobs.empty():
                jobs.append(self._jobs.get_nowait())
            await self._do([job for job in jobs if job is not None])

    async def _do(self, jobs: Sequence[Job]) -> None:
        wanted = [job for job in jobs if not job.done.done()]  # who has gone before it began wants nothing
        outcomes: Sequence[object] = ()
        began = perf_counter()
        try:
            outcomes = await self._commit([job.work for job in wanted]) if wanted else ()
        except Exception as error:  # noqa: BLE001 - the writer outlives whatever happens to one batch
            outcomes = [Failure(error)] * len(wanted)
        self.timed(perf_counter() - began)
        for job, outcome in zip(wanted, outcomes, strict=True):
            job.settle(outcome)
        for _ in jobs:
            self._room.release()


class WritesInGroups(ABC):
    """A database that one writer fills; how it commits is its own."""

    def __init__(self) -> None:
        self._writer = Writer(self.commit)
        self._erasures = 0
        self.file: DatabaseFile | None = None

    @abstractmethod
    async def commit(self, works: Sequence[Work[Any]]) -> list[Any]:
        """What each work gives, or a Failure, once all are on the disk."""

    async def write(self, work: Work[T]) -> T:
        """What `work` gives, once it is committed together with what else was handed in meanwhile.

        `work` runs in one transaction, perhaps several times: only its last run counts.
        """
        return await self._writer.write(work)

    async def erase(self, work: Work[T]) -> T:
        """The same as `write`, for work that may erase what must not stay in old pages either."""
        try:
            return await self.write(work)
        finally:
            self._erasures += 1  # also where nobody waited for the end: it may be committed all the same

    def time_commits(self, tell: Callable[[float], None]) -> None:
        """From now on `tell` is given how many seconds each commit took."""
        self._writer.timed = tell

    @property
    def erasures(self) -> int:
        """How often something was erased since it was opened."""
        return self._erasures
