"""Sends what the outbox wants shown: posts, renewals, deletions; each message at most once, in order.

A row is claimed with a lease before Slack is called. A post whose answer was lost stays `unknown`: it is not
repeated, and its owner is told. A renewal shows the state at sending time and may be repeated freely.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from jobs.delivery.render import render
from jobs.delivery.tell_owner import stop_and_tell, tell_unknown
from jobs.slack.call_outcome import CallOutcome, FailedCall, failed_call
from storage.records import Post, PostKind
from storage.store import Store

LOG = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)  # far longer than the client's time limit of 10 s
RENEWAL = timedelta(seconds=5)  # a message's count is renewed at most this often
PATIENCE = timedelta(seconds=30)
MOST_CALLS = 200  # in one tick


async def deliver(store: Store, client: AsyncWebClient, *, now: datetime) -> int:
    """Send everything that is due at `now`; gives how many calls were made."""
    for post in await store.outbox.expire(now=now):
        LOG.warning("post %s of team %s: answer lost in a restart", post.key, post.team_id)
        await tell_unknown(store, post)
    for calls in range(MOST_CALLS):  # one at a time: a kill leaves one in doubt, not all that are due
        posts = await store.outbox.claim(now=now, lease=LEASE, limit=1)
        if not posts:
            return calls
        await _send(store, client, posts[0], now=now)
    return MOST_CALLS


async def _send(store: Store, client: AsyncWebClient, post: Post, *, now: datetime) -> None:
    try:
        if post.delete:
            await _delete(store, client, post)
            return
        message = await render(store, post, now=now)
        if message is None:
            await store.outbox.fail(post, error="nothing to show")
            return
        slack_ts = await _call(store, client, post, message)
    except SQLAlchemyError:
        raise
    except Exception as error:  # noqa: BLE001 - one message that cannot be made holds up no other
        await _failed(store, post, _understood(post, error), now=now)
    else:
        await store.outbox.sent(post, version=post.wanted, slack_ts=slack_ts, not_before=now + RENEWAL)


async def _call(store: Store, client: AsyncWebClient, post: Post, message: Mapping[str, Any]) -> str:
    """Post or renew; gives the message's ts. The key rides along as metadata, to be looked up by."""
    metadata = {"event_type": "bifocal_post", "event_payload": {"key": post.key}}
    if post.slack_ts:
        await client.chat_update(
            channel=post.channel_id, ts=post.slack_ts, parse="none", metadata=metadata, **message
        )
        return post.slack_ts
    parent = await store.outbox.post_for(post.team_id, post.ref) if post.part else None
    answer = await client.chat_postMessage(
        channel=post.channel_id,
        thread_ts=parent.slack_ts if parent else None,
        metadata=metadata,
        client_msg_id=str(uuid5(NAMESPACE_URL, f"{post.team_id}/{post.key}")),
        unfurl_links=False,
        unfurl_media=False,
        parse="none",
        mrkdwn=post.kind is not PostKind.EDITION,  # its `text` may hold somebody's words
        **message,
    )
    return str(answer["ts"])


async def _delete(store: Store, client: AsyncWebClient, post: Post) -> None:
    if post.slack_ts:
        await client.chat_delete(channel=post.channel_id, ts=post.slack_ts)
    await store.outbox.deleted(post)


def _understood(post: Post, error: Exception) -> FailedCall:
    try:
        return failed_call(error)
    except Exception:  # what is not of Slack's making: the trace is for whoever runs Bifocal
        LOG.exception("post %s of team %s could not be made", post.key, post.team_id)
        return FailedCall(CallOutcome.OURS, "fault")


async def _failed(store: Store, post: Post, failed: FailedCall, *, now: datetime) -> None:
    level = logging.INFO if failed.outcome is CallOutcome.AGAIN else logging.WARNING
    LOG.log(level, "post %s of team %s: %s (%s)", post.key, post.team_id, failed.outcome, failed.error)
    if failed.outcome is CallOutcome.GONE:
        await store.outbox.deleted(post)
    elif failed.outcome is CallOutcome.AGAIN or (failed.outcome is CallOutcome.LOST and post.slack_ts):
        await store.outbox.again(post, not_before=now + (failed.wait or PATIENCE), error=failed.error)
    elif failed.outcome is CallOutcome.LOST:
        await store.outbox.lost(post, error=failed.error)
        await tell_unknown(store, post)
    else:
        await store.outbox.fail(post, error=failed.error)
        await stop_and_tell(store, post, failed, now=now)
