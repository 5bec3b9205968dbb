"""Brings the files of an export to whoever asked for them, by direct message."""

import asyncio
import logging
from collections.abc import Mapping

from jobs.messages.wording import file_words
from jobs.permissions.requester import Requester
from jobs.slack.pacing import for_answer
from jobs.slack.upload import NoPicture, Uploads

LOG = logging.getLogger(__name__)
TIME_LIMIT = 7.0  # seconds
_MARK = "\ufeff"


async def send_export(uploads: Uploads, requester: Requester, files: Mapping[str, str]) -> str | None:
    """Send the files to the requester alone; why they did not go, in one sentence, or None.

    What is lost at a kill can be asked for again, so it is no row of the outbox. Excel takes a CSV for UTF-8
    only with a byte order mark.
    """
    marked = {name: f"{_MARK if name.endswith('.csv') else ''}{files[name]}" for name in files}
    try:
        async with asyncio.timeout(for_answer(TIME_LIMIT)):
            await uploads.send_to(requester.user_id, marked, words=file_words.heading(requester.channel_id))
    except (NoPicture, TimeoutError) as error:
        why = str(error) or "too slow"
        LOG.info("an export for team %s was not sent: %s", requester.team_id, why)
        return file_words.not_sent(why)
    return None
