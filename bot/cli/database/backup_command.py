"""`bifocal backup FILE`: a checked copy of the database while the bot runs, as a SQLite file."""

import asyncio
from pathlib import Path

from rich.console import Console

from bot.cli.database.database_copies import CopyRefused, address_of, require_whole
from bot.config.kept_outside import on_the_disk
from bot.config.settings import Settings
from storage.copies.copy_rows import copy_rows
from storage.engine.address import is_postgres, read_url
from storage.engine.backup import checked_copy
from storage.schema.migrate import prepare


def back_up(settings: Settings, to: Path, console: Console | None = None) -> None:
    """Write what the database holds at this moment to a new file that only its owner may read.

    It appears under its name when it is whole and on the disk. Raises CopyRefused, BadCopy.
    """
    console = console or Console()
    if to.exists():
        raise CopyRefused(f"{to} is there already: name a new file.")
    if not to.parent.is_dir():
        raise CopyRefused(f"There is no folder {to.parent}: make it, or name another one.")
    require_whole(settings.database_url, "The database of DATABASE_URL")
    url = read_url(settings.database_url)
    try:
        if is_postgres(url):
            _from_server(settings.database_url, to)
        else:
            checked_copy(url, to, in_use=True)
    except OSError as error:
        raise CopyRefused(
            f"{to} cannot be written ({type(error).__name__}): see that the disk has room. Nothing was kept."
        ) from error
    console.print(
        f"{to} is whole. As the database does, it holds who answered what until it is counted: keep it as "
        "safe, and the secret apart from it.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def _from_server(database_url: str, to: Path) -> None:
    draft = to.with_name(f"{to.name}.part")
    draft.unlink(missing_ok=True)
    try:
        asyncio.run(prepare(address_of(draft)))
        copy_rows(database_url, address_of(draft))
        on_the_disk(draft)
        to.hardlink_to(draft)  # unlike a rename, it never takes the place of a file that is there
        on_the_disk(to)
    finally:
        draft.unlink(missing_ok=True)
