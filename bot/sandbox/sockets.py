"""Socket Mode: the websocket side of the fake (facts/slack.md 8)."""

import secrets
from typing import Any

from bot.sandbox.answers import Answer


class Sockets:
    """The connections of the app."""

    def __init__(self) -> None:
        self._tickets: set[str] = set()

    def ticket(self) -> str:
        """The path of a fresh websocket address, good for one connection."""
        ticket = secrets.token_hex(12)
        self._tickets.add(ticket)
        return f"/link/?ticket={ticket}"

    async def deliver(self, kind: str, payload: dict[str, Any], seconds: float) -> Answer:
        """Send an envelope to one of the connections and wait for its ack."""
        return Answer(None, why="nobody is connected")
