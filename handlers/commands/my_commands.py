"""`/pulse me` and `/pulse forget`: what is kept of the person who types."""

from handlers.context import Means, Order
from jobs.messages.layout.blocks import Message
from jobs.messages.respondent import my_data as kept


async def me(means: Means, order: Order) -> Message | None:
    """Everything that is kept of the person."""
    keys = means.respondents.both(order.team_id, order.user_id)
    return kept.kept_message(await means.store.answers.kept(order.team_id, keys), now=order.now)


async def forget(means: Means, order: Order) -> Message | None:
    """The same with its way to erase it all: the button asks once."""
    return await me(means, order)
