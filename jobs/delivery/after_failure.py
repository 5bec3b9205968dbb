"""What becomes of a message whose call to Slack failed: tried again, lost, gone, or given up and told."""

import logging
from datetime import datetime, timedelta

from jobs.delivery.pass_on import give_up
from jobs.delivery.plainer import send_plainer
from jobs.delivery.tell_owner import let_go, tell_unknown
from jobs.messages.layout.blocks import Message, is_plain
from jobs.slack.call_outcome import FAULT, CallOutcome, FailedCall
from jobs.slack.directory import Directory
from storage.records import Post
from storage.store import Store

LOG = logging.getLogger(__name__)
PATIENCE = timedelta(seconds=30)


async def settle_failure(
    store: Store,
    directory: Directory | None,
    post: Post,
    failed: FailedCall,
    message: Message | None,
    *,
    now: datetime,
    told_at: datetime | None,
) -> None:
    """Keep what a failed call means for its message; its owner, where they must act, is told at `told_at`.

    `message` is what was sent, None where it could not be made. What is built wrongly goes plainer.
    """
    if failed.outcome is CallOutcome.OURS and message and not is_plain(message):
        await send_plainer(store, post, failed, now=now)
        return
    level = logging.INFO if failed.outcome is CallOutcome.AGAIN else logging.WARNING
    level = logging.DEBUG if failed.error == FAULT else level  # that is logged with its trace
    LOG.log(level, "post %s of team %s: %s (%s)", post.key, post.team_id, failed.outcome, failed.error)
    if failed.outcome is CallOutcome.GONE:
        await let_go(store, post, failed, now=now)
    elif failed.outcome is CallOutcome.AGAIN or (failed.outcome is CallOutcome.LOST and post.slack_ts):
        await store.outbox.again(post, not_before=now + (failed.wait or PATIENCE), error=failed.error)
    elif failed.outcome is CallOutcome.LOST:
        await store.outbox.lost(post, error=failed.error)
        await tell_unknown(store, post, not_before=told_at)
    else:
        await give_up(store, directory, post, failed, now=now, not_before=told_at)
