"""A new database with all migrations, made once a process: to run them takes longer than most tests do."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.schema.migrate import _upgrade
from tests.databases import ON_POSTGRES, address_of


@cache
def migrated() -> bytes:
    """The file of an empty database as the migrations leave it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        _upgrade(f"sqlite:///{path}")
        return path.read_bytes()


def new_database(path: Path) -> str:
    """Makes an empty database there, unless there is one; its URL."""
    if not (ON_POSTGRES or path.exists()):
        path.write_bytes(migrated())
    return address_of(path)
