"""The column types that SQLite and PostgreSQL keep alike, and what they refuse."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    Integer,
    Label,
    String,
    Table,
    Text,
    TypeDecorator,
    cast,
    type_coerce,
)
from sqlalchemy.exc import DontWrapMixin

from storage.records import Role, aware, is_zone
from storage.records.round_records import ByRole

Items = Sequence[Mapping[int, int]]


class RefusedError(ValueError, DontWrapMixin):
    """A value that no column takes: a moment without a zone, text that a database cannot hold.

    SQLAlchemy hands it on as it is, so that a caller sees a ValueError with this sentence.
    """


class Moment(TypeDecorator[datetime]):
    """A point in time: aware going in, in UTC coming out. SQLite drops zones, so UTC is what is written."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment in UTC; raises RefusedError for a naive one."""
        if value is None:
            return None
        try:
            return aware(value).astimezone(UTC)
        except ValueError as naive:
            raise RefusedError(str(naive)) from None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Span(TypeDecorator[timedelta]):
    """A length of time in whole seconds."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """The seconds, without fractions."""
        return None if value is None else int(value.total_seconds())

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:  # noqa: ARG002
        """The length of time."""
        return None if value is None else timedelta(seconds=value)


class Words(TypeDecorator[str]):
    """Text that a person wrote.

    PostgreSQL takes no NUL and neither database takes half a surrogate pair. What reads Slack cleans both;
    here they are refused, so that the two databases answer alike.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text as it is; raises RefusedError when it cannot be written."""
        if value is not None and ("\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value)):
            raise RefusedError("text with a NUL or half a surrogate pair cannot be kept")
        return value


class ZoneName(TypeDecorator[str]):
    """The IANA name of a zone. One that does not exist any more comes out as the zone of the settings.

    What was written stays as it is, so that a zone that comes back holds again.
    """

    impl = String
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """The zone whose clock holds."""
        return value if value is None or is_zone(value) else str(getattr(dialect, "zone_of_settings", "UTC"))


def written_zone(of: Table) -> Label[str]:
    """The zone of a schedule as it was written, be it one that does not exist any more."""
    return type_coerce(of.c.zone, String).label("written_zone")


class ListOf(TypeDecorator[tuple[str, ...]]):
    """A tuple of words, as a JSON array; they come out as what `kind` makes of them."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: type[str] = str) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """The words as a list."""
        return None if value is None else list(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ARG002
        """The words as a tuple."""
        return None if value is None else tuple(map(self.kind, value))


class Ids(ListOf):
    """Ids of people or channels. What cannot be read comes out as none: one broken row stops no other."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """What reads a value: broken JSON is no error."""
        read = super().result_processor(dialect, coltype)

        def readable(value: Any) -> Any:
            try:
                return read(value) if read else value
            except ValueError:
                return ()

        return readable

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """The ids as a tuple; empty for anything but a list of words."""
        is_list = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return (super().process_result_value(value, dialect) or ()) if is_list else ()


def holds(column: Column[Any], an_id: str) -> ColumnElement[bool]:
    """Whether a column of Ids has this one among them."""
    return cast(column, Text).contains(f'"{an_id}"', autoescape=True)


class ByWord(TypeDecorator[Mapping[str, Any]]):
    """A JSON object; its keys come out as what `kind` makes of them."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: type[str] = str) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """The object as a dict."""
        return None if value is None else dict(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Mapping[str, Any] | None:  # noqa: ARG002
        """The object as a dict of words."""
        return None if value is None else {self.kind(word): held for word, held in value.items()}


class CountsBy(TypeDecorator[Mapping[Any, int]]):
    """People by number, as a JSON object; its keys come out as numbers of that `kind`, in their order."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: type[float]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Mapping[Any, int] | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """The counts with the numbers as text."""
        return None if value is None else _as_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Mapping[Any, int] | None:  # noqa: ARG002
        """The counts by number."""
        return None if value is None else _by_number(value, self.kind)


class ItemCounts(TypeDecorator[Items]):
    """People by point of each item, as a JSON array of objects."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Items | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """The counts with the points as text."""
        return None if value is None else list(map(_as_text, value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Items | None:  # noqa: ARG002
        """The counts by point."""
        return None if value is None else tuple(_by_number(counts, int) for counts in value)


class CountsByRole(TypeDecorator[ByRole]):
    """People by score for each role, as a JSON object of objects; people without a role stand under ""."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: ByRole | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """The counts with roles and scores as text."""
        return {role or "": _as_text(counts) for role, counts in (value or {}).items()}

    def process_result_value(self, value: Any, dialect: Dialect) -> ByRole:  # noqa: ARG002
        """The counts by role; none in rows of an older version."""
        return {Role(role) if role else None: _by_number(of, float) for role, of in (value or {}).items()}


def _as_text(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(number): people for number, people in counts.items()}


def _by_number(counts: Mapping[str, int], kind: type[float]) -> dict[Any, int]:
    found = {kind(number): people for number, people in counts.items()}
    return {number: found[number] for number in sorted(found)}


def word_of(words: type[StrEnum]) -> Enum:
    """A column that holds one word of an enumeration, as plain text.

    There is no CHECK: SQLAlchemy refuses foreign words both ways, and a new word then needs no migration.
    """
    return Enum(
        words,
        native_enum=False,
        create_constraint=False,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )
