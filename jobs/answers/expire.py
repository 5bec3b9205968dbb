"""Deletes what was promised to be kept for a time only, once that is over."""

from datetime import UTC, datetime

from jobs.privacy.look import LONGEST_WAIT
from storage.records import MARKS_KEPT
from storage.store import Store


async def expire_due(store: Store, *, now: datetime) -> None:
    """Delete who took part in rounds of more than 400 days ago, and comments not listed for 26 weeks.

    The rounds stay, and what was listed. With them goes what is kept for reminders and holds nothing back.
    """
    await store.rounds.expire_marks((now - MARKS_KEPT).astimezone(UTC).date())
    await store.listed_comments.expire_unlisted(now - LONGEST_WAIT)
    await store.reminders.expire(now)
    await store.pauses.expire(now)
