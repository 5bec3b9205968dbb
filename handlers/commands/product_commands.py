"""`/pulse products`: the products that somebody knows, and what they are called."""

from handlers.context import Context, SlashCommand
from handlers.syntax import ProductVerb, read_products
from jobs.messages.layout.blocks import Message
from jobs.messages.products.confirmation import confirm_change
from jobs.messages.products.product_list import product_list
from jobs.products import change_products
from jobs.products.list_products import list_products


async def products(context: Context, command: SlashCommand) -> Message | None:
    """The list; or what a change would do, with the button that does it."""
    words = read_products(command.words)
    parts = (context.store, context.directory, command)
    if words.verb is ProductVerb.LIST:
        return product_list(await list_products(*parts), page=words.page)
    if words.verb is ProductVerb.RENAME:
        plan = await change_products.before_rename(*parts, name=words.product, new=words.other)
    elif words.verb is ProductVerb.MERGE:
        plan = await change_products.before_merge(*parts, name=words.product, into=words.other)
    elif words.verb is ProductVerb.REMOVE:
        plan = await change_products.before_remove(*parts, name=words.product)
    else:
        whole = words.verb is ProductVerb.WHOLE
        plan = await change_products.before_mark(*parts, name=words.product, whole=whole)
    return confirm_change(plan)
