"""The two ways in which the fake Slack says no: to the bot and to a person."""

from typing import Any


class RefusedError(Exception):
    """A Web API call that Slack answers with `ok: false`. `error` is Slack's own word for it."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """The JSON answer."""
        return {"ok": False, "error": self.error, **self.extra}


class CannotActError(Exception):
    """A person tried what no Slack client would let them do; the sentence says why."""


def invalid(error: str, *problems: object) -> RefusedError:
    """A refusal that points at what is wrong, in the form of `response_metadata.messages`."""
    return RefusedError(error, response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]})
