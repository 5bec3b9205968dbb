"""Looks at a SQLite file without a right to change it, while others use it."""

import sqlite3
from contextlib import closing
from pathlib import Path


def integrity_of(path: Path) -> str:
    """What SQLite's own check of every page says: "ok", or the first fault; raises OSError."""
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2)
        ) as connection:
            return " ".join(connection.execute("PRAGMA integrity_check(1)").fetchone()[0].split())
    except sqlite3.DatabaseError as error:
        if str(getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            return str(error)
        raise OSError(f"{type(error).__name__}: {error}") from error
