"""Faults in keeping, changing and erasing what one person gives."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection

from storage.answers import answers, erasure
from storage.answers.answers import Answers
from storage.answers.current_answer import CurrentAnswer
from storage.engine.repository import put


class _Early:
    """An engine that does what is written only once it has given its outcome."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    async def write(self, work: Callable[[Connection], Any]) -> Any:
        outcome = await self._engine.read(work)  # what it writes is dropped
        self._later = asyncio.ensure_future(self._engine.write(work))
        return outcome


@contextmanager
def ack_before_commit() -> Iterator[None]:
    """What a click has changed is worked out, acked, and only then committed."""
    record = Answers.record

    async def recorded(self: Answers, *ratings: Any, **more: Any) -> Any:
        early: Any = _Early(self._engine)
        return await record(Answers(early, self._changed), *ratings, **more)

    with patch.object(Answers, "record", recorded):
        yield


@contextmanager
def comment_acked_before_commit() -> Iterator[None]:
    """A comment is acked, and only then committed."""
    keep = Answers.comment

    async def kept(self: Answers, *given: Any) -> bool:
        early: Any = _Early(self._engine)
        return await keep(Answers(early, self._changed), *given)

    with patch.object(Answers, "comment", kept):
        yield


@contextmanager
def last_to_come_wins() -> Iterator[None]:
    """A click that comes late undoes a newer one."""

    def kept(connection: Connection, into: Any, rows: Any, **_: Any) -> None:
        put(connection, into, rows)

    def taken(self: CurrentAnswer, rating: Any) -> bool:
        self.points[rating.item], self.clicked_at[rating.item] = rating.point, rating.clicked_at
        return True

    with patch.object(CurrentAnswer, "take", taken), patch.object(answers, "put", kept):
        yield


@contextmanager
def closed_wave_takes_answers() -> Iterator[None]:
    """A click is taken whenever it comes."""
    with patch.object(CurrentAnswer, "closed", lambda *_: False):
        yield


@contextmanager
def take_back_keeps_the_answer() -> Iterator[None]:
    """What somebody takes back stays, and they are told that it is gone."""

    async def kept(*_: Any, **__: Any) -> bool:
        return True

    with patch.object(Answers, "take_back", kept):
        yield


@contextmanager
def forget_keeps_the_comments() -> Iterator[None]:
    """Who is forgotten, or taken down, leaves their comments behind."""
    with patch.object(erasure, "erase_comments", lambda *_: None):
        yield


@contextmanager
def takedown_keeps_the_round() -> Iterator[None]:
    """What was counted with a wave that is taken down still counts."""
    with patch.object(erasure, "withdraw_round", lambda *_: []):
        yield
