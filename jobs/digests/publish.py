"""Makes the editions of digests that are due, and keeps each with its posts, once for each due time."""

import hashlib
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from jobs.cadence import agenda
from jobs.contrast import to_json
from jobs.contrast.edition_state import EditionState
from jobs.delivery.tell_owner import (
    UNREAD_AFTER,
    tell_failing,
    tell_lost,
    tell_nothing_asked,
    tell_sources_unreadable,
    tell_unread,
)
from jobs.digests.gather_outlook import outlook_of
from jobs.digests.preview import EditionNow, edition_now, may_name, only_asked, without_private_links
from jobs.messages.report.thread import thread
from jobs.permissions.scope import Sources, sources_of, with_deserted
from jobs.privacy.look import CountSettings
from jobs.slack.directory import Directory
from jobs.steps import Item, StepRunner
from storage.records import Digest, Edition, Lens, Occasion, OccasionState, Period
from storage.store import Store

LOG = logging.getLogger(__name__)
MAX_LATE = timedelta(days=3)
PICTURES_WAIT = timedelta(seconds=30)  # the longest that a message waits for its pictures
PATIENCE = timedelta(hours=6)  # with a Slack that does not say who is in a source; then it is left out
AT_ONCE = timedelta(seconds=10)  # within it, a second edition that somebody wants is the same one
LATE = timedelta(minutes=10)  # what comes later than this says so
WHY_NOT = {EditionState.SILENT: "nothing new", EditionState.NEVER_ASKED: "nothing was asked yet"}
"""What the ledger says of a due time for which nothing is posted."""


async def publish_due(
    store: Store,
    client: AsyncWebClient,
    directory: Directory,
    runner: StepRunner,
    counting: CountSettings,
    *,
    now: datetime,
) -> None:
    """Make the edition of every digest that is due; one that fails does not hold up the others."""
    items = [
        Item(
            name=f"the edition of digest {digest.id} of team {digest.team_id}",
            run=partial(publish_one, store, client, directory, digest, counting, now=now),
            tell=partial(
                tell_failing,
                store,
                digest,
                key=f"digest/{digest.id}/{digest.next_at:%Y-%m-%dT%H:%M}",
                what="could not be made",
            ),
        )
        for digest in await store.digests.due(now)
    ]
    await runner.run_all(items, now=now)


async def publish_one(
    store: Store,
    client: AsyncWebClient,
    directory: Directory,
    digest: Digest,
    counting: CountSettings,
    *,
    now: datetime,
) -> None:
    """Make the edition of a digest that is due; where this due time was kept before, go on to the next.

    Where there is nothing to say nothing is posted, and the ledger says so. A digest that was changed, paused
    or removed since it was read is left as it is: the next look decides.
    """
    if digest.next_at is None:
        return
    rule = digest.cadence, digest.zone
    plan = agenda(digest.id, digest.team_id, *rule, next_at=digest.next_at, now=now, max_late=MAX_LATE)
    passed = list(plan.skipped)
    if plan.due is not None and not digest.sources:
        LOG.error("digest %s of team %s: its channels cannot be read", digest.id, digest.team_id)
        await tell_sources_unreadable(store, digest)
        passed.append(replace(plan.due, state=OccasionState.SKIPPED, reason="its channels cannot be read"))
    elif plan.due is not None:
        sources = await sources_of(directory, digest)
        if now < plan.due.due_at + PATIENCE:
            sources.require_told()
        state = await publish(
            store,
            client,
            directory,
            digest,
            sources,
            counting=counting,
            at=now,
            occasion=plan.due,
            skipped=plan.skipped,
            next_at=plan.next_at,
        )
        if state and state.is_posted:
            return
        skipped, why = OccasionState.SKIPPED, WHY_NOT[state] if state else None
        passed.append(replace(plan.due, state=skipped, reason=why) if why else plan.due)
    await store.ledger.skip(occasions=passed, owner="digest", seen=digest.next_at, next_at=plan.next_at)


async def publish(
    store: Store,
    client: AsyncWebClient,
    directory: Directory,
    digest: Digest,
    sources: Sources,
    *,
    counting: CountSettings,
    at: datetime,
    occasion: Occasion | None = None,
    skipped: tuple[Occasion, ...] = (),
    next_at: datetime | None = None,
    request_id: str | None = None,
) -> EditionState | None:
    """Keep an edition and its posts in one transaction, if there is anything to say; gives what it says.

    Without an `occasion` somebody wants it now: `request_id` is Slack's id of that. However often it comes,
    and by hand within seconds, there is one. None when this due time or request was kept before, or the
    digest was changed or removed since it was read. It holds every round that was counted before `at`, in
    which it is made, be it late or not. Of a digest about which nothing was ever asked, its lead is told.
    """
    digest = replace(digest, sources=sources.readable)
    sources = await with_deserted(directory, digest, sources)
    made, edition = await edition_at(
        store, client, directory, digest, sources, counting=counting, at=at, occasion=occasion
    )
    if edition is None:
        if made.state is EditionState.NEVER_ASKED and occasion:
            await tell_nothing_asked(store, digest)
        return made.state
    contrast = made.found.contrast
    if request_id:
        edition = replace(edition, id=_id_of(digest, request_id))
    kept = await store.editions.publish(
        digest=digest,
        edition=edition,
        parts=1 + (len(thread(contrast)) if edition.full else 0),
        occasion=occasion,
        skipped=skipped,
        next_at=next_at,
        pictures_until=at + PICTURES_WAIT if edition.full and contrast.is_shown else None,
        unless_since=None if occasion else at - AT_ONCE,
    )
    LOG.info("edition %s of team %s: %s", edition.id, edition.team_id, made.state if kept else "not due")
    if not kept:
        return None
    cx, ux = made.found.metrics[Lens.CX], made.found.metrics[Lens.UX]  # they go on speaking for their side
    await store.digests.set_metrics(digest.team_id, digest.id, cx_metric=cx, ux_metric=ux)
    for channel_id in made.newly_lost:
        removed = channel_id in sources.removed_from
        await tell_lost(store, digest, channel_id=channel_id, edition_id=edition.id, removed=removed)
    if digest.unclicked + 1 > UNREAD_AFTER:  # six were posted before this one
        await tell_unread(store, digest)
    return made.state


async def edition_at(
    store: Store,
    client: AsyncWebClient,
    directory: Directory,
    digest: Digest,
    sources: Sources,
    *,
    counting: CountSettings,
    at: datetime,
    occasion: Occasion | None = None,
) -> tuple[EditionNow, Edition | None]:
    """What an edition says then, and the edition, not kept; `sources` are looked at by `with_deserted`."""
    made = await edition_now(
        store, client, digest, sources, counting=counting, now=at, requested=occasion is None
    )
    made = await without_private_links(directory, digest, made)
    if not made.state.is_posted:
        return made, None
    contrast = made.found.contrast
    return made, Edition(
        team_id=digest.team_id,
        id=token_hex(8),
        digest_id=digest.id,
        channel_id=digest.channel_id,
        period=contrast.period or Period(at, at),
        made_at=at,
        full=made.shows_scores,
        figures=await _figures(
            store, client, directory, digest, made, sources=sources, at=at, occasion=occasion
        ),
        quotes=contrast.quotes if made.shows_scores else (),
    )


def _id_of(digest: Digest, request_id: str) -> str:
    """The id of the edition that a request makes: the same however often it comes."""
    return hashlib.sha256(f"{digest.team_id}/{digest.id}/{request_id}".encode()).hexdigest()[:16]


async def _figures(
    store: Store,
    client: AsyncWebClient,
    directory: Directory,
    digest: Digest,
    made: EditionNow,
    *,
    sources: Sources,
    at: datetime,
    occasion: Occasion | None,
) -> dict[str, Any]:
    """What is kept of an edition: its figures, what the next one has to know, what it says beside them."""
    figures = to_json(made.found.contrast) | {
        "state": made.state.value,
        "rounds": list(made.found.asked.standing),
        "blocks": list(made.found.blocks),
        "lost": sorted(sources.lost),
    }
    if notes := sources.notes():
        figures["not_read"] = list(notes)
    if made.newly_lost:
        figures["not_in_it"] = [
            {"channel_id": each, "named": await may_name(directory, digest, each)}
            for each in made.newly_lost
            if each in sources.removed_from
        ]
    if occasion and at - occasion.due_at > LATE:
        figures["due_at"] = occasion.due_at.isoformat()
    if only := await only_asked(directory, digest, made.found.contrast):
        figures["only_asked"] = only
    if not made.shows_scores:
        figures["outlook"] = await outlook_of(store, client, directory, digest, made, now=at)
    return figures
