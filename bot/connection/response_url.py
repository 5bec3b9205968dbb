"""Answers to a response_url, over connections that the bot keeps, and never twice.

Bolt's own `respond` opens a connection for each answer, which costs more than the click that is answered, and
sends it again when a connection breaks: the person would read it twice.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.webhook import WebhookResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient


class Respond(AsyncRespond):
    """Takes the fields of a message by name; gives Slack's answer, whatever its status."""

    def __init__(self, response_url: str, session: aiohttp.ClientSession) -> None:
        super().__init__(response_url=response_url)
        self._client = AsyncWebhookClient(response_url, session=session, retry_handlers=[])

    async def __call__(self, **message: Any) -> WebhookResponse:  # type: ignore[override] # by name only
        """Say it once."""
        return await self._client.send_dict(
            {field: value for field, value in message.items() if value is not None}
        )


class KeptConnections(AsyncMiddleware):
    """Gives listeners this `respond`, where there is something to respond to."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt's name for it
    ) -> BoltResponse | None:
        """Put it where Bolt looks for its own."""
        if req.context.response_url:
            req.context["respond"] = Respond(req.context.response_url, self._session)
        return await next()
