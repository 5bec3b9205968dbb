"""What a person can see and touch: their channels, the view on top, the button that is there."""

from typing import Any

from bot.sandbox.live.world import World
from bot.sandbox.model.channels import Channel
from bot.sandbox.model.errors import CannotActError
from bot.sandbox.model.messages import Block, Message, elements, with_ids
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View


def somebody(world: World, user: User | str) -> User:
    """The person, who is no bot and has not left."""
    person = world.workspace.users.get(user) if isinstance(user, str) else user
    if person is None or person.deleted or person.is_bot:
        raise CannotActError(f"{user} cannot act here")
    return person


def present(world: World, user: User | str, channel: Channel | str) -> tuple[User, Channel]:
    """The person and the channel, when they are in it and it is not archived."""
    person = somebody(world, user)
    found = world.workspace.channels.get(channel) if isinstance(channel, str) else channel
    if found is None or person.id not in found.members:
        raise CannotActError(f"{person.real_name} is not in that channel")
    if found.is_archived:
        raise CannotActError(f"#{found.name} is archived")
    return person, found


def facing(world: World, user: User | str, where: Message | View) -> User:
    """The person, when the message or view is before them."""
    person = somebody(world, user)
    if isinstance(where, View) and where.is_home:
        if world.homes.of(person.id) is not where or world.screens.of(person.id):
            raise CannotActError(f"{person.real_name} does not see that Home tab")
        return person
    if isinstance(where, View):
        if not where.is_open or world.screens.of(person.id)[-1:] != [where]:
            raise CannotActError(f"{person.real_name} does not see that view")
        return person
    present(world, person, where.channel_id)
    if where.deleted:
        raise CannotActError("that message is gone")
    if where.viewer not in (None, person.id):
        raise CannotActError("that message is seen by somebody else only")
    return person


def find(
    where: Message | View, action_id: str, *, block_id: str | None = None, value: str | None = None
) -> tuple[Block, dict[str, Any]]:
    """The one element of that action_id on the screen now, with its block."""
    blocks = where.blocks if isinstance(where, View) else with_ids(where.blocks)
    offered = [(block, element) for block in blocks for element in elements(block) if "action_id" in element]
    found = [
        (block, element)
        for block, element in offered
        if element["action_id"] == action_id
        and block_id in (None, block["block_id"])
        and value in (None, element.get("value"))
    ]
    if len(found) != 1:
        there = [f"{block['block_id']} {element['action_id']}" for block, element in offered]
        raise CannotActError(f"{len(found)} elements {action_id!r} are on the screen; there are {there}")
    return found[0]


def confirmed(element: dict[str, Any], answer: bool | None) -> bool:  # noqa: FBT001  it is the answer itself
    """Whether the person goes on, at an element that may ask first."""
    if "confirm" in element and answer is None:
        title = element["confirm"]["title"]["text"]
        raise CannotActError(f"it asks first ({title!r}): say confirm=True or confirm=False")
    if "confirm" not in element and answer is not None:
        raise CannotActError("it does not ask first")
    return answer is not False
