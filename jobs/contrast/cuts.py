"""What the comments on one side show: the cuts of their blocks, how far the next one is, what may be quoted.

A cut was made once and is only repeated: every contrast over the same channels shows the same. Pure.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from jobs.privacy.batch_rule import is_listed, may_be_quoted
from jobs.privacy.block_rule import add_cuts
from storage.records import Batch, BlockCut, Comment, Quote, Touchpoint

_LEADS_BY = 3  # people by which another topic must lead the one that the last edition has named
_LONGEST = 200  # characters: the whole message is read in 20 seconds, and a quote is word for word
_POINTS_AT_SOMEBODY = re.compile(r"<[@#!]|(?<!\w)@\w|\S@\S|https?://|www\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SideComments:
    """The comments of a side, as far as anybody may know of them.

    `cut` is None before the first block is cut, and `cut_of_one` says that it is of one block, so no sum.
    Before the first cut, `waiting` listed comments are on the way to it, on the question that is nearest. One
    of `quotable` may be quoted; they came to be listed at `quotable_since`.
    `blocks` are the ids of the blocks that were cut. `topic` is what is most written about lately.
    """

    cut: BlockCut | None = None
    cut_of_one: bool = False
    waiting: int = 0
    quotable: tuple[Comment, ...] = ()
    quotable_since: datetime | None = None
    blocks: frozenset[str] = frozenset()
    topic: Touchpoint | None = None


def side_comments(
    batches: Sequence[Batch],
    cuts: Sequence[BlockCut],
    *,
    quoted: Collection[str] = (),
    recent: Sequence[BlockCut] = (),
    last_topic: Touchpoint | None = None,
) -> SideComments:
    """What the batches (newest first) and the cuts of blocks of a side allow.

    `quoted` are the ids of comments that were quoted before, and are not again. `recent` are the cuts of the
    last half year, `last_topic` is what the last edition named as most written about.
    """
    listed = [batch for batch in batches if is_listed(len(batch.comments), batch.need)]
    waiting: Counter[str] = Counter()
    for batch in listed:
        if batch.block_id is None and not batch.never_cut:
            waiting[batch.question_id] += len(batch.comments)
    ticked = may_be_quoted(
        [[(batch.listed_at, comment) for comment in quotable(batch.comments)] for batch in listed]
    )
    return SideComments(
        cut=add_cuts(cuts),
        cut_of_one=len(cuts) == 1,
        waiting=max(waiting.values(), default=0),
        quotable=tuple(comment for _, comment in ticked if comment.id not in quoted),
        quotable_since=next((listed_at for listed_at, _ in ticked), None),
        blocks=frozenset(batch.block_id for batch in batches if batch.block_id),
        topic=_most_written(recent, last_topic),
    )


def _most_written(cuts: Sequence[BlockCut], last: Touchpoint | None) -> Touchpoint | None:
    """The topic with most people in what these cuts show; the last one, while no other leads it by three.

    It is a count, not a test. What a cut hides counts as nobody.
    """
    people: Counter[Touchpoint] = Counter()
    for cut in cuts:
        people.update(cut.topics)
    need = max((cut.need for cut in cuts), default=0)
    shown = {topic: count for topic, count in people.items() if count >= need}
    first = min(shown, key=lambda topic: (-shown[topic], topic), default=None)
    if first is None or last is None or last not in shown:
        return first
    return last if shown[first] - shown[last] < _LEADS_BY else first


def newest_quotable(sides: Iterable[SideComments]) -> list[Comment]:
    """The comments that may be quoted, of the side on which such were listed last; of both, if at once."""
    found = [side for side in sides if side.quotable_since]
    last = max((side.quotable_since for side in found if side.quotable_since), default=None)
    return [comment for side in found if side.quotable_since == last for comment in side.quotable]


def quotable(comments: Iterable[Comment]) -> list[Comment]:
    """Those that their authors allow to be quoted, in the order of their ids.

    Never one that a lead hid, that holds a link, a mention or an address, or that is too long for a digest.
    """
    return sorted(filter(_may_be_quoted, comments), key=lambda comment: comment.id)


def choose_quotes(
    comments: Sequence[Comment], *, seed: int, shown: Collection[str] = (), more: int = 0
) -> tuple[Quote, ...]:
    """One of these, and after it up to so many `more`, at random, so that the choice tells no writer.

    One of those ids that were `shown` before gives way to any other, and is none of the others.
    """
    new = [comment for comment in comments if comment.id not in shown]
    draw = Random(seed)  # noqa: S311 - a choice, not a secret
    chosen = (
        draw.sample(new, min(len(new), 1 + more)) if new else draw.sample(comments, min(len(comments), 1))
    )
    return tuple(
        Quote(comment_id=each.id, text=each.text.strip(), touchpoint=None, wish=each.is_wish)
        for each in chosen
    )


def _may_be_quoted(comment: Comment) -> bool:
    text = comment.text.strip()
    return (
        comment.may_quote
        and not comment.hidden
        and 0 < len(text) <= _LONGEST
        and not _POINTS_AT_SOMEBODY.search(text)
    )
