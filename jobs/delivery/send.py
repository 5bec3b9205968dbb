"""Sends what the outbox wants shown: posts, renewals, deletions; each message at most once, in order.

A row is claimed with a lease before Slack is called, and only when its call starts at once: a kill leaves
few in doubt. What fails before its call begins is surely not shown, and is tried again. A post whose answer
was lost stays `unknown`: it is not repeated, and its owner is told. A renewal may be repeated freely.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from jobs.delivery.pass_on import give_up, require_present, understood
from jobs.delivery.plainer import send_plainer
from jobs.delivery.render import render
from jobs.delivery.tell_owner import Awaited, held_back, let_go, tell_unknown, told_at
from jobs.messages.layout.blocks import is_plain
from jobs.privacy.look import CountSettings
from jobs.slack.call_outcome import FAULT, CallOutcome, FailedCall
from jobs.slack.directory import Directory
from jobs.slack.pacing import Pacing
from storage.records import Post, PostKind
from storage.store import Store

LOG = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)  # far longer than the client's time limit of 10 s
RENEWAL = timedelta(seconds=5)  # a message's count is renewed at most this often
PATIENCE = timedelta(seconds=30)
PACE = timedelta(seconds=1)  # after a message of a digest in its channel: Slack takes about one a second
AT_ONCE = 8  # messages
WITH_TYPED_WORDS = {PostKind.EDITION, PostKind.SHARE}  # in `text`: what people have typed is no markup
BETWEEN_LOOKS = timedelta(seconds=10)


class Sender:
    """Sends the messages of the outbox: several at once, but one at a time in a channel, so in their order.

    Leases and times of another try are taken from `clock` at each claim and each answer. A message in flight
    is never given up by this sender; only a kill does that. `woken` is set when there is something new.
    """

    def __init__(
        self,
        store: Store,
        client: AsyncWebClient,
        clock: Callable[[], datetime],
        pacing: Pacing,
        counting: CountSettings,
        *,
        directory: Directory | None = None,
    ) -> None:
        self._store = store
        self._client = client
        self._clock = clock
        self._pacing = pacing
        self._counting = counting
        self._directory = directory
        self._in_flight: dict[tuple[str, str], tuple[str, str]] = {}  # (team, key): (team, channel)
        self._called: set[tuple[str, str]] = set()  # those in flight that Slack may have seen
        self._unseen: dict[tuple[str, str], Post] = {}  # claimed, never called, and not yet given back
        self._tasks: set[asyncio.Task[None]] = set()
        self._looked: datetime | None = None  # when it last looked for leases that had run out
        self._stopped = False
        self.awaited: Awaited = {}
        self.woken = asyncio.Event()

    def stop(self) -> None:
        """Claim nothing any more; what is in flight goes on to its end."""
        self._stopped = True

    async def send_due(self) -> int:
        """Send what is due until nothing more is; gives how many messages were tried.

        Raises SQLAlchemyError when the database fails, once what is in flight has ended.
        """
        tried = 0
        try:
            while True:
                self.woken.clear()
                await self._give_back()
                await self._give_up_lapsed()
                while len(self._tasks) < AT_ONCE and (post := await self._claim()):
                    self._tasks.add(asyncio.create_task(self._send(post)))
                    tried += 1
                if not self._tasks:
                    return tried
                await self._one_ended_or_woken()
        except asyncio.CancelledError:  # the process ends: whoever comes next finds the leases
            for task in self._tasks:
                task.cancel()
            raise
        finally:
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._tasks.clear()
            self._looked = None

    async def _one_ended_or_woken(self) -> None:
        woken = asyncio.create_task(self.woken.wait())
        try:
            ended, _ = await asyncio.wait({*self._tasks, woken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
        over = self._tasks & ended
        self._tasks -= over
        for task in over:
            task.result()

    async def _give_back(self) -> None:
        """Make due again what was claimed and never called; what the database cannot take now stays noted."""
        for key, post in list(self._unseen.items()):
            await self._store.outbox.again(post, not_before=self._clock() + PATIENCE, error="not called")
            self._unseen.pop(key, None)

    async def _give_up_lapsed(self) -> None:
        """Tell the owners of messages whose sender died with them in flight; looks every 10 seconds."""
        now = self._clock()
        if self._looked and self._looked <= now < self._looked + BETWEEN_LOOKS:
            return
        self._looked = now
        for post in await self._store.outbox.expire(now=now, in_flight={*self._in_flight, *self._unseen}):
            LOG.warning("post %s of team %s: answer lost in a restart", post.key, post.team_id)
            await tell_unknown(self._store, post)

    async def _claim(self) -> Post | None:
        if self._stopped:
            return None
        busy = set(self._in_flight.values())
        posts = await self._store.outbox.claim(now=self._clock(), lease=LEASE, limit=1, busy=busy)
        for post in posts:
            self._in_flight[post.team_id, post.key] = post.team_id, post.channel_id
        return posts[0] if posts else None

    async def _send(self, post: Post) -> None:
        key = post.team_id, post.key
        try:
            await self._show(post)
        except SQLAlchemyError:
            if key in self._called:
                raise
            LOG.exception("post %s of team %s failed before Slack was called", post.key, post.team_id)
            self._unseen[key] = post
            await self._give_back()
        finally:
            self._called.discard(key)
            del self._in_flight[key]
            if key in self.awaited:
                self.awaited[key].set()

    async def _show(self, post: Post) -> None:
        store = self._store
        if left := self._pacing.left(_method(post)):
            await store.outbox.again(post, not_before=self._clock() + left, error="ratelimited")
            return
        message = None
        try:
            if post.delete:
                await self._delete(post)
                return
            message = await self._made(post)
            if message is None:
                await store.outbox.fail(post, error="nothing to show")
                return
            slack_ts = await self._call(post, message)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - one message that cannot be made holds up no other
            failed = understood(post, error)
            if failed.outcome is CallOutcome.OURS and message and not is_plain(message):
                self._called.discard((post.team_id, post.key))
                await send_plainer(store, post, failed, now=self._clock())
            else:
                await self._failed(post, failed)
        else:
            if post.kind is PostKind.EDITION and not post.slack_ts:
                self._pacing.pause(_method(post), PACE)
            not_before = self._clock() + RENEWAL
            await store.outbox.sent(post, version=post.wanted, slack_ts=slack_ts, not_before=not_before)
            if post.kind is PostKind.SHARE:
                await store.shares.renew_questions(post.team_id, post.ref)

    async def _made(self, post: Post) -> dict[str, Any] | None:
        if post.kind is PostKind.NOTICE:
            await require_present(self._directory, post)
        now, directory = self._clock(), self._directory
        later = told_at(self.awaited, post, now)
        held = not post.slack_ts and await held_back(self._store, post, now=now, not_before=later)
        return None if held else await render(self._store, post, self._counting, now=now, directory=directory)

    async def _call(self, post: Post, message: Mapping[str, Any]) -> str:
        """Post or renew; gives the message's ts. The key rides along as metadata, to be looked up by."""
        metadata = {"event_type": "bifocal_post", "event_payload": {"key": post.key}}
        if post.slack_ts:
            self._called.add((post.team_id, post.key))
            await self._client.chat_update(
                channel=post.channel_id, ts=post.slack_ts, parse="none", metadata=metadata, **message
            )
            return post.slack_ts
        parent = await self._store.outbox.post_for(post.team_id, post.ref) if post.part else None
        self._called.add((post.team_id, post.key))
        answer = await self._client.chat_postMessage(
            channel=post.channel_id,
            thread_ts=parent.slack_ts if parent else None,
            metadata=metadata,
            client_msg_id=str(uuid5(NAMESPACE_URL, f"{post.team_id}/{post.key}")),
            unfurl_links=False,
            unfurl_media=False,
            parse="none",
            mrkdwn=post.kind not in WITH_TYPED_WORDS,
            **message,
        )
        return str(answer["ts"])

    async def _delete(self, post: Post) -> None:
        if post.slack_ts:
            self._called.add((post.team_id, post.key))
            await self._client.chat_delete(channel=post.channel_id, ts=post.slack_ts)
        await self._store.outbox.deleted(post)

    async def _failed(self, post: Post, failed: FailedCall) -> None:
        store, now = self._store, self._clock()
        if failed.outcome is CallOutcome.AGAIN:  # as good as not called
            self._called.discard((post.team_id, post.key))
        level = logging.INFO if failed.outcome is CallOutcome.AGAIN else logging.WARNING
        level = logging.DEBUG if failed.error == FAULT else level  # that is logged with its trace
        LOG.log(level, "post %s of team %s: %s (%s)", post.key, post.team_id, failed.outcome, failed.error)
        if failed.limited:
            self._pacing.pause(_method(post), failed.wait)
        if failed.outcome is CallOutcome.GONE:
            await let_go(store, post, failed, now=now)
        elif failed.outcome is CallOutcome.AGAIN or (failed.outcome is CallOutcome.LOST and post.slack_ts):
            await store.outbox.again(post, not_before=now + (failed.wait or PATIENCE), error=failed.error)
        elif failed.outcome is CallOutcome.LOST:
            await store.outbox.lost(post, error=failed.error)
            await tell_unknown(store, post, not_before=told_at(self.awaited, post, now))
        else:
            later = told_at(self.awaited, post, now)
            await give_up(store, self._directory, post, failed, now=now, not_before=later)


def _method(post: Post) -> str:
    """What is called for a message, as Slack limits it: posting in each channel, the rest in all."""
    if post.delete:
        return "chat.delete"
    return "chat.update" if post.slack_ts else f"chat.postMessage in {post.team_id}/{post.channel_id}"
