"""Blocks of comments: how they fill, how they are cut, once, and how cuts are added up. Pure.

Whole batches of one question join to a block until it has 20 comments. Then it is cut: by tone, wishes apart,
by topic, and by how many are about the other side. A cut is kept as it was made; whoever looks later sees the
same.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeVar

from jobs.privacy.remainder_rule import Part, may_be_shown
from storage.records import Across, BlockCut, Lens, Sentiment, Touchpoint

BLOCK_FROM = 20
"""Comments from which on a block is full."""
TONES = tuple(tone for tone in Sentiment if tone is not Sentiment.EMPTY)
TOPICS = tuple(topic for topic in Touchpoint if topic.lens)

_WISHES, _WITH_TOPIC, _ABOUT_OTHER = "wishes", "with_topic", "about_other"
KINDS: tuple[Hashable, ...] = (*TONES, _WISHES)
Cells = Mapping[Hashable, frozenset[int]]
Cell = TypeVar("Cell", Sentiment, Touchpoint)


class WaitingBatch(NamedTuple):
    """A listed batch that is in no block yet, with how many comments are left in it."""

    id: str
    left: int


class CommentLabel(NamedTuple):
    """What a comment counts as at the moment of the cut: a wish, or else its tone; and its first topic."""

    tone: Sentiment | None
    topic: Touchpoint | None
    wish: bool = False

    @property
    def kind(self) -> Hashable:
        """A wish is no complaint and no praise: it is in no tone."""
        return _WISHES if self.wish else self.tone


def next_block(batches: Sequence[WaitingBatch]) -> tuple[str, ...]:
    """The batches, oldest first, that fill a block; none while they are too few comments together."""
    for end, comments in enumerate(accumulate(batch.left for batch in batches), start=1):
        if comments >= BLOCK_FROM:
            return tuple(batch.id for batch in batches[:end])
    return ()


def cut_block(lens: Lens, labels: Sequence[CommentLabel], *, k: int) -> BlockCut:
    """The cut of a full block of comments on one side; `k` is the largest promise under any of them."""
    total = len(labels)
    kinds = Counter(label.kind for label in labels)
    topics = Counter(label.topic for label in labels)
    shown_kinds, shown_topics = _apart(
        _cells(labels, may_be_shown(Part("all", total, tuple(Part(kind, kinds[kind]) for kind in KINDS)), k)),
        _cells(labels, may_be_shown(_topics_and_across(lens, total, topics, k), k), lens),
        k,
    )
    return BlockCut(
        comments=total,
        need=k,
        tones={tone: kinds[tone] for tone in TONES if tone in shown_kinds},
        wishes=kinds[_WISHES] if _WISHES in shown_kinds else None,
        topics={topic: topics[topic] for topic in TOPICS if topic in shown_topics},
        across=_across(lens, total, topics, shown_topics, k),
    )


def add_cuts(cuts: Sequence[BlockCut]) -> BlockCut | None:
    """The cuts of several channels as one; None without any.

    A number that is hidden in one of them is hidden, and "fewer than" is never said of a sum.
    """
    if len(cuts) < 2:  # noqa: PLR2004 (one cut is no sum)
        return next(iter(cuts), None)
    across = [cut.across for cut in cuts if cut.across and cut.across.about_other is not None]
    return BlockCut(
        comments=sum(cut.comments for cut in cuts),
        need=max(cut.need for cut in cuts),
        tones=_shown_in_all([cut.tones for cut in cuts]),
        wishes=_sum_if_shown([cut.wishes for cut in cuts]),
        topics=_shown_in_all([cut.topics for cut in cuts]),
        across=Across(
            comments=sum(one.comments for one in across),
            about_other=sum(one.about_other or 0 for one in across),
        )
        if len(across) == len(cuts)
        else None,
    )


def _cells(labels: Sequence[CommentLabel], shown: Iterable[Hashable], lens: Lens | None = None) -> Cells:
    """The places of the comments behind each shown number; of kinds, or of topics on the side of a lens."""

    def counts(label: CommentLabel, name: Hashable) -> bool:
        if name == _WITH_TOPIC:
            return label.topic in TOPICS
        if name == _ABOUT_OTHER:
            return label.topic is not None and lens is not None and label.topic.lens is lens.other
        return name in {label.kind, label.topic}

    return {name: frozenset(at for at, label in enumerate(labels) if counts(label, name)) for name in shown}


def _apart(kinds: Cells, topics: Cells, k: int) -> tuple[Collection[Hashable], Collection[Hashable]]:
    """The names of the kinds and topics that stay shown beside each other.

    By chance a number of one cut may lie in one of the other: where all six comments about support are among
    nine negative ones, 9 less 6 tells of three. Then the smaller one is hidden.
    """
    kinds, topics = dict(kinds), dict(topics)
    while True:
        if (topic := _too_close(kinds, topics, k)) is not None:
            del topics[topic]
        elif (kind := _too_close(topics, kinds, k)) is not None:
            del kinds[kind]
        else:
            return kinds.keys(), topics.keys()


def _too_close(around: Cells, within: Cells, k: int) -> Hashable | None:
    """The smallest of those `within` that leave fewer than `k` of one `around` them; None where none does."""
    for whole in around.values():
        inside = sorted(
            (name for name in within if within[name] <= whole), key=lambda name: len(within[name])
        )
        for parts in (*([name] for name in inside), inside):
            if parts and 0 < len(whole.difference(*(within[name] for name in parts))) < k:
                return parts[0]
    return None


def _topics_and_across(lens: Lens, total: int, topics: Mapping[Touchpoint | None, int], k: int) -> Part:
    """All comments, in them those with a topic of a side, in them those about the other side, and topics."""
    other, own = (
        tuple(Part(topic, topics[topic]) for topic in TOPICS if topic.lens is side)
        for side in (lens.other, lens)
    )
    about_other = Part(_ABOUT_OTHER, _sum(other), other)
    with_topic = _sum((about_other, *own))
    if total - with_topic < k:
        return Part("all", total, (about_other, *own))
    return Part("all", total, (Part(_WITH_TOPIC, with_topic, (about_other, *own)),))


def _across(
    lens: Lens, total: int, topics: Mapping[Touchpoint | None, int], shown: Iterable[object], k: int
) -> Across | None:
    about_other = sum(topics[topic] for topic in TOPICS if topic.lens is lens.other)
    with_topic = sum(topics[topic] for topic in TOPICS)
    apart = total - with_topic >= k
    comments = with_topic if apart else total
    if apart and _WITH_TOPIC not in shown:
        return None
    if about_other < k:
        return Across(comments=comments, about_other=None)
    return Across(comments=comments, about_other=about_other) if _ABOUT_OTHER in shown else None


def _shown_in_all(cells: Sequence[Mapping[Cell, int]]) -> dict[Cell, int]:
    return {cell: sum(one[cell] for one in cells) for cell in cells[0] if all(cell in one for one in cells)}


def _sum_if_shown(numbers: Sequence[int | None]) -> int | None:
    shown = [number for number in numbers if number is not None]
    return sum(shown) if len(shown) == len(numbers) else None


def _sum(parts: Iterable[Part]) -> int:
    return sum(part.count for part in parts)
