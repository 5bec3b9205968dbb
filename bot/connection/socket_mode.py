"""Socket Mode: the websocket over which Slack reaches the bot where it has no address of its own."""

import asyncio
import logging
from http.client import OK
from time import perf_counter, time
from typing import Any

from prometheus_client import Histogram
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.connection.payload_check import InvalidPayload, check, kind_of
from jobs.slack.call_outcome import error_code

LOG = logging.getLogger(__name__)
SDK_LOG = logging.getLogger(f"{__name__}.sdk")
SDK_LOG.setLevel(logging.INFO)  # at DEBUG the SDK logs every envelope, comments and all

PING = 10.0  # seconds; without a pong for four of them the SDK connects anew
CONNECTING = 30.0  # seconds for one address


class WrongAppToken(Exception):
    """An app-level token that Slack refused; the message is one sentence."""


class _Client(SocketModeClient):
    async def connect(self) -> None:
        """Connect, each time with a fresh address: the SDK would try one that has expired for ever."""
        while not self.closed:
            try:
                await asyncio.wait_for(super().connect(), CONNECTING)  # type: ignore[no-untyped-call]
                break
            except TimeoutError:
                LOG.warning("no websocket to Slack within %s s, trying another address", CONNECTING)
                self.wss_uri = None


class SocketLink:
    """The link to Slack; `start` it inside the running loop."""

    def __init__(self, app: AsyncApp, app_token: str, acks: Histogram | None = None) -> None:
        self._app = app
        self._acks = acks
        self._token = app_token
        self._client: _Client | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._greeted = False
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def start(self) -> None:
        """Ask for an address, raising WrongAppToken where Slack refuses, and connect in the background."""
        client = _Client(self._token, logger=SDK_LOG, web_client=self._app.client, ping_interval=PING)
        client.message_listeners.append(self._note)
        client.socket_mode_request_listeners.append(self._answer)
        self._client = client
        try:
            client.wss_uri = await client.issue_new_wss_url()
        except SlackApiError as error:
            if word := error_code(error):
                await self.stop()
                raise WrongAppToken(
                    f"SLACK_APP_TOKEN was refused by Slack ({word}): "
                    "it is an App-Level Token with connections:write, such as xapp-1-A123-456-abcdef."
                ) from error
            LOG.warning("Slack cannot be reached yet: HTTP %s", error.response.status_code)
        except Exception as error:  # noqa: BLE001, the network's; connecting goes on trying
            LOG.warning("Slack cannot be reached yet: %s", type(error).__name__)
        self._connecting = asyncio.create_task(client.connect())

    async def connected(self) -> bool:
        """Whether Slack has greeted us and the websocket lives."""
        return self._greeted and self._client is not None and await self._client.is_connected()

    async def stop(self, *, patience: float = 10.0) -> None:
        """Take nothing more, let what was begun be answered, then close.

        What Slack has sent and nobody has begun is not acked, so that Slack sends it elsewhere or again.
        """
        client, self._client = self._client, None
        if client is None:
            return
        if self._connecting is not None:
            self._connecting.cancel()
        client.message_processor.cancel()
        await asyncio.sleep(0)  # what has been taken from the queue begins now
        try:
            await asyncio.wait_for(self._idle.wait(), patience)
        except TimeoutError:
            LOG.warning("closed with %s answers under way", self._running)
        await client.close()  # type: ignore[no-untyped-call]

    async def _note(
        self, _client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None
    ) -> None:
        if message.get("type") == "hello":
            self._greeted = True

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self._running += 1
        self._idle.clear()
        began = perf_counter()
        try:
            check(request.payload)
            response = await run_async_bolt_app(self._app, request)
            await send_async_response(client, request, response, time())
            if self._acks is not None:
                kind = kind_of(request.payload)
                self._acks.labels(kind, response.status == OK).observe(perf_counter() - began)
        except InvalidPayload as invalid:
            LOG.info("not acked: %s", invalid)
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()
