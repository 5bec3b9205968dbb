"""The link to a message."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from jobs.slack.call_outcome import error_code
from jobs.slack.pacing import for_lookups

TIME_LIMIT = 2.0  # seconds; what waits for the link is worth more than the link


class MessageGone(Exception):
    """Raised where Slack says that a message is not there any more."""


async def link_to(client: AsyncWebClient, channel_id: str, slack_ts: str) -> str | None:
    """As `permalink`, but raises MessageGone for one that was deleted in a channel that Bifocal sees."""
    try:
        async with asyncio.timeout(for_lookups(TIME_LIMIT)):
            answer = await client.chat_getPermalink(channel=channel_id, message_ts=slack_ts)
    except SlackApiError as error:
        if error_code(error) == "message_not_found":
            raise MessageGone from None
        return None
    except (aiohttp.ClientError, TimeoutError, ConnectionError):
        return None
    return str(answer["permalink"])


async def permalink(client: AsyncWebClient, channel_id: str, slack_ts: str) -> str | None:
    """The link to a message, or None when Slack gives none, for whatever reason: a digest does without."""
    try:
        return await link_to(client, channel_id, slack_ts)
    except MessageGone:
        return None
