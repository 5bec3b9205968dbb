"""A lead reads on in the comments, and corrects what a program read in one: its tone or its topic."""

from collections.abc import Coroutine
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.commands.comment_commands import page_of_comments
from handlers.commands.named_answer_commands import page_of_answers
from handlers.context import Context, SlashCommand
from handlers.payloads import Actor, Body, Malformed, chosen, read_click, read_submission
from handlers.replies import open_form, reply_or_refusal, tell, tell_directly
from jobs.comments.correct import comment_to_correct, correct
from jobs.messages.layout import ids
from jobs.messages.layout.blocks import Message
from jobs.messages.lead.comments_page import HIDE, TOPIC, topic_form
from jobs.messages.respondent import receipts
from storage.records import Sentiment, Touchpoint


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
        answer = _ask_for_topic(context, command, comment_id)
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


async def _ask_for_topic(context: Context, command: SlashCommand, comment_id: str) -> Message | None:
    """Open the form with the comment in it. Gives a message only where the comment is gone."""
    comment = await comment_to_correct(
        context.store,
        context.directory,
        team_id=command.team_id,
        user_id=command.user_id,
        comment_id=comment_id,
    )
    if comment is None:
        return receipts.old_button()
    await open_form(context.client, command.trigger_id, topic_form(comment))
    return None


async def _corrected(
    context: Context, command: SlashCommand, comment_id: str, what: str, page: ids.Page
) -> Message | None:
    await correct(
        context.store,
        context.directory,
        team_id=command.team_id,
        user_id=command.user_id,
        comment_id=comment_id,
        sentiment=None if what == HIDE else Sentiment(what),
        hide=what == HIDE,
    )
    return await page_of_comments(context, command, page)


async def on_topic(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Keep the topic and close the form; who may not correct the comment reads so in a direct message."""
    form = read_submission(body)
    comment_id = ids.read_comment(form.private_metadata)
    topic = chosen(form.values, ids.TOPIC_BLOCK)
    if topic not in set(Touchpoint):
        raise Malformed("no such topic")
    await ack()
    context.background.start(_keep_topic(context, form.actor, comment_id, Touchpoint(topic)))


async def _keep_topic(context: Context, actor: Actor, comment_id: str, topic: Touchpoint) -> None:
    refusal = await reply_or_refusal(
        _corrected_topic(context, actor, comment_id, topic), team_id=actor.team_id
    )
    if refusal is not None:
        await tell_directly(context.client, user_id=actor.user_id, message=refusal)


async def _corrected_topic(
    context: Context, actor: Actor, comment_id: str, topic: Touchpoint
) -> Message | None:
    """Keep the topic. Gives a message only where the comment is gone."""
    kept = await correct(
        context.store,
        context.directory,
        team_id=actor.team_id,
        user_id=actor.user_id,
        comment_id=comment_id,
        touchpoint=topic,
    )
    return None if kept else receipts.old_button()
