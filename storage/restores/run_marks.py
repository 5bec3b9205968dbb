"""The mark by which a database is told from an older copy of it: kept inside, and outside of it too."""

from typing import NamedTuple, Protocol

from sqlalchemy import Connection, select

from storage.engine.database import run_once
from storage.schema.delivery_tables import EVERY_TEAM
from storage.schema.installation_table import INSTALLATION

NEW = "new"


class Outside(Protocol):
    """What is kept outside of the database."""

    def read(self) -> str | None:
        """The mark; None where there is none."""

    def write(self, mark: str) -> None:
        """Puts a mark in the place of the one before."""

    def append(self, line: str) -> None:
        """Adds a line to what was erased."""

    def lines(self) -> list[str]:
        """What was erased, the first one first."""


class Mark(NamedTuple):
    """`number` is None while the database has not been seen with this id yet."""

    run_id: str
    number: int | None

    def __str__(self) -> str:
        return f"{self.run_id} {NEW if self.number is None else self.number}"


class Inside(NamedTuple):
    """The mark as the database has it."""

    run_id: str
    number: int


class Line(NamedTuple):
    """One line of what was erased: after which number of the mark, what, in which workspace, and which."""

    number: int
    what: str
    team_id: str
    which: str


def mark_inside(connection: Connection) -> Inside | None:
    """The mark in the database; None where there is none yet."""
    row = connection.execute(select(INSTALLATION).where(INSTALLATION.c.team_id == EVERY_TEAM)).first()
    return None if row is None or row.run_id is None else Inside(row.run_id, row.step)


def mark_outside(outside: Outside) -> Mark | None:
    """The mark in the file; None for one that is missing or damaged."""
    match (outside.read() or "").split():
        case [run_id, number] if number.isdecimal():
            return Mark(run_id, int(number))
        case [run_id, word] if word == NEW:
            return Mark(run_id, None)
    return None


def is_same(inside: Inside | None, seen: Mark | None) -> bool:
    """Whether the two marks are of one database, and nothing has happened since that it does not know."""
    return bool(inside and seen and inside.run_id == seen.run_id and inside.number >= (seen.number or 0))


def fall_behind(url: str) -> None:
    """Have the next start take a database for the copy that it is, though nothing was counted since.

    The number inside may be ahead of the one outside by one, where a process was killed between the two.
    """

    def work(connection: Connection) -> None:
        connection.execute(INSTALLATION.update().values(step=INSTALLATION.c.step - 2))

    run_once(url, work)


def lines_since(inside: Inside | None, seen: Mark | None, outside: Outside) -> list[Line]:
    """What was erased since a database was copied, as far as its mark tells; else all that ever was."""
    is_known = inside is not None and seen is not None and inside.run_id == seen.run_id
    since = inside.number if inside and is_known else 0
    return [line for line in lines_of(outside) if line.number >= since]


def lines_of(outside: Outside) -> list[Line]:
    """The lines that were written to their end."""
    found = (text.split() for text in outside.lines())
    return [
        Line(int(words[0]), *words[1:])
        for words in found
        if len(words) == len(Line._fields) and words[0].isdecimal()
    ]
