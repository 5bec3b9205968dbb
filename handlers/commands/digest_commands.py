"""`/pulse digest`: sets this channel's digest of a product, shows it, posts it now, previews it, ends it."""

from collections.abc import Sequence
from datetime import datetime

from handlers.context import Means, Order
from handlers.syntax import DigestVerb, DigestWords, PhraseError, read_digest
from jobs import cadence
from jobs.delivery.send import deliver
from jobs.digests.publish import WINDOW, look_for, publish, readable
from jobs.messages.layout.blocks import Message
from jobs.messages.report import digest_post as digests
from jobs.messages.wording import why_not as refusals
from jobs.permissions.refusal import Refused
from jobs.permissions.scope import is_lead, scope
from jobs.pulses.ask import may_post
from storage.records import Digest

DEFAULT = "weekly mon 09:00"


async def digest(means: Means, order: Order) -> Message | None:
    """Do what was asked with the digest; without words, show what is set here."""
    zone = await means.zone_of(order.user_id)
    words = read_digest(order.words, now=order.now, zone=zone)
    if words.verb is DigestVerb.SET:
        return await _set(means, order, words, zone)
    if words.verb is DigestVerb.SHOW:
        here = await means.store.digests.in_channel(order.team_id, order.channel_id)
        return digests.digests_here(here, now=order.now)
    kept = await _kept(means, order, words)
    if words.verb is DigestVerb.PREVIEW:
        shown = await readable(means.directory, kept)
        looked = await look_for(means.store, means.client, shown, now=order.now)
        return digests.preview(looked.contrast, link=lambda asking: asking.link, zone=zone)
    if not await is_lead(means.directory, kept, order.user_id):
        raise Refused(refusals.not_a_lead_of_digest(kept, "end" if words.verb is DigestVerb.OFF else "post"))
    if words.verb is DigestVerb.OFF:
        await means.store.digests.remove(order.team_id, kept.id)
        return digests.ended(kept)
    if kept.paused:  # Slack refused it before: whoever posts it now wants it again
        await means.store.digests.resume(order.team_id, kept.id, next_at=_next(kept, order.now))
    await publish(means.store, means.client, await readable(means.directory, kept), at=order.now)
    await deliver(means.store, means.client, now=order.now)
    return digests.posted(kept)


async def _set(means: Means, order: Order, words: DigestWords, zone: str) -> Message:
    """Keep or change the digest, from channels that both the lead and Bifocal are members of."""
    await _may_read(means, order, (order.channel_id, *words.sources))
    name = words.product or await _only_product(means, order, words)
    old = await _digest_of(means, order, name)
    if old and not await is_lead(means.directory, old, order.user_id):
        raise Refused(refusals.not_a_lead_of_digest(old, "change"))
    sources = words.sources or (old.sources if old else (order.channel_id,))
    await _may_read(means, order, sources)
    rule = words.cadence or cadence.read(old.cadence if old else DEFAULT)
    zone = words.zone or (old.zone if old else zone)
    kept = await means.store.digests.put(
        team_id=order.team_id,
        product=old.product if old else await means.store.products.named(order.team_id, name),
        channel_id=order.channel_id,
        sources=sources,
        cadence=str(rule),
        zone=zone,
        window=old.window if old else WINDOW,
        next_at=cadence.next_after(rule, zone, order.now).at,
        cx_metric=old.cx_metric if old else None,
        ux_metric=old.ux_metric if old else None,
        min_group=max(means.min_group, old.min_group) if old else means.min_group,
        leads=tuple(dict.fromkeys((*(old.leads if old else ()), order.user_id))),
        created_at=order.now,
    )
    return digests.kept(kept)


async def _may_read(means: Means, order: Order, channels: Sequence[str]) -> None:
    for channel_id in dict.fromkeys(channels):
        await may_post(means.directory, user_id=order.user_id, channel_id=channel_id, here=order.channel_id)


async def _only_product(means: Means, order: Order, words: DigestWords) -> str:
    """The only product that is spoken of here and in the sources."""
    here = await scope(means.store, team_id=order.team_id, channel_id=order.channel_id)
    channels = dict.fromkeys((*here.channels, *words.sources))
    found = await means.store.products.in_channels(order.team_id, list(channels))
    if len(found) != 1:
        raise PhraseError(
            "Say which product it is about.", "/pulse digest Atlas weekly mon 09:00 Europe/Berlin"
        )
    return found[0].name


async def _kept(means: Means, order: Order, words: DigestWords) -> Digest:
    found = [
        each
        for each in await means.store.digests.in_channel(order.team_id, order.channel_id)
        if words.product is None or each.product.name.casefold() == words.product.casefold()
    ]
    if not found:
        raise Refused(refusals.no_digest())
    if len(found) > 1:
        raise PhraseError("Say which product.", f"/pulse digest {found[0].product.name} {words.verb}")
    return found[0]


async def _digest_of(means: Means, order: Order, product: str) -> Digest | None:
    here = await means.store.digests.in_channel(order.team_id, order.channel_id)
    return next((each for each in here if each.product.name.casefold() == product.casefold()), None)


def _next(digest: Digest, now: datetime) -> datetime:
    return cadence.next_after(cadence.read(digest.cadence), digest.zone, now).at
