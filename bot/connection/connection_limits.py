"""Limits on connections: how many at a time, in all and of one peer, and how long for the head of a request.

A thousand connections that send nothing would otherwise hold all files that the process may open, and Slack
could not come through.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import cast

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.connection.open_files import allowed_files
from bot.connection.seldom_logged import SeldomLogged

IN_ALL = 800  # connections
OF_ONE_PEER = 400  # a proxy in front is one peer, and keeps far fewer
HEAD = 5.0  # seconds from the first byte of a request, or from the start, to the end of its head

Connect = Callable[[], asyncio.Protocol]


class ConnectionLimits:
    """Makes the protocol of each connection, and closes at once the one that is too many.

    `watched` makes the protocol that a server starts for a connection; `middleware` tells which requests have
    come with their whole head.
    """

    def __init__(self, *, in_all: int = IN_ALL, of_one_peer: int = OF_ONE_PEER, head: float = HEAD) -> None:
        self.in_all = min(in_all, allowed_files() // 2)
        self.of_one_peer = min(of_one_peer, self.in_all)
        self.head = head
        self.peers: Counter[str] = Counter()
        self.too_many = SeldomLogged("connections were refused: as many are open as are kept at a time")
        self._watched: dict[asyncio.Protocol, _Watched] = {}

    def watched(self, connect: Connect) -> asyncio.Protocol:
        """A protocol that passes on to the one that `connect` makes."""
        return _Watched(self, connect)

    def has_room_for(self, peer: str) -> bool:
        """Whether one more of this peer may come in."""
        full = len(self._watched) >= self.in_all or self.peers[peer] >= self.of_one_peer
        if full:
            self.too_many.count()
        return not full

    def enters(self, connection: "_Watched", inner: asyncio.Protocol, peer: str) -> None:
        """One more has come in."""
        self.peers[peer] += 1
        self._watched[inner] = connection

    def leaves(self, inner: asyncio.Protocol, peer: str) -> None:
        """One has gone."""
        self.peers[peer] -= 1
        if not self.peers[peer]:
            del self.peers[peer]
        del self._watched[inner]

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The head of a request is there: its connection has no time limit until the next begins."""
        connection = self._watched.get(request.protocol)
        if connection is None:
            return await handler(request)
        connection.request_began()
        try:
            return await handler(request)
        finally:
            connection.request_ended()


class _Watched(asyncio.Protocol):
    """One connection: passes all on to the inner protocol, and aborts where the head of a request is late."""

    def __init__(self, limits: ConnectionLimits, connect: Connect) -> None:
        self._limits = limits
        self._connect = connect
        self._peer = ""
        self.inner: asyncio.Protocol | None = None  # where it was not let in
        self._transport: asyncio.Transport | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._in_request = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._peer = str((transport.get_extra_info("peername") or ("",))[0])
        if not self._limits.has_room_for(self._peer):
            self._transport.abort()
            return
        self.inner = self._connect()
        self._limits.enters(self, self.inner, self._peer)
        self.inner.connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        if self.inner is not None:
            if not self._in_request:
                self._expect_head()
            self.inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self.inner.eof_received() if self.inner is not None else None

    def pause_writing(self) -> None:
        if self.inner is not None:
            self.inner.pause_writing()

    def resume_writing(self) -> None:
        if self.inner is not None:
            self.inner.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_deadline()
        if self.inner is not None:
            self._limits.leaves(self.inner, self._peer)
            self.inner.connection_lost(exc)

    def request_began(self) -> None:
        self._in_request = True
        self._forget_deadline()

    def request_ended(self) -> None:
        self._in_request = False

    def _expect_head(self) -> None:
        if self._deadline is None and self._transport is not None:
            loop = asyncio.get_running_loop()
            self._deadline = loop.call_later(self._limits.head, self._transport.abort)

    def _forget_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
