"""Conversations: public and private channels, direct messages."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.sandbox.model.messages import Message


class Kind(StrEnum):
    """The kinds of conversation the bot meets."""

    PUBLIC = "public_channel"
    PRIVATE = "private_channel"
    IM = "im"


@dataclass(slots=True, eq=False)
class Channel:
    """A conversation. `messages` holds what was posted and not deleted, oldest first."""

    id: str
    name: str
    kind: Kind = Kind.PUBLIC
    creator: str = ""
    created: int = 0
    members: list[str] = field(default_factory=list)
    is_archived: bool = False
    is_ext_shared: bool = False
    is_restricted: bool = False  # only admins may post
    messages: list[Message] = field(default_factory=list)

    def message(self, ts: str) -> Message | None:
        """The message posted at `ts`, if it is still there."""
        return next((message for message in self.messages if message.ts == ts), None)

    def thread(self, ts: str) -> list[Message]:
        """The replies under the message posted at `ts`, oldest first."""
        return [message for message in self.messages if message.thread_ts == ts]

    def profile(self, *, member: bool, people: int | None = None) -> dict[str, Any]:
        """The `channel` object of conversations.info; `people` is the member count when asked for."""
        shown: dict[str, Any] = {
            "id": self.id,
            "created": self.created,
            "is_channel": self.kind is Kind.PUBLIC,
            "is_group": self.kind is Kind.PRIVATE,
            "is_im": self.kind is Kind.IM,
            "is_mpim": False,
            "is_private": self.kind is not Kind.PUBLIC,
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_shared": self.is_ext_shared,
            "is_org_shared": False,
        }
        if self.kind is Kind.IM:
            shown["user"] = self.members[0]
        else:
            shown |= {"name": self.name, "name_normalized": self.name, "creator": self.creator}
            shown["is_member"] = member
        return shown if people is None else shown | {"num_members": people}
