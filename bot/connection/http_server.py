"""The web server of the bot: Slack's requests in HTTP mode, and in both modes how the bot is."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from http.client import OK
from time import perf_counter
from typing import cast

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from prometheus_client import Histogram
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.config.settings import Settings
from bot.connection.connection_limits import Connect, ConnectionLimits
from bot.connection.guard import LARGEST, Guard, RefusedRequest
from bot.connection.payload_check import kind_of
from bot.connection.socket_mode import SocketLink
from bot.manifest import SLACK_PATH

PATIENCE = 6.0  # seconds for what is in flight when the server stops; Slack itself waits for three
IDLE = 15.0  # seconds that a connection is kept between two requests
BACKLOG = 512  # connections that wait to be accepted

HTTP_LOG = logging.getLogger(f"{__name__}.http")

WhyNotReady = Callable[[], Awaitable[str | None]]


def _without_what_was_sent(record: logging.LogRecord) -> bool:
    """A caller's broken HTTP is one line: aiohttp would print the bytes, with a traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, HttpProcessingError):
        record.levelno, record.levelname = logging.INFO, "INFO"
        record.msg, record.args, record.exc_info = "refused with %s: broken HTTP", (error.code,), None
    return True


HTTP_LOG.addFilter(_without_what_was_sent)


class AddressTaken(Exception):
    """An address that cannot be listened on; the message is one sentence."""


class Server:
    """`POST /slack/events` behind the guard, `GET /healthz` and `/readyz`; in Socket Mode the link instead.

    `not_ready` gives one line that says what is missing, or None; `odd` one that says what should be
    mended though it works. `acks` is told how long each answer took.
    `port` is the real one after `start`, for a setting of 0 picks a free one.
    """

    def __init__(
        self,
        app: AsyncApp,
        settings: Settings,
        *,
        clock: Callable[[], datetime],
        not_ready: WhyNotReady,
        odd: Callable[[], str | None] = lambda: None,
        limits: ConnectionLimits | None = None,
        acks: Histogram | None = None,
    ) -> None:
        self._app = app
        self._host, self.port = settings.host, settings.port
        self._not_ready = not_ready
        self._odd = odd
        self._guard = self._link = None
        if settings.slack_app_token is not None:
            self._link = SocketLink(app, settings.slack_app_token.get_secret_value(), acks)
        elif settings.slack_signing_secret is not None:
            self._guard = Guard(settings.slack_signing_secret.get_secret_value(), clock)
        self._limits = limits or ConnectionLimits()
        self._acks = acks
        self._runner: web.AppRunner | None = None
        self._listener: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where it listens, without a path."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}"

    async def start(self) -> None:
        """Listen, and link up in Socket Mode; raises AddressTaken and WrongAppToken. Call inside the loop."""
        web_app = web.Application(client_max_size=LARGEST, middlewares=[self._limits.middleware])
        web_app.router.add_get("/healthz", self._health)
        web_app.router.add_get("/readyz", self._readiness)
        if self._guard is not None:
            web_app.router.add_post(SLACK_PATH, self._slack)
        self._runner = web.AppRunner(
            web_app,
            access_log=None,
            logger=HTTP_LOG,
            shutdown_timeout=PATIENCE,
            keepalive_timeout=IDLE,
        )
        await self._runner.setup()
        try:
            await self._listen(self._runner)
            if self._link is not None:
                await self._link.start()
        except OSError as error:
            await self.stop()
            raise AddressTaken(
                f"HOST and PORT cannot be listened on ({self._host}, {self.port}: {error.strerror}): "
                "set others, such as PORT=3001."
            ) from error
        except BaseException:
            await self.stop()
            raise

    async def _listen(self, runner: web.AppRunner) -> None:
        connect = partial(self._limits.watched, cast(Connect, runner.server))
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(connect, self._host, self.port, backlog=BACKLOG)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop taking, finish what is in flight, close."""
        if self._link is not None:
            await self._link.stop(patience=PATIENCE)
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _slack(self, request: web.Request) -> web.Response:
        if self._guard is None:  # the route is only there with a guard
            raise web.HTTPNotFound
        began = perf_counter()
        try:
            payload = await self._guard.admit(request)
        except RefusedRequest as refused:
            return web.Response(status=refused.status)
        # As "socket_mode" Bolt takes the payload as read. Given the text, it would parse it again, and take a
        # slash command with the word "payload" in it for an empty one.
        answer = await self._app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))
        if self._acks is not None:
            self._acks.labels(kind_of(payload), answer.status == OK).observe(perf_counter() - began)
        return web.Response(
            status=answer.status,
            body=answer.body.encode(),  # Bolt's own adapter gives text, which takes aiohttp longer
            headers=answer.first_headers_without_set_cookie(),
        )

    async def _health(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readiness(self, _: web.Request) -> web.Response:
        missing = await self._not_ready()
        if missing is None and self._link is not None and not await self._link.connected():
            missing = "Slack's websocket is not connected"
        if missing:
            return web.Response(status=503, text=f"{missing}\n")
        odd = self._odd()
        return web.Response(text=f"ready, but {odd}\n" if odd else "ready\n")
