"""What became of a person's act."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sandbox.acting.delivery import Delivery
from bot.sandbox.live.answers import Answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an act.

    `answer` is the bot's, None when nothing was sent; `errors` stand under the inputs of a form by
    block_id; `trouble` is the sentence with which Slack itself says that it failed, None when it did not.
    """

    answer: Answer | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    trouble: str | None = None
    delivery: Delivery | None = None

    @property
    def sent(self) -> bool:
        """Whether the bot was asked at all."""
        return self.answer is not None

    @property
    def status(self) -> int | None:
        """The HTTP status of the bot's answer, 200 for a Socket Mode ack, None for none."""
        return self.answer.status if self.answer else None

    @property
    def ok(self) -> bool:
        """The bot was asked, it acked, and the person saw no error."""
        return self.sent and self.trouble is None and not self.errors
