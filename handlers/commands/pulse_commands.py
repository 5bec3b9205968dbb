"""`/pulse list`, `pause`, `resume`, `close`, `takedown`: what runs in this channel, and its leads' levers."""

from handlers.context import Context, SlashCommand
from handlers.syntax import read_number
from jobs import cadence
from jobs.messages.layout.blocks import Message
from jobs.messages.lead import pulse_status as sentences
from jobs.messages.lead.channel_list import listing
from jobs.messages.wording import why_not as refusals
from jobs.permissions.leads import is_lead
from jobs.permissions.refusal import Refused
from storage.records import Pulse, Wave


async def list_pulses(context: Context, command: SlashCommand) -> Message | None:
    """The pulses and digests of this channel, each with its state and next time."""
    pulses = await context.store.pulses.in_channel(command.team_id, command.channel_id)
    rows = [(pulse, await _open_wave(context, pulse, command)) for pulse in pulses]
    digests = await context.store.digests.in_channel(command.team_id, command.channel_id)
    return listing(rows, digests, now=command.now)


async def pause(context: Context, command: SlashCommand) -> Message | None:
    """Ask no more until it is resumed; a wave that is open stays open."""
    pulse = await _led(context, command, "pause")
    if pulse.cadence is None:
        raise Refused(refusals.not_scheduled(pulse))
    await context.store.pulses.pause(command.team_id, pulse.id, reason=None)
    return sentences.paused(pulse, open_wave=await _open_wave(context, pulse, command))


async def resume(context: Context, command: SlashCommand) -> Message | None:
    """Ask again from the next time of its rule on."""
    pulse = await _led(context, command, "resume")
    if pulse.cadence is None:
        raise Refused(refusals.not_scheduled(pulse))
    due = cadence.next_after(cadence.read(pulse.cadence), pulse.zone, command.now)
    await context.store.pulses.resume(command.team_id, pulse.id, next_at=due.at)
    return sentences.resumed(pulse, next_at=due.at)


async def close(context: Context, command: SlashCommand) -> Message | None:
    """End the open wave now."""
    pulse = await _led(context, command, "close")
    wave = await _open_wave(context, pulse, command)
    if wave is None:
        raise Refused(refusals.nothing_open(pulse))
    await context.store.waves.close(command.team_id, wave.id, at=command.now)
    context.wake()
    return sentences.closed(wave)


async def take_down(context: Context, command: SlashCommand) -> Message | None:
    """Ask whether the newest wave's post and answers are to go; the button does it."""
    pulse = await _led(context, command, "take down")
    wave = next(
        (
            each
            for each in await context.store.waves.of_pulse(command.team_id, pulse.id)
            if not each.taken_down
        ),
        None,
    )
    if wave is None:
        raise Refused(refusals.nothing_open(pulse))
    return sentences.take_down(wave)


async def _led(context: Context, command: SlashCommand, verb: str) -> Pulse:
    """The pulse of this channel with the number that was typed, if the person leads it."""
    number = read_number(command.words, verb.replace(" ", ""))
    pulse = await context.store.pulses.numbered(command.team_id, number)
    if pulse is None or pulse.channel_id != command.channel_id:
        raise Refused(refusals.no_such_pulse(number))
    if not await is_lead(context.directory, pulse, command.user_id):
        raise Refused(refusals.not_a_lead(pulse, verb))
    return pulse


async def _open_wave(context: Context, pulse: Pulse, command: SlashCommand) -> Wave | None:
    waves = await context.store.waves.of_pulse(command.team_id, pulse.id)
    return next((wave for wave in waves if wave.open_at(command.now)), None)
