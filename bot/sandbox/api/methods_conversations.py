"""conversations.*: what channels there are, who is in them, what was said."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.api import access
from bot.sandbox.api.pages import page
from bot.sandbox.live.world import World
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.messages import Message


def info(world: World, *, channel: str, include_num_members: bool = False) -> dict[str, Any]:
    """conversations.info."""
    place = access.readable(world, channel)
    people = len(place.members) if include_num_members else None
    return {"channel": place.profile(member=access.is_member(world, place), people=people)}


def members(world: World, *, channel: str, limit: int = 100, cursor: str = "") -> dict[str, Any]:
    """conversations.members, in pages."""
    place = access.readable(world, channel)
    some, onward = page(place.members, limit, cursor)
    return {"members": list(some), **onward}


def list_(
    world: World,
    *,
    types: str = "public_channel",
    exclude_archived: bool = False,
    limit: int = 100,
    cursor: str = "",
) -> dict[str, Any]:
    """conversations.list: public channels, and private ones that the bot is in."""
    kinds = _kinds(world, types)
    found = [
        place
        for place in world.workspace.channels.values()
        if place.kind in kinds
        and not (exclude_archived and place.is_archived)
        and (place.kind is not Kind.PRIVATE or access.is_member(world, place))
    ]
    some, onward = page(found, limit, cursor)
    shown = [
        place.profile(member=access.is_member(world, place), people=len(place.members)) for place in some
    ]
    return {"channels": shown, **onward}


def of_user(
    world: World,
    *,
    user: str = "",
    types: str = "public_channel",
    exclude_archived: bool = False,
    limit: int = 100,
    cursor: str = "",
) -> dict[str, Any]:
    """users.conversations: the channels of a person, or of the bot; private ones only where the bot is."""
    whose = user or world.app.bot_user_id
    if whose not in world.workspace.users:
        raise RefusedError("user_not_found")
    kinds = _kinds(world, types)
    found = [
        place
        for place in world.workspace.channels.values()
        if place.kind in kinds
        and whose in place.members
        and not (exclude_archived and place.is_archived)
        and (place.kind is not Kind.PRIVATE or access.is_member(world, place))
    ]
    some, onward = page(found, limit, cursor)
    return {"channels": [place.profile(member=access.is_member(world, place)) for place in some], **onward}


def _kinds(world: World, types: str) -> list[Kind]:
    kinds = []
    for word in types.split(","):
        if word not in set(Kind):
            raise RefusedError("invalid_types")
        kinds.append(Kind(word))
        access.require(world, access.READ[Kind(word)])
    return kinds


def open_(world: World, *, users: str, return_im: bool = False) -> dict[str, Any]:
    """conversations.open for one person."""
    user = world.workspace.users.get(users)
    if user is None:
        raise RefusedError("user_not_found")
    if user.deleted:
        raise RefusedError("user_disabled")
    place = access.direct(world, user)
    return {"channel": place.profile(member=True) if return_im else {"id": place.id}}


def history(
    world: World,
    *,
    channel: str,
    oldest: str = "0",
    latest: str = "",
    inclusive: bool = False,
    limit: int = 100,
    cursor: str = "",
    include_all_metadata: bool = False,
) -> dict[str, Any]:
    """conversations.history: top-level messages, newest first."""
    place = _readable(world, channel)
    low, high = _stamp(oldest, "oldest"), _stamp(latest, "latest") if latest else float("inf")
    found = [
        message
        for message in reversed(place.messages)
        if message.thread_ts is None and _between(float(message.ts), low, high, inclusive=inclusive)
    ]
    return _pages(found, limit, cursor, metadata=include_all_metadata)


def replies(
    world: World,
    *,
    channel: str,
    ts: str,
    oldest: str = "0",
    limit: int = 1000,
    cursor: str = "",
    include_all_metadata: bool = False,
) -> dict[str, Any]:
    """conversations.replies: the message at `ts` and those of its thread since `oldest`, oldest first."""
    place = _readable(world, channel)
    parent, low = place.message(ts), _stamp(oldest, "oldest")
    if parent is None:
        raise RefusedError("thread_not_found")
    found = [parent, *(reply for reply in place.thread(ts) if float(reply.ts) > low)]
    return _pages(found, limit, cursor, metadata=include_all_metadata)


def _readable(world: World, channel: str) -> Channel:
    place = access.visible(world, channel)
    access.require(world, access.HISTORY[place.kind])
    if not access.is_member(world, place):
        raise RefusedError("not_in_channel")
    return place


def _pages(found: Sequence[Message], limit: int, cursor: str, *, metadata: bool) -> dict[str, Any]:
    some, onward = page(found, limit, cursor)
    shown = [_shown(message, metadata=metadata) for message in some]
    return {"messages": shown, "has_more": bool(onward["response_metadata"]["next_cursor"]), **onward}


def _shown(message: Message, *, metadata: bool) -> dict[str, Any]:
    with_metadata = {"metadata": message.metadata} if metadata and message.metadata else {}
    return message.payload() | with_metadata


def _between(at: float, low: float, high: float, *, inclusive: bool) -> bool:
    return low <= at <= high if inclusive else low < at < high


def _stamp(ts: str, name: str) -> float:
    try:
        return float(ts)
    except ValueError as error:
        raise RefusedError(f"invalid_ts_{name}") from error
