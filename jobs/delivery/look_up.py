"""Looks up messages of which nobody knows whether they arrived, by the key that each carries along.

Only where the app was given the optional scope to read history. It is looked for after the lease of the lost
call has ended, which is far longer than a call may take: what Slack has taken is to be seen by then.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from jobs.delivery.tell_owner import tell_unknown
from jobs.slack.call_outcome import CallOutcome, failed_call
from jobs.slack.pacing import Pacing
from storage.records import Post, PostKind
from storage.store import Store

LOG = logging.getLogger(__name__)
CHANNEL, THREAD = "conversations.history", "conversations.replies"
SCOPES = {"channels:history", "groups:history"}
BEFORE = timedelta(seconds=5)  # the first try, by Slack's clock and by ours
AGAIN = timedelta(minutes=1)
PAGE, MOST_PAGES = 200, 50


def look_up_at(post: Post, scopes: frozenset[str], *, now: datetime) -> datetime | None:
    """When a message whose answer was lost is looked up; None where it cannot be.

    A notice cannot: the app may not ask for the channel of a direct message, of which it knows the reader.
    """
    if post.kind is PostKind.NOTICE or not scopes & SCOPES:
        return None
    return max(now, post.lease_until or now)


async def look_up_due(store: Store, client: AsyncWebClient, pacing: Pacing, *, now: datetime) -> None:
    """Find out about each message that is to be looked up: it stands, or it is posted again."""
    await store.doubts.refresh()
    for post in await store.doubts.due(now):
        method = THREAD if post.part else CHANNEL
        if pacing.left(method):
            continue
        parent = await store.outbox.post_for(post.team_id, post.ref) if post.part else None
        try:
            slack_ts = await _find(client, post, thread_ts=parent.slack_ts if parent else None)
        except Exception as error:  # noqa: BLE001 - those that are no end of a call are raised again
            failed = failed_call(error)
            pacing.heed(method, failed)
            if failed.outcome in (CallOutcome.AGAIN, CallOutcome.LOST):
                await store.doubts.look_again(post, now + max(AGAIN, failed.wait))
                continue
            LOG.warning("post %s of team %s cannot be looked up: %s", post.key, post.team_id, failed.error)
            await store.doubts.look_again(post, None)
            await tell_unknown(store, post)
            continue
        if slack_ts:
            await store.doubts.found(post, slack_ts)
        elif await store.doubts.not_there(post):
            LOG.warning("post %s of team %s did not arrive: it is sent again", post.key, post.team_id)


async def _find(client: AsyncWebClient, post: Post, *, thread_ts: str | None) -> str | None:
    """The ts of the message that carries this key; None where it surely is not in its channel or thread.

    Raises TimeoutError where more was written since than can be read through.
    """
    oldest = ((post.first_try_at or post.look_up_at) - BEFORE).timestamp() if post.look_up_at else 0.0
    cursor = ""
    for _ in range(MOST_PAGES):
        where: dict[str, Any] = {
            "channel": post.channel_id,
            "oldest": f"{oldest:.6f}",
            "cursor": cursor or None,
            "include_all_metadata": True,
            "limit": PAGE,
        }
        if thread_ts:
            answer = await client.conversations_replies(ts=thread_ts, **where)
        else:
            answer = await client.conversations_history(**where)
        for message in answer["messages"]:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("key") == post.key:
                return str(message["ts"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not (answer.get("has_more") and cursor):
            return None
    raise TimeoutError
