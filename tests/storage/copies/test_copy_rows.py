"""All rows of a database, in another one of whichever kind."""

import asyncio
from asyncio import to_thread
from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY

import pytest
from sqlalchemy import Connection, select

from storage.copies.copy_rows import NotEmpty, OtherVersion, copy_rows
from storage.engine.database import run_once
from storage.records import Role
from storage.schema.migrate import TABLES
from storage.schema.round_rows import row_of_round
from storage.schema.round_tables import ROUND
from storage.store import Store
from tests.databases import run_in
from tests.jobs.scoring.rounds import counted, nps
from tests.migrated import migrated, new_database
from tests.storage.scene import a_comment, a_digest, a_rating, a_wave, an_edition, comment_id, publish

MANY = 1_203  # more than are copied at a time


async def rows_in(url: str) -> dict[str, list[str]]:
    """Every row of every table, in an order of its own."""

    def work(connection: Connection) -> dict[str, list[str]]:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for name, table in TABLES.tables.items()
        }

    return await to_thread(run_once, url, work)


def new_file(path: Path) -> str:
    """A SQLite file with all migrations and nothing in it."""
    path.write_bytes(migrated())
    return f"sqlite:///{path}"


@pytest.fixture
async def full(url: str, store: Store, tmp_path: Path) -> str:
    """A database with a wave, answers, a comment, a split round, a digest in a lost zone, and its edition."""
    wave, digest = await a_wave(store), await a_digest(store)
    ratings = [a_rating(wave, f"{number:064x}") for number in range(MANY)]
    await asyncio.gather(*(store.answers.record([rating]) for rating in ratings))
    await store.answers.record([a_rating(wave)], comment=a_comment())
    await publish(store, digest, an_edition(digest, await comment_id(store, wave)))
    roles = {f"p{place:02}": Role.BUYS for place in range(11)}  # the others have not told theirs
    made = counted("nps", [*nps(4, 3, 4), *nps(4, 4, 4)], roles=roles)
    row = row_of_round(made, wave.question_id)
    await store.database.write(lambda connection: connection.execute(ROUND.insert(), row))
    assert (await store.rounds.find(made.question.team_id, made.id)) == replace(made, question=ANY)
    assert made.by_role.keys() == {Role.BUYS, None}
    run_in(tmp_path / "bifocal.db", "UPDATE digest SET zone = 'Mars/Olympus'")
    return url


async def test_every_row_comes_over(full: str, tmp_path: Path) -> None:
    """Into a file and from there into another database: each row is as it was, zones of no more too."""
    file = new_file(tmp_path / "copy.db")
    copied = await to_thread(copy_rows, full, file)
    found = await rows_in(full)
    assert copied == sum(map(len, found.values())) > MANY
    assert await rows_in(file) == found
    other = new_database(tmp_path / "other.db")
    assert await to_thread(copy_rows, file, other) == copied
    assert await rows_in(other) == found
    assert run_in(tmp_path / "other.db", "SELECT zone FROM digest") == [("Mars/Olympus",)]


async def test_nothing_is_added_to_what_is_there(full: str, tmp_path: Path) -> None:
    """A database that holds anything is left as it is."""
    file = new_file(tmp_path / "copy.db")
    await to_thread(copy_rows, full, file)
    before = await rows_in(file)
    with pytest.raises(NotEmpty):
        await to_thread(copy_rows, full, file)
    assert await rows_in(file) == before


async def test_another_version_is_left_alone(full: str, tmp_path: Path) -> None:
    """Both must have the tables of this version."""
    with pytest.raises(OtherVersion):
        await to_thread(copy_rows, full, f"sqlite:///{tmp_path / 'empty.db'}")
