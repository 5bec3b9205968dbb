"""Waits a moment for what becomes of a message, so that nobody is told that it stands before it does.

A message that was refused is told once: by whoever waited for it, else by the notice to its owner, which is
held back for as long.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from jobs.delivery.tell_owner import Awaited, notice_keys
from jobs.slack.pacing import for_answer
from storage.records import Post, Posting, PostState
from storage.store import Store

PATIENCE = 2.0  # seconds
OVER = {PostState.FAILED, PostState.UNKNOWN}


@contextmanager
def watch(awaited: Awaited, team_id: str, key: str) -> Iterator[asyncio.Event]:
    """An event that is set after each try to send the message of that key."""
    try:
        yield awaited.setdefault((team_id, key), asyncio.Event())
    finally:
        awaited.pop((team_id, key), None)


async def wait_for_post(
    store: Store,
    awaited: Awaited,
    clock: Callable[[], datetime],
    *,
    team_id: str,
    ref: str,
    reader: str,
) -> Posting:
    """What has become of the message of a wave, an edition or a share, as soon as that is known.

    After two seconds, and for a message that Slack takes later, nobody knows. A notice to `reader` about it
    is taken back, since they read now what it says.
    """
    post = await store.outbox.post_for(team_id, ref)
    if post is None:
        return Posting()
    with watch(awaited, team_id, post.key) as tried:
        try:
            async with asyncio.timeout(for_answer(PATIENCE)):
                post = await _known(store, clock, post, tried)
        except TimeoutError:
            return Posting()
        if post.slack_ts:
            return Posting(stands=True)
        known = post.state in OVER and post.look_up_at is None
        return await _why_not(store, post, reader) if known else Posting()


async def _known(store: Store, clock: Callable[[], datetime], post: Post, tried: asyncio.Event) -> Post:
    """The message once there is something to say about it."""
    while True:
        now = await store.outbox.get(post.team_id, post.key) or post
        later = now.attempts and now.not_before and now.not_before > clock()
        if now.slack_ts or later or now.state not in (PostState.PENDING, PostState.SENDING):
            return now
        await tried.wait()
        tried.clear()


async def _why_not(store: Store, post: Post, reader: str) -> Posting:
    for key in notice_keys(post):
        notice = await store.outbox.get(post.team_id, key)
        if notice is None:
            continue
        if notice.channel_id != reader:
            return Posting(stands=False, why_not=notice.text)
        taken = await store.outbox.withdraw_notice(notice)
        return Posting(stands=False, why_not=notice.text if taken else None)
    return Posting(stands=False)
