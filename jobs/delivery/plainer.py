"""What becomes of a message whose picture or table Slack refuses."""

import logging
from datetime import datetime, timedelta

from jobs.slack.call_outcome import FailedCall
from storage.records import Post
from storage.store import Store

LOG = logging.getLogger(__name__)
PROCESSING = timedelta(seconds=10)  # what a new picture is given before its message goes without it


async def send_plainer(store: Store, post: Post, failed: FailedCall, *, now: datetime) -> None:
    """Slack may still process a new picture: try again shortly; then without it, and without a table."""
    waits = not (post.part or post.slack_ts) and now < (post.first_try_at or now) + PROCESSING
    if not waits:
        LOG.warning("post %s of team %s goes in plain words (%s)", post.key, post.team_id, failed.error)
        await store.editions.drop_picture(post)
    await store.outbox.again(post, not_before=now + PROCESSING / 5 if waits else None, error=failed.error)
