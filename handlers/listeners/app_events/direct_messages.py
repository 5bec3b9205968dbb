"""Somebody writes to Bifocal: it answers with the help, since commands begin with /pulse."""

from handlers.commands.command_table import SUBCOMMANDS, help_
from handlers.context import Context, SlashCommand
from handlers.events import Event, SeenEvents, read_event
from handlers.payloads import Body
from handlers.replies import reply_or_refusal, tell_directly
from handlers.syntax import split_command
from jobs.messages.home.first_steps import written_to


async def on_message(body: Body, *, context: Context, seen: SeenEvents) -> None:
    """Answer what a person has written, and nobody else."""
    event = read_event(body)
    if event.is_word_of_person and not event.about_bifocal and seen.is_new(event):
        context.background.start(_answer(context, event), team=event.team_id)


async def _answer(context: Context, event: Event) -> None:
    """The help on what was written, where that is a command; else the whole help."""
    name, _ = split_command(event.text)
    command = SlashCommand(
        team_id=event.team_id,
        user_id=event.user_id,
        channel_id=event.channel_id,
        words=name if name in SUBCOMMANDS else "",
        trigger_id="",
        now=context.clock(),
    )
    shown = await reply_or_refusal(help_(context, command), team_id=event.team_id)
    if shown is not None:
        await tell_directly(context.client, user_id=event.user_id, message=written_to(shown))
