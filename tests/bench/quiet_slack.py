"""A Slack that says yes to everything at next to no cost, so that the load does not measure a fake."""

import asyncio
import json
from contextlib import suppress
from types import TracebackType
from typing import Self

from bot.sandbox.model.app import App

_BODY = json.dumps(
    {"ok": True, "ts": "1.000100", "team_id": "T0SANDBOX", "user_id": "U0BIFOCAL", "bot_id": "B0SANDBOX"}
).encode()
YES = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(_BODY)
) + _BODY


class QuietSlack:
    """The Web API and response_urls on a free port of loopback; `address` has no path."""

    def __init__(self) -> None:
        self.app = App()
        self.address = ""
        self._server: asyncio.Server | None = None

    @property
    def api_url(self) -> str:
        """The base URL of the Web API."""
        return f"{self.address}/api/"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self.answer, "127.0.0.1", 0)
        self.address = "http://{}:{}".format(*self._server.sockets[0].getsockname())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection to its end."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                await read_message(reader)
                writer.write(YES)
        writer.close()


async def read_message(reader: asyncio.StreamReader) -> bytes:
    """Read one HTTP message with its body; its head. Raises IncompleteReadError at the end of the stream."""
    head = await reader.readuntil(b"\r\n\r\n")
    _, length, rest = head.lower().partition(b"content-length:")
    if length:
        await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))
    return head
