"""Changes to forms that stand on somebody's screen, and what is said where Slack does not change them."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.payloads import Click, View
from handlers.replies import FORM_LIMIT, UNHEARD, show_form, tell
from jobs.messages.layout.blocks import Message
from jobs.messages.respondent import receipts
from jobs.slack.call_outcome import error_code

LOG = logging.getLogger(__name__)
AFTER_THE_ACK = (0, 0.2, 0.5)  # seconds


async def answer_in_place(
    client: AsyncWebClient, respond: AsyncRespond, click: Click, message: Message
) -> None:
    """Say `message` in the form or private message that held the button, else in a new private message.

    What was pressed in the Home tab is answered in a form of its own.
    """
    if click.view is None:
        await tell(respond, message, replace=click.private)
    elif not click.in_form:
        await show_form(client, respond, click, receipts.as_view(message))
    elif not await update_form(client, click.view, receipts.as_view(message)):
        await tell(respond, message)


async def complete_form(client: AsyncWebClient, external_id: str, view: Mapping[str, Any]) -> bool:
    """Show `view` in place of the page that an ack has brought; False where Slack would not.

    The ack may still be on its way when this begins, so that Slack does not know the page at first. That the
    person has left the page is no failure.
    """
    for pause in AFTER_THE_ACK:
        await asyncio.sleep(pause)
        try:
            async with asyncio.timeout(FORM_LIMIT):
                await client.views_update(external_id=external_id, view={**view, "external_id": external_id})
        except UNHEARD as error:
            left = isinstance(error, SlackApiError) and error_code(error) in {"not_found", "view_not_found"}
            if not left:
                LOG.warning("a page was not completed: %s", _word_for(error))
                if isinstance(error, TimeoutError):
                    return False
        else:
            return True
    return left


def _word_for(error: Exception) -> str:
    return (isinstance(error, SlackApiError) and error_code(error)) or type(error).__name__


async def update_form(client: AsyncWebClient, old: View, view: Mapping[str, Any]) -> bool:
    """Show `view` where the form `old` stands; False where that form changed meanwhile or Slack would not."""
    try:
        async with asyncio.timeout(FORM_LIMIT):
            await client.views_update(view_id=old.id, hash=old.hash, view=dict(view))
    except UNHEARD as error:
        LOG.info("a form was not changed: %s", _word_for(error))
        return False
    return True
