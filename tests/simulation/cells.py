"""The shown cells of a cut of comments: by name, and which comments each of them holds."""

from collections.abc import Iterable, Iterator

from jobs.privacy.block_rule import CommentLabel
from storage.records import BlockCut, Sentiment
from tests.simulation.state import Written

WISHES = "wishes"
KINDS = frozenset({*map(str, Sentiment), WISHES})
"""A comment is in one of these cells at most, and in one topic at most."""


def label_of(one: Written) -> CommentLabel:
    """What a comment counts as."""
    return CommentLabel(one.tone, one.topic, one.wish)


def shown_cells(cut: BlockCut) -> Iterator[str]:
    """The names of the numbers of a cut."""
    yield from map(str, (*cut.tones, *cut.topics))
    if cut.wishes is not None:
        yield WISHES


def cells_of(cut: BlockCut, comments: Iterable[Written]) -> dict[str, frozenset[str]]:
    """The comments behind each number."""
    names = {one.comment.text: {str(label_of(one).kind), str(one.topic)} for one in comments}
    return {
        cell: frozenset(text for text, held in names.items() if cell in held) for cell in shown_cells(cut)
    }
