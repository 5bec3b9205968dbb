"""Tells somebody that a message of theirs was saved: once, directly, or not at all."""

import asyncio
import logging

from slack_sdk.web.async_client import AsyncWebClient

from jobs.answers.respondent_key import Respondents
from jobs.messages.saved.author_note import author_note
from jobs.permissions.requester import Requester
from jobs.reminders.claim_writing import claim_writing
from jobs.saved.keep_message import Saved
from jobs.slack.call_outcome import failed_call
from jobs.slack.directory import Directory, SlackUnavailable
from storage.store import Store

LOG = logging.getLogger(__name__)
TIME_LIMIT = 10.0  # seconds; nobody waits for it


async def tell_author(
    store: Store,
    directory: Directory,
    respondents: Respondents,
    requester: Requester,
    saved: Saved,
    *,
    client: AsyncWebClient,
) -> None:
    """Write to the author who saved it, with the button that removes it. Their id is kept nowhere.

    Where they may not be written to now, and where it does not arrive, it is not sent at all: they find the
    message under what is kept of them.
    """
    if saved.kept.message is None:
        return
    may = await claim_writing(
        store,
        directory,
        respondents,
        team_id=requester.team_id,
        user_id=saved.author_id,
        now=requester.now,
    )
    if not may:
        return
    try:
        saver = (await directory.person(requester.team_id, requester.user_id)).name
    except SlackUnavailable:
        saver = "Somebody"
    note = author_note(saved.kept.message, saver=saver, link=saved.link)
    try:
        async with asyncio.timeout(TIME_LIMIT):
            await client.chat_postMessage(
                channel=saved.author_id, unfurl_links=False, unfurl_media=False, parse="none", **note
            )
    except Exception as error:  # noqa: BLE001 - those that are no end of a call are raised again
        LOG.info("an author was not told: %s", failed_call(error).error)
