import asyncio
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from storage.delivery.outbox import Outbox
from storage.delivery.outbox_requests import enqueue, new_post, request_delete
from storage.records import Lane, Post, PostKind, PostState
from storage.store import Store
from tests.storage.scene import (
    HOUR,
    MONDAY,
    TEAM,
    a_digest,
    a_pulse,
    a_wave,
    an_edition,
    ask_for_update,
    publish,
)

LEASE = timedelta(seconds=120)
SOON = timedelta(seconds=5)


async def queue(store: Store, *refs: str) -> None:
    """Messages that wait."""
    for ref in refs:
        post = new_post(PostKind.WAVE, team_id=TEAM, ref=ref, channel_id="C1")
        assert await store.database.write(lambda connection, post=post: enqueue(connection, post))  # type: ignore[misc]


async def claim(store: Store, *, after: timedelta = timedelta(0), limit: int = 100) -> list[Post]:
    """What is due, so long after Monday 09:00."""
    return await store.outbox.claim(now=MONDAY + after, lease=LEASE, limit=limit)


async def now(store: Store, ref: str) -> Post:
    """A message as it is stored."""
    post = await store.outbox.post_for(TEAM, ref)
    assert post is not None
    return post


async def sent(store: Store, post: Post, *, ts: str = "1.1") -> None:
    """Slack took the version that was wanted."""
    await store.outbox.sent(post, version=post.wanted, slack_ts=ts, not_before=MONDAY + SOON)


async def test_a_claim_gives_a_lease(store: Store) -> None:
    """A claimed message is being sent until its lease ends, and nobody else gets it."""
    await queue(store, "w1")
    assert isinstance(store.outbox, Outbox)
    (post,) = await claim(store)
    assert (post.state, post.attempts) == (PostState.SENDING, 1)
    assert (post.first_try_at, post.lease_until) == (MONDAY, MONDAY + LEASE)
    assert await now(store, "w1") == post
    assert await claim(store, after=HOUR) == []


async def test_a_claim_has_a_limit(store: Store) -> None:
    """No more are claimed than can be sent within the lease."""
    await queue(store, "a", "b", "c")
    assert [len(await claim(store, limit=2)) for _ in range(3)] == [2, 1, 0]


async def test_two_processes_never_get_the_same_message(store: Store, other: Store) -> None:
    """However two stores race, each message goes to one of them, once (rule 3)."""
    await queue(store, *(f"w{n:02}" for n in range(40)))
    claimed = await asyncio.gather(*(claim(each, limit=7) for each in [store, other] * 5))
    keys = [post.key for posts in claimed for post in posts]
    assert len(keys) == len(set(keys)) == 40


async def test_not_before_its_time(store: Store) -> None:
    """A message that is to wait waits, and then goes before what was queued after it."""
    await queue(store, "w1")
    (post,) = await claim(store)
    await store.outbox.again(post, not_before=MONDAY + SOON, error="ratelimited")
    assert await claim(store) == []
    await queue(store, "w2")
    assert [post.ref for post in await claim(store, after=SOON)] == ["w1", "w2"]


async def test_messages_of_a_channel_go_in_the_order_in_which_they_were_queued(store: Store) -> None:
    """Whatever their ids are; new ones come before renewals, and those as they fall due."""
    await queue(store, "old", "older")
    for post, rest in zip(await claim(store), (HOUR, SOON), strict=True):
        await store.outbox.sent(post, version=1, slack_ts=f"1.{post.ref}", not_before=MONDAY + rest)
        await ask_for_update(store, post.ref)
        await store.outbox.again(post, not_before=MONDAY + rest, error="ratelimited")
    await queue(store, "c", "a", "b")
    waves = [(await a_wave(store)).id for _ in range(3)]
    found = [post.ref for post in await claim(store, after=HOUR)]
    assert found == ["c", "a", "b", *waves, "older", "old"]


async def test_what_was_surely_not_posted_is_tried_again(store: Store) -> None:
    """The next attempt is counted, and the first one's time is kept."""
    await queue(store, "w1")
    (post,) = await claim(store)
    await store.outbox.again(post, not_before=MONDAY + SOON, error="ratelimited")
    assert (await now(store, "w1")).error == "ratelimited"
    (again,) = await claim(store, after=SOON)
    assert (again.attempts, again.first_try_at) == (2, MONDAY)


async def test_a_sent_message_rests_until_more_is_wanted(store: Store) -> None:
    """Sent at the version wanted it rests; wanted anew it is due again, not sooner than said."""
    await queue(store, "w1")
    (post,) = await claim(store)
    await sent(store, post)
    rests = await now(store, "w1")
    assert (rests.state, rests.sent, rests.slack_ts) == (PostState.SENT, 1, "1.1")
    assert (rests.attempts, rests.lease_until, rests.error) == (0, None, None)
    await ask_for_update(store, "w1")
    await ask_for_update(store, "w1")
    assert await claim(store) == []
    (renewal,) = await claim(store, after=SOON)
    assert (renewal.wanted, renewal.sent, renewal.slack_ts) == (3, 1, "1.1")


async def test_what_changes_while_it_is_sent_is_sent_once_more(store: Store) -> None:
    """A version wanted during the call is not lost: the message is due again."""
    await queue(store, "w1")
    (post,) = await claim(store)
    await ask_for_update(store, "w1")
    await sent(store, post)
    assert (await now(store, "w1")).state is PostState.PENDING
    assert len(await claim(store, after=SOON)) == 1


async def test_replies_follow_their_parent(store: Store) -> None:
    """A reply is claimed only once Slack shows the message that it answers; replies come in their order."""
    digest = await a_digest(store)
    await publish(store, digest, an_edition(digest), parts=4)
    (parent,) = await claim(store)
    assert (parent.part, await claim(store)) == (0, [])
    await sent(store, parent)
    for part in (1, 2, 3):
        (reply,) = await claim(store)
        assert reply.part == part
        await sent(store, reply, ts=f"1.{part + 1}")


async def test_replies_keep_their_order_when_one_has_to_wait(store: Store) -> None:
    """A reply that is tried again later holds those after it; one that is lost or refused does not."""
    digest = await a_digest(store)
    await publish(store, digest, an_edition(digest), parts=4)
    (parent,) = await claim(store)
    await sent(store, parent)
    (first,) = await claim(store)
    await store.outbox.again(first, not_before=MONDAY + HOUR, error="internal_error")
    assert await claim(store) == []
    (again,) = await claim(store, after=HOUR)
    assert again.part == 1
    await store.outbox.fail(again, error="invalid_blocks")
    (second,) = await claim(store, after=HOUR)
    assert second.part == 2
    await store.outbox.lost(second, error="no answer")
    assert [reply.part for reply in await claim(store, after=HOUR)] == [3]


async def test_replies_of_an_uncertain_parent_are_not_sent(store: Store) -> None:
    """Without the parent's place in Slack there is nothing to reply to."""
    digest = await a_digest(store)
    await publish(store, digest, an_edition(digest), parts=2)
    (parent,) = await claim(store)
    await store.outbox.lost(parent, error="timeout")
    assert await claim(store, after=HOUR) == []


async def test_a_lost_answer_is_never_repeated(store: Store) -> None:
    """A message of which nobody knows if it arrived is unknown for good."""
    await queue(store, "w1")
    (post,) = await claim(store)
    await store.outbox.lost(post, error="timeout")
    await ask_for_update(store, "w1")
    assert ((await now(store, "w1")).state, (await now(store, "w1")).error) == (PostState.UNKNOWN, "timeout")
    assert await claim(store, after=HOUR) == []
    assert await store.doubts.expire(now=MONDAY + HOUR) == []


async def test_a_refusal_for_good_ends_it(store: Store) -> None:
    """A failed message says why and is not tried again."""
    await queue(store, "w1")
    (post,) = await claim(store)
    await store.outbox.fail(post, error="is_archived")
    assert ((await now(store, "w1")).state, (await now(store, "w1")).error) == (
        PostState.FAILED,
        "is_archived",
    )
    assert await claim(store, after=HOUR) == []


async def test_a_lapsed_lease_makes_a_new_message_unknown_once(store: Store) -> None:
    """Whoever died while posting may have posted: told once, never repeated."""
    await queue(store, "w1")
    await claim(store)
    assert await store.doubts.expire(now=MONDAY + LEASE - SOON) == []
    (lost,) = await store.doubts.expire(now=MONDAY + LEASE)
    assert (lost.ref, lost.state) == ("w1", PostState.UNKNOWN)
    assert lost.error
    assert await store.doubts.expire(now=MONDAY + HOUR) == []
    assert await claim(store, after=HOUR) == []


async def test_a_lapsed_renewal_is_due_again(store: Store) -> None:
    """To show the same message twice does no harm, nor to delete it twice."""
    wave = await a_wave(store)
    (post,) = await claim(store)
    await sent(store, post)
    for change in (
        ask_for_update(store, wave.id),
        store.erasure.take_down(TEAM, wave.id, at=MONDAY),
    ):
        await change
        (claimed,) = await claim(store, after=HOUR)
        assert await store.doubts.expire(now=MONDAY + 2 * HOUR) == []
        (again,) = await claim(store, after=2 * HOUR)
        assert (again.key, again.attempts) == (claimed.key, claimed.attempts + 1)
        await sent(store, again)


async def test_a_late_sender_speaks_for_itself_only(store: Store) -> None:
    """Whoever reports after its lease has gone to another changes nothing."""
    await queue(store, "w1")
    (post,) = await claim(store)
    await sent(store, post)
    await ask_for_update(store, "w1")
    (slow,) = await claim(store, after=SOON)
    await store.doubts.expire(now=MONDAY + HOUR)
    (quick,) = await claim(store, after=HOUR)
    await sent(store, slow)
    await store.outbox.fail(slow, error="late")
    assert await now(store, "w1") == quick
    await sent(store, quick)
    assert (await now(store, "w1")).state is PostState.SENT


async def test_a_late_sender_is_known_by_its_lease(store: Store) -> None:
    """After a success attempts are counted anew: an old claim with as many is not taken for the new one."""
    await queue(store, "w1")
    await sent(store, (await claim(store))[0])
    await ask_for_update(store, "w1")
    (slow,) = await claim(store, after=SOON)
    await store.doubts.expire(now=MONDAY + HOUR)
    await sent(store, (await claim(store, after=HOUR))[0])
    await ask_for_update(store, "w1")
    (current,) = await claim(store, after=2 * HOUR)
    assert current.attempts == slow.attempts
    await sent(store, slow, ts="9.9")
    await store.outbox.again(slow, not_before=MONDAY, error="late")
    await store.outbox.lost(slow, error="late")
    await store.outbox.fail(slow, error="late")
    await store.outbox.deleted(slow)
    assert await now(store, "w1") == current


async def test_a_late_sender_is_known_by_its_attempt(store: Store) -> None:
    """Of two claims in the same moment, whose leases end together, the second alone speaks."""
    await queue(store, "w1")
    (first,) = await claim(store)
    await store.outbox.again(first, not_before=MONDAY, error="rate limited")
    (second,) = await claim(store)
    assert second.lease_until == first.lease_until
    await store.outbox.lost(first, error="late")
    assert await now(store, "w1") == second


async def test_late_but_certain_news_is_taken(store: Store) -> None:
    """An answer that comes after the lease, with nobody else in between, makes the message known again."""
    await queue(store, "w1")
    (post,) = await claim(store)
    await store.doubts.expire(now=MONDAY + HOUR)
    await sent(store, post)
    assert ((await now(store, "w1")).state, (await now(store, "w1")).slack_ts) == (PostState.SENT, "1.1")


async def test_a_message_that_was_never_posted_can_be_deleted(store: Store) -> None:
    """A wave taken down before it was posted is claimed once, to be ended."""
    wave = await a_wave(store)
    await store.erasure.take_down(TEAM, wave.id, at=MONDAY)
    (post,) = await claim(store)
    assert (post.delete, post.slack_ts) == (True, None)
    await store.outbox.deleted(post)
    assert await claim(store, after=HOUR) == []
    assert (await now(store, wave.id)).state is PostState.DELETED


async def test_a_deletion_wanted_while_sending_follows(store: Store) -> None:
    """A wave taken down while its message is on the way is deleted right after."""
    wave = await a_wave(store)
    (post,) = await claim(store)
    await store.erasure.take_down(TEAM, wave.id, at=MONDAY)
    await sent(store, post)
    (deletion,) = await claim(store, after=SOON)
    assert (deletion.delete, deletion.slack_ts) == (True, "1.1")


async def test_a_notice_is_told_once(store: Store) -> None:
    """One key, one message to that person, however often it is given."""
    tell = partial(store.outbox.notice, team_id=TEAM, key="waiting/w1", user_id="U_LEAD", text="It waits.")
    assert await tell()
    assert not await tell()
    (post,) = await claim(store)
    assert (post.kind, post.channel_id, post.text) == (PostKind.NOTICE, "U_LEAD", "It waits.")
    assert await store.outbox.get(TEAM, "waiting/w1") == post


async def test_a_notice_that_is_told_otherwise_is_taken_back(store: Store) -> None:
    """Until it is claimed it can be taken back, once, and is then never sent nor asked for again."""
    tell = partial(store.outbox.notice, team_id=TEAM, user_id="U_LEAD", text="It waits.")
    assert await tell(key="held", not_before=MONDAY + 2 * SOON)
    assert await tell(key="claimed")
    (claimed,) = await claim(store)
    held = await store.outbox.get(TEAM, "held")
    assert held is not None
    assert not await store.outbox.withdraw_notice(claimed)
    assert await store.outbox.withdraw_notice(held)
    assert not await store.outbox.withdraw_notice(held)
    assert not await tell(key="held")
    assert not await claim(store, after=3 * SOON)


@pytest.mark.parametrize("key", ["nowhere", ""])
async def test_an_unknown_message_is_none(store: Store, key: str) -> None:
    """What is not in the outbox is None."""
    assert await store.outbox.get(TEAM, key) is None
    assert await store.outbox.post_for(TEAM, key) is None


class Senders(RuleBasedStateMachine):
    """Two senders, either of which may die at any step, and a Slack that lists what it was asked to post."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.store = self.loop.run_until_complete(Store.open("sqlite://"))
        self.loop.run_until_complete(queue(self.store, "w1"))
        self.at = timedelta(0)
        self.holding: list[Post] = []
        self.posted = 0
        self.shown = 0

    @rule(seconds=st.sampled_from([1, 5, 60, 600, -300]))
    def time_passes(self, seconds: int) -> None:
        """Clocks run, and sometimes jump back."""
        self.at = max(timedelta(0), self.at + timedelta(seconds=seconds))

    @rule()
    def tick(self) -> None:
        """A sender ends what has lapsed and claims what is due."""
        self.loop.run_until_complete(self.store.doubts.expire(now=MONDAY + self.at))
        self.holding += self.loop.run_until_complete(claim(self.store, after=self.at))

    @rule()
    def more_is_wanted(self) -> None:
        """Somebody answers."""
        self.loop.run_until_complete(ask_for_update(self.store, "w1"))

    @precondition(lambda self: self.holding)
    @rule(told=st.booleans())
    def slack_takes_it(self, told: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
        """Slack takes a message, and the sender lives to tell or not."""
        post = self.holding.pop(0)
        lease = post.lease_until
        if lease is None or MONDAY + self.at >= lease:
            return  # a sender looks at its lease before it sends
        self.posted += post.slack_ts is None
        self.shown = max(self.shown, post.wanted)
        if told:
            self.loop.run_until_complete(sent(self.store, post))

    @precondition(lambda self: self.holding)
    @rule()
    def slack_refuses(self) -> None:
        """Slack says not now."""
        again = self.store.outbox.again(self.holding.pop(0), not_before=MONDAY + self.at, error="ratelimited")
        self.loop.run_until_complete(again)

    @invariant()
    def posted_at_most_once(self) -> None:
        """No message is ever posted twice (rule 3)."""
        assert self.posted <= 1

    @invariant()
    def nothing_newer_is_believed_than_was_shown(self) -> None:
        """The version said to be sent was really sent."""
        assert self.loop.run_until_complete(now(self.store, "w1")).sent <= self.shown

    def teardown(self) -> None:
        """Ends the store."""
        self.loop.run_until_complete(self.store.close())
        self.loop.close()


def test_no_order_of_steps_and_deaths_posts_twice() -> None:
    """Whatever the order of claims, answers, deaths and clock jumps, a message is posted at most once."""
    run_state_machine_as_test(
        Senders, settings=settings(max_examples=40, stateful_step_count=25, deadline=None)
    )


async def test_busy_channels_are_left_out(store: Store) -> None:
    """While a channel is busy its messages wait, and the next ones of other channels are given."""
    waves = [await a_wave(store, await a_pulse(store, channel_id=channel)) for channel in ("C1", "C2")]
    busy = [(TEAM, "C1")]
    (post,) = await store.outbox.claim(now=MONDAY, lease=LEASE, limit=9, busy=busy)
    assert post.ref == waves[1].id
    assert await store.outbox.claim(now=MONDAY, lease=LEASE, limit=9, busy=busy) == []
    (post,) = await store.outbox.claim(now=MONDAY, lease=LEASE, limit=9)
    assert post.ref == waves[0].id


async def test_what_its_sender_still_sends_does_not_lapse(store: Store) -> None:
    """A message that is named as in flight keeps its claim, however old its lease; others lapse."""
    for number in (1, 2):
        await store.outbox.notice(team_id=TEAM, key=f"n{number}", user_id="U1", text="x")
    mine, lost = await store.outbox.claim(now=MONDAY, lease=LEASE, limit=2)
    gone = await store.doubts.expire(now=MONDAY + HOUR, in_flight=[(mine.team_id, mine.key)])
    assert [post.key for post in gone] == [lost.key]
    await store.outbox.sent(mine, version=1, slack_ts="1.0", not_before=MONDAY)
    kept = await store.outbox.get(TEAM, mine.key)
    assert kept is not None
    assert kept.state is PostState.SENT


async def test_a_lane_gives_only_its_own_messages(store: Store) -> None:
    """Counts, closes, deletions, notices and new messages are claimed apart, each by its lane alone."""
    refs = {Lane.RENEWALS: "count", Lane.CHANGES: "close", Lane.DELETIONS: "gone"}
    await queue(store, *refs.values())
    for post in await claim(store):
        await sent(store, post, ts=f"1.{post.ref}")
    await ask_for_update(store, "count")
    await ask_for_update(store, "close", urgent=True)
    await store.database.write(lambda connection: request_delete(connection, TEAM, "gone"))
    await queue(store, "new")
    await store.outbox.notice(team_id=TEAM, key="told", user_id="U1", text="x")
    refs |= {Lane.POSTS: "new", Lane.NOTICES: "told"}
    for lane in Lane:
        given = await store.outbox.claim(now=MONDAY + SOON, lease=LEASE, limit=9, lane=lane)
        assert [post.ref for post in given] == [refs[lane]]


async def test_a_lane_gives_one_new_message_a_channel(store: Store) -> None:
    """The second message of a channel waits for the first, and a long queue in one hides no other channel."""
    await queue(store, "a", "b")
    await a_wave(store, await a_pulse(store, channel_id="C2"))
    given = await store.outbox.claim(now=MONDAY, lease=LEASE, limit=9, lane=Lane.POSTS)
    assert sorted(post.channel_id for post in given) == ["C1", "C2"]


async def test_what_is_urgent_does_not_wait_for_the_rest_of_a_count(store: Store) -> None:
    """A close is due at once, also where it came while the count was being sent; what Slack said holds."""
    await queue(store, "w1")
    (post,) = await claim(store)
    await sent(store, post)
    await ask_for_update(store, "w1", urgent=True)
    (post,) = await claim(store)
    assert post.urgent
    await ask_for_update(store, "w1", urgent=True)
    await sent(store, post)
    (post,) = await claim(store)
    await store.outbox.again(post, not_before=MONDAY + HOUR, error="ratelimited")
    await ask_for_update(store, "w1", urgent=True)
    assert await claim(store) == []
    (post,) = await claim(store, after=HOUR)
    await sent(store, post)
    assert not (await now(store, "w1")).urgent
