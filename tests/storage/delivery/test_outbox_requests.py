import pytest
from sqlalchemy import Connection

from storage.delivery.outbox_requests import enqueue, new_post, request_delete, request_update
from storage.records import Post, PostKind, PostState
from storage.store import Store
from tests.storage.scene import HOUR, MONDAY, TEAM


async def a_post(store: Store, **changes: object) -> Post:
    """The message of a wave, in some state."""
    new = new_post(PostKind.WAVE, team_id=TEAM, ref="w1", channel_id="C1")
    post = Post(**{**{name: getattr(new, name) for name in Post.__dataclass_fields__}, **changes})
    assert await store.database.write(lambda connection: enqueue(connection, post))
    return post


async def after(store: Store, change: object) -> Post:
    """That message after a change."""
    assert callable(change)
    await store.database.write(change)
    post = await store.outbox.post_for(TEAM, "w1")
    assert post is not None
    return post


@pytest.mark.parametrize(
    "kind,part,key",
    [(PostKind.WAVE, 0, "wave/x"), (PostKind.EDITION, 2, "edition/x/2"), (PostKind.NOTICE, 0, "x")],
)
def test_a_key_says_what_is_shown(kind: PostKind, part: int, key: str) -> None:
    """The unique key names the wave or edition and the part; a notice brings its own."""
    assert new_post(kind, team_id=TEAM, ref="x", channel_id="C1", part=part).key == key


async def test_a_message_is_wanted_once(store: Store) -> None:
    """A second message of the same key is refused."""
    post = await a_post(store)
    assert not await store.database.write(lambda connection: enqueue(connection, post))


@pytest.mark.parametrize(
    "state,expected",
    [
        (PostState.PENDING, PostState.PENDING),
        (PostState.SENT, PostState.PENDING),
        (PostState.SENDING, PostState.SENDING),
        (PostState.UNKNOWN, PostState.UNKNOWN),
        (PostState.FAILED, PostState.FAILED),
        (PostState.DELETED, PostState.DELETED),
    ],
)
async def test_a_bump_wakes_only_what_was_sent(store: Store, state: PostState, expected: PostState) -> None:
    """A new version is due if Slack shows an older one; nothing else starts again."""
    await a_post(store, state=state, sent=1)

    def change(connection: Connection) -> None:
        request_update(connection, TEAM, ["w1", "w2"])

    post = await after(store, change)
    assert (post.wanted, post.state, post.delete) == (2, expected, False)


@pytest.mark.parametrize(
    "state,shown,expected",
    [
        (PostState.PENDING, None, PostState.PENDING),
        (PostState.SENT, "1.1", PostState.PENDING),
        (PostState.SENDING, "1.1", PostState.SENDING),
        (PostState.FAILED, "1.1", PostState.PENDING),
        (PostState.FAILED, None, PostState.FAILED),
        (PostState.UNKNOWN, None, PostState.UNKNOWN),
    ],
)
async def test_a_withdrawal_is_due_where_something_is_shown(
    store: Store, state: PostState, shown: str | None, expected: PostState
) -> None:
    """What Slack shows, or may still be made to show, is to be deleted; what never arrived is not."""
    await a_post(store, state=state, slack_ts=shown)

    def change(connection: Connection) -> None:
        request_delete(connection, TEAM, "w1")

    post = await after(store, change)
    assert (post.delete, post.state) == (True, expected)


async def test_a_message_comes_back_as_it_was(store: Store) -> None:
    """Every field of a message is kept."""
    post = await a_post(
        store,
        state=PostState.SENDING,
        wanted=5,
        sent=4,
        delete=True,
        attempts=2,
        first_try_at=MONDAY,
        lease_until=MONDAY + HOUR,
        not_before=MONDAY,
        slack_ts="1.1",
        error="ratelimited",
        text="Hello.",
    )
    assert await store.outbox.get(TEAM, post.key) == post
