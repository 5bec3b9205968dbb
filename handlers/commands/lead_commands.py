"""`/pulse leads`: who leads a question or a digest of this channel; adds and removes one."""

from handlers.context import Context, SlashCommand
from handlers.syntax import read_leads
from jobs.digests import change_leads
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead import owner_notices


async def leads(context: Context, command: SlashCommand) -> Message | None:
    """`/pulse leads 3 add @sam`, `/pulse leads Atlas remove @sam`; without a person, who leads it."""
    words = read_leads(command.words)
    store, directory = context.store, context.directory
    if words.user_id is None:
        owned = await change_leads.led_here(store, command, number=words.number, product=words.product)
        return sentence(owner_notices.leads_of(owned, await change_leads.names_of(directory, owned)))
    changed = await change_leads.change_leads(
        store,
        directory,
        command,
        number=words.number,
        product=words.product,
        user_id=words.user_id,
        add=words.add,
    )
    names = await change_leads.names_of(directory, changed)
    return sentence(owner_notices.leads_of(changed, names, changed=True))
