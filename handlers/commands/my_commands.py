"""`/pulse me` and `/pulse forget`: what is kept of the person who types."""

from handlers.context import Context, SlashCommand
from jobs.messages.layout.blocks import Message
from jobs.messages.respondent import my_data as kept


async def me(context: Context, command: SlashCommand) -> Message | None:
    """Everything that is kept of the person."""
    keys = context.respondents.both(command.team_id, command.user_id)
    return kept.kept_message(
        await context.store.responses.responses_of_person(command.team_id, keys), now=command.now
    )


async def forget(context: Context, command: SlashCommand) -> Message | None:
    """The same with its way to erase it all: the button asks once."""
    return await me(context, command)
