"""A lead takes a question down, with the button that has asked once."""

from datetime import datetime

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.context import Context
from handlers.payloads import Body, Click, read_click
from handlers.replies import reply_or_refusal, tell
from jobs.messages.layout.blocks import Message
from jobs.messages.lead import pulse_status
from jobs.messages.respondent import receipts
from jobs.messages.wording import why_not
from jobs.permissions.leads import is_lead
from jobs.permissions.refusal import Refused


async def on_take_down(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Remove a question and its answers; the button has asked once."""
    click = read_click(body)
    await ack()
    context.background.start(_tell_taken_down(context, respond, click, now=context.clock()))


async def _tell_taken_down(context: Context, respond: AsyncRespond, click: Click, *, now: datetime) -> None:
    message = await reply_or_refusal(_take_down(context, click, now=now), team_id=click.actor.team_id)
    if message:
        await tell(respond, message, replace=click.private)


async def _take_down(context: Context, click: Click, *, now: datetime) -> Message:
    wave = await context.store.waves.get(click.actor.team_id, click.value)
    if wave is None or wave.taken_down:
        return receipts.old_button()
    if not await is_lead(context.directory, wave.pulse, click.actor.user_id):
        raise Refused(why_not.not_a_lead(wave.pulse, "take down"))
    await context.store.erasure.take_down(click.actor.team_id, wave.id, at=now)
    context.wake()
    return pulse_status.taken_down(wave)
