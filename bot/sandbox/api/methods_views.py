"""views.*: opening, pushing and changing modals, and the Home tab."""

from typing import Any

from bot.sandbox.live.world import World
from bot.sandbox.model.errors import RefusedError, invalid
from bot.sandbox.model.views import View


def open_(world: World, *, trigger_id: str, view: Any) -> dict[str, Any]:
    """views.open."""
    trigger = world.triggers.spend(trigger_id)
    return _answer(world, world.screens.open(trigger.user_id, view, channel_id=trigger.channel_id))


def push(world: World, *, trigger_id: str, view: Any) -> dict[str, Any]:
    """views.push; its trigger must come from an act inside the modal."""
    trigger = world.triggers.spend(trigger_id)
    if trigger.view_id is None:
        raise RefusedError("not_found")
    return _answer(world, world.screens.push(trigger.user_id, view, onto=trigger.view_id))


def update(
    world: World,
    *,
    view: Any,
    view_id: str = "",
    external_id: str = "",
    hash: str = "",  # noqa: A002  Slack's word
) -> dict[str, Any]:
    """views.update, by view_id or external_id."""
    if not view_id and not external_id:
        raise RefusedError("invalid_arguments")
    found = world.screens.find(view_id=view_id, external_id=external_id)
    return _answer(world, world.screens.update(found, view, stamp=hash or None))


def publish(
    world: World,
    *,
    user_id: str,
    view: Any,
    hash: str = "",  # noqa: A002  Slack's word
) -> dict[str, Any]:
    """views.publish: the Home tab of a person of this workspace."""
    user = world.workspace.users.get(user_id)
    if user is None or user.deleted or user.is_bot or user.is_stranger:
        raise invalid("invalid_arguments", "must be a user who can see the app [json-pointer:/user_id]")
    return {"view": world.homes.payload(world.homes.publish(user_id, view, stamp=hash or None))}


def _answer(world: World, view: View) -> dict[str, Any]:
    return {"view": world.screens.payload(view)}
