"""`bifocal copy FILE`: moves all of a SQLite database into the new one of DATABASE_URL, on a server."""

import asyncio
from pathlib import Path

from rich.console import Console

from bot.cli.database.database_copies import (
    CopyRefused,
    address_of,
    free_name,
    require_own_secret,
    require_whole,
)
from bot.cli.run import utc_now
from bot.config.kept_outside import KeptOutside
from bot.config.settings import Settings
from bot.start_checks import outside_of
from storage.copies.copy_rows import NotEmpty, copy_rows
from storage.engine.address import is_postgres, read_url
from storage.engine.backup import check_alone
from storage.schema.migrate import prepare


def move_from(settings: Settings, file: Path, console: Console | None = None) -> None:
    """Move a SQLite file into the empty PostgreSQL database of DATABASE_URL; nothing is lost by it.

    The file is kept under another name, since it must not run beside the new one; so it is where nothing was
    moved. Raises CopyRefused, InUse.
    """
    console = console or Console()
    if not is_postgres(read_url(settings.database_url)):
        raise CopyRefused(
            "DATABASE_URL is to be the new database, such as postgresql://bifocal@host/bifocal."
        )
    if not file.is_file():
        raise CopyRefused(f"There is no file {file}.")
    rows, aside = _move(settings, file)
    console.print(
        f"{rows:,} rows are in the new database; the old one is {aside} now. Start Bifocal on the new one.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def _move(settings: Settings, file: Path) -> tuple[int, Path]:
    """How many rows were moved, and the name that the file has from now on."""
    check_alone(read_url(address_of(file)))
    require_own_secret(address_of(file), settings, str(file))
    require_whole(address_of(file), str(file))
    asyncio.run(prepare(settings.database_url))
    aside = free_name(file.with_name(f"{file.stem}.moved-{utc_now().date()}{file.suffix}"))
    try:
        rows = copy_rows(address_of(file), settings.database_url)
    except NotEmpty:
        raise CopyRefused(
            "The database of DATABASE_URL is not empty: make a new one, and name it there. "
            "Nothing was changed."
        ) from None
    _take_marks(KeptOutside(file), outside_of(settings))
    file.rename(aside)
    return rows, aside


def _take_marks(old: KeptOutside, new: KeptOutside) -> None:
    """The new database goes on where the old one ended: without its mark it would be a copy put back."""
    if mark := old.read():
        new.write(mark)
    for line in old.lines():
        new.append(line)
