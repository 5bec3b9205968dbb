"""The table of commands: what runs, and the line that `/pulse help` shows for it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.commands import ask_commands as ask
from handlers.commands import comment_commands as comments
from handlers.commands import digest_commands as digests
from handlers.commands import my_commands as myself
from handlers.commands import pulse_commands as pulses
from handlers.commands import score_commands as scores
from handlers.context import Context, SlashCommand
from jobs.messages.layout.blocks import Message
from jobs.messages.lead.help_page import CommandHelp, Group, help_message


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcommand:
    """A subcommand; `help` is None for one that shares another's line or is not typed."""

    run: Callable[[Context, SlashCommand], Awaitable[Message | None]]
    help: CommandHelp | None = None


async def help_(_means: Context, _order: SlashCommand) -> Message | None:
    """What Bifocal is, and every command."""
    return help_message([command.help for command in SUBCOMMANDS.values() if command.help])


def _row(
    run: Callable[[Context, SlashCommand], Awaitable[Message | None]], group: Group, example: str, gloss: str
) -> Subcommand:
    return Subcommand(run=run, help=CommandHelp(group=group, example=example, gloss=gloss))


SUBCOMMANDS: dict[str, Subcommand] = {
    "help": Subcommand(run=help_),
    "ask": _row(ask.ask_now, Group.ASK, "ask nps about Atlas", "here, now"),
    "schedule": _row(ask.schedule, Group.ASK, "schedule", "regularly"),
    "list": _row(pulses.list_pulses, Group.ASK, "list", "what runs here"),
    "pause": _row(pulses.pause, Group.ASK, "pause 3", "stop a schedule"),
    "resume": _row(pulses.resume, Group.ASK, "resume 3", "go on with it"),
    "close": _row(pulses.close, Group.ASK, "close 3", "end an open question"),
    "takedown": _row(pulses.take_down, Group.ASK, "takedown 3", "remove question and answers"),
    "contrast": _row(scores.contrast, Group.READ, "contrast", "both sides"),
    "score": _row(scores.score, Group.READ, "score nps", "one score"),
    "comments": _row(comments.comments, Group.READ, "comments", "what people wrote"),
    "digest": _row(digests.digest, Group.READ, "digest", "the weekly post"),
    "me": _row(myself.me, Group.YOU, "me", "what is kept of you"),
    "forget": _row(myself.forget, Group.YOU, "forget", "erase your answers"),
}
