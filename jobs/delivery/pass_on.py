"""A notice that has not reached its reader goes to the next one, until somebody was reached."""

import logging
from datetime import datetime

from jobs.delivery.tell_owner import stop_and_tell
from jobs.slack.call_outcome import FAULT, PATIENCE, CallOutcome, FailedCall, failed_call
from jobs.slack.directory import Directory, SlackUnavailable
from storage.records import ADMINS, Post, PostKind
from storage.store import Store

LOG = logging.getLogger(__name__)


class Unsent(Exception):
    """Raised before Slack is called for a notice that cannot go to its reader; `failed` says why."""

    def __init__(self, failed: FailedCall) -> None:
        super().__init__(failed.error)
        self.failed = failed


async def require_present(directory: Directory | None, post: Post) -> None:
    """Raise Unsent for a notice that others may read, if its reader has left, or Slack does not tell."""
    if directory is None or not (post.others or post.channel_id == ADMINS):
        return
    try:
        here = post.channel_id != ADMINS and await directory.is_full_member(post.team_id, post.channel_id)
    except SlackUnavailable as unavailable:
        wait = unavailable.failed.wait or PATIENCE
        raise Unsent(FailedCall(CallOutcome.AGAIN, "unavailable", wait)) from unavailable
    if not here:
        raise Unsent(FailedCall(CallOutcome.REFUSED, "user_disabled"))


async def give_up(
    store: Store,
    directory: Directory | None,
    post: Post,
    failed: FailedCall,
    *,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Slack does not take a message: a notice goes to the next reader, the owner of all else is told.

    They are told from `not_before` on.
    """
    try:
        if await _pass_on(store, directory, post, error=failed.error):
            return
    except SlackUnavailable as unavailable:
        later = now + (unavailable.failed.wait or PATIENCE)
        await store.outbox.again(post, not_before=later, error=failed.error)
        return
    await store.outbox.fail(post, error=failed.error)
    await stop_and_tell(store, post, failed, now=now, not_before=not_before)


async def _pass_on(store: Store, directory: Directory | None, post: Post, *, error: str) -> bool:
    """Hand a notice to the next reader; False, and nothing changed, where there is none left.

    Raises SlackUnavailable when Slack does not tell who is an admin.
    """
    if post.kind is not PostKind.NOTICE:
        return False
    left = [ADMINS] if post.channel_id == ADMINS else list(post.others)
    while left and left[0] == ADMINS:
        admins = await directory.admins(post.team_id) if directory else []
        left = [*(each for each in admins if each != post.channel_id), *left[1:]]
    if not left:
        LOG.warning("notice %s of team %s has reached nobody: %s", post.key, post.team_id, error)
        return False
    await store.outbox.pass_on(post, left[0], left[1:], error=error)
    return True


def understood(post: Post, error: Exception) -> FailedCall:
    """What an error in making or sending a message means; a fault of ours is logged with its trace."""
    if isinstance(error, Unsent):
        return error.failed
    try:
        return failed_call(error)
    except Exception:  # what is not of Slack's making: the trace is for whoever runs Bifocal
        LOG.exception("post %s of team %s could not be made", post.key, post.team_id)
        return FailedCall(CallOutcome.OURS, FAULT)
