"""`/pulse digest`: sets this channel's digest of a product, shows it, posts it now, previews it, ends it."""

from collections.abc import Awaitable, Callable

from handlers.context import Context, SlashCommand
from handlers.syntax import CommandSyntaxError, DigestVerb, DigestWords, read_digest
from jobs.digests import configure
from jobs.messages.layout.blocks import Message
from jobs.messages.lead import digest_status
from jobs.permissions.scope import WhichProduct


async def digest(context: Context, command: SlashCommand) -> Message | None:
    """Do what was asked with the digest; without words, show what is set here."""
    zone = await context.zone_of(command)
    words = read_digest(command.words, now=command.now, zone=zone)
    try:
        return await VERBS[words.verb](context, command, words, zone)
    except WhichProduct as which:
        if words.verb is DigestVerb.SET:
            nearest = "/pulse digest Atlas weekly mon 09:00 Europe/Berlin"
            raise CommandSyntaxError("Say which product it is about.", nearest) from which
        nearest = f"/pulse digest {which.names[0]} {words.verb}"
        raise CommandSyntaxError("Say which product.", nearest) from which


async def _show(context: Context, command: SlashCommand, _words: DigestWords, _zone: str) -> Message:
    here = await configure.digests_of(context.store, command)
    return digest_status.digests_here(here, now=command.now)


async def _set(context: Context, command: SlashCommand, words: DigestWords, zone: str) -> Message:
    change = configure.Change(
        product=words.product,
        sources=words.sources,
        cadence=str(words.cadence) if words.cadence else None,
        zone=words.zone,
        own_zone=zone,
    )
    kept = await configure.configure(
        context.store, context.directory, command, change, min_group=context.min_group
    )
    return digest_status.saved(kept)


async def _preview(context: Context, command: SlashCommand, words: DigestWords, _zone: str) -> Message:
    return await configure.preview_now(
        context.store, context.directory, context.client, command, words.product, counting=context.counting
    )


async def _post(context: Context, command: SlashCommand, words: DigestWords, _zone: str) -> Message:
    posted = await configure.post_now(
        context.store, context.directory, context.client, command, words.product, counting=context.counting
    )
    context.wake()
    return digest_status.posted(posted)


async def _end(context: Context, command: SlashCommand, words: DigestWords, _zone: str) -> Message:
    return digest_status.ended(await configure.end(context.store, context.directory, command, words.product))


VERBS: dict[DigestVerb, Callable[[Context, SlashCommand, DigestWords, str], Awaitable[Message]]] = {
    DigestVerb.SHOW: _show,
    DigestVerb.SET: _set,
    DigestVerb.PREVIEW: _preview,
    DigestVerb.NOW: _post,
    DigestVerb.OFF: _end,
}
