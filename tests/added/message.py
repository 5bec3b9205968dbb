"""A message that was added is shown where it is asked for."""

import asyncio
from unittest.mock import Mock, sentinel

from handlers.commands.command_table import SUBCOMMANDS


async def main() -> None:
    """Ask for it."""
    shown = await SUBCOMMANDS["help"].run(sentinel.context, Mock(words=""))
    assert shown is not None
    assert shown["text"] == "Good morning, Ada."


asyncio.run(main())
