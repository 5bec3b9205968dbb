"""Labels comments and saved messages that were kept without a label, because classifying failed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from jobs.delivery.tell_owner import tell_unlabelled
from jobs.steps import Item, StepRunner
from storage.records import Comment, Label, SavedMessage
from storage.store import Store

BATCH = 100
Written = TypeVar("Written", Comment, SavedMessage)
MOST_READ = 2_000  # comments in one go, those that are left alone among them


class NotClassified(Exception):
    """Classifying a comment failed. The text says how, without the comment's words."""


async def label_due(
    store: Store, classify: Callable[[str], Label], runner: StepRunner, *, now: datetime
) -> None:
    """Classify up to 100 unlabelled comments and as many saved messages; keep their labels in two writes.

    One that fails is left alone for a while.
    """
    await _label_saved(store, classify, runner, now=now)
    labels: list[tuple[Comment, Label]] = []
    items = [
        Item(
            name=f"labelling comment {comment.id} of team {comment.team_id}",
            run=partial(_read, classify, comment, labels),
            tell=partial(_tell, store, comment),
        )
        for comment in await store.comments.unlabelled(MOST_READ)
    ]
    ready = [item for item in items if not runner.rests(item.name, now)]
    await runner.run_all(ready[:BATCH], now=now)
    if labels:
        await store.comments.label_all(labels)


async def _label_saved(
    store: Store, classify: Callable[[str], Label], runner: StepRunner, *, now: datetime
) -> None:
    labels: list[tuple[SavedMessage, Label]] = []
    items = [
        Item(
            name=f"labelling saved message {saved.id} of team {saved.team_id}",
            run=partial(_read, classify, saved, labels),
        )
        for saved in await store.saved.unlabelled(MOST_READ)
    ]
    ready = [item for item in items if not runner.rests(item.name, now)]
    await runner.run_all(ready[:BATCH], now=now)
    if labels:
        await store.saved.label_all(labels)


async def _read(
    classify: Callable[[str], Label], written: Written, labels: list[tuple[Written, Label]]
) -> None:
    try:
        labels.append((written, classify(written.text)))
    except Exception as error:  # noqa: BLE001 - whatever it is, the comment is kept and tried again
        raise NotClassified(type(error).__name__) from None  # its text may hold the comment's words


async def _tell(store: Store, comment: Comment) -> None:
    wave = await store.waves.get(comment.team_id, comment.wave_id)
    if wave:
        await tell_unlabelled(store, wave)
