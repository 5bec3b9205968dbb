"""`/pulse digest`: sets this channel's digest of a product, shows it, posts it now, previews it, ends it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from handlers.context import Context, SlashCommand
from handlers.syntax import CommandSyntaxError, DigestVerb, DigestWords, read_digest
from jobs import cadence
from jobs.digests.preview import preview, with_readable_sources
from jobs.digests.publish import publish
from jobs.figures.load_contrast import WINDOW
from jobs.messages.layout.blocks import Message
from jobs.messages.lead import digest_status
from jobs.messages.report import digest_post
from jobs.messages.wording import why_not as refusals
from jobs.permissions.leads import is_lead
from jobs.permissions.may_post import may_post
from jobs.permissions.refusal import Refused
from jobs.permissions.scope import scope
from storage.records import Digest, DigestSettings

DEFAULT = "weekly mon 09:00"


async def digest(context: Context, command: SlashCommand) -> Message | None:
    """Do what was asked with the digest; without words, show what is set here."""
    zone = await context.zone_of(command.user_id)
    words = read_digest(command.words, now=command.now, zone=zone)
    if words.verb is DigestVerb.SET:
        return await _set(context, command, words, zone)
    if words.verb is DigestVerb.SHOW:
        here = await context.store.digests.in_channel(command.team_id, command.channel_id)
        return digest_status.digests_here(here, now=command.now)
    kept = await _kept(context, command, words)
    if words.verb is DigestVerb.PREVIEW:
        shown = await with_readable_sources(context.directory, kept)
        found = await preview(context.store, context.client, shown, now=command.now)
        return digest_post.preview(found.contrast, link=lambda asking: asking.link, zone=zone)
    if not await is_lead(context.directory, kept, command.user_id):
        raise Refused(refusals.not_a_lead_of_digest(kept, "end" if words.verb is DigestVerb.OFF else "post"))
    if words.verb is DigestVerb.OFF:
        await context.store.digests.remove(command.team_id, kept.id)
        return digest_status.ended(kept)
    if kept.paused:  # Slack refused it before: whoever posts it now wants it again
        await context.store.digests.resume(
            command.team_id, kept.id, next_at=_next(kept.cadence, kept.zone, now=command.now)
        )
    await publish(
        context.store, context.client, await with_readable_sources(context.directory, kept), at=command.now
    )
    context.wake()
    return digest_status.posted(kept)


async def _set(context: Context, command: SlashCommand, words: DigestWords, zone: str) -> Message:
    """Keep or change the digest, from channels that both the lead and Bifocal are members of."""
    await _may_read(context, command, (command.channel_id, *words.sources))
    name = words.product or await _only_product(context, command, words)
    old = await _digest_of(context, command, name)
    if old and not await is_lead(context.directory, old, command.user_id):
        raise Refused(refusals.not_a_lead_of_digest(old, "change"))
    if old and not words.sources:
        await _may_read(context, command, old.sources)
    kept = await context.store.digests.configure(
        team_id=command.team_id,
        product=old.product if old else await context.store.products.named(command.team_id, name),
        channel_id=command.channel_id,
        lead=command.user_id,
        begin=DigestSettings(sources=(command.channel_id,), cadence=DEFAULT, zone=zone, window=WINDOW),
        sources=words.sources or None,
        cadence=str(words.cadence) if words.cadence else None,
        zone=words.zone,
        min_group=context.min_group,
        next_at=partial(_next, now=command.now),
        now=command.now,
    )
    return digest_status.saved(kept)


async def _may_read(context: Context, command: SlashCommand, channels: Sequence[str]) -> None:
    for channel_id in dict.fromkeys(channels):
        await may_post(context.directory, command, channel_id)


async def _only_product(context: Context, command: SlashCommand, words: DigestWords) -> str:
    """The only product that is spoken of here and in the sources."""
    here = await scope(context.store, team_id=command.team_id, channel_id=command.channel_id)
    channels = dict.fromkeys((*here.channels, *words.sources))
    found = await context.store.products.in_channels(command.team_id, list(channels))
    if len(found) != 1:
        raise CommandSyntaxError(
            "Say which product it is about.", "/pulse digest Atlas weekly mon 09:00 Europe/Berlin"
        )
    return found[0].name


async def _kept(context: Context, command: SlashCommand, words: DigestWords) -> Digest:
    found = [
        each
        for each in await context.store.digests.in_channel(command.team_id, command.channel_id)
        if words.product is None or each.product.name.casefold() == words.product.casefold()
    ]
    if not found:
        raise Refused(refusals.no_digest())
    if len(found) > 1:
        raise CommandSyntaxError("Say which product.", f"/pulse digest {found[0].product.name} {words.verb}")
    return found[0]


async def _digest_of(context: Context, command: SlashCommand, product: str) -> Digest | None:
    here = await context.store.digests.in_channel(command.team_id, command.channel_id)
    return next((each for each in here if each.product.name.casefold() == product.casefold()), None)


def _next(rule: str, zone: str, *, now: datetime) -> datetime:
    return cadence.next_after(cadence.read(rule), zone, now).at
