"""A subcommand that was added answers, is shown by `/pulse help`, and stands in the README."""

import asyncio
from unittest.mock import Mock, sentinel

from handlers.commands.command_table import SUBCOMMANDS
from tests.papers import has_subcommand


async def main() -> None:
    """Type it, and then help."""
    answer = await SUBCOMMANDS["greet"].run(sentinel.context, sentinel.command)
    assert answer is not None
    assert answer["text"] == "Good morning."
    shown = await SUBCOMMANDS["help"].run(sentinel.context, Mock(words=""))
    assert "/pulse greet" in str(shown)
    assert all(map(has_subcommand, SUBCOMMANDS))


asyncio.run(main())
