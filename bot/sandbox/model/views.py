"""A view of one person: an open modal, or the Home tab of the app."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from bot.sandbox.model import forms
from bot.sandbox.model.forms import State
from bot.sandbox.model.json_copy import copied
from bot.sandbox.model.messages import Block, with_ids


@dataclass(slots=True, eq=False)
class View:
    """An open modal view of one person, or their Home tab. `body` is as it was sent last.

    `blocks` have their ids filled in; `state` is what the person has entered so far.
    """

    id: str
    user_id: str
    channel_id: str | None
    root_id: str
    previous_id: str | None
    body: dict[str, Any]
    hash: str
    blocks: list[Block] = field(default_factory=list)
    state: State = field(default_factory=dict)
    is_open: bool = True

    @property
    def is_home(self) -> bool:
        """Whether it is the Home tab, and no modal."""
        return bool(self.body["type"] == "home")

    @property
    def title(self) -> str:
        """The words of the title."""
        return str(self.body["title"]["text"])

    @property
    def callback_id(self) -> str:
        """What the bot called it."""
        return str(self.body.get("callback_id", ""))

    def show(self, body: dict[str, Any], stamp: str) -> None:
        """Put a new body on the screen; what was entered stays where both ids stay."""
        self.body = copied(body)
        self.blocks = with_ids(body["blocks"])
        self.state = forms.carried(self.state, forms.fresh(self.blocks, channel_id=self.channel_id))
        self.hash = f"{stamp.split('.', maxsplit=1)[0]}.{sha256(stamp.encode()).hexdigest()[:8]}"
