"""The table of commands: what runs, and the line that `/pulse help` shows for it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.commands import (
    ask_commands,
    comment_commands,
    digest_commands,
    lead_commands,
    my_commands,
    named_answer_commands,
    product_commands,
    pulse_commands,
    score_commands,
)
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
    "ask": _row(ask_commands.ask_now, Group.ASK, "ask nps about Atlas", "here, now"),
    "schedule": _row(ask_commands.schedule, Group.ASK, "schedule", "repeat a question"),
    "list": _row(pulse_commands.list_pulses, Group.ASK, "list", "what runs here"),
    "pause": _row(pulse_commands.pause, Group.ASK, "pause 3", "stop a schedule"),
    "resume": _row(pulse_commands.resume, Group.ASK, "resume 3", "go on"),
    "close": _row(pulse_commands.close, Group.ASK, "close 3", "end an open question"),
    "change": _row(ask_commands.change, Group.ASK, "change 3", "change a schedule"),
    "edit": Subcommand(run=ask_commands.change),
    "remove": Subcommand(run=pulse_commands.remove),
    "delete": Subcommand(run=pulse_commands.remove),
    "end": _row(pulse_commands.end, Group.ASK, "end 3", "end a schedule for good"),
    "takedown": _row(pulse_commands.take_down, Group.ASK, "takedown 3", "remove question and answers"),
    "leads": _row(lead_commands.leads, Group.ASK, "leads 3 add @name", "add or remove a lead"),
    "contrast": _row(score_commands.contrast, Group.READ, "contrast", "both sides"),
    "score": _row(score_commands.score, Group.READ, "score nps", "one score"),
    "trend": _row(score_commands.trend, Group.READ, "trend nps", "its last rounds"),
    "why": _row(score_commands.why, Group.READ, "why nps", "how a score was made"),
    "comments": _row(comment_commands.comments, Group.READ, "comments", "what people wrote"),
    "answers": _row(named_answer_commands.answers, Group.READ, "answers", "who answered, with names only"),
    "digest": _row(digest_commands.digest, Group.READ, "digest", "the weekly post"),
    "products": _row(product_commands.products, Group.READ, "products", "names: rename, merge, remove"),
    "me": _row(my_commands.me, Group.YOU, "me", "what is kept of you"),
    "forget": _row(my_commands.forget, Group.YOU, "forget", "erase your answers"),
}
