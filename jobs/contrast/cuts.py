"""Counts of the comments of one side, by tone, by topic, and by which side they are about. Pure.

Nobody may be picked out, not even by subtraction. Each number that is shown is at least the smallest group,
and every rest that readers can work out from numbers shown together is nobody or at least as many. If fewer
than ten people wrote and all of them wrote alike, nothing is shown: whoever knows that a person wrote would
know what. People who wrote nothing have no tone and no topic, so their number tells nothing of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from jobs.contrast.record import Crossing
from jobs.privacy import showable
from jobs.privacy.round_rule import NUMBER_FROM
from storage.records import Comment, Lens, Sentiment, Touchpoint

_TONES = (
    Sentiment.NEGATIVE,
    Sentiment.NEUTRAL,
    Sentiment.POSITIVE,
    Sentiment.UNSURE,
    Sentiment.UNCLASSIFIED,
)

Cell = TypeVar("Cell", Sentiment, Touchpoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """What may be shown of the comments of a side; by default nothing."""

    wrote: int | None = None
    tone: Mapping[Sentiment, int] | None = None
    topics: tuple[tuple[Touchpoint, int], ...] = ()
    crossing: Crossing | None = None
    cut_from: tuple[str, ...] = ()


class _Whole(NamedTuple):
    """A number that readers know, and which cells are part of it."""

    size: int
    cells: frozenset[object]


def cut(lens: Lens, comments: Sequence[Comment], *, n: int, min_group: int, last: Sequence[str] = ()) -> Cuts:
    """The counts that may be shown of a side's comments, one a person, of `n` people who answered.

    `last` are the ids of the comments that were last counted. While at least 1 and fewer than `min_group`
    of them changed, nothing is shown: two counts could be compared to find one comment.
    """
    ids = tuple(sorted(comment.id for comment in comments))
    wrote = len(ids)
    changed = len(set(ids) ^ set(last)) if last else 0
    if n < NUMBER_FROM or wrote < min_group or not showable(changed, min_group):
        return Cuts(cut_from=tuple(last))
    tones = Counter(tone for comment in comments if (tone := comment.sentiment) in _TONES)
    topics = Counter(comment.touchpoints[0] for comment in comments if comment.touchpoints)
    crossing = _crossing(lens, topics, wrote=wrote, min_group=min_group)
    wholes = [
        _Whole(n, frozenset(topics)),
        _Whole(wrote, frozenset(topics)),
        *_known(lens, topics, crossing),
    ]
    del topics[Touchpoint.OTHER]
    return Cuts(
        wrote=wrote,
        tone=dict(_cells(tones, [_Whole(wrote, frozenset(tones))], wrote=wrote, min_group=min_group)) or None,
        topics=tuple(_cells(topics, wholes, wrote=wrote, min_group=min_group)),
        crossing=crossing,
        cut_from=ids,
    )


def _cells(
    counts: Mapping[Cell, int], wholes: Iterable[_Whole], *, wrote: int, min_group: int
) -> list[tuple[Cell, int]]:
    """The cells to show, largest first: no small one, and no small rest of a number that readers know.

    Where a rest is too small, the smallest shown cell of that number is hidden with it.
    """
    shown = {
        cell: count for cell, count in counts.items() if count >= min_group and not _unanimous(wrote, count)
    }
    while small := _too_small_a_rest(shown, wholes, min_group):
        del shown[min(small, key=lambda cell: (shown[cell], cell))]
    return sorted(shown.items(), key=lambda item: (-item[1], item[0]))


def _too_small_a_rest(shown: Mapping[Cell, int], wholes: Iterable[_Whole], min_group: int) -> list[Cell]:
    """The shown cells of the first known number that leaves too small a rest; empty where none does."""
    for size, cells in wholes:
        inside = [cell for cell in shown if cell in cells]
        if not showable(size - sum(shown[cell] for cell in inside), min_group):
            return inside
    return []


def _unanimous(wrote: int, alike: int) -> bool:
    """Whether few people wrote and all wrote alike: then to know who wrote is to know what they wrote."""
    return wrote < NUMBER_FROM and wrote == alike


def _crossing(lens: Lens, topics: Mapping[Touchpoint, int], *, wrote: int, min_group: int) -> Crossing | None:
    """How many comments are about the other side; None where that, or the rest, would be too few to show.

    Comments without a topic are left out of the base; where they are too few for that, the base is all.
    """
    about = sum(count for topic, count in topics.items() if topic.lens is lens.other)
    comments = sum(count for topic, count in topics.items() if topic.lens)
    unknown = wrote - comments
    if showable(unknown, min_group):
        unknown = 0
    else:
        comments = wrote
    if comments < min_group:
        return None
    if about + unknown < min_group:
        return Crossing(comments=comments, about_other=None)
    if about < min_group or not showable(comments - about, min_group) or _unanimous(wrote, about):
        return None
    return Crossing(comments=comments, about_other=about)


def _known(lens: Lens, topics: Iterable[Touchpoint], crossing: Crossing | None) -> list[_Whole]:
    """The numbers of a crossing, with the topics that readers know to lie in them."""
    if crossing is None:
        return []
    if crossing.about_other is None:
        return [_Whole(crossing.comments, frozenset(topic for topic in topics if topic.lens))]
    return [
        _Whole(crossing.about_other, frozenset(topic for topic in topics if topic.lens is lens.other)),
        _Whole(
            crossing.comments - crossing.about_other,
            frozenset(topic for topic in topics if topic.lens is lens),
        ),
    ]
