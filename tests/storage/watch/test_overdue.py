"""What is due and not done is seen with its kind, how much of it there is, and since when."""

from datetime import timedelta

from storage.records import DueKind, DueWork, PostKind, PostState
from storage.store import Store
from storage.watch.trial_write import try_to_write
from tests.storage.scene import HOUR, MONDAY, TEAM, a_wave

WEEK = timedelta(days=7)


async def test_nothing_is_due_in_an_empty_database(store: Store) -> None:
    """A write that is tried leaves nothing that would be due either."""
    await try_to_write(store.database)
    assert await store.overdue.look(MONDAY) == (
        [],
        {PostState.PENDING: 0, PostState.SENDING: 0, PostState.UNKNOWN: 0},
    )


async def test_a_question_to_post_to_close_and_to_count(store: Store) -> None:
    """A post is due since its question was opened; a close since its time; a count when all forms are in."""
    wave = await a_wave(store)
    post = DueWork(kind=PostKind.WAVE, count=1, since=wave.opened_at)
    assert (await store.overdue.look(wave.opened_at))[0] == [post]
    close = DueWork(kind=DueKind.CLOSE, count=1, since=wave.closes_at)
    assert (await store.overdue.look(wave.closes_at))[0] == [close, post]
    count = DueWork(kind=DueKind.COUNT, count=1, since=wave.closes_at)
    assert (await store.overdue.look(wave.closes_at + HOUR))[0] == [close, count, post]


async def test_a_post_that_is_tried_again_is_due_since_its_first_try(store: Store) -> None:
    """Not while it is being sent; then it is due since that first try, also before the next one."""
    wave = await a_wave(store)
    first = wave.opened_at + HOUR
    (post,) = await store.outbox.claim(now=first, lease=HOUR, limit=1)
    due, sizes = await store.overdue.look(first)
    assert (due, sizes[PostState.SENDING]) == ([], 1)
    await store.outbox.again(post, not_before=first + HOUR, error="ratelimited")
    for now in (first, first + HOUR):
        assert (await store.overdue.look(now))[0] == [DueWork(kind=PostKind.WAVE, count=1, since=first)]


async def test_a_notice_whose_time_nobody_has_noted_is_known_by_its_place(store: Store) -> None:
    """The oldest one is the same as long as its place in the queue is."""
    for key in ("one", "two"):
        await store.outbox.notice(team_id=TEAM, key=key, user_id="U1", text=key)
    (found,), _ = await store.overdue.look(MONDAY)
    assert found == DueWork(kind=PostKind.NOTICE, count=2, since=None, undated=1)
