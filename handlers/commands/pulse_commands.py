"""`/pulse list`, `pause`, `resume`, `close`, `takedown`: what runs in this channel, and its leads' levers."""

from handlers.context import Means, Order
from handlers.syntax import read_number
from jobs import cadence
from jobs.delivery.send import deliver
from jobs.messages.layout.blocks import Message
from jobs.messages.lead import pulse_status as sentences
from jobs.messages.lead.channel_list import listing
from jobs.messages.wording import why_not as refusals
from jobs.permissions.refusal import Refused
from jobs.permissions.scope import is_lead
from storage.records import Pulse, Wave


async def list_pulses(means: Means, order: Order) -> Message | None:
    """The pulses and digests of this channel, each with its state and next time."""
    pulses = await means.store.pulses.in_channel(order.team_id, order.channel_id)
    rows = [(pulse, await _open_wave(means, pulse, order)) for pulse in pulses]
    digests = await means.store.digests.in_channel(order.team_id, order.channel_id)
    return listing(rows, digests, now=order.now)


async def pause(means: Means, order: Order) -> Message | None:
    """Ask no more until it is resumed; a wave that is open stays open."""
    pulse = await _led(means, order, "pause")
    if pulse.cadence is None:
        raise Refused(refusals.not_scheduled(pulse))
    await means.store.pulses.pause(order.team_id, pulse.id, reason=None)
    return sentences.paused(pulse, open_wave=await _open_wave(means, pulse, order))


async def resume(means: Means, order: Order) -> Message | None:
    """Ask again from the next time of its rule on."""
    pulse = await _led(means, order, "resume")
    if pulse.cadence is None:
        raise Refused(refusals.not_scheduled(pulse))
    due = cadence.next_after(cadence.read(pulse.cadence), pulse.zone, order.now)
    await means.store.pulses.resume(order.team_id, pulse.id, next_at=due.at)
    return sentences.resumed(pulse, next_at=due.at)


async def close(means: Means, order: Order) -> Message | None:
    """End the open wave now."""
    pulse = await _led(means, order, "close")
    wave = await _open_wave(means, pulse, order)
    if wave is None:
        raise Refused(refusals.nothing_open(pulse))
    await means.store.waves.close(order.team_id, wave.id, at=order.now)
    await deliver(means.store, means.client, now=order.now)
    return sentences.closed(wave)


async def take_down(means: Means, order: Order) -> Message | None:
    """Ask whether the newest wave's post and answers are to go; the button does it."""
    pulse = await _led(means, order, "take down")
    wave = next(
        (each for each in await means.store.waves.of_pulse(order.team_id, pulse.id) if not each.taken_down),
        None,
    )
    if wave is None:
        raise Refused(refusals.nothing_open(pulse))
    return sentences.take_down(wave)


async def _led(means: Means, order: Order, verb: str) -> Pulse:
    """The pulse of this channel with the number that was typed, if the person leads it."""
    number = read_number(order.words, verb.replace(" ", ""))
    pulse = await means.store.pulses.numbered(order.team_id, number)
    if pulse is None or pulse.channel_id != order.channel_id:
        raise Refused(refusals.no_such_pulse(number))
    if not await is_lead(means.directory, pulse, order.user_id):
        raise Refused(refusals.not_a_lead(pulse, verb))
    return pulse


async def _open_wave(means: Means, pulse: Pulse, order: Order) -> Wave | None:
    waves = await means.store.waves.of_pulse(order.team_id, pulse.id)
    return next((wave for wave in waves if wave.open_at(order.now)), None)
