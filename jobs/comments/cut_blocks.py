"""Cuts blocks of listed comments, each once: as soon as it is full and every comment in it has a label."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from jobs.privacy.batch_rule import is_listed
from jobs.privacy.block_rule import BLOCK_FROM, CommentLabel, WaitingBatch, cut_block, next_block
from jobs.steps import Item, StepRunner
from storage.records import Batch, Comment, NewBlock
from storage.store import Store


async def cut_due(store: Store, runner: StepRunner, *, now: datetime) -> None:
    """Make a block of the listed comments on every question that has enough of them."""
    items = [
        Item(
            name=f"cutting comments on question {each.question_id} of team {each.team_id}",
            run=partial(store.listed_comments.cut, each, decide_block),
        )
        for each in await store.listed_comments.filling(BLOCK_FROM)
    ]
    await runner.run_all(items, now=now)


def decide_block(batches: Sequence[Batch]) -> NewBlock | None:
    """The block that the first of these batches (of one question, oldest first) fill, with its cut.

    None while they are too few comments together, or one of them has no label yet. Where one has the label of
    a version that did not look for wishes, none is counted apart: their number would be too small.
    """
    listed = [batch for batch in batches if is_listed(len(batch.comments), batch.need)]
    ids = next_block([WaitingBatch(batch.id, len(batch.comments)) for batch in listed])
    inside = [batch for batch in listed if batch.id in ids]
    comments = [comment for batch in inside for comment in batch.comments]
    if not inside or any(comment.label is None for comment in comments):
        return None
    k = max(batch.need for batch in inside)
    apart = all(comment.wish is not None for comment in comments)
    labels = [_label_of(comment, wish=apart and comment.is_wish) for comment in comments]
    return NewBlock(ids, cut_block(inside[0].lens, labels, k=k))


def _label_of(comment: Comment, *, wish: bool) -> CommentLabel:
    return CommentLabel(comment.sentiment, next(iter(comment.touchpoints), None), wish)
