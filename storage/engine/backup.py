"""A checked copy of a SQLite file, and the file itself rid of every trace of what was deleted."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from storage.engine.trouble import Trouble, trouble_of

OWNER_ONLY = 0o600


class InUse(Exception):
    """Another process has the database open."""


class DamagedFile(OSError):
    """A file in which SQLite does not find its way."""


class BadCopy(Exception):
    """A copy that is not as the database is; it was deleted."""


def checked_copy(url: URL, to: Path, *, in_use: bool = False) -> None:
    """Writes a copy of the database that only its owner may read, and checks it; `to` must not be there yet.

    It is of one moment, also where the database is `in_use`; else it must have as many rows. It appears
    under its name when it is whole and on the disk. Raises BadCopy and OSError; what was begun is deleted
    then, after a kill by the next copy.
    """
    draft = to.with_name(f"{_path(url).name}.part")
    draft.unlink(missing_ok=True)
    draft.touch(OWNER_ONLY, exist_ok=False)  # SQLite fills a file that is there and empty
    try:
        _write(_path(url), draft, in_use=in_use)
        to.hardlink_to(draft)  # unlike a rename, it never takes the place of a file that is there
    finally:
        draft.unlink()


def without_traces(url: URL) -> None:
    """Writes the file anew, with nothing in it but what it holds, and empties its journal.

    Raises InUse while another process has it open, else OSError.
    """
    with _alone(url) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")


def check_alone(url: URL) -> None:
    """Raises InUse while another process has the database open, else OSError; its journal is empty then."""
    with _alone(url):
        pass


def _write(path: Path, draft: Path, *, in_use: bool) -> None:
    with _connected(path) as connection:
        connection.execute("VACUUM INTO ?", (str(draft),))
        kept = _sizes(connection)
    with _connected(draft) as copy:
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if found == "ok" and not in_use and _sizes(copy) != kept:
            found = "rows are missing"
        if found != "ok":
            raise BadCopy(f"The copy of the database is not good ({found}): nothing was changed.")
        copy.execute("PRAGMA journal_mode=MEMORY")
        copy.execute("PRAGMA synchronous=FULL")
        copy.execute("PRAGMA user_version=0")  # a commit, which waits until the whole file is on the disk


def _sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - its own name
        for (name,) in names
    }


@contextmanager
def _alone(url: URL) -> Iterator[sqlite3.Connection]:
    """A connection to a file without a write-ahead log, which SQLite leaves only to who is alone with it."""
    with _connected(_path(url)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise
            raise InUse(
                "Another process has the database open: stop every Bifocal, then run this again."
            ) from error
        yield connection


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None, timeout=2)
    try:
        yield connection
    except sqlite3.Error as error:
        kind = DamagedFile if trouble_of(error) is Trouble.DAMAGED else OSError
        raise kind(f"{type(error).__name__}: {error}") from error
    finally:
        connection.close()


def _path(url: URL) -> Path:
    return Path(str(url.database)).absolute()
