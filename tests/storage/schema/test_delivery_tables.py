import pytest
from sqlalchemy import UniqueConstraint
from sqlalchemy.exc import IntegrityError

from storage.schema.delivery_tables import DIGEST, OCCASION, POST
from storage.store import Store
from tests.storage.scene import HOUR, MONDAY, TEAM, a_digest, an_edition, publish


def test_an_occasion_is_one_row() -> None:
    """The ledger's key is the owner and the local time, so that a due time can be entered once (rule 3)."""
    assert [column.name for column in OCCASION.primary_key] == ["team_id", "owner_id", "local"]


def test_a_message_is_one_row() -> None:
    """The outbox's keys are the message's own, and what it shows: neither can be posted as two (rule 3)."""
    assert [column.name for column in POST.primary_key] == ["team_id", "key"]
    (unique,) = (each for each in POST.constraints if isinstance(each, UniqueConstraint))
    assert [column.name for column in unique.columns] == ["team_id", "ref", "part"]


def test_a_channel_has_one_digest_of_a_product() -> None:
    """A second order for the same product in the same channel is a change of the first."""
    (unique,) = (each for each in DIGEST.constraints if isinstance(each, UniqueConstraint))
    assert [column.name for column in unique.columns] == ["team_id", "channel_id", "product_id"]


async def test_a_period_that_ends_before_it_starts_is_refused(store: Store) -> None:
    """The database itself knows which way time goes."""
    digest = await a_digest(store)
    await publish(store, digest, an_edition(digest))
    with pytest.raises(IntegrityError):
        await store.database.write(
            lambda connection: connection.exec_driver_sql(
                "UPDATE edition SET period_end = '2020-01-01 00:00:00'"
            )
        )


async def test_no_version_is_sent_that_was_not_wanted(store: Store) -> None:
    """The outbox cannot believe that a version was sent which nobody asked for."""
    digest = await a_digest(store)
    await publish(store, digest, an_edition(digest), parts=1)
    (post,) = await store.outbox.claim(now=MONDAY, lease=HOUR, limit=1)
    with pytest.raises(IntegrityError):
        await store.outbox.sent(post, version=2, slack_ts="1.1", not_before=MONDAY)
    assert await store.outbox.get(TEAM, post.key) == post
