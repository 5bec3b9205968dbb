"""`/pulse digest`: sets this channel's digest of a product, shows it, posts it now, previews it, ends it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers.context import Context, SlashCommand
from handlers.replies import open_form, type_again
from handlers.syntax import (
    CommandSyntaxError,
    DigestVerb,
    DigestWords,
    as_seen,
    read_digest,
    which_product,
)
from jobs.digests import configure, find_digest
from jobs.digests.foresee import foresee
from jobs.digests.propose import of_digest, propose
from jobs.messages.digest_setup.digest_draft import MOST_SOURCES, DigestDraft
from jobs.messages.digest_setup.digest_offer import offered
from jobs.messages.digest_setup.digest_view import digest_form
from jobs.messages.help.help_page import help_with_digests
from jobs.messages.layout.blocks import Message
from jobs.messages.lead import digest_status
from jobs.messages.wording import lead_refusals, why_not
from jobs.permissions.leads import is_lead
from jobs.permissions.may_post import require_full_member
from jobs.permissions.readable_groups import channels_of_groups
from jobs.permissions.refusal import Refused
from jobs.permissions.scope import WhichProduct
from storage.records import Digest


async def digest(context: Context, command: SlashCommand) -> Message | None:
    """Do what was asked with the digest; without words, show what is set here."""
    zone = await context.zone_of(command)
    words = read_digest(command.words, now=command.now, zone=zone)
    if words.groups:
        read = await channels_of_groups(context.store, context.directory, command, words.groups)
        words = replace(words, sources=tuple(dict.fromkeys((*words.sources, *read))))
    if words.place and words.place != command.channel_id:
        return await _elsewhere(context, command, words, zone)
    try:
        return await VERBS[words.verb](context, command, words, zone)
    except WhichProduct as which:
        after = str(words.verb)
        if words.verb is DigestVerb.SET:  # all that was typed, with a name before it
            typed = as_seen(command.words)
            after = typed if typed and "#channel" not in typed else f"weekly mon 09:00 {zone}"
        if not which.names:
            nearest = f"/pulse digest Atlas {after}"
            raise CommandSyntaxError("Say which product it is about.", nearest) from which
        raise which_product(which.names, "/pulse digest", after) from which


async def _help(_: Context, _command: SlashCommand, _words: DigestWords, _zone: str) -> Message:
    return help_with_digests()


async def _show(context: Context, command: SlashCommand, words: DigestWords, _zone: str) -> Message:
    here = await find_digest.digests_of(context.store, command)
    about = [each for each in here if words.product and each.product.is_called(words.product)]
    hidden = await find_digest.hidden_sources(context.directory, command, about or here)
    return digest_status.digests_here(about or here, now=command.now, hidden=hidden)


async def _set(context: Context, command: SlashCommand, words: DigestWords, zone: str) -> Message:
    """Show the digest as it would be, new or changed, with the button that sets it."""
    store, directory = context.store, context.directory
    await require_full_member(directory, command.team_id, command.user_id)
    if len(words.sources) > MOST_SOURCES:
        raise CommandSyntaxError(f"A digest reads at most {MOST_SOURCES} channels.", "/pulse digest setup")
    if words.added or words.dropped:
        old: Digest | None = await find_digest.only_digest(store, command, words.product)
        name = old.product.name if old else ""
    else:
        name, old = await configure.which(store, directory, command, words.product, words.sources)
    if old and not await is_lead(directory, old, command.user_id):
        raise Refused(why_not.not_a_lead_of_digest(old, "change"))
    before = DigestDraft.of(old) if old else None
    draft = DigestDraft(
        product=name,
        channel_id=command.channel_id,
        sources=words.sources or (before.sources if before else (command.channel_id,)),
        cadence=str(words.cadence) if words.cadence else before.cadence if before else configure.WEEKLY,
        zone=words.zone or (before.zone if before else zone),
    )
    draft = replace(draft, sources=_changed(draft.sources, words))
    if old and draft == before and not old.paused:
        return digest_status.saved(old, before=old)
    return offered(await foresee(store, directory, command, draft))


def _changed(sources: tuple[str, ...], words: DigestWords) -> tuple[str, ...]:
    """The channels with those that were added, without those that were dropped; one has to stay."""
    changed = tuple(each for each in dict.fromkeys((*sources, *words.added)) if each not in words.dropped)
    if words.dropped and not changed:
        raise CommandSyntaxError("A digest reads at least one channel.", "/pulse digest edit")
    return changed


async def _start(context: Context, command: SlashCommand, words: DigestWords, zone: str) -> Message:
    """Show the digest that was ended here, with the button that starts it; one that runs, as it is."""
    if await find_digest.digests_of(context.store, command, words.product):
        return await _show(context, command, words, zone)
    draft = await find_digest.to_start(context.store, command, words.product)
    return offered(await foresee(context.store, context.directory, command, draft))


async def _form(context: Context, command: SlashCommand, words: DigestWords, zone: str) -> Message | None:
    await require_full_member(context.directory, command.team_id, command.user_id)
    here = await find_digest.digests_of(context.store, command, words.product)
    change = (
        await of_digest(context.store, context.directory, command, here[0].id) if len(here) == 1 else None
    )
    draft, known = await propose(context.store, context.directory, command, words.product, zone=zone)
    view = digest_form(change or draft, own_zone=zone, known=known, change=change is not None)
    await open_form(context.client, command.trigger_id, view, again=type_again("digest", command.words))
    return None


async def _elsewhere(
    context: Context, command: SlashCommand, words: DigestWords, zone: str
) -> Message | None:
    """Open the form with the other channel that is named; all but setting up belongs there."""
    if words.verb not in {DigestVerb.SET, DigestVerb.FORM} or words.place is None:
        raise Refused(lead_refusals.in_that_channel(words.place or command.channel_id))
    await require_full_member(context.directory, command.team_id, command.user_id)
    draft, known = await propose(context.store, context.directory, command, words.product, zone=zone)
    draft = replace(
        draft,
        channel_id=words.place,
        sources=words.sources[:MOST_SOURCES] or draft.sources,
        cadence=str(words.cadence) if words.cadence else draft.cadence,
        zone=words.zone or draft.zone,
    )
    view = digest_form(draft, own_zone=zone, known=known)
    await open_form(context.client, command.trigger_id, view, again=type_again("digest", command.words))
    return None


async def _preview(context: Context, command: SlashCommand, words: DigestWords, _zone: str) -> Message:
    return await configure.preview_now(
        context.store, context.directory, context.client, command, words.product, counting=context.counting
    )


async def _post(context: Context, command: SlashCommand, words: DigestWords, _zone: str) -> Message | None:
    posted, is_new = await configure.post_now(
        context.store,
        context.directory,
        context.client,
        command,
        words.product,
        counting=context.counting,
        request_id=command.trigger_id,
    )
    edition = await context.store.editions.last(posted.team_id, posted.id, full_only=False)
    tells = posted.leads[:1] == (command.user_id,)
    return await context.once_posted(
        command,
        edition.id if edition else "",
        posted=digest_status.posted(posted, is_new=is_new),
        on_its_way=digest_status.on_its_way(posted, tells=tells),
    )


async def _end(context: Context, command: SlashCommand, words: DigestWords, _zone: str) -> Message:
    ended, names = await configure.end(context.store, context.directory, command, words.product)
    return digest_status.ended(ended, names)


VERBS: dict[DigestVerb, Callable[[Context, SlashCommand, DigestWords, str], Awaitable[Message | None]]] = {
    DigestVerb.SHOW: _show,
    DigestVerb.HELP: _help,
    DigestVerb.SET: _set,
    DigestVerb.START: _start,
    DigestVerb.FORM: _form,
    DigestVerb.PREVIEW: _preview,
    DigestVerb.NOW: _post,
    DigestVerb.OFF: _end,
}
