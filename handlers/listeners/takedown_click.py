"""A lead takes a question down, with a button that asks for confirmation."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.context import Context, requester_of
from handlers.payloads import Body, Click, read_click
from handlers.replies import reply_or_refusal, tell
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
    context.background.start(_answer(context, respond, click, requester))


async def _answer(context: Context, respond: AsyncRespond, click: Click, requester: Requester) -> None:
    answer = _take_down(context, requester, wave_id=click.value)
    message = await reply_or_refusal(answer, team_id=requester.team_id)
    if message:
        await tell(respond, message, replace=click.private)


async def _take_down(context: Context, requester: Requester, *, wave_id: str) -> Message:
    gone = await control.take_down(context.store, context.directory, requester, wave_id=wave_id)
    if gone is None:
        return receipts.old_button()
    wave, withdrawn = gone
    context.wake()
    return pulse_status.taken_down(wave, counted_in=withdrawn)
