"""`/pulse ask` and `/pulse schedule`: at once by words, or by a form."""

import logging
from dataclasses import replace

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from handlers.context import Context, SlashCommand
from handlers.replies import open_form, whisper
from handlers.syntax import AskWords, CommandSyntaxError, read_ask
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead import ask_preview, ask_view, confirm_asking
from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.known_names import NewName
from jobs.permissions.may_post import require_full_member
from jobs.permissions.requester import Requester
from jobs.permissions.scope import only_product
from jobs.permissions.what_about import About, what_about
from jobs.pulses.ask import ask
from jobs.pulses.second_yes import StillOpen, TooSoon
from jobs.slack.permalink import permalink
from storage.records import Wave

LOG = logging.getLogger(__name__)


async def ask_now(context: Context, command: SlashCommand) -> Message | None:
    """`/pulse ask nps about Atlas`: ask at once, as typed; without words, open the form."""
    zone = await context.zone_of(command)
    words = read_ask(command.words, now=command.now, zone=zone)
    if words == AskWords():
        await _form(context, command, schedule=False)
        return None
    return await ask_or_confirm(context, command, await _draft(context, command, words, zone))


async def ask_or_confirm(context: Context, requester: Requester, draft: AskDraft) -> Message | None:
    """Ask what a draft says, or answer with what wants a yes first; None where this was asked before.

    Everything is checked anew each time. The draft stands whole behind the buttons of the answer.
    """

    async def advise(advice: str) -> None:
        try:
            await whisper(
                context.client,
                channel_id=requester.channel_id,
                user_id=requester.user_id,
                message=sentence(advice),
            )
        except (SlackApiError, ClientError, TimeoutError) as error:
            LOG.info("advice before asking was not told: %s", type(error).__name__)

    try:
        asked = await ask(
            context.store,
            context.directory,
            draft,
            requester,
            min_group=context.min_group,
            weeks=context.round_weeks,
            request_id=draft.request,
            advise=advise,
        )
    except NewName as new:
        return confirm_asking.new_name(draft, near=new.near)
    except TooSoon as soon:
        return confirm_asking.too_soon(draft, soon.counted_on, soon.again)
    except StillOpen as still:
        return confirm_asking.asked_twice(still.wave, link=await _link(context, still.wave))
    context.wake()
    return ask_preview.asked(asked.wave, meets=asked.meets, notes=asked.notes) if asked.wave else None


async def _link(context: Context, wave: Wave) -> str | None:
    post = await context.store.outbox.post_for(wave.team_id, wave.id)
    if post is None or post.slack_ts is None:
        return None
    return await permalink(context.client, post.channel_id, post.slack_ts)


async def schedule(context: Context, command: SlashCommand) -> Message | None:
    """`/pulse schedule`: open the form, which for a schedule has three more fields."""
    await _form(context, command, schedule=True)
    return None


async def _form(context: Context, command: SlashCommand, *, schedule: bool) -> None:
    await require_full_member(context.directory, command.team_id, command.user_id)
    view = ask_view.ask_form(
        product=await only_product(context.store, context.directory, command),
        min_group=context.min_group,
        weeks=context.round_weeks,
        schedule=schedule,
        zone=await context.zone_of(command),
    )
    await open_form(context.client, command.trigger_id, view)


async def _draft(context: Context, command: SlashCommand, words: AskWords, zone: str) -> AskDraft:
    if words.instrument is None:
        raise CommandSyntaxError("Say which question.", "/pulse ask nps about Atlas")
    about = await _about(context, command, words, words.instrument)
    return AskDraft(
        instrument=words.instrument,
        product=about.product,
        subject=about.subject,
        channel_id=words.channel_id or command.channel_id,
        zone=zone,
        until=words.until,
        request=command.trigger_id,
    )


async def _about(context: Context, command: SlashCommand, words: AskWords, instrument: str) -> About:
    there = replace(command, channel_id=words.channel_id or command.channel_id)
    typed = words.about or await only_product(context.store, context.directory, there)
    if typed is None:
        raise CommandSyntaxError("Say which product it is about.", f"/pulse ask {instrument} about Atlas")
    return await what_about(
        context.store, context.directory, there, typed, instrument=instrument, quoted=words.quoted
    )
