"""A posted message, and the form in which Slack gives it back."""

from copy import copy
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.model.json_copy import copied

Block = dict[str, Any]


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message in a channel, or to one person there (`viewer`). `blocks` are as they were sent.

    The same object changes when the message is updated or deleted, as a client's screen does;
    `snapshot()` keeps what a person saw before.
    """

    channel_id: str
    ts: str
    text: str
    user_id: str
    app_id: str | None = None
    bot_id: str | None = None
    team_id: str
    blocks: list[Block] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    client_msg_id: str | None = None
    viewer: str | None = None
    edited_ts: str | None = None
    versions: int = 1
    deleted: bool = False
    mrkdwn: bool = True
    parse: str = "none"
    unfurl: bool = True
    original: "Message | None" = None  # of a snapshot

    def snapshot(self) -> "Message":
        """The message as it looks now, for somebody whose screen has not caught up."""
        kept = copy(self)
        kept.blocks = copied(self.blocks)
        kept.original = self.live
        return kept

    @property
    def live(self) -> "Message":
        """The message itself, also when this is a snapshot of it."""
        return self.original or self

    def payload(self) -> dict[str, Any]:
        """The message object that Slack puts into answers, payloads and history."""
        shown: dict[str, Any] = {
            "type": "message",
            "user": self.user_id,
            "ts": self.ts,
            "text": self.text,
            "team": self.team_id,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "blocks": with_ids(self.blocks),
            "thread_ts": self.thread_ts,
            "client_msg_id": self.client_msg_id,
        }
        if self.edited_ts:
            shown["edited"] = {"user": self.user_id, "ts": self.edited_ts}
        return {key: value for key, value in shown.items() if value not in (None, [])}


def with_ids(blocks: list[Block]) -> list[Block]:
    """A copy in which every block and element without an id has one, as Slack fills them in."""
    blocks = copied(blocks)
    taken = {block["block_id"] for block in blocks if "block_id" in block}
    for place, block in enumerate(blocks):
        if "block_id" not in block:
            stem = f"b{place}"
            block["block_id"] = next(n for n in (stem + "_" * count for count in range(99)) if n not in taken)
            taken.add(block["block_id"])
        for number, element in enumerate(elements(block)):
            if element["type"] != "image":
                element.setdefault("action_id", f"{block['block_id']}/{number}")
    return blocks


def elements(block: Block) -> list[dict[str, Any]]:
    """The interactive elements of a block, in order (a section's accessory may be an image)."""
    match block["type"]:
        case "actions":
            return list(block["elements"])
        case "section" if "accessory" in block:
            return [block["accessory"]]
        case "input":
            return [block["element"]]
    return []
