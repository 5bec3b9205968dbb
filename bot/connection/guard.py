"""The guard in front of Bolt: lets in what Slack has signed just now, in shape, and not too large."""

import asyncio
import hashlib
import hmac
import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientPayloadError, web

from bot.connection.payload_check import InvalidPayload, read_payload

LOG = logging.getLogger(__name__)

LARGEST = 256 * 1024  # bytes of a body
OLDEST = timedelta(minutes=5)  # of a timestamp, before or after our clock
READING = 10.0  # seconds for a body to arrive

_TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)


class RefusedRequest(Exception):
    """A request that is not let in: the HTTP status for the caller and the reason for the log."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Guard:
    """Checks requests: 413 for too large, 401 for not signed by Slack just now, 400 for invalid."""

    def __init__(self, signing_secret: str, clock: Callable[[], datetime]) -> None:
        if not signing_secret:
            raise ValueError("a signing secret is needed")
        self._secret = signing_secret.encode()
        self._clock = clock

    async def admit(self, request: web.Request) -> dict[str, Any]:
        """The payload of a request that may pass; raises RefusedRequest. Nothing of the body is logged."""
        try:
            raw = await _body(request)
            self._verify(raw, request)
            return read_payload(raw, request.content_type)
        except InvalidPayload as invalid:
            refused = RefusedRequest(400, str(invalid))
        except RefusedRequest as error:
            refused = error
        LOG.info("refused with %s: %s", refused.status, refused.reason)
        raise refused

    def _verify(self, raw: bytes, request: web.Request) -> None:
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        if not _TIMESTAMP.fullmatch(timestamp):
            raise RefusedRequest(401, "no timestamp")
        age = abs(self._clock().timestamp() - int(timestamp))
        if age > OLDEST.total_seconds():
            raise RefusedRequest(401, "too old or too new")
        base = b"v0:" + timestamp.encode() + b":" + raw
        expected = "v0=" + hmac.new(self._secret, base, hashlib.sha256).hexdigest()
        given = request.headers.get("X-Slack-Signature", "")
        if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape")):
            raise RefusedRequest(401, "another signature")


async def _body(request: web.Request) -> bytes:
    """The raw bytes, as far as they may go; the application's `client_max_size` stops a longer stream."""
    if (request.content_length or 0) > LARGEST:
        raise RefusedRequest(413, "too large")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise RefusedRequest(
            400, "encoded"
        )  # aiohttp would unpack it, and the signature is over what was sent
    try:
        async with asyncio.timeout(READING):
            return await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise RefusedRequest(413, "too large") from error
    except TimeoutError as error:
        raise RefusedRequest(408, "too slow") from error
    except (ClientPayloadError, web.RequestPayloadError, ConnectionError) as error:
        raise RefusedRequest(400, "broken off") from error
