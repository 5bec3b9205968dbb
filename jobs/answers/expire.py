"""Deletes what was promised to be kept for a time only, once that is over."""

from datetime import UTC, datetime

from storage.records import MARKS_KEPT
from storage.store import Store


async def expire_due(store: Store, *, now: datetime) -> None:
    """Delete who took part in rounds of more than 400 days ago; the rounds stay."""
    await store.rounds.expire_marks((now - MARKS_KEPT).astimezone(UTC).date())
