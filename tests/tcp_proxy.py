"""A way to a server that can be made slow, or cut after one word: what passes is not changed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

HOST = "127.0.0.1"


class TcpProxy:
    """Passes bytes on between clients and one server; `port` is where clients connect."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._flows = asyncio.Event()
        self._flows.set()
        self._cut_after: bytes | None = None
        self._over = set[asyncio.Task[None]]()
        self.cuts = 0
        self.port = 0

    def hold(self) -> None:
        """Keep every reply back until `go_on`."""
        self._flows.clear()

    def go_on(self) -> None:
        """Pass replies on again, those that were kept back first."""
        self._flows.set()

    def cut_reply_to(self, word: bytes) -> None:
        """The next request with this word in it arrives; its reply is dropped, and the connection ends."""
        self._cut_after = word

    @classmethod
    @asynccontextmanager
    async def to(cls, host: str, port: int) -> AsyncIterator["TcpProxy"]:
        """A proxy that listens."""
        proxy = cls(host, port)
        server = await asyncio.start_server(proxy._serve, HOST, 0)
        proxy.port = server.sockets[0].getsockname()[1]
        try:
            yield proxy
        finally:
            proxy.go_on()
            server.close()
            for task in proxy._over:
                task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._over.add(task)
        their_reader, their_writer = await asyncio.open_connection(self._host, self._port)
        cut = asyncio.Event()
        there = asyncio.create_task(self._requests(reader, their_writer, cut))
        back = asyncio.create_task(self._replies(their_reader, writer, cut))
        try:
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in (there, back):
                each.cancel()
            for side in (writer, their_writer):
                side.close()
            self._over.discard(task)

    async def _requests(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: asyncio.Event
    ) -> None:
        with suppress(ConnectionError):
            while sent := await reader.read(65_536):
                if self._cut_after and self._cut_after in sent:
                    self._cut_after = None
                    cut.set()
                writer.write(sent)

    async def _replies(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: asyncio.Event
    ) -> None:
        with suppress(ConnectionError):
            while answered := await reader.read(65_536):
                if cut.is_set():
                    self.cuts += 1
                    return
                await self._flows.wait()
                writer.write(answered)
