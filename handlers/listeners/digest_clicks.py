"""The buttons under the question whether a digest is read: Yes, Monthly, Stop."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.context import Context, requester_of
from handlers.payloads import Body, Click, read_click
from handlers.replies import reply_or_refusal, tell
from jobs.digests.if_read import Wish, obey
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.sentence import sentence


async def on_wish(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context, wish: Wish) -> None:
    """Do with a digest what its lead wants, and say so."""
    click = read_click(body)
    await ack()
    context.background.start(_tell(context, respond, click, wish))


async def _tell(context: Context, respond: AsyncRespond, click: Click, wish: Wish) -> None:
    message = await reply_or_refusal(_obey(context, click, wish), team_id=click.actor.team_id)
    if message is not None:
        await tell(respond, message)


async def _obey(context: Context, click: Click, wish: Wish) -> Message:
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())
    return sentence(await obey(context.store, context.directory, requester, click.value, wish))
