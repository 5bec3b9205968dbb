"""When comments are listed, and for how long."""

import pytest

from jobs.privacy.batch_rule import is_listed, may_be_quoted, next_batch
from storage.records import NewBatch, UnlistedComment


def written(*writers: str, promise: int = 5) -> list[UnlistedComment]:
    """Comments of these people, one after the other."""
    return [
        UnlistedComment(id=f"c{place}", writer=writer, promise=promise)
        for place, writer in enumerate(writers)
    ]


def test_five_different_people() -> None:
    """Comments are listed when five different people have written; all of them at once."""
    assert next_batch(written("a", "b", "c", "d", "a", "b"), k=5) is None
    batch = next_batch(written("a", "b", "c", "d", "a", "e"), k=5)
    assert batch == NewBatch(comments=frozenset({"c0", "c1", "c2", "c3", "c4", "c5"}), need=5)


def test_no_comment_no_batch() -> None:
    """Nothing is listed where nothing is written."""
    assert next_batch([], k=5) is None


@pytest.mark.parametrize("k,promise", [(6, 5), (5, 6)])
def test_a_larger_promise(k: int, promise: int) -> None:
    """The largest promise under any of them holds, and the setting; also for what must be left."""
    comments = [*written("a", "b", "c", "d"), *written("e", promise=promise)]
    assert next_batch(comments, k=k) is None
    batch = next_batch([*comments, *written("f")], k=k)
    assert batch is not None
    assert batch.need == 6


def test_too_few_left() -> None:
    """A batch with fewer than it needs left is listed no more."""
    assert [is_listed(left, 5) for left in (4, 5, 6)] == [False, True, True]


def test_the_newest_with_a_tick_is_quoted() -> None:
    """A quotation comes from the newest batch in which anybody ticked; from none where nobody did."""
    assert may_be_quoted([(), ("b",), ("a",)]) == ("b",)
    assert may_be_quoted([()]) == ()
