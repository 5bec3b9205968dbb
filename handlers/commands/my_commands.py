"""`/pulse me` and `/pulse forget`: what is kept of the person who types."""

from handlers.context import Context, SlashCommand
from jobs.answers.forget import kept_of
from jobs.messages.layout.blocks import Message
from jobs.messages.respondent.my_data import my_data_message


async def me(context: Context, command: SlashCommand) -> Message | None:
    """Everything that is kept of the person."""
    kept = await kept_of(context.store, context.respondents, team_id=command.team_id, user_id=command.user_id)
    return my_data_message(kept, now=command.now)


async def forget(context: Context, command: SlashCommand) -> Message | None:
    """The same: below what is kept stands the button that erases all of it, after a confirmation."""
    return await me(context, command)
