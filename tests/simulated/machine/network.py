"""Connections in memory, as aiohttp's client and server need them: with delays, cuts and killed ends."""

import asyncio
import itertools
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from random import Random
from typing import Any

FAST = 0.0003, 0.015  # seconds one way
IS_LATE = 0.01
LATE = 0.05, 0.8
APART = 1e-5  # seconds: of two timers at one moment either may be first
HOST = "127.0.0.1"


@dataclass(slots=True)
class _Socket:
    """As much of a listening socket as servers ask for."""

    port: int

    def getsockname(self) -> tuple[str, int]:
        """The address."""
        return HOST, self.port


class Listener:
    """A port on which somebody listens."""

    def __init__(
        self, network: "Network", factory: Callable[[], Any], port: int, context: Context, owner: str | None
    ) -> None:
        self._network = network
        self.factory, self.port, self.context, self.owner = factory, port, context, owner
        self.sockets = [_Socket(port)]

    def is_serving(self) -> bool:
        """Whether it can be reached."""
        return self._network.listener(self.port) is self

    def close(self) -> None:
        """Take no more connections."""
        self._network.forget(self)

    async def wait_closed(self) -> None:
        """It is closed at once."""


class Network:
    """All ports and connections of one loop. A write of the bot's server is cut with the chance `cuts`."""

    def __init__(self, loop: asyncio.AbstractEventLoop, chance: Random) -> None:
        self.loop = loop
        self.cuts = 0.0
        self._chance = chance
        self._listeners: dict[int, Listener] = {}
        self._ports = itertools.count(20_000)
        self._dialled: dict[int, int] = {}
        self._wires: list[Wire] = []

    def delay(self) -> float:
        """Seconds that something is under way."""
        late = self._chance.random() < IS_LATE
        return self._chance.uniform(*(LATE if late else FAST))

    def is_cut(self) -> bool:
        """Whether a connection breaks now."""
        return self.cuts > 0 and self._chance.random() < self.cuts

    def listen(self, factory: Any, host: str, port: int, context: Context, owner: str | None) -> Listener:
        """A listener on the port, or on a free one for 0; raises OSError for one that is taken."""
        port = port or next(self._ports)
        if port in self._listeners:
            raise OSError(98, f"{host}:{port} is taken")
        self._listeners[port] = Listener(self, factory, port, context, owner)
        return self._listeners[port]

    def listener(self, port: int) -> Listener | None:
        """Who listens there."""
        return self._listeners.get(port)

    def forget(self, listener: Listener) -> None:
        """Nobody listens there any more."""
        if self._listeners.get(listener.port) is listener:
            del self._listeners[listener.port]

    def dial(self, socket: int, port: int) -> None:
        """Lead a socket to a port; raises ConnectionRefusedError where nobody listens."""
        if port not in self._listeners:
            raise ConnectionRefusedError(111, "Connection refused")
        self._dialled[socket] = port

    def dialled(self, socket: int) -> int:
        """Where a socket was led."""
        return self._dialled.pop(socket)

    def connect(self, protocol: Any, port: int, context: Context, owner: str | None) -> "Wire":
        """The near end of a new connection to whoever listens on the port."""
        listener = self._listeners.get(port)
        if listener is None:
            raise ConnectionRefusedError(111, "Connection refused")
        here, there = (HOST, next(self._ports)), (HOST, port)
        near = Wire(self, context, owner, local=here, remote=there)
        far = Wire(self, listener.context, listener.owner, local=there, remote=here)
        near.peer, far.peer = far, near
        far.is_server = True
        near.set_protocol(protocol)
        self._wires = [wire for wire in self._wires if not wire.is_over] + [near, far]
        protocol.connection_made(near)

        def accept() -> None:
            if not far.is_over:
                far.set_protocol(listener.factory())
                far.get_protocol().connection_made(far)

        far.arrives(accept)
        return near

    def kill(self, owner: str) -> None:
        """Break everything that belongs to a process; what it has sent still arrives."""
        for listener in list(self._listeners.values()):
            if listener.owner == owner:
                self.forget(listener)
        for wire in self._wires:
            if wire.owner == owner and not wire.is_over:
                wire.is_over = True
                wire.peer.arrives(wire.peer.ended)


class Wire(asyncio.Transport):
    """One end of a connection. What arrives does so in order, in the context of whoever owns the end."""

    peer: "Wire"

    def __init__(
        self,
        network: Network,
        context: Context,
        owner: str | None,
        *,
        local: tuple[str, int],
        remote: tuple[str, int],
    ) -> None:
        super().__init__({"sockname": local, "peername": remote})
        self._network, self._context, self.owner = network, context, owner
        self._protocol: Any = None
        self._arrived = 0.0
        self._paused = False
        self._waiting: list[bytes] = []
        self._closing = False
        self.is_server = False
        self.is_over = False

    def arrives(self, act: Callable[[], None]) -> None:
        """Do it at this end, after all that was sent before."""
        now = self._network.loop.time()
        self._arrived = max(self._arrived + APART, now + self._network.delay())
        self._network.loop.call_at(self._arrived, act, context=self._context)

    def write(self, data: Any) -> None:
        """Send; it is lost where the other end is gone."""
        if self._closing or self.is_over or not data:
            return
        if self.is_server and self.owner and self._network.is_cut():
            self.abort()
            return
        sent = bytes(data)
        self.peer.arrives(lambda: self.peer.receives(sent))

    def writelines(self, parts: Any) -> None:
        """Send all of it at once."""
        self.write(b"".join(parts))

    def receives(self, data: bytes) -> None:
        """Bytes are here."""
        if self._paused:
            self._waiting.append(data)
        elif not self.is_over and self._protocol is not None:
            self._protocol.data_received(data)

    def ended(self) -> None:
        """The other end sends nothing any more."""
        if self.is_over or self._protocol is None:
            self.is_over = True
            return
        if not self._protocol.eof_received():
            self._lost(None)

    def close(self) -> None:
        """End it in good order."""
        if self._closing or self.is_over:
            return
        self._closing = True
        self.peer.arrives(self.peer.ended)
        self._network.loop.call_soon(self._lost, None, context=self._context)

    def abort(self) -> None:
        """Break it off: the other end sees a reset."""
        if self.is_over:
            return
        self._closing = True
        self.peer.arrives(lambda: self.peer._lost(ConnectionResetError(104, "reset")))
        self._network.loop.call_soon(self._lost, None, context=self._context)

    def _lost(self, error: Exception | None) -> None:
        if self.is_over:
            return
        self.is_over = self._closing = True
        if self._protocol is not None:
            self._protocol.connection_lost(error)

    def is_closing(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._closing or self.is_over

    def pause_reading(self) -> None:
        """Keep what arrives."""
        self._paused = True

    def resume_reading(self) -> None:
        """Hand on what was kept."""
        self._paused = False
        waiting, self._waiting = self._waiting, []
        for data in waiting:
            self.receives(data)

    def is_reading(self) -> bool:
        """Whether what arrives is handed on."""
        return not self._paused and not self._closing

    def set_protocol(self, protocol: Any) -> None:
        """Who is told."""
        self._protocol = protocol

    def get_protocol(self) -> Any:
        """Who is told."""
        return self._protocol

    def can_write_eof(self) -> bool:
        """Half a close is not needed."""
        return False

    def get_write_buffer_size(self) -> int:
        """All is under way at once."""
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """There is no buffer."""
