"""One websocket connection of the bot in Socket Mode."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

HOUR = 3600


@dataclass(slots=True, eq=False)
class Link:
    """A connection, and the envelopes sent through it that wait for their ack."""

    number: int
    socket: web.WebSocketResponse
    request: web.Request
    leaving: bool = False
    waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)

    async def greet(self, app_id: str, connections: int) -> None:
        """Say hello, as Slack does before anything else."""
        await self.socket.send_json(
            {
                "type": "hello",
                "num_connections": connections,
                "connection_info": {"app_id": app_id},
                "debug_info": {"host": f"sandbox-{self.number}", "approximate_connection_time": HOUR},
            }
        )

    async def dismiss(self, reason: str) -> None:
        """Tell the bot to connect anew; no further envelope comes through this connection."""
        self.leaving = True
        await self.socket.send_json(
            {"type": "disconnect", "reason": reason, "debug_info": {"host": f"sandbox-{self.number}"}}
        )

    async def send(self, envelope: dict[str, Any]) -> Any:
        """The ack's payload, None for one without; raises ConnectionError when the connection ends first."""
        ack: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.waiting[envelope["envelope_id"]] = ack
        try:
            await self.socket.send_json(envelope)
            return await ack
        finally:
            self.waiting.pop(envelope["envelope_id"], None)

    async def listen(self) -> None:
        """Take acks until the connection ends; what still waits then has lost its way back."""
        try:
            async for message in self.socket:
                if message.type is WSMsgType.TEXT:
                    self._acked(message.data)
        finally:
            for ack in self.waiting.values():
                if not ack.done():
                    ack.set_exception(ConnectionResetError("the connection ended before the ack"))

    def cut(self) -> None:
        """Break the connection without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()

    def _acked(self, text: str) -> None:
        """Slack passes over what is no ack of something sent."""
        try:
            reply = json.loads(text)
        except ValueError:
            return
        ack = self.waiting.get(reply.get("envelope_id", "")) if isinstance(reply, dict) else None
        if ack is not None and not ack.done():
            ack.set_result(reply.get("payload"))
