"""The shapes in which Slack tells the bot what a person did.

They are documented at docs.slack.dev/reference/interaction-payloads.
"""

from typing import Any

from bot.sandbox.live.world import World
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.forms import State
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View

VERIFICATION = "sandbox-verification"
HIDDEN_NAMES = {Kind.PRIVATE: "privategroup", Kind.IM: "directmessage"}


def shown_name(channel: Channel) -> str:
    """The channel's name as payloads give it: private ones are not named."""
    return HIDDEN_NAMES.get(channel.kind, channel.name)


def command(world: World, user: User, channel: Channel, name: str, text: str) -> dict[str, Any]:
    """The form fields of a slash command."""
    team = world.workspace.team
    return {
        "token": VERIFICATION,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": shown_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": world.app.id,
        "is_enterprise_install": "false",
        "response_url": world.address + world.response_urls.issue(user.id, channel.id, None),
        "trigger_id": world.triggers.issue(user.id, channel_id=channel.id),
    }


def message_actions(
    world: World, user: User, message: Message, action: dict[str, Any], state: State
) -> dict[str, Any]:
    """A click or choice in a message. What one person alone sees comes without the message itself."""
    channel = world.workspace.channels[message.channel_id]
    private = message.viewer is not None
    payload = _common(world, user, "block_actions") | {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": private,
        },
        "trigger_id": world.triggers.issue(user.id, channel_id=channel.id),
        "channel": {"id": channel.id, "name": shown_name(channel)},
        "state": {"values": state},
        "response_url": world.address + world.response_urls.issue(user.id, channel.id, message.live),
        "actions": [action],
    }
    return payload if private else payload | {"message": message.payload()}


def view_actions(world: World, user: User, view: View, action: dict[str, Any]) -> dict[str, Any]:
    """A click or choice in a modal or in the Home tab."""
    return _common(world, user, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": world.triggers.issue(user.id, channel_id=view.channel_id, view_id=view.id),
        "view": world.homes.payload(view) if view.is_home else world.screens.payload(view),
        "actions": [action],
    }


def submission(world: World, user: User, view: View) -> dict[str, Any]:
    """A form sent."""
    return _common(world, user, "view_submission") | {
        "trigger_id": world.triggers.issue(user.id, channel_id=view.channel_id, view_id=view.id),
        "view": world.screens.payload(view),
        "response_urls": [],
    }


def closed(world: World, user: User, view: View, *, cleared: bool) -> dict[str, Any]:
    """A view closed that asked to be told."""
    return _common(world, user, "view_closed") | {"view": world.screens.payload(view), "is_cleared": cleared}


def shortcut(world: World, user: User, message: Message, callback_id: str) -> dict[str, Any]:
    """A message shortcut: the message comes along as it stands."""
    channel = world.workspace.channels[message.channel_id]
    return _common(world, user, "message_action") | {
        "action_ts": world.moments.next(),
        "callback_id": callback_id,
        "trigger_id": world.triggers.issue(user.id, channel_id=channel.id),
        "response_url": world.address + world.response_urls.issue(user.id, channel.id, None),
        "channel": {"id": channel.id, "name": shown_name(channel)},
        "message_ts": message.ts,
        "message": message.payload(),
    }


def event(world: World, number: int, inner: dict[str, Any], at: int) -> dict[str, Any]:
    """The outer event around `inner`."""
    return {
        "token": VERIFICATION,
        "team_id": world.workspace.team.id,
        "api_app_id": world.app.id,
        "type": "event_callback",
        "event_id": f"Ev{number:08d}",
        "event_time": at,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": world.workspace.team.id,
                "user_id": world.app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event": inner,
    }


def _common(world: World, user: User, kind: str) -> dict[str, Any]:
    team = world.workspace.team
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "api_app_id": world.app.id,
        "token": VERIFICATION,
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }
