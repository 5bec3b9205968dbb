"""A checked copy of a SQLite file, and the file itself rid of every trace of what was deleted."""

import sqlite3
from pathlib import Path

from sqlalchemy import URL

OWNER_ONLY = 0o600


class InUse(Exception):
    """Another process has the database open."""


class BadCopy(Exception):
    """A copy that is not as the database is; it was deleted."""


def checked_copy(url: URL, to: Path) -> None:
    """Writes a copy of the database that only its owner may read, and checks it; `to` must not be there yet.

    It appears under its name when it is whole and on the disk. Raises BadCopy, FileExistsError, OSError and
    sqlite3.Error; what was begun before is deleted then, and with the next copy to that name at the latest.
    """
    draft = to.with_name(f"{to.name}.part")
    draft.unlink(missing_ok=True)
    draft.touch(OWNER_ONLY, exist_ok=False)  # SQLite fills a file that is there and empty
    try:
        _write(_path(url), draft)
        to.hardlink_to(draft)  # unlike a rename, it never takes the place of a file that is there
    finally:
        draft.unlink()


def _write(path: Path, draft: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("VACUUM INTO ?", (str(draft),))
        kept = _sizes(connection)
    finally:
        connection.close()
    copy = sqlite3.connect(draft, isolation_level=None)
    try:
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok" or _sizes(copy) != kept:
            raise BadCopy(f"The copy of the database is not good ({found}): nothing was changed.")
        copy.execute("PRAGMA journal_mode=MEMORY")
        copy.execute("PRAGMA synchronous=FULL")
        copy.execute("PRAGMA user_version=0")  # a commit, which waits until the whole file is on the disk
    finally:
        copy.close()


def _sizes(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - its own name
        for (name,) in names
    }


def without_traces(url: URL) -> None:
    """Writes the file anew, with nothing in it but what it holds, and empties its journal.

    Raises InUse while another process has it open.
    """
    connection = _alone(url)
    try:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")
    finally:
        connection.close()


def check_alone(url: URL) -> None:
    """Raises InUse while another process has the database open; its journal is in the file then."""
    _alone(url).close()


def _alone(url: URL) -> sqlite3.Connection:
    """A connection to a file without a write-ahead log, which SQLite leaves only to who is alone with it."""
    connection = sqlite3.connect(_path(url), isolation_level=None, timeout=2)
    try:
        (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        raise _in_use() from error
    if mode != "delete":
        connection.close()
        raise _in_use()
    return connection


def _in_use() -> InUse:
    return InUse("Another process has the database open: stop every Bifocal, then run bifocal migrate again.")


def _path(url: URL) -> Path:
    return Path(str(url.database)).absolute()
