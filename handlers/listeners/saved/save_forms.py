"""The message shortcut "Save as feedback" and its form."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.context import Context
from handlers.form_values import chosen, ticked
from handlers.payloads import Body, read_submission
from handlers.replies import in_time, open_form, reply_or_refusal, tell, whisper
from handlers.shortcuts import Shortcut, read_shortcut
from jobs.messages.layout import saved_ids as ids
from jobs.messages.layout.blocks import Message, View
from jobs.messages.layout.sentence import sentence
from jobs.messages.respondent import receipts
from jobs.messages.saved import saved_words
from jobs.messages.saved.save_view import SaveForm, save_view
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.saved.keep_message import (
    MayBeSaved,
    ProductGone,
    Saved,
    mark_of,
    origin_of,
    require_saver,
    save_message,
)
from jobs.saved.message_text import is_from_person, kept_of, words_of
from jobs.saved.offer_products import offered_products
from jobs.saved.tell_author import tell_author
from jobs.slack.directory import SlackUnavailable

PRESS_AGAIN = "Choose Save as feedback again."


async def on_shortcut(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Open the form with the message in it, or say in private why it cannot be saved."""
    shortcut = read_shortcut(body)
    await ack()
    context.background.start(_open(context, respond, shortcut), team=shortcut.actor.team_id)


async def _open(context: Context, respond: AsyncRespond, shortcut: Shortcut) -> None:
    refusal = await reply_or_refusal(_opened(context, shortcut), team_id=shortcut.actor.team_id)
    if refusal is not None:
        await tell(respond, refusal)


async def _opened(context: Context, shortcut: Shortcut) -> Message | None:
    if not is_from_person(shortcut.message):
        return sentence(saved_words.FROM_APP)
    words = words_of(shortcut.message.get("text"))
    if not words:
        return sentence(saved_words.NO_TEXT)
    requester = _requester(context, shortcut)
    form = await in_time(_form(context, requester, shortcut, words), again=PRESS_AGAIN)
    await open_form(context.client, shortcut.trigger_id, form, again=PRESS_AGAIN)
    return None


async def _form(context: Context, requester: Requester, shortcut: Shortcut, words: str) -> View:
    """The form; raises Refused where the message is saved already or the requester may not."""
    team_id, author_id = requester.team_id, str(shortcut.message["user"])
    mark = mark_of(context.respondents, team_id, requester.channel_id, shortcut.ts)
    known = await context.store.saved.with_mark(team_id, mark)
    if known is not None:
        raise Refused(saved_words.ALREADY if known.message else saved_words.REMOVED_BY_AUTHOR)
    _, offer, origin, zone = await asyncio.gather(
        require_saver(context.directory, requester),
        offered_products(context.store, context.directory, requester),
        origin_of(context.directory, context.respondents, requester),
        context.zone_of(requester),
    )
    if not offer.products:
        raise Refused(saved_words.NO_PRODUCTS if offer.none_at_all else saved_words.NONE_KNOWN)
    message = ids.MessageToSave(
        channel_id=requester.channel_id,
        ts=shortcut.ts,
        author=context.respondents.sealed(team_id, author_id, within=shortcut.ts),
        text=kept_of(words),
    )
    return save_view(
        SaveForm(
            message=message,
            whole=len(words),
            public=origin.channel_id,
            day=datetime.fromtimestamp(float(shortcut.ts), UTC).astimezone(ZoneInfo(zone)).date(),
            products=offer.products,
            chosen=offer.chosen,
            own=author_id == requester.user_id,
        )
    )


def _requester(context: Context, shortcut: Shortcut) -> Requester:
    return Requester(
        team_id=shortcut.actor.team_id,
        user_id=shortcut.actor.user_id,
        channel_id=shortcut.channel_id,
        now=context.clock(),
    )


async def on_save(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Keep the message and close the form; what is wrong stands in the form, so that nothing is lost."""
    form = read_submission(body)
    message = ids.read_message(form.private_metadata)
    lens = ids.read_lens(chosen(form.values, ids.LENS_BLOCK))
    requester = Requester(
        team_id=form.actor.team_id,
        user_id=form.actor.user_id,
        channel_id=message.channel_id,
        now=context.clock(),
    )
    tells = ticked(form.values, ids.TELL_BLOCK)
    try:
        saved = await save_message(
            context.store,
            context.directory,
            context.respondents,
            requester,
            message,
            client=context.client,
            classify=context.classify,
            product_id=chosen(form.values, ids.PRODUCT_BLOCK) or "",
            lens=lens,
        )
    except ProductGone:
        await ack(response_action="errors", errors={ids.PRODUCT_BLOCK: saved_words.PRODUCT_GONE})
    except MayBeSaved as slow:
        await ack(response_action="errors", errors={ids.PRODUCT_BLOCK: saved_words.MAY_BE_SAVED})
        if slow.end:
            ended = _tell_at_end(context, requester, slow.end, tells=tells)
            context.background.start(ended, team=requester.team_id)
    except (TimeoutError, SlackUnavailable):
        await ack(response_action="errors", errors={ids.PRODUCT_BLOCK: saved_words.SLACK_SLOW})
    except Refused as refused:
        await ack(response_action="update", view=receipts.as_view(sentence(str(refused))))
    else:
        await ack()
        context.background.start(_tell(context, requester, saved, tells=tells), team=requester.team_id)


async def _tell_at_end(context: Context, requester: Requester, end: Awaitable[Saved], *, tells: bool) -> None:
    """As `_tell`, once a slow database has kept it: who sends the form again finds it saved already."""
    await _tell(context, requester, await end, tells=tells)


async def _tell(context: Context, requester: Requester, saved: Saved, *, tells: bool) -> None:
    """Say to the saver what became of it, and to the author, where they are to be told."""
    if saved.kept.new:
        words = saved_words.saved(saved.product.name)
    else:
        words = saved_words.ALREADY if saved.kept.message else saved_words.REMOVED_BY_AUTHOR
    await whisper(
        context.client,
        channel_id=requester.channel_id,
        user_id=requester.user_id,
        message=sentence(words),
    )
    if saved.kept.new and tells and not saved.own:
        await tell_author(
            context.store,
            context.directory,
            context.respondents,
            requester,
            saved,
            client=context.client,
        )
