"""A lead takes a question down, or ends a schedule, with a button that asks for confirmation."""

from collections.abc import Coroutine
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.context import Context, requester_of
from handlers.payloads import Body, Click, read_click
from handlers.replies import reply_or_refusal, tell
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message
from jobs.messages.lead import pulse_status
from jobs.messages.respondent import receipts
from jobs.permissions.requester import Requester
from jobs.pulses import control


async def on_take_down(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Remove a question and its answers."""
    click = read_click(body)
    await ack()
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())
    context.background.start(
        _tell(respond, click, requester, _take_down(context, requester, wave_id=click.value))
    )


async def on_end_schedule(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Ask a pulse no more, and erase the answers that wait."""
    click = read_click(body)
    number = ids.read_number(click.value)
    await ack()
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())
    context.background.start(_tell(respond, click, requester, _end(context, requester, number=number)))


async def _end(context: Context, requester: Requester, *, number: int) -> Message:
    pulse, erased = await control.end(context.store, context.directory, requester, number=number)
    context.wake()
    return pulse_status.ended(pulse, erased=erased)


async def _tell(
    respond: AsyncRespond, click: Click, requester: Requester, answer: Coroutine[Any, Any, Message]
) -> None:
    message = await reply_or_refusal(answer, team_id=requester.team_id)
    if message:
        await tell(respond, message, replace=click.private)


async def _take_down(context: Context, requester: Requester, *, wave_id: str) -> Message:
    gone = await control.take_down(context.store, context.directory, requester, wave_id=wave_id)
    if gone is None:
        return receipts.old_button()
    wave, withdrawn = gone
    context.wake()
    stays = await context.store.doubts.has(wave.team_id, wave.id)
    return pulse_status.taken_down(wave, counted_in=withdrawn, stays=stays)
