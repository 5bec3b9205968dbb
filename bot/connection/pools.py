"""Connections to Slack in pools apart: where one kind of call hangs, no other waits for a connection."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

CALL_LIMIT = 10.0  # seconds; a lease in the outbox is far longer
FORM_LIMIT = 3.0  # seconds; then Slack takes no form for the click any more
RECEIPT_LIMIT = 3.0  # seconds
MOST_POSTS = 256  # connections: more than may be in flight
MOST_FORMS = 64
MOST_RECEIPTS = 32


class Pools:
    """A session for calls in general, and one each for posts, forms, answers to commands, and receipts.

    To be made in the running loop.
    """

    def __init__(self) -> None:
        self.calls = _session(100, CALL_LIMIT)
        self.posts = _session(MOST_POSTS, CALL_LIMIT)
        self.forms = _session(MOST_FORMS, FORM_LIMIT)
        self.answers = _session(100, CALL_LIMIT)
        self.receipts = _session(MOST_RECEIPTS, RECEIPT_LIMIT)

    async def close(self) -> None:
        """End all connections."""
        for session in (self.calls, self.posts, self.forms, self.answers, self.receipts):
            await session.close()


def client_of(session: aiohttp.ClientSession, *, token: str, base_url: str) -> AsyncWebClient:
    """A client that calls Slack's Web API over the connections of a session, each call once."""
    return AsyncWebClient(
        token=token,
        base_url=base_url,
        session=session,
        retry_handlers=[],  # a repeated post is a doubled one; the outbox decides what is tried again
    )


def _session(connections: int, seconds: float) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=connections), timeout=aiohttp.ClientTimeout(total=seconds)
    )
