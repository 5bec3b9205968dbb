"""What came back from the bot."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered. `status` is None when nothing came; `body` is JSON, text, or "" for none."""

    status: int | None
    body: Any = ""
    why: str = ""

    @property
    def ok(self) -> bool:
        """Whether Slack takes it for an ack."""
        return self.status == 200  # noqa: PLR2004  HTTP
