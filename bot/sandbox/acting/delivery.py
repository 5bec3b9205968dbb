"""From Slack to the bot: a signed request, and what came back within three seconds."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.live.answers import Answer
from bot.sandbox.live.world import World
from bot.sandbox.model.clock import unix

ACK_SECONDS = 3.0
FORM = "application/x-www-form-urlencoded"
SECRETS = ("token", "trigger_id", "response_url", "response_urls")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A payload on its way; `kind` is the envelope type of Socket Mode, `attempt` counts repeats from 0."""

    kind: str
    payload: dict[str, Any]
    attempt: int = 0

    def encoded(self) -> tuple[bytes, str]:
        """The HTTP body and its content type."""
        if self.kind == "events_api":
            return json.dumps(self.payload).encode(), "application/json"
        fields = self.payload if self.kind == "slash_commands" else {"payload": json.dumps(self.payload)}
        return urlencode(fields).encode(), FORM

    def shown(self) -> dict[str, Any]:
        """The payload without what must not be logged."""
        return {key: value for key, value in self.payload.items() if key not in SECRETS}


def sign(secret: str, body: bytes, timestamp: str) -> str:
    """Slack's signature over the raw bytes."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class Courier:
    """Brings payloads to the bot: by HTTP to `bot_url`, else through its websocket."""

    def __init__(self, world: World, *, ack_seconds: float = ACK_SECONDS) -> None:
        self._world = world
        self.ack_seconds = ack_seconds
        self.bot_url: str | None = None
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, delivery: Delivery) -> Answer:
        """Send it and wait for the ack, at most three seconds."""
        loop = asyncio.get_running_loop()
        self._world.feed.note("bot.request", delivery=delivery.kind, payload=delivery.shown())
        began = loop.time()
        if self.bot_url:
            answer = await self._post(delivery)
        else:
            answer = await self._world.sockets.deliver(delivery.kind, delivery.payload, self.ack_seconds)
        took = round(1000 * (loop.time() - began), 1)
        self._world.feed.note(
            "bot.answer", status=answer.status, body=answer.body, why=answer.why, took_ms=took
        )
        return answer

    async def knock(
        self,
        body: bytes,
        *,
        content_type: str = FORM,
        signature: str | None = None,
        timestamp: str | None = None,
        **headers: str,
    ) -> Answer:
        """Post any bytes to the bot, rightly signed now unless a signature or timestamp is given to forge."""
        timestamp = str(unix(self._world.clock())) if timestamp is None else timestamp
        if signature is None:
            signature = sign(self._world.app.signing_secret, body, timestamp)
        return await self._send(
            body,
            {
                "Content-Type": content_type,
                "X-Slack-Request-Timestamp": timestamp,
                "X-Slack-Signature": signature,
            }
            | headers,
        )

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, delivery: Delivery) -> Answer:
        body, content_type = delivery.encoded()
        retry = {"X-Slack-Retry-Num": str(delivery.attempt), "X-Slack-Retry-Reason": "http_error"}
        again = retry if delivery.kind == "events_api" and delivery.attempt else {}
        return await self.knock(body, content_type=content_type, **again)

    async def _send(self, body: bytes, headers: dict[str, str]) -> Answer:
        if self.bot_url is None:
            raise ValueError("the bot has no address: set slack.bot_url")
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        url = f"{self.bot_url}/slack/events"
        timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
        try:
            async with self._session.post(url, data=body, headers=headers, timeout=timeout) as response:
                text = await response.text()
                is_json = response.content_type == "application/json"
                return Answer(response.status, json.loads(text) if is_json and text else text)
        except TimeoutError:
            return Answer(None, why="timeout")
        except (aiohttp.ClientError, ValueError) as error:
            return Answer(None, why=type(error).__name__)
