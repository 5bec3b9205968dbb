"""T10 on the files of the real bot: no byte of a counted answer is left, and planted faults are found."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Engine, event

from storage.engine.sqlite import SQLiteDatabase, sqlite_engine
from tests.simulation.history import START, Answers, Ask, Given, History, Pulse, Tick
from tests.simulation.playable import playable
from tests.simulation.replay import Played, play
from tests.simulation.runs import run

PEOPLE = [f"p{number:02}" for number in range(20)]


def one_question() -> History:
    """Twenty people are asked once, fourteen answer, and it is counted."""
    closes_at = START + timedelta(days=1)
    pulse = Pulse("P0", "C1", "atlas", "nps", "atlas", promise=5, scheduled=False)
    given = tuple(Given(person, (number % 11,)) for number, person in enumerate(PEOPLE[:14]))
    events = (
        Ask(START, "w0", 1, "P0", closes_at),
        Answers(START + timedelta(hours=1), "w0", given),
        Tick(closes_at + timedelta(hours=1)),
    )
    return History("one question", {"C1": frozenset(PEOPLE)}, {"P0": pulse}, 4, events)


def played() -> Played:
    """The history through the real bot; its problems say what its files still tell."""
    done = run(playable(one_question(), until=START + timedelta(days=2)))
    return asyncio.run(play(done, done.points))


def keeps_what_is_deleted(*given: Any, **more: Any) -> Engine:
    """Planted: an engine whose deleted rows stay in free pages."""
    engine = sqlite_engine(*given, **more)
    event.listen(engine, "connect", lambda made, _: made.execute("PRAGMA secure_delete=OFF"))
    return engine


@contextmanager
def planted(fault: str) -> Iterator[None]:
    """The bot with a fault of its database."""
    if fault == "free pages":
        with patch("storage.engine.sqlite.sqlite_engine", keeps_what_is_deleted):
            yield
    else:
        with patch.object(SQLiteDatabase, "_empty_journal", lambda _: True):
            yield


def test_nothing_is_left_after_a_count() -> None:
    """Neither the file nor its journal, log or outbox tells of an answer that is counted."""
    found = played()
    assert len(found.counted) == 1
    assert not found.problems


@pytest.mark.parametrize("fault, file", [("free pages", "bifocal.db"), ("journal", "bifocal.db-wal")])
def test_what_a_fault_leaves_is_found(fault: str, file: str) -> None:
    """Planted: nothing overwrites what is deleted, and nothing empties the journal."""
    with planted(fault):
        found = played()
    assert any(problem.startswith(f"{file} holds the bytes") for problem in found.problems)
