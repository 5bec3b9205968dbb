import asyncio
import re
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, RowMapping, create_engine

from storage.engine.address import read_url
from storage.engine.database import run_once
from storage.records import Lens, PostState, Wave
from storage.schema.delivery_tables import POST, QUOTE
from storage.schema.migrate import TABLES, at_head, config, heads, make, upgrade
from storage.schema.question_tables import IS_ANSWER, RATING
from storage.store import Store
from tests.storage.scene import (
    DAY,
    MONDAY,
    TEAM,
    WORDS,
    a_comment,
    a_digest,
    a_pulse,
    a_rating,
    a_wave,
    an_edition,
    answer,
    answer_key,
    comment_id,
    publish,
    rows,
    settle,
)

ROOT = Path(__file__).parents[3]


def schema(path: Path) -> dict[str, list[str]]:
    """Every table and index of a file with the clauses of its definition, in no order.

    Without quotation marks: SQLite writes them around the name of a table that a migration has made anew.
    """
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {
        name: sorted(
            clause.strip(" \t,()").replace('"', "")
            for clause in re.split(r"\n|,(?![^(]*\))", sql)
            if clause.strip()
        )
        for name, sql in found
        if name != "alembic_version"
    }


def test_migrations_and_tables_agree(url: str) -> None:
    """Alembic finds nothing that a migration would have to add, change or drop."""

    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "target_metadata": TABLES}
        )
        return list(compare_metadata(context, TABLES))

    assert run_once(url, differences) == []


@pytest.mark.sqlite("only one in memory is made at once")
def test_a_migrated_database_is_as_one_made_at_once(url: str, tmp_path: Path) -> None:
    """Constraints, conditions of indexes and all: what Alembic does not compare agrees too."""
    path = tmp_path / "made.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        make(connection)
        assert at_head(connection)
    engine.dispose()
    assert schema(Path(url.removeprefix("sqlite:///"))) == schema(path)


async def test_migrating_twice_changes_nothing(store: Store, url: str) -> None:
    """A database that has all migrations keeps what is in it."""
    wave = await a_wave(store)
    await upgrade(url)
    assert await store.waves.get(TEAM, wave.id) == wave


async def test_two_processes_migrate_once(tmp_path: Path) -> None:
    """When two starts migrate the same new file, both end well and the schema is whole."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    run = f"import asyncio, storage.schema.migrate as m; asyncio.run(m.upgrade({url!r}))"
    start = (sys.executable, "-W", "error", "-c", run)
    processes = [await asyncio.create_subprocess_exec(*start, cwd=ROOT) for _ in range(3)]
    assert [await process.wait() for process in processes] == [0, 0, 0]
    store = await Store.open(url)
    assert await store.reachable()
    await store.close()


@pytest.mark.sqlite("older versions had SQLite only")
async def test_quotes_of_erased_comments_are_blanked(store: Store, url: str) -> None:
    """A database in which editions still hold words that are gone loses them, and renews what shows them."""
    wave, digest = await a_wave(store), await a_digest(store)
    await store.answers.record([a_rating(wave)], comment=a_comment())
    which = await comment_id(store, wave)
    for name in ("e1", "e2"):
        await publish(store, digest, an_edition(digest, which, id=name))

    def as_it_was(connection: Connection) -> None:
        connection.execute(QUOTE.update().where(QUOTE.c.edition_id == "e1").values(comment_id="gone"))
        connection.execute(POST.update().values(state=PostState.SENT, slack_ts="1.1"))

    await store.database.write(as_it_was)
    back_to(url, "0002")
    await upgrade(url)
    quotes = {name: await store.editions.get(TEAM, name) for name in ("e1", "e2")}
    assert [quote and quote.quotes[0].text for quote in quotes.values()] == [None, WORDS]
    posts = [await store.outbox.get(TEAM, f"edition/{name}/1") for name in ("e1", "e2")]
    assert [post and post.state for post in posts] == [PostState.PENDING, PostState.SENT]


async def ratings_of(store: Store, wave: Wave) -> Sequence[RowMapping]:
    """The ratings of a wave that are answers, as rows."""
    query = RATING.select().where(RATING.c.wave_id == wave.id, IS_ANSWER)
    return await store.database.read(lambda connection: connection.execute(query).mappings().all())


async def put_back(store: Store, ratings: Sequence[dict[str, Any]]) -> None:
    """Ratings as the version before rounds kept them after a count."""
    await store.database.write(lambda connection: connection.execute(RATING.insert(), ratings))


@pytest.mark.sqlite("older versions had SQLite only")
async def test_people_of_counted_waves_are_counted_once(store: Store, url: str) -> None:
    """Waves that counted before there was a place for it get the number of people who answered."""
    counted, waits = await a_wave(store), await a_wave(store)
    for wave, is_counted in ((counted, True), (waits, False)):
        await answer(store, wave, ["a", "b", "c"])
        await answer(store, wave, ["a"], item=2)
        await store.answers.take_back(answer_key(wave, "c"), at=MONDAY + DAY)
        given = [dict(row) for row in await ratings_of(store, wave)]
        await settle(store, wave, at=MONDAY + 4 * DAY, counts=is_counted)
        if is_counted:  # the version of then kept them
            await put_back(store, given)
    before = (await rows(store))["rating"]
    back_to(url, "0003")
    await upgrade(url)
    assert (await rows(store))["rating"] == before
    found = [await store.waves.get(TEAM, wave.id) for wave in (counted, waits)]
    assert [wave and wave.answered for wave in found] == [2, 2]


@pytest.mark.sqlite("older versions had SQLite only")
async def test_waves_of_an_old_database_get_their_question_and_promise(store: Store, url: str) -> None:
    """One question for all that ask the same, however the subject is written; a promise under 5 becomes 5."""
    atlas = await a_pulse(store)
    others: list[dict[str, Any]] = [
        {"subject": "atlas!", "min_group": 9},
        {"subject": "The price"},
        {"subject": "the  PRICE."},
        {"named": True},
        {"instrument": "csat"},
        {"channel_id": "C2"},
        {"lens": Lens.UX},
    ]
    pulses = [atlas, *[await a_pulse(store, **changes) for changes in others]]
    waves = [await a_wave(store, pulse) for pulse in pulses]
    newer = await a_wave(store, atlas, ui_version=2)
    before = await rows(store)
    back_to(url, "0004")
    in_file(url, "PRAGMA ignore_check_constraints = ON", "UPDATE pulse SET min_group = 3 WHERE min_group = 5")
    await upgrade(url)
    found = [await store.waves.get(TEAM, wave.id) for wave in (*waves, newer)]
    assert [wave and wave.promise for wave in found] == [5, 9, 5, 5, 5, 5, 5, 5, 5]
    assert [wave and wave.round_id for wave in found] == [None] * 9
    questions = [wave and wave.question_id for wave in found]
    assert questions[0] == questions[1]
    assert questions[2] == questions[3]
    assert len(set(questions)) == 7
    after = await rows(store)
    assert sorted(row[:1] + row[2:] for row in after["question"]) == sorted(
        row[:1] + row[2:] for row in before["question"]
    )
    again = await a_wave(store, atlas)
    assert again.question_id == questions[0]


def in_file(url: str, *statements: str) -> None:
    """Change a database as an older version would have."""
    path = read_url(url).database
    assert path is not None
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def back_to(url: str, revision: str) -> None:
    """Undo the migrations after this one."""
    engine = create_engine(read_url(url))
    with engine.begin() as connection:
        command.downgrade(config(connection), revision)
        assert not at_head(connection)
    engine.dispose()


def test_there_is_one_newest_migration() -> None:
    """Migrations form one line."""
    assert len(heads()) == 1


@pytest.mark.sqlite("reads the tables of a file")
def test_the_first_migration_can_be_undone(url: str) -> None:
    """Going back to nothing leaves no table."""
    back_to(url, "base")
    path = read_url(url).database
    assert path is not None
    assert schema(Path(path)) == {}
