"""Makes the editions of digests that are due, and keeps each with its posts, once for each due time."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex

from slack_sdk.web.async_client import AsyncWebClient

from jobs.cadence import agenda
from jobs.contrast import to_json
from jobs.delivery.tell_owner import tell_failing
from jobs.digests.preview import contrast_for_digest
from jobs.figures.gather_rounds import AskedRounds
from jobs.messages.report.thread import thread
from jobs.permissions.scope import sources_of
from jobs.privacy.look import CountSettings
from jobs.slack.directory import Directory
from jobs.slack.permalink import permalink
from jobs.steps import Item, StepRunner
from storage.records import Digest, Edition, Lens, Occasion, Period
from storage.store import Store

LOG = logging.getLogger(__name__)
MAX_LATE = timedelta(days=3)
PATIENCE = timedelta(hours=6)  # with a Slack that does not say who is in a source; then it is left out


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

    A digest that was changed, paused or removed since it was read is left as it is: the next look decides.
    """
    if digest.next_at is None:
        return
    plan = agenda(
        digest.id,
        digest.team_id,
        digest.cadence,
        digest.zone,
        next_at=digest.next_at,
        now=now,
        max_late=MAX_LATE,
    )
    published = False
    if plan.due is not None:
        sources = await sources_of(directory, digest)
        if now < plan.due.due_at + PATIENCE:
            sources.require_told()
        published = await publish(
            store,
            client,
            replace(digest, sources=sources.readable),
            counting,
            at=now,
            occasion=plan.due,
            skipped=plan.skipped,
            next_at=plan.next_at,
            notes=sources.notes(),
        )
    if not published:
        passed = [*plan.skipped, *([plan.due] if plan.due else [])]
        await store.ledger.skip(occasions=passed, owner="digest", seen=digest.next_at, next_at=plan.next_at)


async def publish(
    store: Store,
    client: AsyncWebClient,
    digest: Digest,
    counting: CountSettings,
    *,
    at: datetime,
    occasion: Occasion | None = None,
    skipped: tuple[Occasion, ...] = (),
    next_at: datetime | None = None,
    notes: Sequence[str] = (),
) -> bool:
    """Keep an edition and its posts in one transaction.

    False when this due time was kept before, or the digest was changed or removed since it was read.
    It holds every round that was counted before `at`, the moment in which it is made, be it late or not. The
    digest comes with the sources that may be read, `notes` are sentences about the others.
    """
    last = await store.editions.last(digest.team_id, digest.id, full_only=True)
    found = await contrast_for_digest(store, client, digest, last, counting, now=at)
    rounds = list(found.asked.standing)
    full = last is None or _has_news(last, found.asked)
    made = found.contrast
    figures = to_json(made) if full else await _unchanged(store, client, digest, last, found.asked)
    figures |= {"rounds": rounds} | ({"not_read": list(notes)} if notes else {})
    edition = Edition(
        team_id=digest.team_id,
        id=token_hex(8),
        digest_id=digest.id,
        channel_id=digest.channel_id,
        period=made.period or Period(at, at),
        made_at=at,
        full=full,
        figures=figures,
        quotes=(made.quote,) if full and made.quote else (),
    )
    published = await store.editions.publish(
        digest=digest,
        edition=edition,
        parts=1 + (len(thread(made)) if full else 0),
        occasion=occasion,
        skipped=skipped,
        next_at=next_at,
    )
    if published:
        cx, ux = found.metrics[Lens.CX], found.metrics[Lens.UX]  # they go on speaking for their side
        await store.digests.set_metrics(digest.team_id, digest.id, cx_metric=cx, ux_metric=ux)
    LOG.info("edition %s of team %s: %s", edition.id, edition.team_id, "kept" if published else "not due")
    return published


def _has_news(last: Edition, asked: AskedRounds) -> bool:
    """Whether a round was counted or withdrawn since the last full edition was made.

    It is known by the rounds themselves, since a round may be counted as of a moment before it is written.
    Editions of an older version do not say which rounds they hold.
    """
    known = last.figures.get("rounds")
    if isinstance(known, list):
        passed = any(one.withdrawn and one.counted_at >= last.made_at for one in asked.rounds)
        return passed or sorted(map(str, known)) != list(asked.standing)
    return any(one.counted_at >= last.period.end for one in asked.rounds)


async def _unchanged(
    store: Store, client: AsyncWebClient, digest: Digest, last: Edition | None, asked: AskedRounds
) -> dict[str, object]:
    """The figures of an edition without news: the product, and a link to the last figures.

    Where no round stands there are no scores to be the same as before; they may have been withdrawn.
    """
    link, last = None, last if asked.standing else None
    if last:
        post = await store.outbox.post_for(last.team_id, last.id)
        if post and post.slack_ts:
            link = await permalink(client, post.channel_id, post.slack_ts)
    return {
        "product": digest.product.name,
        "figures_on": last.made_at.isoformat() if last else None,
        "zone": digest.zone,
        "link": link,
        "withdrawn": bool(asked.rounds) and not asked.standing,
    }
