"""Puts the Home tab of a person up to date."""

import asyncio
import logging

from slack_sdk.errors import SlackApiError

from handlers.context import Context, requester_of
from handlers.payloads import Actor, View
from handlers.replies import UNHEARD
from jobs.home.gather_home import home_of
from jobs.messages.home.home_page import home_page
from jobs.slack.call_outcome import error_code

LOG = logging.getLogger(__name__)
PUBLISH_LIMIT = 5.0  # seconds


async def publish_home(context: Context, actor: Actor, *, seen: View | None = None) -> None:
    """Show the Home tab as it is now; where Slack does not take it, the log says so.

    `seen` is the page that the person had before them. Where another one has come in between, it is gathered
    again: what was read before may be older than what they see.
    """
    try:
        if not await _publish(context, actor, (seen and seen.hash) or None):
            await _publish(context, actor, None)
    except UNHEARD as error:
        word = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
        LOG.warning("a Home tab of team %s was not shown: %s", actor.team_id, word)


async def _publish(context: Context, actor: Actor, stamp: str | None) -> bool:
    """Whether the page is shown: not where it is another one than that of the stamp."""
    requester = requester_of(actor, channel_id=None, now=context.clock())
    home = await home_of(context.store, context.directory, context.respondents, context.client, requester)
    view = home_page(home, now=requester.now)
    try:
        async with asyncio.timeout(PUBLISH_LIMIT):
            await context.client.views_publish(user_id=actor.user_id, view=view, hash=stamp)
    except SlackApiError as error:
        if error_code(error) == "hash_conflict":
            return False
        raise
    return True
