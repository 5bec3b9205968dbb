"""The three steps that the page offers a newcomer: answer as a customer, skip to Monday, read the digest."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User

ANSWERED_BY = re.compile(r"point/\d+|open_form")  # the buttons of a question that is open


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeSteps:
    """Who takes the steps and where: a customer in `customers`, a lead in `team`.

    `ask_anew` has the customers asked again when no question is open, so that the steps can be repeated.
    """

    lead: User
    customer: User
    customers: Channel
    team: Channel
    ask_anew: Callable[[], Awaitable[None]]

    def people(self) -> dict[str, str]:
        """Who acts in the steps, by id, for the page."""
        return {"lead": self.lead.id, "customer": self.customer.id}

    async def question(self) -> tuple[str, bool]:
        """The address of the open question, and whether it had to be asked first.

        Raises CannotActError where none could be asked.
        """
        found = open_question(self.customers)
        if found is not None:
            return address_of(found), False
        await self.ask_anew()
        found = open_question(self.customers)
        if found is None:
            raise CannotActError("the customers could not be asked again")
        return address_of(found), True


def open_question(place: Channel) -> Message | None:
    """The newest question in a channel that can still be answered."""
    return next((message for message in reversed(place.messages) if _is_open(message)), None)


def newest_from_bot(place: Channel) -> Message | None:
    """The newest message of the bot that stands in a channel itself: in the team's channel a digest."""
    parents = (message for message in reversed(place.messages) if message.thread_ts is None)
    return next((message for message in parents if message.bot_id), None)


def address_of(message: Message) -> str:
    """Where the page shows a message."""
    return f"{message.channel_id}/{message.ts}"


def _is_open(message: Message) -> bool:
    elements = (element for block in message.blocks for element in block.get("elements", []))
    return any(ANSWERED_BY.fullmatch(element.get("action_id", "")) for element in elements)
