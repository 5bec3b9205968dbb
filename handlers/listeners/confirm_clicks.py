"""The buttons of an answer that stands in place of asking: which product is meant, Ask anyway, Cancel."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.commands.ask_commands import ask_or_confirm
from handlers.context import Context, requester_of
from handlers.payloads import Body, Click, read_click
from handlers.replies import reply_or_refusal, tell
from handlers.syntax import InvalidName, check_ask, read_product
from jobs.instruments import INSTRUMENTS
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.ids import ForgedId
from jobs.messages.layout.product_ids import ProductOrder, read_order
from jobs.messages.lead import confirm_asking
from jobs.messages.lead.ask_draft import AskDraft, read_draft
from jobs.messages.products import confirmation
from jobs.products.change_products import carry_out


async def on_held_draft(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Ask exactly what was typed, about the product that the button names; all is checked anew."""
    click, now = read_click(body), context.clock()
    draft, problems = check_ask(read_draft(click.value), zone=context.zone, now=now)
    if problems or draft.instrument not in INSTRUMENTS or draft.cadence is not None:
        raise ids.ForgedId("a draft that no answer has held")
    await ack()
    context.background.start(_ask(context, respond, click, draft))


async def _ask(context: Context, respond: AsyncRespond, click: Click, draft: AskDraft) -> None:
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())
    message = await reply_or_refusal(ask_or_confirm(context, requester, draft), team_id=click.actor.team_id)
    if message is not None:
        await tell(respond, message, replace=click.private)


async def on_not_asked(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Put the sentence that nothing was asked in place of the question."""
    click = read_click(body)
    await ack()
    context.background.start(tell(respond, confirm_asking.not_asked(), replace=click.private))


async def on_change(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Do what the button has shown; all is checked anew."""
    click = read_click(body)
    order = read_order(click.value)
    try:
        read_product(order.other if order.verb == "rename" else "Atlas")
    except InvalidName as invalid:
        raise ForgedId("a name that no answer has shown") from invalid
    await ack()
    context.background.start(_change(context, respond, click, order))


async def on_keep(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Say that nothing was changed in place of the question."""
    click = read_click(body)
    await ack()
    context.background.start(tell(respond, confirmation.kept(), replace=click.private))


async def _change(context: Context, respond: AsyncRespond, click: Click, order: ProductOrder) -> None:
    message = await reply_or_refusal(_done(context, click, order), team_id=click.actor.team_id)
    if message is not None:
        await tell(respond, message, replace=click.private)


async def _done(context: Context, click: Click, order: ProductOrder) -> Message:
    requester = requester_of(click.actor, channel_id=click.channel_id, now=context.clock())
    return confirmation.changed(await carry_out(context.store, context.directory, requester, order))
