"""What makes tests quick and changes nothing that they hold: files in memory; statements, pictures kept."""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from jobs.charts import ChartSide
from jobs.figures import picture_sides

MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory; others have none
ROOM = 2 << 30  # bytes, several times what the tests keep at once


def keep_files_in_memory() -> None:
    """Has temporary files made in memory where this machine has room, unless TMPDIR says where.

    The bot asks for each commit to be on the disk. On a disk that takes most of the time of many tests.
    """
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


class Statements(dict[Any, Any]):
    """Compiled statements of all SQLite engines of this process whose settings name the same zone.

    SQLAlchemy keeps them for one engine each, and every test opens engines of its own.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        """The statement that was compiled for an engine like this one."""
        return super().get(_like(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_like(key), compiled)


def _like(key: Any) -> Any:
    dialect, *rest = key
    return type(dialect), getattr(dialect, "zone_of_settings", None), *rest


def share_statements() -> None:
    """Has every connection look for compiled statements in one place."""
    statements = Statements()

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=statements)

    event.listen(Engine, "engine_connect", share)


def keep_pictures() -> None:
    """Has a picture drawn once: of the same sides it is the same to the byte (`tests/jobs/charts`)."""
    for name in ("strips", "history"):
        setattr(picture_sides, name, _kept(getattr(picture_sides, name)))


def _kept(draw: Callable[[Sequence[ChartSide]], bytes]) -> Callable[[Sequence[ChartSide]], bytes]:
    drawn = cache(draw)
    return lambda sides: drawn(tuple(sides))
