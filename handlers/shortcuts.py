"""What a message shortcut of Slack says, as a typed record. Pure; another shape raises Malformed."""

import re
from typing import Any

from msgspec import Struct, ValidationError, convert

from handlers.payloads import Body, Interaction, Malformed, Text, clean

MESSAGE_TIME = re.compile(r"\d{1,12}\.\d{1,9}", re.ASCII)


class _Place(Struct, frozen=True):
    id: Text


class Shortcut(Interaction, frozen=True, kw_only=True):
    """A message shortcut: the message comes along as it stands."""

    channel: _Place
    message_ts: Text
    message: dict[str, Any]
    trigger_id: str = ""

    @property
    def channel_id(self) -> str:
        """Where the message stands."""
        return clean(self.channel.id)

    @property
    def ts(self) -> str:
        """When it was written, as Slack names the message."""
        return clean(self.message_ts)


def read_shortcut(body: Body) -> Shortcut:
    """The shortcut in a `message_action` payload; one on a message without a time is none."""
    try:
        shortcut = convert(body, Shortcut)
    except (ValidationError, UnicodeError) as error:
        raise Malformed("no Shortcut") from error
    _ = shortcut.actor
    if not MESSAGE_TIME.fullmatch(shortcut.ts):
        raise Malformed("no time of a message")
    return shortcut
