"""Sends what the outbox wants shown: posts, renewals, deletions; each message at most once, in order.

A row is claimed with a lease before Slack is called, and only when its call starts at once. What fails before
its call begins is surely not shown, and is tried again. A post whose answer was lost stays `unknown`: it is
not repeated, and its owner is told. A renewal may be repeated freely.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from jobs.delivery.after_failure import PATIENCE, After, end_lapsed, note_limits, settle_failure
from jobs.delivery.lanes import METHODS, POSTING, RESTS, Lanes, rest_of
from jobs.delivery.pass_on import Unsent, require_present, understood
from jobs.delivery.render import render
from jobs.delivery.tell_owner import Awaited, held_back, told_at
from jobs.messages.layout.blocks import Message
from jobs.privacy.look import CountSettings
from jobs.slack.call_outcome import CallOutcome, FailedCall
from jobs.slack.directory import Directory
from jobs.slack.pacing import Pacing
from storage.records import Lane, Post, PostKind
from storage.store import Store

LOG = logging.getLogger(__name__)
LEASE = timedelta(seconds=120)  # far longer than the client's time limit of 10 s
WITH_TYPED_WORDS = {PostKind.EDITION, PostKind.SHARE}  # in `text`: what people have typed is no markup
BETWEEN_LOOKS = timedelta(seconds=10)


class Sender:
    """Sends the messages of the outbox, several at once in each lane (`jobs.delivery.lanes`).

    One in flight is never given up, only a kill does that. `woken` is set when there is something new.
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
        scopes: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self._store, self._client, self._scopes = store, client, scopes
        self._clock, self._pacing = clock, pacing
        self._counting, self._directory = counting, directory
        self._lanes = Lanes()
        self._empty: set[Lane] = set()  # lanes in which nothing was due, as long as nothing new has come
        self._ended: set[Lane] = set()  # lanes in which something has ended since that was last looked at
        self._called: set[tuple[str, str]] = set()  # of those in flight: Slack may have seen them
        self._unseen: dict[tuple[str, str], Post] = {}  # claimed, never called, and not yet given back
        self._tasks: set[asyncio.Task[None]] = set()
        self._alarm: asyncio.TimerHandle | None = None
        self._looked: datetime | None = None
        self._stopped = False
        self.awaited: Awaited = {}
        self.woken = asyncio.Event()

    def stop(self) -> None:
        """Claim nothing any more; what is in flight goes on to its end."""
        self._stopped = True
        self._set_alarm(None)

    async def send_due(self) -> int:
        """Send what is due until nothing more may be begun; gives how many messages were tried.

        Where time alone holds something up, it sets `woken` when that is over. Raises SQLAlchemyError when
        the database fails, once what is in flight has ended.
        """
        tried, self._looked = 0, None
        try:
            while True:
                await self._give_back()
                await self._look()
                tried += await self._begin()
                self._set_alarm(self._lanes.wait(self._clock()))
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

    async def _begin(self) -> int:
        """Claim what there is room for, lane by lane, and begin it; how many messages."""
        begun = 0
        for lane in Lane:
            while room := self._room(lane):
                now, flying = self._clock(), self._lanes.in_flight
                busy = self._lanes.left_out(now) if lane in POSTING else ()
                posts = await self._store.outbox.claim(now=now, lease=LEASE, limit=room, busy=busy, lane=lane)
                if not posts and flying == self._lanes.in_flight:  # or a channel is free by now
                    self._empty.add(lane)
                for post in posts:
                    self._lanes.begin(lane, post, now)
                    self._tasks.add(asyncio.create_task(self._send(lane, post)))
                begun += len(posts)
        return begun

    def _room(self, lane: Lane) -> int:
        if self._stopped or lane in self._empty or self._pacing.left(METHODS[lane]):
            return 0
        return self._lanes.room(lane, self._clock())

    def _set_alarm(self, wait: timedelta | None) -> None:
        if self._alarm:
            self._alarm.cancel()
        if wait and not self._stopped:
            self._alarm = asyncio.get_running_loop().call_later(wait.total_seconds(), self.woken.set)

    async def _one_ended_or_woken(self) -> None:
        woken = asyncio.create_task(self.woken.wait())
        try:
            ended, _ = await asyncio.wait({*self._tasks, woken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
        for task in self._tasks & ended:
            self._tasks.discard(task)
            task.result()

    async def _give_back(self) -> None:
        """Make due again what was claimed and never called; what the database cannot take now stays noted."""
        for key, post in list(self._unseen.items()):
            await self._store.outbox.again(post, not_before=self._clock() + PATIENCE, error="not called")
            self._unseen.pop(key, None)

    async def _look(self) -> None:
        """Find out, without a write, in which lanes something is due: at first, when woken, every 10 seconds.

        The owners of messages whose sender died with them in flight are told.
        """
        now = self._clock()
        if not self.woken.is_set() and self._looked and self._looked <= now < self._looked + BETWEEN_LOOKS:
            return
        self._looked = now
        self.woken.clear()
        self._ended.clear()
        due, lapsed = await self._store.outbox.look(now)
        self._empty = set(Lane) - due - self._ended
        if lapsed:
            mine = self._lanes.in_flight.union(self._unseen)
            await end_lapsed(self._store, mine, now=now, scopes=self._scopes())
            self._empty.clear()

    async def _send(self, lane: Lane, post: Post) -> None:
        key = post.team_id, post.key
        try:
            await self._show(lane, post)
        except SQLAlchemyError:
            if key in self._called:
                raise
            LOG.exception("post %s of team %s failed before Slack was called", post.key, post.team_id)
            self._unseen[key] = post
            await self._give_back()
        finally:
            self._called.discard(key)
            self._empty.discard(lane)
            self._ended.add(lane)
            self._lanes.end(post)
            if key in self.awaited:
                self.awaited[key].set()

    async def _show(self, lane: Lane, post: Post) -> None:
        store, message = self._store, None
        try:
            if post.delete:
                if post.slack_ts:
                    self._about_to_call(lane, post)
                    await self._client.chat_delete(channel=post.channel_id, ts=post.slack_ts)
                await store.outbox.deleted(post)
                return
            message = await self._made(post)
            if message is None:
                if post.kind is PostKind.WAVE:  # closed before anybody could see it
                    await store.outbox.deleted(post)
                else:
                    await store.outbox.fail(post, error="nothing to show")
                return
            slack_ts = await self._call(lane, post, message)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - one message that cannot be made holds up no other
            await self._failed(lane, post, understood(post, error), message)
        else:
            if lane in POSTING:
                self._lanes.posted(post, self._clock())
            rest = rest_of(await store.outbox.count_waiting()) if lane is Lane.RENEWALS else RESTS[0]
            later = self._clock() + rest
            await store.outbox.sent(post, version=post.wanted, slack_ts=slack_ts, not_before=later)
            if post.kind is PostKind.SHARE:
                await store.shares.renew_questions(post.team_id, post.ref)

    async def _failed(self, lane: Lane, post: Post, failed: FailedCall, message: Message | None) -> None:
        now, key = self._clock(), (post.team_id, post.key)
        if failed.outcome in (CallOutcome.AGAIN, CallOutcome.OURS):  # as good as not called
            self._called.discard(key)
        note_limits(self._lanes, self._pacing, lane, post, failed, now=now)
        then = After(now, told_at(self.awaited, post, now), self._scopes())
        await settle_failure(self._store, self._directory, post, failed, message, then=then)

    async def _made(self, post: Post) -> Message | None:
        store, now, directory = self._store, self._clock(), self._directory
        if post.kind is PostKind.NOTICE:
            await require_present(directory, post)
        is_first = post.kind is PostKind.SHARE and not post.slack_ts
        if is_first and await held_back(store, post, now=now, not_before=told_at(self.awaited, post, now)):
            return None
        return await render(store, post, self._counting, now=now, directory=directory)

    async def _call(self, lane: Lane, post: Post, message: Message) -> str:
        """Post or renew; gives the message's ts. The key rides along as metadata, to be looked up by."""
        metadata = {"event_type": "bifocal_post", "event_payload": {"key": post.key}}
        parent = await self._store.outbox.post_for(post.team_id, post.ref) if post.part else None
        self._about_to_call(lane, post)
        if post.slack_ts:
            await self._client.chat_update(
                channel=post.channel_id, ts=post.slack_ts, parse="none", metadata=metadata, **message
            )
            return post.slack_ts
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

    def _about_to_call(self, lane: Lane, post: Post) -> None:
        """Raise Unsent where Slack has paused the method since the message was claimed."""
        if left := self._pacing.left(METHODS[lane]):
            raise Unsent(FailedCall(CallOutcome.AGAIN, "paused", left))
        self._called.add((post.team_id, post.key))
