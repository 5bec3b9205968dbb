from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from storage.records import Lens, Touchpoint
from storage.schema.columns import ByWord, ListOf, Moment, RefusedError, Span, Words, word_of
from tests.storage.scene import MONDAY

SQLITE = SQLiteDialect()
POSTGRESQL: Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]  # SQLAlchemy's own


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL], ids=["sqlite", "postgresql"])
def test_a_naive_moment_is_refused(dialect: Dialect) -> None:
    """A moment without a zone is an error of the caller, never guessed at."""
    with pytest.raises(RefusedError, match="needs a zone"):
        Moment().process_bind_param(datetime(2026, 11, 16, 9, 0), dialect)  # noqa: DTZ001 - that is the point


def test_a_moment_is_written_in_utc() -> None:
    """Whatever its zone, a moment is written as UTC."""
    eastern = MONDAY.astimezone(timezone(timedelta(hours=-5)))
    written = Moment().process_bind_param(eastern, SQLITE)
    assert written is not None
    assert (written, written.tzinfo) == (MONDAY, UTC)


@pytest.mark.parametrize(
    "stored", [MONDAY.replace(tzinfo=None), MONDAY.astimezone(timezone(timedelta(hours=2)))]
)
def test_a_moment_is_read_in_utc(stored: datetime) -> None:
    """A moment comes out aware and in UTC, from a database that keeps zones and from one that does not."""
    read = Moment().process_result_value(stored, SQLITE)
    assert read is not None
    assert (read, read.tzinfo) == (MONDAY, UTC)


def test_no_moment_stays_none() -> None:
    """None goes in and comes out as None."""
    assert Moment().process_bind_param(None, SQLITE) is None
    assert Moment().process_result_value(None, SQLITE) is None
    assert Span().process_bind_param(None, SQLITE) is None
    assert Span().process_result_value(None, SQLITE) is None
    assert Words().process_bind_param(None, SQLITE) is None


def test_a_span_is_kept_in_seconds() -> None:
    """A length of time is a number of seconds that any tool can read."""
    assert Span().process_bind_param(timedelta(days=3), SQLITE) == 259_200
    assert Span().process_result_value(259_200, SQLITE) == timedelta(days=3)


@pytest.mark.parametrize("text", ["a\x00b", "half a pair: \ud83d", "\udc00"])
def test_text_that_some_database_cannot_hold_is_refused(text: str) -> None:
    """What PostgreSQL or UTF-8 cannot hold is refused everywhere."""
    with pytest.raises(RefusedError):
        Words().process_bind_param(text, SQLITE)


@pytest.mark.parametrize("text", ["", "plain", "😀 שלום <!channel> '; DROP TABLE rating; --"])
def test_other_text_is_kept_as_it_is(text: str) -> None:
    """Emoji, any script and hostile text are data."""
    assert Words().process_bind_param(text, SQLITE) == text


def test_words_come_out_as_they_went_in() -> None:
    """A tuple of words is kept as a list, an object by its words, and each word comes out as what it was."""
    topics = (Touchpoint.BILLING, Touchpoint.SUPPORT)
    assert ListOf(Touchpoint).process_bind_param(topics, SQLITE) == ["billing", "support"]
    assert ListOf(Touchpoint).process_result_value(["billing", "support"], SQLITE) == topics
    assert ByWord(Lens).process_bind_param({Lens.CX: 0.5}, SQLITE) == {"CX": 0.5}
    (word,) = ByWord(Lens).process_result_value({"CX": 0.5}, SQLITE) or {}
    assert word is Lens.CX
    for column in (ListOf(), ByWord()):
        assert column.process_bind_param(None, SQLITE) is None
        assert column.process_result_value(None, SQLITE) is None


def test_a_word_of_an_enumeration_is_plain_text() -> None:
    """An enumeration is stored by its value, without a type or a constraint of the database."""
    column = word_of(Lens)
    assert column.compile(dialect=POSTGRESQL) == "VARCHAR(16)"
    assert list(column.enums) == ["CX", "UX"]
