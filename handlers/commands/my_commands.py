"""`/pulse me` and `/pulse forget`: what is kept of the person who types."""

from handlers.context import Context, SlashCommand
from jobs.answers.forget import kept_of
from jobs.messages.layout.blocks import Message
from jobs.messages.respondent.forget_answer import asked_to_forget
from jobs.messages.respondent.my_data import my_data_message
from storage.records import KeptOfPerson


async def me(context: Context, command: SlashCommand) -> Message | None:
    """Everything that is kept of the person."""
    return my_data_message(await _kept(context, command), now=command.now)


async def forget(context: Context, command: SlashCommand) -> Message | None:
    """What would be erased and what stays, with the button that erases it after a confirmation."""
    kept = await _kept(context, command)
    if not kept:
        return my_data_message(kept, now=command.now)
    return asked_to_forget(named=kept.named, roles=any(each.role for each in kept.roles))


async def _kept(context: Context, command: SlashCommand) -> KeptOfPerson:
    return await kept_of(context.store, context.respondents, team_id=command.team_id, user_id=command.user_id)
