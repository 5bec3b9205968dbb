"""The table of commands: what runs, and the line that `/pulse help` shows for it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.commands import (
    ask_commands,
    comment_commands,
    digest_commands,
    export_commands,
    lead_commands,
    my_commands,
    named_answer_commands,
    product_commands,
    pulse_commands,
    say_commands,
    score_commands,
)
from handlers.commands.groups import group_commands
from handlers.commands.outcomes import outcome_commands
from handlers.context import Context, SlashCommand
from handlers.syntax import nearest_command, split_command
from jobs.instruments import find
from jobs.messages.help.help_page import CommandHelp, Group, help_message, help_with
from jobs.messages.layout.blocks import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcommand:
    """A subcommand with its line of the help, or the name of the one whose line it `shares`."""

    run: Callable[[Context, SlashCommand], Awaitable[Message | None]]
    help: CommandHelp | None = None
    shares: str = ""


async def help_(_means: Context, command: SlashCommand) -> Message | None:
    """What Bifocal is and every command; after the name of one, its forms, or those of the nearest."""
    topic, words = split_command(command.words)
    if topic in SUBCOMMANDS or find(topic):
        return help_with(_help_of("ask" if find(topic) else topic))
    if near := nearest_command(topic, words, SUBCOMMANDS):
        return help_with(_help_of(near[0]), unknown=topic)
    commands = [command.help for command in SUBCOMMANDS.values() if command.help]
    return help_message(commands, unknown=topic)


def _row(
    run: Callable[[Context, SlashCommand], Awaitable[Message | None]], group: Group, example: str, gloss: str
) -> Subcommand:
    return Subcommand(run=run, help=CommandHelp(group=group, example=example, gloss=gloss))


SUBCOMMANDS: dict[str, Subcommand] = {
    "ask": _row(ask_commands.ask_now, Group.ASK, "ask nps about Atlas", "ask a channel now"),
    "schedule": _row(ask_commands.schedule, Group.ASK, "schedule", "repeat a question"),
    "list": _row(pulse_commands.list_pulses, Group.ASK, "list", "what runs here; pause, close, change"),
    "score": _row(score_commands.score, Group.READ, "score nps", "one score"),
    "contrast": _row(score_commands.contrast, Group.READ, "contrast", "customers beside users"),
    "trend": _row(score_commands.trend, Group.READ, "trend nps", "the last rounds"),
    "comments": _row(comment_commands.comments, Group.READ, "comments", "what people wrote (leads)"),
    "why": _row(score_commands.why, Group.READ, "why nps", "how a score is made"),
    "me": _row(my_commands.me, Group.YOU, "me", "what is kept of you"),
    "forget": _row(my_commands.forget, Group.YOU, "forget", "erase it"),
    "say": _row(say_commands.say, Group.YOU, "say", "a word in passing, without a score"),
    "mute": _row(my_commands.mute, Group.YOU, "mute", "no reminders, no messages"),
    "unmute": _row(my_commands.unmute, Group.YOU, "unmute", "reminders again"),
    "digest": _row(digest_commands.digest, Group.MORE, "digest", "the weekly post"),
    "outcome": _row(outcome_commands.outcome, Group.MORE, "outcome", "figures from elsewhere, by hand"),
    "group": _row(group_commands.group, Group.MORE, "group", "channels that are read together"),
    "products": _row(product_commands.products, Group.MORE, "products", "names: rename, merge, remove, mark"),
    "answers": _row(named_answer_commands.answers, Group.MORE, "answers", "who answered, with names only"),
    "export": _row(export_commands.export, Group.MORE, "export", "the rounds as a file"),
    "pause": _row(pulse_commands.pause, Group.MORE, "pause 3", "pause a repeated question"),
    "resume": _row(pulse_commands.resume, Group.MORE, "resume 3", "restart a repeated question"),
    "close": _row(pulse_commands.close, Group.MORE, "close 3", "end an open question now"),
    "change": _row(ask_commands.change, Group.MORE, "change 3", "change a repeated question"),
    "end": _row(pulse_commands.end, Group.MORE, "end 3", "end a repeated question for good"),
    "takedown": _row(pulse_commands.take_down, Group.MORE, "takedown 3", "remove a question and its answers"),
    "leads": _row(lead_commands.leads, Group.MORE, "leads 3 add @name", "who leads a question or a digest"),
    "help": _row(help_, Group.MORE, "help", "the way, and what there is"),
    "edit": Subcommand(run=ask_commands.change, shares="change"),
    "remove": Subcommand(run=pulse_commands.remove, shares="end"),
    "delete": Subcommand(run=pulse_commands.remove, shares="end"),
}


def _help_of(name: str) -> CommandHelp:
    row = SUBCOMMANDS[name]
    return row.help or _help_of(row.shares)
