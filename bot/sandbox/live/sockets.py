"""Socket Mode: the websocket side of the fake (docs.slack.dev/apis/events-api/using-socket-mode)."""

import asyncio
import itertools
import secrets
from typing import Any

from aiohttp import web

from bot.sandbox.live.answers import Answer
from bot.sandbox.live.links import Link
from bot.sandbox.model.feed import Feed

CONNECTIONS = 10
HTTP_OK = 200


class Sockets:
    """The connections of the app: at most ten, each envelope goes to one of them."""

    def __init__(self, feed: Feed, app_id: str) -> None:
        self._feed = feed
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._links: list[Link] = []
        self._count = itertools.count(1)
        self._turn = itertools.count()
        self._changed = asyncio.Event()
        self._lost = 0

    def ticket(self) -> str:
        """The path of a fresh websocket address, good for one connection."""
        ticket = secrets.token_hex(12)
        self._tickets.add(ticket)
        return f"/link/?ticket={ticket}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection, from hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="invalid ticket")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(timeout=1)  # a bot that was killed says no goodbye
        await socket.prepare(request)
        link = Link(next(self._count), socket, request)
        if len(self._links) >= CONNECTIONS:
            await link.dismiss("too_many_websockets")
            await socket.close()
            return socket
        await link.greet(self._app_id, len(self._links) + 1)
        self._note("opened", link)
        self._links.append(link)
        self._announce()
        try:
            await link.listen()
        finally:
            self._links.remove(link)
            self._note("closed", link)
            self._announce()
        return socket

    async def connected(self, links: int = 1, *, after: int = 0) -> None:
        """Wait until that many connections stand that are newer than number `after`."""
        while len([link for link in self._ready() if link.number > after]) < links:
            await self._changed.wait()

    @property
    def newest(self) -> int:
        """The number of the newest connection, 0 when there is none; they count up from 1."""
        return max((link.number for link in self._links), default=0)

    async def deliver(self, kind: str, payload: dict[str, Any], seconds: float) -> Answer:
        """Send an envelope and wait for its ack; when a connection ends first, try the next."""
        try:
            async with asyncio.timeout(seconds):
                return Answer(HTTP_OK, await self._acked(kind, payload) or "")
        except TimeoutError:
            return Answer(None, why="timeout")

    def lose_acks(self, count: int = 1) -> None:
        """The next acks get lost on their way, so that Slack sends those envelopes again."""
        self._lost += count

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to be made anew: "warning", "refresh_requested" or "link_disabled"."""
        for link in self._ready():
            await link.dismiss(reason)

    def cut(self) -> None:
        """Break every connection without a word."""
        for link in self._links:
            link.cut()

    async def close(self) -> None:
        """Close every connection in good order."""
        for link in list(self._links):
            await link.socket.close()

    async def _acked(self, kind: str, payload: dict[str, Any]) -> Any:
        envelope: dict[str, Any] = {
            "envelope_id": secrets.token_hex(8),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        for attempt in itertools.count():
            if kind == "events_api" and attempt:
                envelope |= {"retry_attempt": attempt, "retry_reason": "connection_failed"}
            link = await self._next()
            try:
                ack = await link.send(envelope)
            except ConnectionError:
                continue
            if self._lost == 0:
                return ack
            self._lost -= 1
        raise AssertionError  # the count has no end

    async def _next(self) -> Link:
        """Any one connection, each in turn; waits until there is one."""
        while not (ready := self._ready()):
            await self._changed.wait()
        return ready[next(self._turn) % len(ready)]

    def _ready(self) -> list[Link]:
        return [link for link in self._links if not link.leaving and not link.socket.closed]

    def _announce(self) -> None:
        """Wake everybody who waits for a connection to come or go."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def _note(self, change: str, link: Link) -> None:
        self._feed.note(f"socket.{change}", connection=link.number)
