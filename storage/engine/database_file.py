"""The file of an open database: whether its name still leads to it, and how much room its disk has.

Whoever has a file open notices nothing when it is deleted: all goes on, and is gone at the end.
"""

import shutil
from pathlib import Path

from storage.engine.trouble import Trouble

NO_ROOM = 1_000_000  # bytes; the journal alone may grow to four times as much


class DatabaseFile:
    """The file that is there now under this path; to be made once it is open."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._opened = _identity(self.path)

    @property
    def elsewhere(self) -> Trouble | None:
        """GONE or REPLACED, when the name does not lead to that file any more."""
        found = _identity(self.path)
        if found is None:
            return Trouble.GONE
        return None if found == self._opened else Trouble.REPLACED

    @property
    def trouble(self) -> Trouble | None:
        """The same, or FULL when its disk is."""
        if elsewhere := self.elsewhere:
            return elsewhere
        free = self.free_bytes
        return Trouble.FULL if free is not None and free < NO_ROOM else None

    @property
    def free_bytes(self) -> int | None:
        """How much room the disk has; None where its folder cannot be looked at."""
        return free_bytes(self.path)


def free_bytes(place: Path) -> int | None:
    """How much room there is on the disk of a file or folder; None where it cannot be looked at."""
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return None


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
