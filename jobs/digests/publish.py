"""Makes the editions of digests that are due: read, contrast, keep with its posts, each due time once."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from jobs.contrast import Contrast, SideInput, contrast, from_json, to_json
from jobs.figures.gather_answers import Asked, Question, asked, permalink, side_input
from jobs.messages.report.digest_post import thread
from jobs.pulses.open_waves import agenda, each
from jobs.slack.directory import Directory
from storage.records import Digest, Edition, Lens, Occasion, Period, Product
from storage.store import Store

LOG = logging.getLogger(__name__)
MAX_LATE = timedelta(days=3)
WINDOW = timedelta(weeks=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A contrast and what it was made from: which instrument spoke for each side, and what was asked."""

    contrast: Contrast
    metrics: dict[Lens, str | None]
    known: Asked


async def look(
    store: Store,
    client: AsyncWebClient,
    *,
    team_id: str,
    product: Product,
    channels: tuple[str, ...],
    period: Period,
    min_group: int,
    now: datetime,
    metrics: dict[Lens, str | None] | None = None,
    last: Edition | None = None,
    cuts: bool = False,
) -> Looked:
    """The contrast of a product for a period, as these channels see it."""
    known = await asked(store, team_id=team_id, product=product, channels=channels)
    chosen: dict[Lens, str | None] = {}
    sides: dict[Lens, SideInput] = {}
    for lens in Lens:
        keys = known.instruments(lens)
        fixed = (metrics or {}).get(lens)
        key = chosen[lens] = fixed if fixed in keys else next(iter(keys), None)
        if key is None:
            sides[lens] = SideInput()
            continue
        question = Question(team_id=team_id, product=product, channels=channels, instrument=key, lens=lens)
        sides[lens] = await side_input(store, question, known, period=period, client=client, now=now)
    made = contrast(
        product.name,
        period,
        min_group=min_group,
        cx=sides[Lens.CX],
        ux=sides[Lens.UX],
        first=last is None,
        cuts=cuts,
        last=from_json(last.figures) if last else None,
    )
    return Looked(contrast=made, metrics=chosen, known=known)


async def look_for(
    store: Store, client: AsyncWebClient, digest: Digest, *, now: datetime, until: datetime | None = None
) -> Looked:
    """The contrast that an edition of this digest would show at `now`, of answers counted before `until`."""
    end = (until or now).astimezone(ZoneInfo(digest.zone))
    last = await store.editions.last(digest.team_id, digest.id, full_only=True)
    return await look(
        store,
        client,
        team_id=digest.team_id,
        product=digest.product,
        channels=digest.sources,
        period=Period(end - digest.window, end),  # on the zone's clock: midnight stays midnight
        min_group=digest.min_group,
        now=now,
        metrics={Lens.CX: digest.cx_metric, Lens.UX: digest.ux_metric},
        last=last,
        cuts=True,
    )


async def publish_due(store: Store, client: AsyncWebClient, directory: Directory, *, now: datetime) -> None:
    """Make the edition of every digest that is due; one that fails does not hold up the others."""
    await each(
        {
            f"digest {digest.id} of team {digest.team_id}": partial(
                publish_one, store, client, directory, digest, now=now
            )
            for digest in await store.digests.due(now)
        }
    )


async def publish_one(
    store: Store, client: AsyncWebClient, directory: Directory, digest: Digest, *, now: datetime
) -> None:
    """Make the edition of a digest that is due; a local time that was kept before is passed over."""
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
    published = plan.due is not None and await publish(
        store,
        client,
        await readable(directory, digest),
        at=plan.due.due_at,
        occasion=plan.due,
        skipped=plan.skipped,
        next_at=plan.next_at,
    )
    if not published:
        passed = [*plan.skipped, *([plan.due] if plan.due else [])]
        await store.ledger.skip(occasions=passed, owner="digest", next_at=plan.next_at)


async def publish(
    store: Store,
    client: AsyncWebClient,
    digest: Digest,
    *,
    at: datetime,
    occasion: Occasion | None = None,
    skipped: tuple[Occasion, ...] = (),
    next_at: datetime | None = None,
) -> bool:
    """Keep an edition and its posts in one transaction; False when this local time is taken already.

    Its content is of the moment `at` that was due, so that a late edition says what it would have said: of
    whole days where it has its occasion, up to this moment where somebody asked for it.
    """
    last = await store.editions.last(digest.team_id, digest.id, full_only=True)
    until = _midnight(at, digest.zone) if occasion else at
    looked = await look_for(store, client, digest, now=at, until=until)
    full = last is None or _counted_since(looked.known, last.period.end, until)
    made = looked.contrast
    edition = Edition(
        team_id=digest.team_id,
        id=token_hex(8),
        digest_id=digest.id,
        channel_id=digest.channel_id,
        period=made.period,
        made_at=at,
        full=full,
        figures=to_json(made) if full else await _unchanged(store, client, digest, last),
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
    if published and (looked.metrics[Lens.CX], looked.metrics[Lens.UX]) != (
        digest.cx_metric,
        digest.ux_metric,
    ):
        await store.digests.set_metrics(
            digest.team_id,
            digest.id,
            cx_metric=digest.cx_metric or looked.metrics[Lens.CX],
            ux_metric=digest.ux_metric or looked.metrics[Lens.UX],
        )
    LOG.info("edition %s of team %s: %s", edition.id, edition.team_id, "kept" if published else "not due")
    return published


def _midnight(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def _counted_since(known: Asked, since: datetime, until: datetime) -> bool:
    """Whether a wave came to count after the last full edition."""
    return any(wave.counted_at and since <= wave.counted_at < until for wave in known.waves)


async def _unchanged(
    store: Store, client: AsyncWebClient, digest: Digest, last: Edition | None
) -> dict[str, object]:
    """The figures of an edition without news: the product, and where the last figures stand."""
    link = None
    if last:
        post = await store.outbox.post_for(last.team_id, last.id)
        if post and post.slack_ts:
            link = await permalink(client, post.channel_id, post.slack_ts)
    return {
        "product": digest.product.name,
        "figures_on": last.made_at.isoformat() if last else None,
        "zone": digest.zone,
        "link": link,
    }


async def readable(directory: Directory, digest: Digest) -> Digest:
    """The digest with the sources of which a lead is a member still, and its own channel."""
    leads = set(digest.leads)
    sources = [
        source
        for source in digest.sources
        if source == digest.channel_id or leads & await directory.members(source)
    ]
    return replace(digest, sources=tuple(sources))
