"""The link to a message."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from jobs.slack.pacing import for_lookups

TIME_LIMIT = 2.0  # seconds; what waits for the link is worth more than the link


async def permalink(client: AsyncWebClient, channel_id: str, slack_ts: str) -> str | None:
    """The link to a message, or None when Slack gives none, for whatever reason: a digest does without."""
    try:
        async with asyncio.timeout(for_lookups(TIME_LIMIT)):
            answer = await client.chat_getPermalink(channel=channel_id, message_ts=slack_ts)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, ConnectionError):
        return None
    return str(answer["permalink"])
