"""`/pulse list`, `pause`, `resume`, `close`, `end`, `takedown`: what runs here, and what its leads do."""

from handlers.context import Context, SlashCommand
from handlers.syntax import read_number
from jobs.digests.find_digest import hidden_sources
from jobs.messages.layout.blocks import Message
from jobs.messages.lead import pulse_status
from jobs.messages.lead.channel_list import listing
from jobs.pulses import control


async def list_pulses(context: Context, command: SlashCommand) -> Message | None:
    """The pulses and digests of this channel, each with its state and next time; a number is a page."""
    found = await control.running_in_channel(context.store, command, weeks=context.round_weeks)
    rows, digests, counted = found
    imported = await context.store.imported.pulses_in(command.team_id, command.channel_id)
    page = int("".join(filter(str.isdecimal, command.words))[:4] or 1)
    hidden = await hidden_sources(context.directory, command, digests)
    return listing(
        rows, digests, now=command.now, counted=counted, imported=imported, hidden=hidden, page=page
    )


async def pause(context: Context, command: SlashCommand) -> Message | None:
    """Ask no more until it is resumed; a wave that is open stays open."""
    number = read_number(command.words, "pause")
    pulse, wave = await control.pause(context.store, context.directory, command, number=number)
    return pulse_status.paused(pulse, open_wave=wave)


async def resume(context: Context, command: SlashCommand) -> Message | None:
    """Ask again, beginning with the next time of its schedule."""
    number = read_number(command.words, "resume")
    pulse, next_at = await control.resume(context.store, context.directory, command, number=number)
    return pulse_status.resumed(pulse, next_at=next_at)


async def close(context: Context, command: SlashCommand) -> Message | None:
    """End the open wave now."""
    number = read_number(command.words, "close")
    wave = await control.close(context.store, context.directory, command, number=number)
    context.wake()
    return pulse_status.closed(wave)


async def end(context: Context, command: SlashCommand) -> Message | None:
    """Ask for confirmation that a schedule ends and the answers that wait go; a button then does it."""
    number = read_number(command.words, "end")
    pulse, waiting = await control.before_end(context.store, context.directory, command, number=number)
    return pulse_status.end_schedule(pulse, waiting=waiting)


async def remove(context: Context, command: SlashCommand) -> Message | None:
    """Ask for confirmation that a schedule ends; of what was asked once, that its question goes."""
    number = read_number(command.words, "end")
    if await control.is_scheduled(context.store, command, number=number):
        return await end(context, command)
    return await take_down(context, command)


async def take_down(context: Context, command: SlashCommand) -> Message | None:
    """Ask for confirmation that the newest question goes with its answers; a button then does it."""
    number = read_number(command.words, "takedown")
    wave, made = await control.before_take_down(context.store, context.directory, command, number=number)
    return pulse_status.take_down(wave, counted_in=made)
