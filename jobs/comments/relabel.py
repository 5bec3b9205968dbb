"""Reads old comments again with the classifier of today; what a lead corrected stays corrected."""

from collections.abc import Callable

from jobs.classification import Classifier
from storage.store import Store

BATCH = 200


async def reclassify(store: Store, classifier: Classifier, *, advance: Callable[[int], None]) -> int:
    """Label every comment whose label is of another version, in batches; gives how many.

    `advance` is told after each batch how many were done. It can be stopped at any moment and begun again:
    what has today's version is passed over.
    """
    done = 0
    while comments := await store.comments.outdated(classifier.version, limit=BATCH):
        await store.comments.label_all([(each, classifier.classify(each.text)) for each in comments])
        done += len(comments)
        advance(len(comments))
    return done
