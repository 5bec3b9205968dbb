"""Two small files beside a SQLite database: by them a copy that is put back is known for one."""

import os
import secrets
from pathlib import Path

from bot.config.secret import OWNER_ONLY
from bot.config.setting_types import SettingsError


class KeptOutside:
    """`bifocal.run` has the mark of the database, `bifocal.erased` what was erased, a line each.

    Processes on one database share them. Raises SettingsError where they cannot be read or written.
    """

    def __init__(self, database: Path) -> None:
        self._run = database.with_suffix(".run")
        self._erased = database.with_suffix(".erased")

    def read(self) -> str | None:
        """The mark; None where there is no file."""
        return self._text(self._run)

    def write(self, mark: str) -> None:
        """Puts a mark in the place of the one before; on the disk when this returns."""
        draft = self._run.with_name(f"{self._run.name}.{secrets.token_hex(4)}")
        try:
            _write(draft, f"{mark}\n", os.O_EXCL)
            draft.replace(self._run)
        except OSError as error:
            raise _unusable(self._run, error) from error

    def append(self, line: str) -> None:
        """Adds a line to what was erased; on the disk when this returns."""
        try:
            _write(self._erased, f"{line}\n", os.O_APPEND)
        except OSError as error:
            raise _unusable(self._erased, error) from error

    def lines(self) -> list[str]:
        """What was erased, the first one first."""
        return (self._text(self._erased) or "").splitlines()

    def _text(self, path: Path) -> str | None:
        try:
            return path.read_text(errors="replace").strip() if path.exists() else None
        except OSError as error:
            raise _unusable(path, error) from error


def on_the_disk(file: Path) -> None:
    """Waits until a file, and its name in the folder, would outlive a cut of the power."""
    for path in (file, file.parent):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _write(path: Path, text: str, how: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how, OWNER_ONLY), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _unusable(path: Path, error: OSError) -> SettingsError:
    return SettingsError(
        f"{path} cannot be read or written ({type(error).__name__}): let this process write to its folder."
    )
