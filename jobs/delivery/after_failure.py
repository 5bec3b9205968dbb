"""What becomes of a message whose call to Slack failed: tried again, lost, gone, or given up and told."""

import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from jobs.delivery.lanes import METHODS, POSTING, Lanes
from jobs.delivery.look_up import look_up_at
from jobs.delivery.pass_on import give_up
from jobs.delivery.plainer import send_plainer
from jobs.delivery.tell_owner import let_go, tell_unknown
from jobs.messages.layout.blocks import Message, is_plain
from jobs.slack.call_outcome import FAULT, CallOutcome, FailedCall
from jobs.slack.directory import Directory
from jobs.slack.pacing import Pacing
from storage.records import Lane, Post
from storage.store import Store

LOG = logging.getLogger(__name__)
PATIENCE = timedelta(seconds=30)
MOST_TRIES = 10  # of a message for which Slack refuses the workspace, and says yes when asked


class After(NamedTuple):
    """The moment of a failure, when its owner is told of it (None at once), and the app's scopes."""

    now: datetime
    told_at: datetime | None
    scopes: frozenset[str]


def note_limits(
    lanes: Lanes, pacing: Pacing, lane: Lane, post: Post, failed: FailedCall, *, now: datetime
) -> None:
    """What a failed call says of those after it: its channel, its method or all of them have to rest."""
    if lane is Lane.POSTS and failed.outcome is CallOutcome.AGAIN:
        lanes.rest(post, failed.wait or PATIENCE, now)
    if lane in POSTING and failed.limited and not lanes.limited(post, failed.wait, now):
        return
    if not (failed.everywhere and post.attempts >= MOST_TRIES):
        pacing.heed(METHODS[lane], failed)


async def in_doubt(
    store: Store, post: Post, later: datetime | None, *, told_at: datetime | None = None
) -> None:
    """Nobody knows whether a message arrived: unless it is looked up `later`, its owner is told."""
    store.doubts.refs.add((post.team_id, post.ref))
    if later is None:
        await tell_unknown(store, post, not_before=told_at)


async def settle_failure(
    store: Store,
    directory: Directory | None,
    post: Post,
    failed: FailedCall,
    message: Message | None,
    *,
    then: After,
) -> None:
    """Keep what a failed call means for its message; its owner, where they must act, is told as `then` says.

    `message` is what was sent, None where it could not be made. What is built wrongly goes plainer.
    """
    now, told_at, scopes = then
    if failed.everywhere and post.attempts >= MOST_TRIES:
        failed = replace(failed, outcome=CallOutcome.REFUSED)
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
        later = look_up_at(post, scopes, now=now)
        await in_doubt(store, post, later, told_at=told_at)  # first: a kill in between leaves nobody untold
        await store.outbox.lost(post, error=failed.error, look_up_at=later)
    else:
        await give_up(store, directory, post, failed, now=now, not_before=told_at)


async def end_lapsed(
    store: Store, in_flight: Collection[tuple[str, str]], *, now: datetime, scopes: frozenset[str]
) -> None:
    """End the leases of messages whose sender has died, but for those `in_flight` here.

    Their owners are told before anything is kept of it, so that a kill in between leaves nobody untold.
    """
    for post in await store.doubts.lapsed(now=now, in_flight=in_flight):
        await in_doubt(store, post, look_up_at(post, scopes, now=now))
    for post in await store.doubts.expire(now=now, in_flight=in_flight):
        LOG.warning("post %s of team %s: answer lost in a restart", post.key, post.team_id)
        later = look_up_at(post, scopes, now=now)
        if later:
            await store.doubts.look_again(post, later)
        await in_doubt(store, post, later)  # one that has lapsed since; else it is known
