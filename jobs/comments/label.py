"""Labels comments that were kept without a label, because classifying failed when they came."""

import logging
from collections.abc import Callable

from storage.records import Label
from storage.store import Store

LOG = logging.getLogger(__name__)
BATCH = 100


async def label_due(store: Store, classify: Callable[[str], Label]) -> None:
    """Classify up to 100 unlabelled comments; one that fails is left for the next tick."""
    for comment in await store.comments.unlabelled(BATCH):
        try:
            label = classify(comment.text)
        except Exception as error:  # noqa: BLE001 - a later version may read it
            LOG.warning("comment %s not classified: %s", comment.id, type(error).__name__)
            continue
        await store.comments.label(comment.team_id, comment.id, label)
