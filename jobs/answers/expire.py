"""Deletes what was promised to be kept for a time only, once that is over."""

from datetime import UTC, datetime, timedelta

from jobs.privacy.look import NOTHING_SET, KeptFor
from storage.records import MARKS_KEPT
from storage.store import Store


async def expire_due(store: Store, *, now: datetime, kept: KeptFor = NOTHING_SET) -> None:
    """Delete who took part in rounds of more than 400 days ago, and comments that were not listed in time.

    The rounds stay, and what was listed, as long as the setting says. With them goes what is kept for
    reminders and holds nothing back.
    """
    await store.rounds.expire_marks((now - MARKS_KEPT).astimezone(UTC).date())
    await store.listed_comments.expire_unlisted(now - timedelta(weeks=kept.waiting))
    if kept.comments:
        await store.retention.erase_comments(now - timedelta(weeks=kept.comments))
    await store.reminders.expire(now)
    await store.pauses.expire(now)
