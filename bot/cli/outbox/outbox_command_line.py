"""`bifocal outbox`, `bifocal outbox retry`, `bifocal outbox give-up`."""

# ruff: noqa: PLC0415 - each command imports what it needs when it runs, as in bot.cli.command_line

import asyncio
from typing import Annotated

import typer

outbox = typer.Typer(invoke_without_command=True)
Name = Annotated[str, typer.Argument(metavar="NUMBER", help="As `bifocal outbox` lists it, or its key.")]


@outbox.callback()
def list_(context: typer.Context) -> None:
    """List the messages that are late, unknown (the answer was lost) or failed; changes nothing."""
    if context.invoked_subcommand:
        return
    from rich.console import Console

    from bot.cli.outbox.outbox_command import list_outbox
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        asyncio.run(list_outbox(Settings.check(), Console()))


@outbox.command("retry")
def retry_(
    number: Name,
    *,
    may_post_twice: Annotated[
        bool, typer.Option("--may-post-twice", help="Also where it may have arrived: then it stands twice.")
    ] = False,
) -> None:
    """Send a message again."""
    from rich.console import Console

    from bot.cli.outbox.outbox_command import retry
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        asyncio.run(retry(Settings.check(), number, Console(), may_post_twice=may_post_twice))


@outbox.command("give-up")
def give_up_(number: Name) -> None:
    """Never send a message any more; one that may have arrived is left as it is."""
    from rich.console import Console

    from bot.cli.outbox.outbox_command import give_up
    from bot.cli.startup_errors import ended_by_sentence
    from bot.config.settings import Settings

    with ended_by_sentence():
        asyncio.run(give_up(Settings.check(), number, Console()))
