"""The table of commands, of which the help is made."""

from handlers.commands.command_table import SUBCOMMANDS
from tests.conftest import Company, Running


async def test_help_names_every_command(running: Running, company: Company) -> None:
    """The help comes from the table, so it has every command that is built and no other."""
    for words in ("", "help", "HELP", "  help  "):
        answer = await running.type(company.people[0], company.channel, words)
        assert answer is not None
        for name, command in SUBCOMMANDS.items():
            assert command.help is None or f"/pulse {name}" in answer.text
