"""Reads old comments and saved messages again with the classifier of today; corrections stay."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from jobs.classification import Classifier
from storage.records import Comment, Label, SavedMessage
from storage.store import Store

LOG = logging.getLogger(__name__)
BATCH = 200
Written = TypeVar("Written", Comment, SavedMessage)


class Relabelled(NamedTuple):
    """How many comments were read again, and how many could not be."""

    read: int
    failed: int


async def reclassify(store: Store, classifier: Classifier, *, advance: Callable[[int], None]) -> Relabelled:
    """Label every comment and saved message whose label is of another version, in batches.

    `advance` is told after each batch how many were gone through. One that cannot be classified is logged,
    and keeps the label it had; none is tried twice. It can be stopped at any moment and begun again: what has
    today's version is passed over.
    """
    read, failed = await _reclassify_saved(store, classifier, advance=advance)
    left = 0
    tried: set[tuple[str, str]] = set()
    while True:
        # Those that keep their old label are found each time: as many more are asked for.
        found = await store.comments.outdated(classifier.version, limit=BATCH + left)
        comments = [each for each in found if (each.team_id, each.id) not in tried]
        if not comments:
            return Relabelled(read, failed)
        tried.update((each.team_id, each.id) for each in comments)
        labels = list(_read(classifier, comments))
        left += len(comments) - await store.comments.label_all(labels)
        read += len(labels)
        failed += len(comments) - len(labels)
        advance(len(comments))


async def _reclassify_saved(
    store: Store, classifier: Classifier, *, advance: Callable[[int], None]
) -> Relabelled:
    messages = await store.saved.outdated(classifier.version)
    labels = list(_read(classifier, messages))
    await store.saved.label_all(labels)
    if messages:
        advance(len(messages))
    return Relabelled(len(labels), len(messages) - len(labels))


def _read(classifier: Classifier, comments: Sequence[Written]) -> Iterator[tuple[Written, Label]]:
    for comment in comments:
        try:
            label = classifier.classify(comment.text)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are read
            # Only its type: its text and its traceback may hold the comment's words.
            LOG.error(  # noqa: TRY400
                "labelling comment %s of team %s failed: %s",
                comment.id,
                comment.team_id,
                type(error).__name__,
            )
        else:
            yield comment, label
