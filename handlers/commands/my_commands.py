"""`/pulse me`, `forget`, `mute` and `unmute`: what is kept of the person who types, and no reminders."""

from handlers.context import Context, SlashCommand
from jobs.answers.forget import kept_of
from jobs.messages.layout.blocks import Message
from jobs.messages.respondent.forget_answer import asked_to_forget
from jobs.messages.respondent.my_data import my_data_message
from jobs.messages.respondent.quiet_words import asked_again, stopped
from jobs.reminders.quiet_wishes import ask_again, stop_asking
from jobs.reminders.writing_rule import quiet
from storage.records import KeptOfPerson


async def me(context: Context, command: SlashCommand) -> Message | None:
    """Everything that is kept of the person."""
    return _shown(context, command, await _kept(context, command))


async def forget(context: Context, command: SlashCommand) -> Message | None:
    """What would be erased and what stays, with the button that erases it after a confirmation."""
    kept = await _kept(context, command)
    if not kept:
        return _shown(context, command, kept)
    roles = any(each.role for each in kept.roles)
    saved, savings = bool(kept.saved), bool(kept.savings)
    return asked_to_forget(named=kept.named, roles=roles, pause=kept.pause, saved=saved, savings=savings)


async def mute(context: Context, command: SlashCommand) -> Message | None:
    """Nothing is written to the person any more."""
    leads = await stop_asking(
        context.store, context.respondents, team_id=command.team_id, user_id=command.user_id
    )
    return stopped(leads=leads)


async def unmute(context: Context, command: SlashCommand) -> Message | None:
    """Something may be written to the person again."""
    why = await ask_again(
        context.store, context.respondents, team_id=command.team_id, user_id=command.user_id, now=command.now
    )
    return asked_again(why, context.known_zone(command))


def _shown(context: Context, command: SlashCommand, kept: KeptOfPerson) -> Message:
    why_quiet, zone = quiet(kept.pause, command.now), context.known_zone(command)
    return my_data_message(kept, quiet=why_quiet, zone=zone, now=command.now)


async def _kept(context: Context, command: SlashCommand) -> KeptOfPerson:
    return await kept_of(context.store, context.respondents, team_id=command.team_id, user_id=command.user_id)
