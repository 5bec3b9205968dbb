"""Authors remove their saved messages, leads correct them, and what is said in passing comes by form."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.commands.comment_commands import page_of_comments
from handlers.commands.say_commands import open_say_form
from handlers.context import Context, SlashCommand, requester_of
from handlers.form_values import chosen, typed_text
from handlers.page_updates import update_form
from handlers.payloads import Body, Click, Malformed, read_click, read_submission
from handlers.replies import press_again, reply_or_refusal, tell, tell_directly, whisper
from jobs.answers.forget import kept_of
from jobs.messages.layout import ids, saved_ids
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.comment_ids import NO_WISH, WISH
from jobs.messages.respondent.my_data import my_data_message, my_data_view
from jobs.messages.saved import saved_words
from jobs.messages.saved.author_note import removed
from jobs.messages.saved.saved_list import HIDE
from jobs.messages.saved.say_answer import said
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.saved.keep_message import LOOK_LIMIT, MayBeSaved, say
from jobs.saved.message_text import without_ids
from jobs.saved.offer_products import may_choose
from jobs.saved.readable_saved import may_correct
from jobs.saved.remove_saved import remove_saved
from jobs.slack.directory import SlackUnavailable
from storage.records import MOST_CHARACTERS, Lens, SavedMessage, Sentiment


async def on_remove(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Erase a message for whoever wrote it, and say so in place of what held the button."""
    click = read_click(body)
    saved_id = saved_ids.read_saved(click.value)
    done = await remove_saved(
        context.store,
        context.respondents,
        team_id=click.actor.team_id,
        user_id=click.actor.user_id,
        saved_id=saved_id,
    )
    await ack()
    context.background.start(_show_removed(context, respond, click, done), team=click.actor.team_id)


async def _show_removed(
    context: Context,
    respond: AsyncRespond,
    click: Click,
    done: bool | None,  # noqa: FBT001 - the three ends of removing
) -> None:
    end = removed(done)
    if done is False:
        await tell(respond, end)
    elif click.block_id == saved_ids.saved_block(saved_ids.read_saved(click.value)):
        alone = click.private or (click.channel_id or "").startswith("D")
        await tell(respond, end, replace=alone)
    else:
        await _show_kept(context, respond, click)


async def _show_kept(context: Context, respond: AsyncRespond, click: Click) -> None:
    """What is kept of the person now, where the button stood."""
    kept = await kept_of(
        context.store, context.respondents, team_id=click.actor.team_id, user_id=click.actor.user_id
    )
    now = context.clock()
    if not (
        click.in_form
        and click.view
        and await update_form(context.client, click.view, my_data_view(kept, now=now))
    ):
        await tell(respond, my_data_message(kept, now=now), replace=click.private)


async def on_correct(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Keep the tone of a saved message, or whether it is a wish, or hide it; show the page as it is now."""
    click = read_click(body)
    saved_id, what = ids.read_correction(click.value)
    page = saved_ids.read_list_block(click.block_id)
    if what not in {HIDE, WISH, NO_WISH, *Sentiment}:
        raise Malformed("no such tone")
    await ack()
    command = SlashCommand.by_click(click, page.words, now=context.clock())
    answer = _corrected(context, command, saved_id, what, page)
    context.background.start(_answer(respond, command, answer, replace=click.private))


async def _answer(
    respond: AsyncRespond,
    command: SlashCommand,
    answer: Coroutine[Any, Any, Message | None],
    *,
    replace: bool,
) -> None:
    message = await reply_or_refusal(answer, team_id=command.team_id)
    if message is not None:
        await tell(respond, message, replace=replace)


async def _corrected(
    context: Context, command: SlashCommand, saved_id: str, what: str, page: ids.Page
) -> Message | None:
    saved = await context.store.saved.get(command.team_id, saved_id)
    if saved is None:
        raise Refused(saved_words.GONE)
    if not await may_correct(context.store, context.directory, context.respondents, command, saved):
        raise Refused(saved_words.NOT_A_READER)
    wish = what == WISH if what in {WISH, NO_WISH} else None
    tone = Sentiment(what) if what in set(Sentiment) else None
    await context.store.saved.correct(command.team_id, saved_id, tone=tone, wish=wish, hide=what == HIDE)
    return await page_of_comments(context, command, page)


async def on_say_in_form(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Open the form with what was typed."""
    click = read_click(body)
    await ack()
    command = SlashCommand.by_click(click, "", now=context.clock())
    opened = open_say_form(context, command, words=click.value, again=press_again(click))
    context.background.start(_answer(respond, command, opened, replace=False))


async def on_say_form(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Keep what was said and close the form; what is wrong stands in it, so that nothing is lost."""
    form = read_submission(body)
    requester = requester_of(form.actor, channel_id=form.private_metadata, now=context.clock())
    words = without_ids(typed_text(form.values, saved_ids.WORDS_BLOCK) or "")
    lens = saved_ids.read_lens(chosen(form.values, saved_ids.LENS_BLOCK))
    if not words or len(words) > MOST_CHARACTERS:
        wrong = saved_words.too_long(len(words)) if words else saved_words.NO_WORDS
        await ack(response_action="errors", errors={saved_ids.WORDS_BLOCK: wrong})
        return
    product_id = chosen(form.values, saved_ids.PRODUCT_BLOCK) or ""
    try:
        kept = await _say(context, requester, product_id, words, lens)
    except Refused as refused:
        await ack(response_action="errors", errors={saved_ids.WORDS_BLOCK: str(refused)})
    except MayBeSaved:
        await ack(response_action="errors", errors={saved_ids.PRODUCT_BLOCK: saved_words.MAY_BE_SAVED})
    except (TimeoutError, SlackUnavailable):
        await ack(response_action="errors", errors={saved_ids.PRODUCT_BLOCK: saved_words.SLACK_SLOW})
    else:
        if kept is None:
            errors = {saved_ids.PRODUCT_BLOCK: saved_words.PRODUCT_GONE}
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        context.background.start(_tell_said(context, requester, kept), team=requester.team_id)


async def _say(
    context: Context, requester: Requester, product_id: str, words: str, lens: Lens | None
) -> SavedMessage | None:
    """What is kept; None where there is no such product that the person may know of."""
    product = await context.store.products.get(requester.team_id, product_id)
    async with asyncio.timeout(LOOK_LIMIT):
        if product is None or not await may_choose(context.store, context.directory, requester, product):
            return None
    return await say(
        context.store,
        context.respondents,
        context.classify,
        requester,
        product=product,
        text=words,
        lens=lens,
    )


async def _tell_said(context: Context, requester: Requester, kept: SavedMessage) -> None:
    if requester.channel_id:
        await whisper(
            context.client,
            channel_id=requester.channel_id,
            user_id=requester.user_id,
            message=said(kept),
        )
    else:
        await tell_directly(context.client, user_id=requester.user_id, message=said(kept))
