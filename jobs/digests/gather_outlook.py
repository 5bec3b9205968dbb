"""What an edition without new scores says of what comes next: gathered when it is made."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from jobs.cadence import first_from, still_to_come
from jobs.contrast.outlook import NextAsked, Outlook, outlook_to_json, results_on
from jobs.delivery.where_results import link_to
from jobs.digests.preview import EditionNow, may_name
from jobs.slack.directory import Directory
from storage.records import AskedQuestion, Digest
from storage.store import Store


async def outlook_of(
    store: Store,
    client: AsyncWebClient,
    directory: Directory,
    digest: Digest,
    made: EditionNow,
    *,
    now: datetime,
) -> dict[str, Any]:
    """The outlook of an edition as JSON: the scores that stand, what is asked next, when results come."""
    last, here = made.last_full, ZoneInfo(digest.zone)
    since = made.last.made_at if made.last else digest.created_at
    return outlook_to_json(
        Outlook(
            made_on=now.astimezone(here).date(),
            same_as=last.made_at.astimezone(here).date() if last else None,
            link=await link_to(store, client, last.team_id, last.id) if last else None,
            none_closed=not _closed_since(made.found.asked.questions, since),
            next_asked=await _next_asked(store, directory, digest, now),
            results=results_on(made.found.contrast, lambda moment: edition_day(digest, moment)),
        )
    )


def edition_day(digest: Digest, moment: datetime) -> date:
    """The day, on the digest's clock, of its first edition at a moment or later."""
    due = first_from(digest.cadence, digest.zone, moment)
    return due.at.astimezone(ZoneInfo(digest.zone)).date()


async def _next_asked(store: Store, directory: Directory, digest: Digest, now: datetime) -> NextAsked | None:
    """The next question of a schedule in the channels that are read."""
    about = digest.product
    planned = await store.questions.planned(
        digest.team_id, digest.sources, product_id=about.id, whole=about.whole
    )
    pulse = next(iter(still_to_come(planned, now)), None)
    if pulse is None or pulse.next_at is None:
        return None
    named = await may_name(directory, digest, pulse.channel_id)
    return NextAsked(
        instrument=pulse.instrument,
        channel_id=pulse.channel_id if named else None,
        on=pulse.next_at.astimezone(ZoneInfo(pulse.zone)).date(),
    )


def _closed_since(questions: Collection[AskedQuestion], since: datetime) -> bool:
    """Whether a question has closed since a moment without a score: those with one are news."""
    waves = (wave for asked in questions for wave in asked.uncounted)
    return any(wave.closed_at is not None and wave.closed_at >= since for wave in waves)
