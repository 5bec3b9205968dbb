"""The Slack app manifest: what Bifocal asks of a workspace, with the least scopes for what is built."""

import json
import re
from typing import Any
from urllib.parse import urlencode

CREATE = "https://api.slack.com/apps?"
SLACK_PATH = "/slack/events"  # where the server waits for Slack

SCOPES = (
    "chat:write",  # post, renew and delete its own messages; write to a person
    "commands",  # /pulse
    "users:read",  # names, time zones, who is an admin
    "channels:read",  # who is in a public channel, how many, whether it is shared
    "groups:read",  # the same of private channels that it is in
    "files:write",  # bring the two pictures of a digest to Slack; it reads no file
    "im:history",  # answer with the help what is written to it, and to it alone
)

EVENTS = (
    "app_home_opened",  # make the Home tab anew
    "member_joined_channel",  # tell whoever invites it what to do next; of other people it makes nothing
    "message.im",  # answer with the help
)

SHORTCUT = {
    "name": "Save as feedback",
    "type": "message",
    "callback_id": "save_feedback",
    "description": "Keep this message among the comments about a product",
}

_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?", re.ASCII)


class BadAddress(ValueError):
    """A public address that Slack would not take; the message is one sentence."""


def manifest(url: str | None = None) -> dict[str, Any]:
    """The manifest: with a public https address `url` for HTTP, without one for Socket Mode.

    Raises BadAddress.
    """
    endpoint = None if url is None else f"{_address(url)}{SLACK_PATH}"
    command: dict[str, Any] = {
        "command": "/pulse",
        "description": "Ask short questions; see customers beside users",
        "usage_hint": "[ask | schedule | list | contrast | score | comments | digest | say | me | help]",
        "should_escape": True,
    }
    interactivity: dict[str, Any] = {"is_enabled": True}
    events: dict[str, Any] = {"bot_events": list(EVENTS)}
    if endpoint:
        command = {"command": command.pop("command"), "url": endpoint, **command}
        interactivity["request_url"] = events["request_url"] = endpoint
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Bifocal",
            "description": "Short standard questions in a channel; being a customer beside using the product",
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Bifocal", "always_online": True},
            "shortcuts": [dict(SHORTCUT)],
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": endpoint is None,
            "token_rotation_enabled": False,
        },
    }


def as_json(url: str | None = None) -> str:
    """The manifest as JSON text, as it stands in `manifest.json`."""
    return json.dumps(manifest(url), indent=2) + "\n"


def create_link(url: str | None = None) -> str:
    """The address at which Slack offers to create the app from this manifest."""
    compact = json.dumps(manifest(url), separators=(",", ":"))
    return CREATE + urlencode({"new_app": 1, "manifest_json": compact})


def _address(url: str) -> str:
    if not _ADDRESS.fullmatch(url):
        raise BadAddress("--url is a public https address, such as https://bifocal.example.com.")
    return url.rstrip("/")
