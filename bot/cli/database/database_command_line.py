"""The commands that change, copy or mend the whole database."""

# ruff: noqa: PLC0415 - each command imports what it needs when it runs, as in bot.cli.command_line

import asyncio
from pathlib import Path
from typing import Annotated

import typer

database = typer.Typer()


@database.command()
def migrate() -> None:
    """Bring the database of an older version up to date; a copy is written first. Stop the bot before."""
    from bot.cli.database.migrate_command import migrate_database
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        asyncio.run(migrate_database(Settings.check_begun()))


@database.command()
def backup(file: Annotated[Path, typer.Argument(help="The new file.")]) -> None:
    """Write a checked copy of the database to a new file; the bot may run meanwhile."""
    from bot.cli.database.backup_command import back_up
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        back_up(Settings.check_begun(), file)


@database.command()
def restore(file: Annotated[Path, typer.Argument(help="What `bifocal backup` wrote.")]) -> None:
    """Put a backup in the place of the database. Stop the bot before."""
    from bot.cli.database.restore_command import put_back
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        put_back(Settings.load(make_secret=False), file)


@database.command()
def copy(file: Annotated[Path, typer.Argument(help="The SQLite file to move.")]) -> None:
    """Move a SQLite database into the new PostgreSQL one of DATABASE_URL. Stop the bot before."""
    from bot.cli.database.copy_command import move_from
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        move_from(Settings.load(), file)


@database.command("new-secret")
def new_secret(
    *,
    erase: Annotated[bool, typer.Option("--erase", help="Do not ask whether to erase.")] = False,
) -> None:
    """Begin anew with another secret; it says first what is erased by that. Stop the bot before."""
    from bot.cli.database.new_secret_command import begin_anew
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        begin_anew(Settings.check(), sure=erase)
