"""Asks Slack now and then whether it takes the token again, after it has refused all of the workspace."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from jobs.slack.pacing import Pacing

TIME_LIMIT = 10.0  # seconds


async def look_whether_let_in(client: AsyncWebClient, pacing: Pacing) -> None:
    """Ask, where it is time to, and let everything go on where Slack says yes."""
    if not pacing.may_look():
        return
    try:
        async with asyncio.timeout(TIME_LIMIT):
            await client.auth_test()
    except (SlackApiError, aiohttp.ClientError, OSError, ValueError):
        return
    pacing.unlock()
