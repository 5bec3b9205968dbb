"""Bolt for a bot whose guard has verified each request, and whose token is asked about at the start."""

import logging
from collections.abc import Awaitable, Callable

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.connection.response_url import KeptConnections

LOG = logging.getLogger(__name__)

Authorize = Callable[..., Awaitable[AuthorizeResult]]


def bolt_app(
    client: AsyncWebClient,
    authorize: Authorize,
    *,
    answers: aiohttp.ClientSession,
    receipts: aiohttp.ClientSession,
) -> AsyncApp:
    """A Bolt app that answers when its listener has ended and asks Slack nothing of its own.

    It verifies nothing: the guard in front does. `authorize` gives the token, asked about before. Answers go
    over the connections of one session, receipts over those of another.
    """
    LOG.setLevel(logging.ERROR)  # at WARNING Bolt logs the body of a request that no listener took

    app = AsyncApp(
        name="bifocal",  # or Bolt looks for one in the stack, which takes most of a start
        logger=LOG,
        client=client,
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=True,
    )
    app.use(KeptConnections(answers, client, receipts))
    return app
