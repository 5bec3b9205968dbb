"""A channel's digests: set, shown, previewed, posted now, ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from jobs import cadence
from jobs.contrast.edition_state import EditionState
from jobs.delivery.render import post_of
from jobs.digests.find_digest import digests_of, led_digest, name_sources, only_digest
from jobs.digests.publish import edition_at, publish
from jobs.messages.digest_setup.digest_draft import DigestDraft
from jobs.messages.layout.blocks import Message
from jobs.messages.report import digest_post
from jobs.messages.wording import why_not
from jobs.permissions.known_names import confirmed_product
from jobs.permissions.leads import is_admin, is_lead
from jobs.permissions.may_post import may_post
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import Sources, WhichProduct, scope, sources_of, with_deserted
from jobs.privacy.look import CountSettings
from jobs.slack.directory import Directory
from storage.records import Digest, DigestSettings
from storage.store import Store

WEEKLY = "weekly mon 09:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody wants of a digest; None, and no sources, is what stays as it is.

    `own_zone` is the zone of a new digest for which none was named.
    """

    product: str | None
    sources: tuple[str, ...]
    cadence: str | None
    zone: str | None
    own_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A digest as it is kept now, and as it was before; None where there was none."""

    digest: Digest
    before: Digest | None


async def set_up(
    store: Store, directory: Directory, requester: Requester, draft: DigestDraft, *, min_group: int
) -> Kept:
    """Set the digest of a draft that was shown; raises Refused as `configure` does.

    That the requester is in the channel of the draft is looked up, wherever they pressed the button.
    """
    await may_post(directory, replace(requester, channel_id=""), draft.channel_id)
    change = Change(
        product=draft.product,
        sources=draft.sources,
        cadence=draft.cadence,
        zone=draft.zone,
        own_zone=draft.zone,
    )
    there = replace(requester, channel_id=draft.channel_id)
    return await configure(store, directory, there, change, min_group=min_group)


async def which(
    store: Store, directory: Directory, requester: Requester, product: str | None, sources: Sequence[str] = ()
) -> tuple[str, Digest | None]:
    """The name of the product that is meant, and the digest of it that is posted here, if any.

    Raises WhichProduct where none was named and not just one is spoken of.
    """
    name = product or await _only_product(store, directory, requester, sources)
    return name, next(iter(await digests_of(store, requester, name)), None)


async def configure(
    store: Store, directory: Directory, requester: Requester, change: Change, *, min_group: int
) -> Kept:
    """Keep or change the digest, from channels that both the lead and Bifocal are members of.

    Raises Refused where they are not, or for a digest of other leads, and WhichProduct where none was named
    and not just one is spoken of.
    """
    await _may_read(directory, requester, (requester.channel_id, *change.sources))
    name, old = await which(store, directory, requester, change.product, change.sources)
    if old and not await is_lead(directory, old, requester.user_id):
        raise Refused(why_not.not_a_lead_of_digest(old, "change"))
    if old and not change.sources:
        await _may_read(directory, requester, old.sources)
    begin = DigestSettings(sources=(requester.channel_id,), cadence=WEEKLY, zone=change.own_zone)
    kept = await store.digests.configure(
        team_id=requester.team_id,
        product=old.product if old else await confirmed_product(store, requester.team_id, name),
        channel_id=requester.channel_id,
        lead=requester.user_id,
        as_admin=await is_admin(directory, requester.team_id, requester.user_id),
        begin=begin,
        sources=change.sources or None,
        cadence=change.cadence,
        zone=change.zone,
        min_group=min_group,
        next_at=partial(_next, now=requester.now),
        now=requester.now,
    )
    if requester.user_id not in kept.leads:  # somebody else has set it up meanwhile
        raise Refused(why_not.not_a_lead_of_digest(kept, "change"))
    return Kept(digest=kept, before=old)


async def preview_now(
    store: Store,
    directory: Directory,
    client: AsyncWebClient,
    requester: Requester,
    product: str | None,
    *,
    counting: CountSettings,
) -> Message:
    """What would be posted now, or that nothing would be, and why.

    Raises Refused and WhichProduct, and SlackUnavailable when Slack does not say who is in a source.
    """
    digest = await only_digest(store, requester, product)
    sources = await _readable_sources(directory, digest)
    return await preview_of(store, directory, client, digest, sources, counting=counting, now=requester.now)


async def preview_of(
    store: Store,
    directory: Directory,
    client: AsyncWebClient,
    digest: Digest,
    sources: Sources,
    *,
    counting: CountSettings,
    now: datetime,
) -> Message:
    """What would be posted of a digest now; raises Refused where nothing was ever asked."""
    readable = replace(digest, sources=sources.readable)
    sources = await with_deserted(directory, readable, sources)
    made, edition = await edition_at(store, client, directory, readable, sources, counting=counting, at=now)
    if edition is None:
        raise _nothing_asked(digest, sources)
    last_on = made.last.made_at.astimezone(ZoneInfo(digest.zone)).date() if made.last else None
    return digest_post.preview(
        post_of(edition, made.found.contrast, now=now, zone=digest.zone, pressable=False),
        silent=not made.by_schedule.is_posted,
        last_on=last_on,
    )


async def post_now(
    store: Store,
    directory: Directory,
    client: AsyncWebClient,
    requester: Requester,
    product: str | None,
    *,
    counting: CountSettings,
    request_id: str,
) -> tuple[Digest, bool]:
    """Make an edition now, and whether there was none a moment ago or by this very request.

    Raises Refused, WhichProduct, and SlackUnavailable as the preview does.
    """
    digest = await led_digest(store, directory, requester, product, "post")
    sources = await _readable_sources(directory, digest)
    if digest.paused:  # Slack refused it before: whoever posts it now wants it again
        next_at = _next(digest.cadence, digest.zone, now=requester.now)
        await store.digests.resume(digest.team_id, digest.id, next_at=next_at)
    state = await publish(
        store,
        client,
        directory,
        digest,
        sources,
        counting=counting,
        at=requester.now,
        request_id=request_id,
    )
    if state is EditionState.NEVER_ASKED:
        raise _nothing_asked(digest, sources)
    return digest, state is not None


async def end(
    store: Store, directory: Directory, requester: Requester, product: str | None
) -> tuple[Digest, dict[str, str] | None]:
    """Post no more; what was posted stays. Gives the digest and the names of its channels.

    The names are None unless the requester may know them all. Raises Refused and WhichProduct.
    """
    digest = await led_digest(store, directory, requester, product, "end")
    await store.digests.remove(digest.team_id, digest.id)
    return digest, await name_sources(directory, requester, digest)


def _nothing_asked(digest: Digest, sources: Sources) -> Refused:
    notes = sources.notes()
    return Refused(why_not.nothing_read(digest.product.name, notes) if notes else why_not.no_edition(digest))


async def _may_read(directory: Directory, requester: Requester, channels: Sequence[str]) -> None:
    for channel_id in dict.fromkeys(channels):
        await may_post(directory, requester, channel_id)


async def _readable_sources(directory: Directory, digest: Digest) -> Sources:
    """The channels of a digest as they may be read; raises Refused where nobody knows any more which."""
    if not digest.sources:
        raise Refused(why_not.sources_unreadable(digest))
    sources = await sources_of(directory, digest)
    sources.require_told()
    return sources


async def _only_product(
    store: Store, directory: Directory, requester: Requester, sources: Sequence[str]
) -> str:
    """The only product that is spoken of here and in the sources."""
    here = await scope(store, directory, team_id=requester.team_id, channel_id=requester.channel_id)
    channels = dict.fromkeys((*here.channels, *sources))
    found = await store.products.in_channels(requester.team_id, list(channels))
    if len(found) != 1:
        raise WhichProduct(found)
    return found[0].name


def _next(rule: str, zone: str, *, now: datetime) -> datetime:
    return cadence.next_after(cadence.read(rule), zone, now).at
