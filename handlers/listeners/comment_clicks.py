"""A lead reads on in the comments, and corrects what a program read in one: its tone or its topic."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.commands import comment_commands as comments
from handlers.context import Context, SlashCommand
from handlers.payloads import Body, Malformed, chosen, read_click, read_submission
from handlers.replies import open_form, reply_or_refusal, tell
from jobs.comments.correct import correct
from jobs.messages.layout import ids
from jobs.messages.layout.sentence import sentence
from jobs.messages.lead.comments_page import HIDE, TOPIC, topic_form
from jobs.permissions.refusal import Refused
from storage.records import Sentiment, Touchpoint


async def on_more_comments(ack: AsyncAck, body: Body, respond: AsyncRespond, *, context: Context) -> None:
    """Three more comments, in place of those shown."""
    click = read_click(body)
    page = ids.read_page(click.value)
    command = SlashCommand.by_click(click, page.words, now=context.clock())
    await ack()
    context.background.start(_show(context, respond, command, page, replace=click.private))


async def _show(
    context: Context, respond: AsyncRespond, command: SlashCommand, page: ids.Page, *, replace: bool
) -> None:
    message = await reply_or_refusal(comments.page(page)(context, command), team_id=command.team_id)
    if message is not None:
        await tell(respond, message, replace=replace)


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
        context.background.start(_name_topic(context, command, comment_id))
    else:
        context.background.start(
            _say(context, respond, command, (comment_id, what), page, replace=click.private)
        )


async def _name_topic(context: Context, command: SlashCommand, comment_id: str) -> None:
    comment = await context.store.comments.get(command.team_id, comment_id)
    if comment is not None:
        await open_form(context.client, command.trigger_id, topic_form(comment))


async def _say(
    context: Context,
    respond: AsyncRespond,
    command: SlashCommand,
    said: tuple[str, str],
    page: ids.Page,
    *,
    replace: bool,
) -> None:
    comment_id, what = said
    try:
        await correct(
            context.store,
            context.directory,
            team_id=command.team_id,
            user_id=command.user_id,
            comment_id=comment_id,
            sentiment=None if what == HIDE else Sentiment(what),
            hide=what == HIDE,
        )
        message = await comments.page(page)(context, command)
    except Refused as refused:
        message = sentence(str(refused))
    if message is not None:
        await tell(respond, message, replace=replace)


async def on_topic(ack: AsyncAck, body: Body, *, context: Context) -> None:
    """Keep the topic and close the form."""
    form = read_submission(body)
    comment_id = ids.read_comment(form.private_metadata)
    topic = chosen(form.values, ids.TOPIC_BLOCK)
    if topic not in set(Touchpoint):
        raise Malformed("no such topic")
    await ack()
    context.background.start(
        correct(
            context.store,
            context.directory,
            team_id=form.actor.team_id,
            user_id=form.actor.user_id,
            comment_id=comment_id,
            touchpoint=Touchpoint(topic),
        )
    )
