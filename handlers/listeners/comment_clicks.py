"""A lead reads on in the comments, and corrects what a program read in one: its tone or its topic."""

from collections.abc import Coroutine
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.commands.comment_commands import page_of_comments
from handlers.commands.named_answer_commands import page_of_answers
from handlers.context import Context, SlashCommand
from handlers.form_values import chosen, ticked
from handlers.payloads import Actor, Body, Malformed, read_click, read_submission
from handlers.replies import open_form, press_again, reply_or_refusal, tell, tell_directly, whisper
from jobs.comments.correct import comment_to_correct, correct, undo
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message
from jobs.messages.layout.comment_ids import (
    NO_WISH,
    WISH,
    WISH_BLOCK,
    TopicPlace,
    Undo,
    read_topic_place,
    read_undo,
)
from jobs.messages.lead.comments_page import HIDE, TOPIC, Change, topic_form
from jobs.messages.respondent import receipts
from storage.records import Comment, Correction, Sentiment, Touchpoint


async def on_more_comments(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Three more comments, in place of those shown."""
    click = read_click(body)
    page = ids.read_page(click.value)
    command = SlashCommand.by_click(click, page.words, now=context.clock())
    await ack()
    context.background.start(
        _tell(respond, command, page_of_comments(context, command, page), replace=click.private)
    )


async def on_more_answers(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Three more answers with names, in place of those shown."""
    click = read_click(body)
    page = ids.read_page(click.value)
    command = SlashCommand.by_click(click, page.words, now=context.clock())
    await ack()
    context.background.start(
        _tell(respond, command, page_of_answers(context, command, page), replace=click.private)
    )


async def on_correct(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Keep the tone, or hide the comment, and show the page as it is now; for a topic, open the form."""
    click = read_click(body)
    comment_id, what = ids.read_correction(click.value)
    page = ids.read_comment_block(click.block_id)
    if what not in {TOPIC, HIDE, *Sentiment}:
        raise Malformed("no such tone")
    await ack()
    command = SlashCommand.by_click(click, page.words, now=context.clock())
    if what == TOPIC:
        place = TopicPlace(comment_id=comment_id, channel_id=command.channel_id, page=page)
        answer = _ask_for_topic(context, command, place, again=press_again(click))
        context.background.start(_tell(respond, command, answer, replace=False))
    else:
        answer = _corrected(context, command, comment_id, what, page)
        context.background.start(_tell(respond, command, answer, replace=click.private))


async def _tell(
    respond: AsyncRespond,
    command: SlashCommand,
    answer: Coroutine[Any, Any, Message | None],
    *,
    replace: bool,
) -> None:
    message = await reply_or_refusal(answer, team_id=command.team_id)
    if message is not None:
        await tell(respond, message, replace=replace)


async def _ask_for_topic(
    context: Context, command: SlashCommand, place: TopicPlace, *, again: str
) -> Message | None:
    """Open the form with the comment in it. Gives a message only where the comment is gone."""
    comment = await comment_to_correct(
        context.store,
        context.directory,
        team_id=command.team_id,
        user_id=command.user_id,
        comment_id=place.comment_id,
    )
    if comment is None:
        return receipts.old_button()
    await open_form(context.client, command.trigger_id, topic_form(comment, place), again=again)
    return None


async def _corrected(
    context: Context, command: SlashCommand, comment_id: str, what: str, page: ids.Page
) -> Message | None:
    said = _said(what)
    before = await correct(
        context.store,
        context.directory,
        team_id=command.team_id,
        user_id=command.user_id,
        comment_id=comment_id,
        sentiment=said.sentiment,
        hide=said.hidden,
    )
    change = Change(said=said, before=before) if before else None
    return await page_of_comments(context, command, page, change)


def _said(what: str) -> Correction:
    """A choice of the menu, or what a form said with a plus between; raises Malformed for any other word."""
    words = what.split("+")
    if not {HIDE, WISH, NO_WISH, *Sentiment, *Touchpoint}.issuperset(words):
        raise Malformed("no such tone or topic")
    return Correction(
        sentiment=next((tone for tone in Sentiment if tone in words), None),
        touchpoint=next((topic for topic in Touchpoint if topic in words), None),
        wish=None if {WISH, NO_WISH}.isdisjoint(words) else WISH in words,
        hidden=HIDE in words,
    )


async def on_undo(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Set a comment back to what was said of it before, and show the page as it is now."""
    click = read_click(body)
    undo = read_undo(click.value)
    said, before = _said(undo.said), _said(undo.before) if undo.before else Correction()
    await ack()
    command = SlashCommand.by_click(click, undo.page.words, now=context.clock())
    answer = _undone(context, command, undo, said, before)
    context.background.start(_tell(respond, command, answer, replace=click.private))


async def _undone(
    context: Context, command: SlashCommand, undone: Undo, said: Correction, before: Correction
) -> Message | None:
    comment = await undo(
        context.store,
        context.directory,
        team_id=command.team_id,
        user_id=command.user_id,
        comment_id=undone.comment_id,
        said=said,
        before=before,
    )
    change = Change(said=said, before=comment, undone=True) if comment else None
    return await page_of_comments(context, command, undone.page, change)


async def on_topic(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Keep the topic and whether it is a wish, close the form and show the list with them.

    Who may not correct the comment reads so in a direct message.
    """
    form = read_submission(body)
    place = read_topic_place(form.private_metadata)
    topic = chosen(form.values, ids.TOPIC_BLOCK)
    if topic not in set(Touchpoint):
        raise Malformed("no such topic")
    asks = ticked(form.values, WISH_BLOCK) if WISH_BLOCK in form.values else None
    await ack()
    said = Correction(touchpoint=Touchpoint(topic), wish=asks)
    context.background.start(_keep_topic(context, form.actor, place, said))


async def _keep_topic(context: Context, actor: Actor, place: TopicPlace, said: Correction) -> None:
    shown: list[Message] = []
    refusal = await reply_or_refusal(
        _corrected_topic(context, actor, place, said, shown), team_id=actor.team_id
    )
    if refusal is not None:
        await tell_directly(context.client, user_id=actor.user_id, message=refusal)
    for page in shown:
        await whisper(context.client, channel_id=place.channel_id, user_id=actor.user_id, message=page)


async def _corrected_topic(
    context: Context, actor: Actor, place: TopicPlace, said: Correction, shown: list[Message]
) -> Message | None:
    """Keep what the form said and put the page on `shown`. Gives a message only where the comment is gone."""
    comment = await comment_to_correct(
        context.store,
        context.directory,
        team_id=actor.team_id,
        user_id=actor.user_id,
        comment_id=place.comment_id,
    )
    if comment is None:
        return receipts.old_button()
    said = _what_is_new(comment, said)
    before = await correct(
        context.store,
        context.directory,
        team_id=actor.team_id,
        user_id=actor.user_id,
        comment_id=place.comment_id,
        touchpoint=said.touchpoint,
        wish=said.wish,
    )
    if before is None:
        return receipts.old_button()
    command = SlashCommand(
        team_id=actor.team_id,
        user_id=actor.user_id,
        channel_id=place.channel_id,
        words=place.page.words,
        trigger_id="",
        now=context.clock(),
    )
    change = Change(said=said, before=before)
    shown.append(await page_of_comments(context, command, place.page, change))
    return None


def _what_is_new(comment: Comment, said: Correction) -> Correction:
    """What a form said, without the half of it that its sender left as it was."""
    if said.wish in {None, comment.is_wish}:
        return Correction(touchpoint=said.touchpoint)
    kept = comment.touchpoints[:1] == (said.touchpoint,)
    return Correction(touchpoint=None if kept else said.touchpoint, wish=said.wish)
