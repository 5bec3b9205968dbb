"""Every Web API method that this Slack knows: who answers it, with which scope, how often."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from bot.sandbox.api import methods_chat as chat
from bot.sandbox.api import methods_conversations as conversations
from bot.sandbox.api import methods_people as people
from bot.sandbox.api import methods_views as views
from bot.sandbox.live import uploads
from bot.sandbox.live.world import World


class Tier(IntEnum):
    """Calls a minute that Slack promises at least; the special ones are generous."""

    TWO = 20
    THREE = 50
    FOUR = 100
    SPECIAL = 600


@dataclass(frozen=True, slots=True)
class Method:
    """One Web API method. `scopes`: one of them is needed; `for_app`: called with the app-level token."""

    call: Callable[..., dict[str, Any]]
    tier: Tier
    scopes: tuple[str, ...] = ()
    for_app: bool = False


def connections_open(world: World) -> dict[str, Any]:
    """apps.connections.open: where to connect for Socket Mode."""
    return {"url": world.address.replace("http", "ws", 1) + world.sockets.ticket()}


_READ = ("channels:read", "groups:read", "im:read")
_HISTORY = ("channels:history", "groups:history", "im:history")

METHODS: Mapping[str, Method] = {
    "auth.test": Method(people.auth_test, Tier.SPECIAL),
    "apps.connections.open": Method(connections_open, Tier.THREE, for_app=True),
    "chat.postMessage": Method(chat.post_message, Tier.SPECIAL, ("chat:write",)),
    "chat.update": Method(chat.update, Tier.THREE, ("chat:write",)),
    "chat.delete": Method(chat.delete, Tier.THREE, ("chat:write",)),
    "chat.postEphemeral": Method(chat.post_ephemeral, Tier.FOUR, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink, Tier.SPECIAL),
    "conversations.info": Method(conversations.info, Tier.THREE, _READ),
    "conversations.members": Method(conversations.members, Tier.FOUR, _READ),
    "conversations.list": Method(conversations.list_, Tier.TWO, _READ),
    "conversations.open": Method(conversations.open_, Tier.THREE, ("im:write",)),
    "conversations.history": Method(conversations.history, Tier.THREE, _HISTORY),
    "conversations.replies": Method(conversations.replies, Tier.THREE, _HISTORY),
    "files.getUploadURLExternal": Method(uploads.get_upload_url, Tier.FOUR, ("files:write",)),
    "files.completeUploadExternal": Method(uploads.complete_upload, Tier.FOUR, ("files:write",)),
    "users.conversations": Method(conversations.of_user, Tier.THREE, _READ),
    "users.info": Method(people.users_info, Tier.FOUR, ("users:read",)),
    "users.list": Method(people.users_list, Tier.TWO, ("users:read",)),
    "views.open": Method(views.open_, Tier.FOUR),
    "views.push": Method(views.push, Tier.FOUR),
    "views.update": Method(views.update, Tier.FOUR),
    "views.publish": Method(views.publish, Tier.FOUR),
}
