"""A Block Kit validator of our own: what Slack refuses and the SDK's models let through.

Not here: how the bot builds its blocks (jobs.messages).
"""

from typing import Any

from bot.sandbox.blockkit.shapes import Problem
from bot.sandbox.blockkit.surfaces import BLOCKS, MESSAGE, VIEW

__all__ = ["Problem", "validate_blocks", "validate_message", "validate_view"]


def validate_message(message: dict[str, Any]) -> list[Problem]:
    """The problems of `{"text": ..., "blocks": [...]}`; none when Slack takes it.

    `text` may have 4,000 characters, the most that `chat.update` allows.
    """
    return list(MESSAGE.check(message, ""))


def validate_blocks(blocks: Any) -> list[Problem]:
    """The problems of a message's blocks alone, with pointers that begin at "/blocks"."""
    return list(BLOCKS.check({"blocks": blocks}, ""))


def validate_view(view: dict[str, Any]) -> list[Problem]:
    """The problems of a modal or a home tab; none when Slack takes it."""
    return list(VIEW.check(view, ""))
