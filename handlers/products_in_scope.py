"""What a query is about: the products that its channel may read, or the one that was named."""

from handlers.context import Context, SlashCommand
from jobs.messages.wording import why_not as refusals
from jobs.permissions.refusal import Refused
from jobs.permissions.scope import scope
from storage.records import Product

Subject = tuple[Product, tuple[str, ...]]


async def subjects(context: Context, command: SlashCommand, name: str | None) -> list[Subject]:
    """Products with the channels whose pulses may be read about them.

    Those of this channel and of the sources of its digests; a workspace admin may name any product of the
    workspace. Raises Refused where nothing was asked, or not about that product.
    """
    here = await scope(context.store, team_id=command.team_id, channel_id=command.channel_id)
    if name is None:
        if not here.products:
            raise Refused(refusals.nothing_asked(None))
        return [(product, here.channels) for product in here.products]
    for product in here.products:
        if product.name.casefold() == name.casefold():
            return [(product, here.channels)]
    elsewhere = await context.store.products.find(command.team_id, name)
    if elsewhere is not None and (await context.directory.person(command.user_id)).admin:
        channels = await context.store.products.channels(command.team_id, product_id=elsewhere.id)
        return [(elsewhere, tuple(channels))]
    raise Refused(refusals.nothing_asked(name))
