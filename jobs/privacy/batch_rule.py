"""When comments are listed, and for how long. Pure.

Comments are listed in batches, each of so many people that none of them can be told by when it came. A batch
is made in the counting step, whether ratings are counted or wait, and never because somebody looks.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from storage.records import NewBatch, UnlistedComment

Comment = TypeVar("Comment")


def next_batch(comments: Sequence[UnlistedComment], *, k: int) -> NewBatch | None:
    """The batch that all unlisted comments of one question make; None while too few people have written."""
    need = max([k, *(comment.promise for comment in comments)])
    if len({comment.writer for comment in comments}) < need:
        return None
    return NewBatch(comments=frozenset(comment.id for comment in comments), need=need)


def is_listed(left: int, need: int) -> bool:
    """Whether a batch is still listed with so many comments left in it."""
    return left >= need


def may_be_quoted(batches: Iterable[Sequence[Comment]]) -> Sequence[Comment]:
    """The comments of which one may be quoted, at random: of the newest batch that has any.

    `batches` are those that are listed, newest first, each with its comments that may be quoted.
    """
    return next((comments for comments in batches if comments), ())
