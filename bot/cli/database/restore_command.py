"""`bifocal restore FILE`: puts a backup in the place of the database; the next start makes it safe."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from sqlalchemy import URL

from bot.cli.database.database_copies import CopyRefused, address_of, free_name, require_own_secret
from bot.cli.run import utc_now
from bot.config.kept_outside import on_the_disk
from bot.config.setting_types import database_file
from bot.config.settings import Settings
from storage.copies.copy_rows import NotEmpty, copy_rows
from storage.engine.address import is_in_memory, is_postgres, read_url
from storage.engine.backup import DamagedFile, check_alone, checked_copy
from storage.restores.run_marks import fall_behind
from storage.schema.migrate import prepare

PutIn = Callable[[str, Path], Path | None]
_SAFE = (
    "What was answered since it was made is not in it. The next start erases open and waiting answers too, "
    "does later erasures again, and counts nothing for four weeks."
)


def put_back(settings: Settings, backup: Path, console: Console | None = None) -> None:
    """Put a backup in the place of the database; a file that was there is kept under another name.

    A server's database has to be new. Raises CopyRefused, InUse, BadCopy.
    """
    console = console or Console()
    url = read_url(settings.database_url)
    if not backup.is_file():
        raise CopyRefused(f"There is no file {backup}.")
    if is_in_memory(url):
        raise CopyRefused("DATABASE_URL is a database in memory, which ends with each start: name a file.")
    with TemporaryDirectory(prefix="bifocal-restore-") as folder:
        copy = Path(folder) / "copy.db"  # so that the backup stays as it is
        _looked_at(settings, backup, copy)
        put_in: PutIn = _to_server if is_postgres(url) else _to_file
        try:
            kept = put_in(settings.database_url, copy)
        except OSError as error:
            raise CopyRefused(
                f"{backup} cannot be put in the place of the database ({error}): see that its folder can be "
                "written and the disk has room."
            ) from error
    aside = f" What was there is {kept} now." if kept else ""
    console.print(f"Put back.{aside} {_SAFE}", markup=False, highlight=False, soft_wrap=True)


def _looked_at(settings: Settings, backup: Path, copy: Path) -> None:
    """A copy of the backup that is whole, ours, of this version, and known for a copy."""
    try:
        checked_copy(read_url(address_of(backup)), copy)
    except OSError as error:
        raise CopyRefused(f"{backup} is no whole SQLite file, or cannot be read ({error}).") from None
    require_own_secret(address_of(copy), settings, str(backup))
    asyncio.run(prepare(address_of(copy)))
    fall_behind(address_of(copy))


def _to_file(database_url: str, copy: Path) -> Path | None:
    """Where the file went that was there."""
    file = database_file(read_url(database_url))
    if file.exists():
        _require_alone(read_url(database_url))
    new = free_name(file.with_name(f"{file.stem}.restored{file.suffix}"))
    checked_copy(read_url(address_of(copy)), new)  # on the same disk, before anything is moved
    kept = _set_aside(file)
    new.rename(file)
    on_the_disk(file)
    return kept


def _require_alone(url: URL) -> None:
    """Raises InUse; a damaged file tells nothing, and is what a backup is for."""
    with suppress(DamagedFile):
        check_alone(url)


def _set_aside(file: Path) -> Path | None:
    """Rename the file, and what SQLite keeps beside it: that would be played into the next file of the name.

    A journal is there without its file, where that was deleted and the bot killed.
    """
    there = [each for each in ("", "-wal", "-shm", "-journal") if file.with_name(file.name + each).exists()]
    kept = free_name(file.with_name(f"{file.stem}.before-restore-{utc_now().date()}{file.suffix}"))
    for each in there:
        file.with_name(file.name + each).rename(kept.with_name(kept.name + each))
    return kept.with_name(kept.name + there[0]) if there else None


def _to_server(database_url: str, copy: Path) -> None:
    """Fill a new database of a server."""
    asyncio.run(prepare(database_url))
    try:
        copy_rows(address_of(copy), database_url)
    except NotEmpty:
        raise CopyRefused(
            "The database of DATABASE_URL is not empty: make a new one for the backup, and name it there. "
            "Nothing was changed."
        ) from None
