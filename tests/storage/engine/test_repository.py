from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    create_engine,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql

from storage.engine.repository import (
    _change,
    add,
    fetch_all,
    fetch_one,
    new_id,
    put,
    reader,
    record_of,
    row_of,
    select_columns,
)

THING = Table(
    "thing",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", Integer),
    Column("word", String),
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A connection to an empty table of things."""
    engine = create_engine("sqlite://")
    THING.metadata.create_all(engine)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def thing(at: int, word: str) -> dict[str, object]:
    """The first thing."""
    return {"id": 1, "at": at, "word": word}


def words(connection: Connection) -> list[str]:
    """The words of all things."""
    return fetch_all(connection, select(THING.c.word), lambda row: str(row.word))


def test_adding_twice_changes_nothing(connection: Connection) -> None:
    """A row whose key is there is not added, and the caller is told."""
    assert add(connection, THING, thing(1, "first"))
    assert not add(connection, THING, thing(2, "second"))
    assert words(connection) == ["first"]


def test_putting_twice_keeps_the_last(connection: Connection) -> None:
    """A row whose key is there is changed in full."""
    put(connection, THING, [thing(2, "first")])
    put(connection, THING, [thing(1, "second")])
    assert words(connection) == ["second"]


def test_putting_the_newest_ignores_what_is_older(connection: Connection) -> None:
    """With a column that says when, an older row changes nothing and one as old is taken."""
    for at, word in [(2, "second"), (1, "older"), (2, "again")]:
        put(connection, THING, [thing(at, word)], newest="at")
    assert words(connection) == ["again"]


def test_the_same_words_serve_postgresql() -> None:
    """Rows are put by the same statement on both databases."""
    statement = str(_change("postgresql", THING, "at").compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert "ON CONFLICT (id) DO UPDATE SET at = excluded.at" in statement
    assert "WHERE excluded.at >= thing.at" in statement


def test_one_is_the_first_or_none(connection: Connection) -> None:
    """A query for one record gives None when there is none."""
    query = select_columns(THING.c, THING)
    assert fetch_one(connection, query, lambda row: row.thing_word) is None
    put(connection, THING, [thing(1, "first")])
    assert fetch_one(connection, query, lambda row: row.thing_word) == "first"


def test_a_record_becomes_a_row() -> None:
    """A row takes the record's fields by name, and what is said beside it."""

    @dataclass
    class Named:
        id: int
        word: str

    assert row_of(Named(id=1, word="first"), THING, at=3) == thing(3, "first")


@dataclass(frozen=True)
class Part:
    """A record inside another."""

    id: int
    word: str | None


@dataclass(frozen=True)
class Whole:
    """A record with others inside it."""

    id: int
    word: str
    part: Part
    spare: Part | None
    count: int = 0


def whole(connection: Connection, **columns: object) -> Row[Any]:
    """A row of a whole and its parts."""
    given = {"whole_id": 1, "whole_word": "w", "part_id": 2, "part_word": "p", **columns}
    columns_of: list[Any] = [literal(value).label(name) for name, value in given.items()]
    return connection.execute(select(*columns_of)).one()


def test_a_row_becomes_a_record(connection: Connection) -> None:
    """A field takes the column of its name, a record inside it the columns that begin with its own."""
    row = whole(connection, spare_id=3, spare_word=None)
    made = record_of(row, "whole", Whole, count=4)
    assert made == Whole(id=1, word="w", part=Part(2, "p"), spare=Part(3, None), count=4)


def test_what_an_outer_join_did_not_find_is_none(connection: Connection) -> None:
    """A record that may be missing is None when all its columns are empty; a row may have any order."""
    row = whole(connection, spare_id=None, spare_word=None, whole_count=5)
    assert reader("whole", Whole)(row) == Whole(id=1, word="w", part=Part(2, "p"), spare=None, count=5)


def test_a_row_without_a_column_is_no_record(connection: Connection) -> None:
    """A query that leaves out a column of a record is a mistake, not a default."""
    with pytest.raises(ValueError, match="tuple"):
        record_of(whole(connection), "whole", Whole)


def test_ids_are_random_letters() -> None:
    """An id says nothing about when or where it was made."""
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert {len(each) for each in ids} == {16}
