"""Labels comments that were kept without a label, because classifying failed when they came."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from jobs.delivery.tell_owner import tell_unlabelled
from jobs.steps import Item, StepRunner
from storage.records import Comment, Label
from storage.store import Store

BATCH = 100
MOST_READ = 2_000  # comments in one go, those that are left alone among them


class NotClassified(Exception):
    """Classifying a comment failed. The text says how, without the comment's words."""


async def label_due(
    store: Store, classify: Callable[[str], Label], runner: StepRunner, *, now: datetime
) -> None:
    """Classify up to 100 unlabelled comments; one that fails is left alone for a while."""
    items = [
        Item(
            name=f"labelling comment {comment.id} of team {comment.team_id}",
            run=partial(_label, store, classify, comment),
            tell=partial(_tell, store, comment),
        )
        for comment in await store.comments.unlabelled(MOST_READ)
    ]
    ready = [item for item in items if not runner.rests(item.name, now)]
    await runner.run_all(ready[:BATCH], now=now)


async def _label(store: Store, classify: Callable[[str], Label], comment: Comment) -> None:
    try:
        label = classify(comment.text)
    except Exception as error:  # noqa: BLE001 - whatever it is, the comment is kept and tried again
        raise NotClassified(type(error).__name__) from None  # its text may hold the comment's words
    await store.comments.label(comment.team_id, comment.id, label)


async def _tell(store: Store, comment: Comment) -> None:
    wave = await store.waves.get(comment.team_id, comment.wave_id)
    if wave:
        await tell_unlabelled(store, wave)
