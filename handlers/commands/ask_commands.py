"""`/pulse ask` and `/pulse schedule`: at once by words, or by a form."""

from datetime import timedelta

from handlers.context import Means, Order
from handlers.replies import open_form
from handlers.syntax import AskWords, PhraseError, read_ask
from jobs.delivery.send import deliver
from jobs.messages.layout.blocks import Message
from jobs.messages.lead import ask_preview as asking
from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.scope import scope
from jobs.pulses.ask import ask, cautions, may_post

OPEN_FOR = timedelta(days=7)


async def ask_now(means: Means, order: Order) -> Message | None:
    """`/pulse ask nps about Atlas`: ask at once, as typed; without words, open the form."""
    zone = await means.zone_of(order.user_id)
    words = read_ask(order.words, now=order.now, zone=zone)
    if words == AskWords():
        await _form(means, order, schedule=False)
        return None
    draft = await _draft(means, order, words, zone)
    await may_post(means.directory, user_id=order.user_id, channel_id=draft.channel_id, here=order.channel_id)
    notes = await cautions(
        means.store,
        means.directory,
        draft,
        team_id=order.team_id,
        min_group=means.min_group,
        now=order.now,
    )
    _, wave = await ask(
        means.store,
        means.directory,
        draft,
        team_id=order.team_id,
        user_id=order.user_id,
        min_group=means.min_group,
        now=order.now,
        order=order.trigger_id,
    )
    await deliver(means.store, means.client, now=order.now)
    return asking.asked(wave, notes=notes) if wave else None


async def schedule(means: Means, order: Order) -> Message | None:
    """`/pulse schedule`: open the form with its three more fields."""
    await _form(means, order, schedule=True)
    return None


async def _form(means: Means, order: Order, *, schedule: bool) -> None:
    view = asking.ask_form(
        product=await _only_product(means, order),
        min_group=means.min_group,
        schedule=schedule,
        zone=await means.zone_of(order.user_id),
    )
    await open_form(means.client, order.trigger_id, view)


async def _draft(means: Means, order: Order, words: AskWords, zone: str) -> AskDraft:
    product = words.product or await _only_product(means, order)
    if product is None or words.instrument is None:
        nearest = f"/pulse ask {words.instrument or 'nps'} about {words.product or 'Atlas'}"
        raise PhraseError("Say which product it is about.", nearest)
    open_for = words.until - order.now if words.until else words.open_for or OPEN_FOR
    return AskDraft(
        instrument=words.instrument,
        product=product,
        channel_id=words.channel_id or order.channel_id,
        zone=zone,
        open_for=open_for,
    )


async def _only_product(means: Means, order: Order) -> str | None:
    """The product that is spoken of here, when there is no doubt."""
    here = await scope(means.store, team_id=order.team_id, channel_id=order.channel_id)
    return here.products[0].name if len(here.products) == 1 else None
