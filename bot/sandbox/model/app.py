"""The installed app: who the bot is in the workspace, what it may do, and its secrets."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_SCOPES = frozenset(
    {"chat:write", "commands", "users:read", "channels:read", "groups:read", "files:write", "im:history"}
)
DEFAULT_EVENTS = frozenset({"app_home_opened", "member_joined_channel", "message.im"})


@dataclass(slots=True)
class App:
    """One app installed in one workspace. `revoked` is what happens when an admin removes it.

    `commands` are its slash commands, each with `should_escape`; `shortcuts` the names of its message
    shortcuts by callback_id; `events` what it has subscribed to. The tokens look like no real ones.
    """

    id: str = "A0SANDBOX"
    bot_id: str = "B0SANDBOX"
    bot_user_id: str = "U0BIFOCAL"
    token: str = "xoxb-sandbox"  # noqa: S105  opens nothing but this fake
    app_token: str = "xapp-sandbox"  # noqa: S105  nor does this
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105  nor this
    scopes: frozenset[str] = DEFAULT_SCOPES
    commands: Mapping[str, bool] = field(default_factory=lambda: {"/pulse": True})
    shortcuts: Mapping[str, str] = field(default_factory=lambda: {"save_feedback": "Save as feedback"})
    events: frozenset[str] = DEFAULT_EVENTS
    home_tab: bool = True
    takes_messages: bool = True  # whether people may write to it
    revoked: bool = False
